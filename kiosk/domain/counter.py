"""A counter (quầy): open, paused or closed; who sits there; which ticket is there."""

from enum import StrEnum

from msgspec import Struct


class CounterState(StrEnum):
    """Whether a counter can call."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class Counter(Struct, frozen=True):
    """A counter now. `served` counts tickets finished there today; practice is not counted."""

    number: int
    state: CounterState = CounterState.CLOSED
    staff: str | None = None
    ticket: str | None = None
    pause_reason: str = ""
    served: int = 0
    last_finished: str | None = None
    """The ticket finished last: the one whose rating the counter's tablet may still ask for."""
