"""What supervisors are answered about a day, and anyone who may ask about an order; practice is in none of it."""

from msgspec import Struct

from kiosk.domain.hall_events import DayReport
from kiosk.wire.views import TicketAnswer


class WhyAnswer(Struct, frozen=True):
    """Why a number was called, or which of two comes or came first."""

    first: str
    sentence: str
    """In the caller's language."""
    cause: str
    """The same as a code, for programs."""
    other: str = ""
    called: bool = False
    """It speaks of a call; else of places in a line."""
    counter: int | None = None


class DayAnswer(Struct, frozen=True):
    """A service day: its report as it was closed, or as it stands while it is open. Times are UTC ms."""

    day: str
    report: DayReport
    opened_at: int | None = None
    closed_at: int | None = None
    given: dict[str, int] = {}
    """Numbers given, by queue, in the order of the set-up."""
    head_seq: int = 0
    """The journal's row that closed the day, or its last one while the day is open."""
    head_hash: str = ""
    """That row's hash, hexadecimal: on paper it proves every row up to it (DESIGN §3)."""


class QueueWaits(Struct, frozen=True):
    """How well a queue's waits were told. A wait counts once its ticket was called."""

    queue: str
    called: int
    """Tickets that were called."""
    told: int
    """Those that had been told a range: the base of what follows."""
    within: int
    """Those called within it."""
    mean_error_minutes: float
    """How far beyond the range the wait was, over all that were told one: longer is positive, within is 0."""
    mean_miss_minutes: float
    """The same without its sign."""
    mean_waited_minutes: float


class PapersTrips(Struct, frozen=True):
    """How often citizens were sent for missing papers, at a counter for a queue."""

    counter: int
    queue: str
    sent: int
    steps: int
    """All that ended there for this queue: the base."""


class WaitsReport(Struct, frozen=True):
    """The waits of a day: what was told against what was."""

    day: str
    queues: tuple[QueueWaits, ...] = ()
    papers: tuple[PapersTrips, ...] = ()


class Period(Struct, frozen=True):
    """A stretch in which a counter was open or paused; without `ended_at` it goes on. UTC ms."""

    counter: int
    staff: str
    kind: str
    started_at: int
    ended_at: int | None
    reason: str


class PeriodsReport(Struct, frozen=True):
    """Who sat where and when on a day."""

    day: str
    periods: tuple[Period, ...] = ()


class PaperAnswer(Struct, frozen=True):
    """A ticket's paper, for a kiosk that has not got it; the ticket's `url` holds its secret, as the code does."""

    ticket: TicketAnswer
    language: str
    procedure: str = ""
    """The procedure's key in the catalogue."""
    dossier: str = ""
    """The code of the dossier whose result she comes for."""


class SideAnswer(Struct, frozen=True):
    """What may be forgotten of a ticket, and now may be known at its counter; empty where there is none (any more)."""

    note: str
    priority: str
    """The priority group its citizen declared, by id: the clerk looks at the proof (DOMAIN §5)."""
