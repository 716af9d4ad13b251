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
    since: int | None = None
    """When it got the state it has, UTC ms."""
    tiers: tuple[tuple[str, ...], ...] = ()
    """Queues it serves today, where they differ from the set-up; empty where they do not."""
    trips: int = 0
    """Citizens sent for missing papers here today; practice is not counted."""
    last_finished: str | None = None
    """The ticket finished last: the one whose rating the counter's tablet may still ask for."""
