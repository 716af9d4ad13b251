"""A centre as its province set it up: queues, counters, staff, hours, priorities (DESIGN §4; sample-site.json)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from kiosk.domain.text import Text

Period = tuple[str, str]
"""Opening and closing time of one stretch, "HH:MM" in the centre's own time zone."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE_MS = 60_000


class QueueHours(Struct, frozen=True):
    """Hours of one queue beyond the centre's: police counters open on Saturday morning (DOMAIN §10)."""

    extra: dict[str, tuple[Period, ...]] = {}


class Hours(Struct, frozen=True):
    """When the centre is open."""

    default: tuple[Period, ...] = ()
    days: tuple[str, ...] = ()
    queues: dict[str, QueueHours] = {}

    def periods(self, queue: str, weekday: str) -> tuple[Period, ...]:
        """Return the open stretches of `queue` on `weekday` ("mon" … "sun"), in order."""
        own = self.queues.get(queue, QueueHours()).extra.get(weekday, ())
        return tuple(sorted((*(self.default if weekday in self.days else ()), *own)))


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


class Site(Struct, frozen=True):
    """The whole set-up of a centre, as one file."""

    info: SiteInfo = field(name="site")
    queues: tuple[Queue, ...]
    counters: tuple[CounterSetup, ...]
    staff: tuple[Staff, ...]
    kiosks: tuple[KioskSetup, ...] = ()
    priority: tuple[PriorityCategory, ...] = ()
    procedures_above_level: str = ""

    def queue(self, queue_id: str) -> Queue | None:
        """Find a queue by its letter."""
        return next((q for q in self.queues if q.id == queue_id), None)

    def counter(self, number: int) -> CounterSetup | None:
        """Find a counter by its number."""
        return next((c for c in self.counters if c.number == number), None)

    def staff_member(self, staff_id: str) -> Staff | None:
        """Find a member of staff by id."""
        return next((s for s in self.staff if s.id == staff_id), None)

    def priority_category(self, category_id: str) -> PriorityCategory | None:
        """Find a priority category by id."""
        return next((p for p in self.priority if p.id == category_id), None)

    def queue_of_field(self, field_vi: str) -> Queue | None:
        """Find the queue that takes procedures of a field (lĩnh vực)."""
        return next((q for q in self.queues if field_vi in q.fields), None)

    def local(self, at_ms: int) -> datetime:
        """Return a moment (UTC milliseconds) on this centre's own clock."""
        return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.info.time_zone))

    def service_day(self, at_ms: int) -> str:
        """Return the centre's local day, "2026-11-23", that a moment belongs to (DESIGN §3)."""
        return self.local(at_ms).date().isoformat()
