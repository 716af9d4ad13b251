"""A map that never changes, so that a hall that failed to commit can simply be dropped."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Generic, TypeVar

V = TypeVar("V")
_WIDTH = 32
_BITS = 5
_MASK = _WIDTH - 1
Node = tuple[dict[str, V], ...]


class PMap(Generic[V]):
    """Persistent map from text to values: `put` and `drop` return a new map and share nearly all of the old one.

    Two levels of 32, and small dicts under them. A day's tickets are some thousands and every event touches one of
    them: a change copies 32 + 32 references and one dict of a handful of entries, so that an event costs the same in
    the morning and in the evening (DESIGN §4: "call next costs the same").
    """

    __slots__ = ("_nodes", "_size")

    def __init__(self, nodes: tuple[Node[V], ...] = (({},) * _WIDTH,) * _WIDTH, size: int = 0) -> None:
        self._nodes, self._size = nodes, size

    @classmethod
    def of(cls, entries: Iterable[tuple[str, V]]) -> "PMap[V]":
        """Return a map of many entries, made in one go."""
        shards: list[dict[str, V]] = [{} for _ in range(_WIDTH * _WIDTH)]
        for key, value in entries:
            place = hash(key)
            shards[(place & _MASK) * _WIDTH + (place >> _BITS & _MASK)][key] = value
        nodes = (tuple(shards[n : n + _WIDTH]) for n in range(0, _WIDTH * _WIDTH, _WIDTH))
        return cls(tuple(nodes), sum(map(len, shards)))

    def get(self, key: str) -> V | None:
        """Return the value under `key`, or None."""
        place = hash(key)
        return self._nodes[place & _MASK][place >> _BITS & _MASK].get(key)

    def put(self, key: str, value: V) -> "PMap[V]":
        """Return a map in which `key` holds `value`."""
        place = hash(key)
        shard = self._nodes[place & _MASK][place >> _BITS & _MASK]
        return self._with(place, {**shard, key: value}, self._size + (key not in shard))

    def drop(self, key: str) -> "PMap[V]":
        """Return a map without `key`."""
        place = hash(key)
        shard = self._nodes[place & _MASK][place >> _BITS & _MASK]
        if key not in shard:
            return self
        return self._with(place, {k: v for k, v in shard.items() if k != key}, self._size - 1)

    def _with(self, place: int, shard: dict[str, V], size: int) -> "PMap[V]":
        nodes = list(self._nodes)
        node = list(nodes[place & _MASK])
        node[place >> _BITS & _MASK] = shard
        nodes[place & _MASK] = tuple(node)
        return PMap(tuple(nodes), size)

    def values(self) -> Iterator[V]:
        """Go through all values, in no promised order."""
        return chain.from_iterable(shard.values() for shard in self._shards())

    def items(self) -> Iterator[tuple[str, V]]:
        """Go through all keys with their values, in no promised order."""
        return chain.from_iterable(shard.items() for shard in self._shards())

    def _shards(self) -> Iterator[dict[str, V]]:
        return filter(None, chain.from_iterable(self._nodes))

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PMap):
            return NotImplemented
        return len(self) == len(other) and self._nodes == other._nodes

    __hash__ = None  # type: ignore[assignment]  # its values need not be hashable
