"""What happened in the hall. Events carry results: `apply` reads nothing but the event (DESIGN §3).

A type's tag ends in its version. A changed type gets a new version and an upcaster; a written journal never changes.
Nothing personal is in an event: what must be forgettable is side data, and the event holds its `ref` or a hash
(DESIGN §9).
"""

from msgspec import Struct

from kiosk.domain.ticket import RankReason


class Event(Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Base of all events."""


class DayOpened(Event, frozen=True, tag="day_opened/1"):
    """The first command of a service day arrived."""

    day: str


class DayClosed(Event, frozen=True, tag="day_closed/1"):
    """The service day ended; the hall is empty after it and the next day counts from one.

    It carries all that outlives it, so that a replay may begin here.
    """

    day: str
    ordinals: dict[str, int] = {}
    """Last number given, by queue: the same day opened again goes on counting."""


class TicketIssued(Event, frozen=True, tag="ticket_issued/1"):
    """A ticket exists. `token_hash` is the SHA-256 (hex) of its token; the token itself is side data."""

    ticket_id: str
    number: str
    queue: str
    ordinal: int
    rank_at: int
    rank_reason: RankReason
    day: str
    token_hash: str
    token_ref: str
    procedure: str | None = None
    missing: tuple[int, ...] = ()
    priority_minutes: int = 0
    priority_ref: str | None = None
    language: str = "vi"
    kiosk: int = 0
    training: bool = False


class CounterOpened(Event, frozen=True, tag="counter_opened/1"):
    """A clerk opened a counter."""

    counter: int
    staff: str


class CounterPaused(Event, frozen=True, tag="counter_paused/1"):
    """A counter stopped calling for a while."""

    counter: int
    reason: str = ""


class CounterResumed(Event, frozen=True, tag="counter_resumed/1"):
    """A counter calls again."""

    counter: int


class CounterClosed(Event, frozen=True, tag="counter_closed/1"):
    """A clerk left a counter."""

    counter: int


class TicketCalled(Event, frozen=True, tag="ticket_called/1"):
    """A ticket was called to a counter for the first time there."""

    ticket_id: str
    counter: int
    staff: str


class TicketRecalled(Event, frozen=True, tag="ticket_recalled/1"):
    """The same call once more."""

    ticket_id: str
    counter: int


class TicketStarted(Event, frozen=True, tag="ticket_started/1"):
    """The citizen is at the counter."""

    ticket_id: str
    counter: int


class TicketFinished(Event, frozen=True, tag="ticket_finished/1"):
    """The visit ended."""

    ticket_id: str
    counter: int
    staff: str


class TicketNoShow(Event, frozen=True, tag="ticket_no_show/1"):
    """Nobody came to the call."""

    ticket_id: str
    counter: int


class TicketParked(Event, frozen=True, tag="ticket_parked/1"):
    """The citizen will return to this counter."""

    ticket_id: str
    counter: int


class TicketWaiting(Event, frozen=True, tag="ticket_waiting/1"):
    """A ticket waits again: transferred, revived, or released by a counter that closed.

    `to_counter` binds it to a counter; None leaves it to every counter of the queue.
    """

    ticket_id: str
    queue: str
    rank_at: int
    rank_reason: RankReason
    to_counter: int | None = None
    from_counter: int | None = None
    reason: str = ""


class TicketCancelled(Event, frozen=True, tag="ticket_cancelled/1"):
    """The number was given up."""

    ticket_id: str
    reason: str = ""


class TicketExpired(Event, frozen=True, tag="ticket_expired/1"):
    """The day ended before the ticket did."""

    ticket_id: str


class TicketRated(Event, frozen=True, tag="ticket_rated/1"):
    """A ballot was put in. Who it was about stands in the ticket; what it says only in the sealed side data."""

    ticket_id: str
    ballot_ref: str
    ballot_hash: str
    label_set: str
    channel: str
    scope: str


class TicketPrinted(Event, frozen=True, tag="ticket_printed/1"):
    """What became of the paper."""

    ticket_id: str
    result: str
    detail: str = ""


AnyEvent = (
    DayOpened
    | DayClosed
    | TicketIssued
    | CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | TicketCalled
    | TicketRecalled
    | TicketStarted
    | TicketFinished
    | TicketNoShow
    | TicketParked
    | TicketWaiting
    | TicketCancelled
    | TicketExpired
    | TicketRated
    | TicketPrinted
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
