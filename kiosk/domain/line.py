"""A waiting line in its order: a longer or shorter copy costs nearly the same at ten people and at thousands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter

from msgspec import Struct

Waiting = tuple[int, int, str]
"""(rank_at, rank_seq, ticket id): the one key that orders everything."""

FULL = 128
"""Places of a block before it is split: a change copies one block and the list of blocks."""
_first = itemgetter(0)


class Line(Struct, frozen=True, eq=False):
    """People waiting, in order; never changed, a change returns a new line that shares all blocks but one."""

    blocks: tuple[tuple[Waiting, ...], ...] = ()
    """None is empty; each ends before the next begins."""
    size: int = 0

    def joined(self, place: Waiting) -> "Line":
        """Return a line with one more, where it belongs."""
        if not self.blocks:
            return Line(((place,),), 1)
        at = self._block_of(place)
        block = self.blocks[at]
        index = bisect_left(block, place)
        grown = (*block[:index], place, *block[index:])
        # Most come last: a block that grew at its end is left full, and the next one begins.
        middle = index if index == len(block) else len(grown) // 2
        parts = (grown,) if len(grown) <= FULL else (grown[:middle], grown[middle:])
        return Line((*self.blocks[:at], *parts, *self.blocks[at + 1 :]), self.size + 1)

    def left(self, place: Waiting) -> "Line":
        """Return a line without one who stood in it.

        Raises:
            KeyError: nobody stands there.
        """
        at = self._block_of(place) if self.blocks else 0
        block = self.blocks[at] if self.blocks else ()
        index = bisect_left(block, place)
        if block[index : index + 1] != (place,):
            raise KeyError(place)
        rest = (*block[:index], *block[index + 1 :])
        return Line((*self.blocks[:at], *((rest,) if rest else ()), *self.blocks[at + 1 :]), self.size - 1)

    def before(self, place: Waiting) -> int:
        """Count those whose turn is before a place."""
        if not self.blocks:
            return 0
        at = self._block_of(place)
        return sum(map(len, self.blocks[:at])) + bisect_left(self.blocks[at], place)

    def _block_of(self, place: Waiting) -> int:
        """Return the block a place belongs into."""
        return max(0, bisect_right(self.blocks, place, key=_first) - 1)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Waiting]:
        for block in self.blocks:
            yield from block

    def __getitem__(self, index: int) -> Waiting:
        rest = index if index >= 0 else self.size + index
        if rest >= 0:
            for block in self.blocks:
                if rest < len(block):
                    return block[rest]
                rest -= len(block)
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        """The same people in the same order, however they came there."""
        if not isinstance(other, Line):
            return NotImplemented
        return self.blocks == other.blocks or (self.size == other.size and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))


NOBODY = Line()
