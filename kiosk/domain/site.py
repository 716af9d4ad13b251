"""A centre as its province set it up: queues, counters, staff, hours, priorities (DESIGN §4; sample-site.json)."""

from datetime import datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from kiosk.domain.paper import PaperSetup
from kiosk.domain.text import Text

Period = tuple[str, str]
"""Opening and closing time of one stretch, "HH:MM" in the centre's own time zone."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
PIN_MIN, PIN_MAX = 4, 12
"""Digits of a member of staff's PIN."""


class QueueHours(Struct, frozen=True):
    """Hours of one queue beyond the centre's: police counters open on Saturday morning (DOMAIN §10)."""

    extra: dict[str, tuple[Period, ...]] = {}


class Hours(Struct, frozen=True):
    """When the centre is open."""

    default: tuple[Period, ...] = ()
    days: tuple[str, ...] = ()
    queues: dict[str, QueueHours] = {}
    enforced: bool = True
    """Whether numbers are given within these hours only; a demo centre gives them at any time."""

    def periods(self, queue: str, weekday: str) -> tuple[Period, ...]:
        """Return the open stretches of `queue` on `weekday` ("mon" … "sun"), in order."""
        own = self.queues.get(queue, QueueHours()).extra.get(weekday, ())
        return tuple(sorted((*(self.default if weekday in self.days else ()), *own)))


class Calendar(Struct, frozen=True):
    """Days that differ from the week's pattern, ISO dates ("2026-09-02"); editable without an update (DOMAIN §10)."""

    public_holidays: frozenset[str] = frozenset()
    """The country's are added when the set-up is read."""
    off: frozenset[str] = frozenset()
    """Extra days off: swapped days, a flood."""
    working: frozenset[str] = frozenset()
    """Days worked although weekend or holiday; they have a Monday's hours."""


class Rules(Struct, frozen=True):
    """Numbers the centre's queue goes by; each may be changed while a day is open and counts from then on."""

    confirm_within_s: int = 20
    """A second number for the same queue at the same kiosk within this time is confirmed first (no ghost numbers)."""
    recall_limit: int = 3
    """How often a call may be repeated; then the ticket is marked absent."""
    return_behind: int = 3
    """A no-show who is back waits behind this many others (DESIGN §4: "behind the next few")."""
    undo_ms: int = 10_000
    """So long a clerk may take back what she did last, in milliseconds."""
    appointment_credit_minutes: int = 10
    """An appointment counts as having arrived this long before its slot, if its citizen is there in time."""
    appointment_late_minutes: int = 10
    """Up to so long after the slot a check-in is in time."""
    park_minutes: int = 15
    """After so long a ticket that was set aside waits again by itself, unless the clerk gave another time."""
    away_minutes: int = 120
    """How long the right to come back with missing papers lasts; the clerk may give days instead."""
    away_days: int = 3
    """The most days a clerk may give for one return."""
    person_quota: int | None = None
    """Numbers a person may take in a day; None does not count persons."""
    honest_minutes: int = 90
    """From so long before closing on, a number that cannot be served is not given; a first-hour one is offered."""
    first_hour_share: float = 0.5
    """How much of a coming day's first hour may be promised ahead."""
    appointment_share: float = 0.5
    """How much of an hour may be booked: whoever comes without an appointment must move on too."""
    priority_bound_minutes: int = 60
    """The most a priority category may take off a rank, so that nobody starves (DESIGN §4)."""


class Agency(Struct, frozen=True):
    """An office that decides on what is received here ("phi địa giới", DOMAIN §2.5)."""

    id: str
    name: Text


class Journey(Struct, frozen=True):
    """Desks that one visit goes through, as queues in order ("4 tại chỗ": receive, appraise, approve, return)."""

    id: str
    steps: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    """Keys of procedures that take it by themselves."""


class ResultLane(Struct, frozen=True):
    """Where results are handed out: a scanned dossier receipt goes straight there."""

    queue: str
    counter: int | None = None


class NumberWords(Struct, frozen=True):
    """How numbers and people are spoken here: "lẻ" in the South, "linh" in the North (DOMAIN §7)."""

    zero_hundred: str = "lẻ"
    voice_address: Text = {}


class SiteInfo(Struct, frozen=True):
    """Who and where the centre is. Its id is opaque: communes merge (DESIGN §7)."""

    id: str
    name: Text
    province: Text
    level: str = "commune"
    time_zone: str = "Asia/Ho_Chi_Minh"
    note: str = ""
    hours: Hours = Hours()
    number_words: NumberWords = NumberWords()


class Queue(Struct, frozen=True):
    """One waiting line: the fields (lĩnh vực) it takes, and the letter its numbers begin with."""

    id: str
    name: Text
    zone: str
    fields: tuple[str, ...]
    max_wait_minutes: int = 45
    """Past this a ticket is first tier at every counter that can serve it (DESIGN §4)."""
    prefix: str | None = None
    """What its numbers begin with; None takes the queue's id."""
    first: int = 1
    last: int = 999
    """The range of a day's numbers; none is given twice in a day."""
    quota: int | None = None
    """Numbers a day, None without a limit."""
    share_above: int | None = None
    """With more people waiting than this, counters of the second tier take it as first: the load is shared."""


class CounterSetup(Struct, frozen=True):
    """A desk and the queues it serves, in tiers: the second only when the first is empty."""

    number: int
    zone: str
    tiers: tuple[tuple[str, ...], ...]


class Staff(Struct, frozen=True):
    """A member of staff. The PIN is not here: the hub keeps only its argon2id hash (DESIGN §9)."""

    id: str
    name: str
    roles: tuple[str, ...]
    languages: tuple[str, ...] = ("vi",)


class KioskSetup(Struct, frozen=True):
    """A kiosk by its number, which is part of its offline series (DESIGN §6)."""

    number: int
    zone: str


class PriorityCategory(Struct, frozen=True):
    """A group that counts as having arrived some minutes earlier; bounded, so nobody starves (DESIGN §4)."""

    id: str
    name: Text
    minutes: int
    min_age: int | None = None
    queues: dict[str, int] = {}
    """Minutes that differ in single queues, by queue id."""

    def minutes_in(self, queue: str) -> int:
        """Return how many minutes earlier a ticket of this group counts in a queue."""
        return self.queues.get(queue, self.minutes)


class Site(Struct, frozen=True, dict=True):
    """The whole set-up of a centre, as one file. (`dict`: what is looked up for every command is kept beside it.)"""

    info: SiteInfo = field(name="site")
    queues: tuple[Queue, ...]
    counters: tuple[CounterSetup, ...]
    staff: tuple[Staff, ...]
    kiosks: tuple[KioskSetup, ...] = ()
    priority: tuple[PriorityCategory, ...] = ()
    procedures_above_level: str = ""
    rules: Rules = Rules()
    calendar: Calendar = Calendar()
    journeys: tuple[Journey, ...] = ()
    agencies: tuple[Agency, ...] = ()
    results: ResultLane | None = None
    paper: PaperSetup = PaperSetup()

    def queue(self, queue_id: str) -> Queue | None:
        """Find a queue by its letter."""
        return self._queues.get(queue_id)

    def counter(self, number: int) -> CounterSetup | None:
        """Find a counter by its number."""
        return self._counters.get(number)

    def kiosk(self, number: int) -> KioskSetup | None:
        """Find a kiosk by its number."""
        return next((k for k in self.kiosks if k.number == number), None)

    def staff_member(self, staff_id: str) -> Staff | None:
        """Find a member of staff by id."""
        return next((s for s in self.staff if s.id == staff_id), None)

    def priority_category(self, category_id: str) -> PriorityCategory | None:
        """Find a priority category by id."""
        return next((p for p in self.priority if p.id == category_id), None)

    def journey_of(self, procedure: str | None) -> Journey | None:
        """Find the journey a procedure takes by itself."""
        return next((j for j in self.journeys if procedure in j.procedures), None) if procedure else None

    def agency(self, agency_id: str) -> Agency | None:
        """Find an agency by id."""
        return next((a for a in self.agencies if a.id == agency_id), None)

    def queue_of_field(self, field_vi: str) -> Queue | None:
        """Find the queue that takes procedures of a field (lĩnh vực)."""
        return next((q for q in self.queues if field_vi in q.fields), None)

    @cached_property
    def _queues(self) -> dict[str, Queue]:
        return {queue.id: queue for queue in reversed(self.queues)}

    @cached_property
    def _counters(self) -> dict[int, CounterSetup]:
        return {counter.number: counter for counter in reversed(self.counters)}

    def local(self, at_ms: int) -> datetime:
        """Return a moment (UTC milliseconds) on this centre's own clock."""
        return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.info.time_zone))

    def service_day(self, at_ms: int) -> str:
        """Return the centre's local day, "2026-11-23", that a moment belongs to (DESIGN §3)."""
        return _day_of_minute(self.info.time_zone, at_ms // MINUTE_MS)


@lru_cache(maxsize=256)
def _day_of_minute(time_zone: str, minute: int) -> str:
    """Return the local day a minute belongs to; midnight falls between two of them everywhere."""
    return datetime.fromtimestamp(minute * MINUTE_MS / 1000, ZoneInfo(time_zone)).date().isoformat()
