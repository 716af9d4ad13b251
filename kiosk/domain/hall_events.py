"""What happened to the day, to queues, kiosks and counters, and to the journal itself."""

from msgspec import Struct, field

from kiosk.domain.event import Event, PersonRef
from kiosk.domain.ticket import Ticket


class DayOpened(Event, frozen=True, tag="day_opened/1"):
    """The first command of a service day arrived."""

    day: str


class DayReport(Struct, frozen=True, omit_defaults=True):
    """What a day was, as it ended; practice is not counted."""

    issued: int = 0
    done: int = 0
    no_shows: int = 0
    cancelled: int = 0
    expired: tuple[str, ...] = ()
    """Numbers that were still open when the day ended: these people must be told."""
    not_come: int = 0
    """Appointments of the day whose citizens did not come."""
    deferred: int = 0
    """Tickets promised to coming days, as the day ended."""
    away: int = 0
    """Tickets whose citizens fetch papers and may come back on a coming day."""
    booked: int = 0
    """Appointments of coming days."""


class DayClosed(Event, frozen=True, tag="day_closed/2"):
    """The service day ended; only what was promised beyond it is left, and the next day counts anew.

    It carries all that outlives it, so that a replay may begin here.
    """

    day: str
    ordinals: dict[str, int] = field(default_factory=dict)
    """Last number given, by queue: the same day opened again goes on counting."""
    given: dict[str, int] = field(default_factory=dict)
    """Numbers given, by queue."""
    carried: tuple[Ticket, ...] = ()
    """Tickets of coming days: booked, deferred, or away with days to come back."""
    ordinals_ahead: dict[str, dict[str, int]] = field(default_factory=dict)
    """Last number promised, by coming day and queue."""
    closed_queues: dict[str, str] = field(default_factory=dict)
    closed_kiosks: dict[int, str] = field(default_factory=dict)
    report: DayReport | None = None
    persons: dict[PersonRef, int] = field(default_factory=dict)
    """Numbers given by person: closing and opening a day again gives nobody more of them."""
    pace_ms: dict[str, int] = field(default_factory=dict)
    """How long a dossier took, by queue: what the next day begins to estimate with."""
    called: int = 0
    """Calls made: the same day opened again gives no call the name of another."""


class QueueClosed(Event, frozen=True, tag="queue_closed/1"):
    """No more numbers for a queue until it is opened again; the reason (a code) is shown to citizens."""

    queue: str
    reason: str


class QueueOpened(Event, frozen=True, tag="queue_opened/1"):
    """A queue gives numbers again."""

    queue: str


class KioskClosed(Event, frozen=True, tag="kiosk_closed/1"):
    """A kiosk gives no numbers until it is opened again."""

    kiosk: int
    reason: str


class KioskOpened(Event, frozen=True, tag="kiosk_opened/1"):
    """A kiosk gives numbers again."""

    kiosk: int


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
    """A clerk left a counter; tickets bound to it wait for every counter of their queue from now on."""

    counter: int
    released: tuple[str, ...] = ()


class CounterQueuesSet(Event, frozen=True, tag="counter_queues_set/1"):
    """A counter serves these queues for the rest of the day, in tiers."""

    counter: int
    tiers: tuple[tuple[str, ...], ...]


class ActionUndone(Event, frozen=True, tag="action_undone/1"):
    """A clerk took back the last action at a counter: the row `seq` and what it did to ticket and counter."""

    counter: int
    seq: int


class SideErased(Event, frozen=True, tag="side_erased/1"):
    """Side data was forgotten; every copy obeys (DESIGN §9)."""

    refs: tuple[str, ...]


class ClockJumped(Event, frozen=True, tag="clock_jumped/1"):
    """The machine's clock was set: an event, never a reordering. Both UTC ms; `staff` accepted a jump of over a day."""

    before: int
    after: int
    staff: str = ""


class EpochBegan(Event, frozen=True, tag="epoch_began/1"):
    """Another machine, or a restored one, carries the journal on; numbers go on above the mark reserved ahead."""

    epoch: int
    reason: str
    ordinals: dict[str, int] = field(default_factory=dict)
    """Numbers of the open day, or of the one closed last, go on above these, by queue."""
    ahead: dict[str, dict[str, int]] = field(default_factory=dict)
    """Those of later days, by day and queue."""
