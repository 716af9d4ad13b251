"""When the interpreter looks through all its objects for garbage: while nobody waits, never in a rush.

A look through a hall of some thousand tickets stops every thread for 50 to 140 ms, measured, and it came in the middle
of a rush, since that is when objects are made. Halls are freed as soon as nobody holds them; what is left for such a
look are rings of objects, which our frozen types cannot form and libraries seldom do.
"""

import gc
from types import TracebackType
from typing import Self

YOUNG, MIDDLE = 2000, 20
"""New objects between two looks at the new ones, and how many of those looks lead to one at the middle-aged: they cost
well under a millisecond, so rings of short life still go by themselves."""
NEVER = 1_000_000


class QuietCollector:
    """Looks for garbage when the journal rests. Use it as a context: after the last one all is as before the first."""

    _at_work = 0
    _before = gc.get_threshold()

    def __init__(self) -> None:
        self._seen = self._tidied = 0

    def __enter__(self) -> Self:
        if not QuietCollector._at_work:
            QuietCollector._before = gc.get_threshold()
        QuietCollector._at_work += 1
        gc.freeze()  # what was made so far stays; to look through it first would keep a restart waiting
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        QuietCollector._at_work -= 1
        if not QuietCollector._at_work:
            gc.set_threshold(*QuietCollector._before)
            gc.unfreeze()

    def sweep(self, seq: int) -> bool:
        """Note how far the journal is, now and then; returns whether garbage was looked for.

        It is where rows were written since the last time and none since the last sweep: nobody is in the middle of
        anything.
        """
        rests, self._seen = seq == self._seen, seq
        if not rests or seq == self._tidied:
            return False
        _tidy()
        self._tidied = seq
        return True


def _tidy() -> None:
    """Look through everything made since the last time; what is left is not looked at again, only freed when unused."""
    gc.collect()
    gc.freeze()
