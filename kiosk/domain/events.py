"""What happened in the hall. Events carry results: `apply` reads nothing but the event (DESIGN §3).

A type's tag ends in its version. A field may be added with a default that means what its absence meant; any other
change is a new version with an upcaster (`upcast`), for a written journal never changes.
Nothing personal is in an event: what must be forgettable is side data, and the event holds its `ref` or a hash
(DESIGN §9).
"""

from msgspec import Struct

from kiosk.domain.hall_events import (
    ActionUndone,
    ClockJumped,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterQueuesSet,
    CounterResumed,
    DayClosed,
    DayOpened,
    DayReport,
    EpochBegan,
    KioskClosed,
    KioskOpened,
    QueueClosed,
    QueueOpened,
    SideErased,
)
from kiosk.domain.ticket_events import (
    NoteTaken,
    PriorityJudged,
    StepFinished,
    TicketArrived,
    TicketBooked,
    TicketCalled,
    TicketCancelled,
    TicketDeferred,
    TicketExpired,
    TicketFinished,
    TicketIssued,
    TicketLabelled,
    TicketNoShow,
    TicketParked,
    TicketPrinted,
    TicketRated,
    TicketRecalled,
    TicketReprintWanted,
    TicketSentForPapers,
    TicketStarted,
    TicketWaiting,
)

__all__ = [
    "ActionUndone",
    "AnyEvent",
    "ClockJumped",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "CounterQueuesSet",
    "CounterResumed",
    "DayClosed",
    "DayOpened",
    "DayReport",
    "Decision",
    "EpochBegan",
    "KioskClosed",
    "KioskOpened",
    "NoteTaken",
    "PriorityJudged",
    "QueueClosed",
    "QueueOpened",
    "Recorded",
    "Refused",
    "SideData",
    "SideErased",
    "StepFinished",
    "TicketArrived",
    "TicketBooked",
    "TicketCalled",
    "TicketCancelled",
    "TicketDeferred",
    "TicketExpired",
    "TicketFinished",
    "TicketIssued",
    "TicketLabelled",
    "TicketNoShow",
    "TicketParked",
    "TicketPrinted",
    "TicketRated",
    "TicketRecalled",
    "TicketReprintWanted",
    "TicketSentForPapers",
    "TicketStarted",
    "TicketWaiting",
]

AnyEvent = (
    DayOpened
    | DayClosed
    | QueueClosed
    | QueueOpened
    | KioskClosed
    | KioskOpened
    | TicketBooked
    | TicketIssued
    | TicketDeferred
    | TicketArrived
    | TicketLabelled
    | CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | CounterQueuesSet
    | TicketCalled
    | TicketRecalled
    | TicketStarted
    | TicketFinished
    | StepFinished
    | TicketNoShow
    | TicketParked
    | TicketSentForPapers
    | TicketWaiting
    | PriorityJudged
    | NoteTaken
    | TicketCancelled
    | TicketExpired
    | TicketRated
    | TicketPrinted
    | TicketReprintWanted
    | ActionUndone
    | SideErased
    | ClockJumped
    | EpochBegan
)


class Recorded(Struct, frozen=True):
    """An event at its place in the journal: `seq` is its order, `at` its hall time (UTC ms, never falling)."""

    seq: int
    at: int
    event: AnyEvent


class SideData(Struct, frozen=True):
    """What must be forgettable: committed with its event, outside the hash (DESIGN §9)."""

    ref: str
    kind: str
    payload: bytes
    expires_at: int


class Decision(Struct, frozen=True):
    """What a command leads to: events in order and the side data that belongs to them."""

    events: tuple[AnyEvent, ...] = ()
    side: tuple[SideData, ...] = ()


class Refused(Struct, frozen=True):
    """A command the rules do not allow: a stable code, and what its sentence needs to be said (wire/problems)."""

    code: str
    params: dict[str, str | int] = {}
