"""A second, naive hall to hold the real one against: plain lists, and everything is searched for anew."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tests.factory import SITE

BOUND_MINUTES = {"A": 45, "B": 60, "C": 45}
SHARE_ABOVE = {"C": 3}
MACHINE_SITE = replace(
    SITE,
    queues=tuple(
        replace(queue, max_wait_minutes=BOUND_MINUTES[queue.id], share_above=SHARE_ABOVE.get(queue.id))
        for queue in SITE.queues
    ),
    rules=replace(SITE.rules, first_hour_share=1000.0, appointment_share=1000.0),
)
"""The small centre with bounds that differ, one queue whose load is shared, and room for every promise."""
OPEN_ON = {"A": range(5), "B": range(5), "C": range(6)}
"""Weekdays on which a queue is open, from Monday (0)."""
CREDIT, LATE = MACHINE_SITE.rules.appointment_credit_minutes, MACHINE_SITE.rules.appointment_late_minutes
TIERS = {setup.number: setup.tiers for setup in MACHINE_SITE.counters}
BEHIND = MACHINE_SITE.rules.return_behind
RECALLS = MACHINE_SITE.rules.recall_limit
MINUTE_MS = 60_000

# Written anew from DESIGN §4, not read from the table in the domain.
LEADS_TO = {
    "recall": {"called": "called"},
    "start": {"called": "serving"},
    "finish": {"serving": "done"},
    "no_show": {"called": "no_show"},
    "park": {"called": "parked", "serving": "parked"},
    "papers": {"called": "away", "serving": "away"},
    "arrive": {"booked": "waiting", "deferred": "waiting"},
    "defer": {"waiting": "deferred"},
    "cancel": {
        "booked": "cancelled",
        "deferred": "cancelled",
        "waiting": "cancelled",
        "called": "cancelled",
        "parked": "cancelled",
        "away": "cancelled",
        "no_show": "cancelled",
    },
    "return": {"no_show": "waiting", "parked": "waiting", "away": "waiting"},
    "transfer": {"waiting": "waiting", "called": "waiting", "serving": "waiting", "parked": "waiting"},
}
CALLABLE = ("waiting", "parked", "away")


def day_of(at_ms: int) -> str:
    """Return the day of a moment in Vietnam, seven hours ahead of Greenwich all year."""
    return str((datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(hours=7)).date())


def opening_after(day: str, queue: str) -> tuple[str, int]:
    """Return the next day on which a queue is open, and when it opens: at seven."""
    on = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    while on.weekday() not in OPEN_ON[queue]:
        on += timedelta(days=1)
    return str(on.date()), round(on.timestamp() * 1000)


@dataclass
class ModelTicket:
    """A ticket; `place` is (rank, order in which it got that rank)."""

    id: str
    number: str
    queue: str
    place: tuple[int, int]
    state: str = "waiting"
    counter: int | None = None
    rated: bool = False
    was_done: bool = False
    calls: int = 0
    issued: int = 0
    minutes: int = 0
    until: int | None = None
    home: tuple[int, str] | None = None
    """The counter that wants it back, and the queue it had there."""
    given_anew: bool = False
    """Its rank does not come from when it came."""
    returned: bool = False
    """It waits behind others because it missed its call."""
    day: str = ""
    slot: int | None = None
    training: bool = False
    printed: bool = False


@dataclass
class ModelCounter:
    """A counter; `state` is "closed", "open" or "paused"."""

    state: str = "closed"
    staff: str = ""
    tiers: tuple[tuple[str, ...], ...] = ()


@dataclass
class Model:
    """One day of the hall, and how many numbers each (day, queue) has had."""

    day: str = ""
    tickets: dict[str, ModelTicket] = field(default_factory=dict)
    counters: dict[int, ModelCounter] = field(default_factory=lambda: {n: ModelCounter() for n in TIERS})
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    order: int = 0
    closed_day: str = ""
    issued: int = 0
    practised: int = 0
    closed: set[str | int] = field(default_factory=set)
    """Queues and kiosks that give no numbers."""

    def turn(self, day: str) -> None:
        """Begin a day: whoever was promised it waits, nobody else is there. The same day goes on counting."""
        if self.day == day:
            return
        self.end_day()
        if day != self.closed_day:
            self.practised = 0
        self.day = day
        promised = (t for t in self.tickets.values() if t.state == "deferred" and t.day == day)
        for ticket in sorted(promised, key=lambda t: t.place):
            ticket.state, ticket.until = "waiting", None
            ticket.place = self.next_place(ticket.place[0] - ticket.minutes * MINUTE_MS)
            self.issued += 1

    def end_day(self) -> None:
        """Send everybody home who was promised nothing beyond the day."""
        if self.day:
            self.tickets = {t.id: t for t in self.tickets.values() if self._outlives_the_day(t)}
            self.closed_day = self.day
        self.day, self.issued = "", 0
        self.counters = {n: ModelCounter() for n in TIERS}

    def _outlives_the_day(self, ticket: ModelTicket) -> bool:
        if ticket.training or ticket.state not in ("booked", "deferred", "away"):
            return False
        return (day_of(ticket.until or 0) if ticket.state == "away" else ticket.day) > self.day

    def number(self, queue: str, day: str, *, training: bool = False) -> str:
        """Give the next number of a queue on a day, or of practice."""
        if training:
            self.practised += 1
            return f"TAP-{self.practised:03}"
        ordinal = self.given.get((day, queue), 0) + 1
        self.given[day, queue] = ordinal
        return f"{queue}{ordinal:03}"

    def issue(self, ticket_id: str, queue: str, now: int, minutes: int, training: bool) -> None:
        """Give the next number of a queue to someone who came now and counts as having come `minutes` earlier."""
        place = self.next_place(now - minutes * MINUTE_MS)
        self.tickets[ticket_id] = ModelTicket(
            ticket_id,
            self.number(queue, self.day, training=training),
            queue,
            place,
            issued=now,
            minutes=minutes,
            day=self.day,
            training=training,
        )
        self.issued += not training

    def promise(self, ticket: ModelTicket) -> None:
        """Promise a ticket the next day on which its queue is open."""
        ticket.day, opens = opening_after(self.day, ticket.queue)
        ticket.state, ticket.counter, ticket.until = "deferred", None, opens
        if not (ticket.training and ticket.number):
            ticket.number = self.number(ticket.queue, ticket.day, training=ticket.training)
        ticket.place = self.next_place(opens)

    def arrive(self, ticket: ModelTicket, now: int) -> None:
        """Let a booked ticket, or one whose promised day went by, wait from now on."""
        rank = now
        if ticket.state == "deferred":
            rank = min(now, ticket.place[0] - ticket.minutes * MINUTE_MS)
        elif ticket.slot is not None and ticket.day == self.day and now <= ticket.slot + LATE * MINUTE_MS:
            rank = min(now, ticket.slot - CREDIT * MINUTE_MS)
        if rank < now:
            rank = max(rank, self.floor(now))
        ticket.state, ticket.day, ticket.until = "waiting", self.day, None
        ticket.number = self.number(ticket.queue, self.day, training=ticket.training)
        ticket.place = self.next_place(rank)
        self.issued += not ticket.training

    def next_place(self, rank: int) -> tuple[int, int]:
        """Return a place behind everyone who got the same rank before."""
        self.order += 1
        return rank, self.order

    def give_rank(self, ticket: ModelTicket, rank: int) -> None:
        """Let a ticket count as having come at another time; the same time keeps its place."""
        if rank != ticket.place[0]:
            ticket.place = self.next_place(rank)

    def at(self, counter: int) -> ModelTicket | None:
        """Find who stands at a counter."""
        there = [t for t in self.tickets.values() if t.counter == counter and t.state in ("called", "serving")]
        assert len(there) <= 1
        return there[0] if there else None

    def waiting(self) -> list[ModelTicket]:
        """Find everyone who waits, in the one order."""
        return sorted((t for t in self.tickets.values() if t.state == "waiting"), key=lambda t: t.place)

    def line(self, queue: str, counter: int | None) -> list[ModelTicket]:
        """Find who waits for a queue and is bound to `counter`, in order."""
        return [t for t in self.waiting() if (t.queue, t.counter) == (queue, counter)]

    def tiers(self, counter: int) -> tuple[tuple[str, ...], ...]:
        """Return what a counter serves now."""
        return self.counters[counter].tiers or TIERS[counter]

    def serves(self, counter: int, queue: str) -> bool:
        """Tell whether a counter serves a queue now."""
        return any(queue in tier for tier in self.tiers(counter))

    def can_call(self, counter: int, ticket: ModelTicket) -> bool:
        """Tell whether a counter may call a ticket, in whatever order."""
        return ticket.counter == counter or (ticket.counter is None and self.serves(counter, ticket.queue))

    def is_overdue(self, ticket: ModelTicket, now: int) -> bool:
        """Tell whether a ticket has waited past its queue's bound."""
        return now - ticket.place[0] > BOUND_MINUTES[ticket.queue] * MINUTE_MS

    def is_first_tier(self, counter: int, ticket: ModelTicket) -> bool:
        """Tell whether a counter calls a ticket as its own and not only to help."""
        crowd = len(self.line(ticket.queue, None))
        return (
            ticket.counter == counter
            or ticket.queue in self.tiers(counter)[0]
            or crowd > SHARE_ABOVE.get(ticket.queue, crowd)
        )

    def next_for(self, counter: int, now: int) -> ModelTicket | None:
        """Find who is next for a counter: those of its own and those past the bound, then those it helps with."""
        mine = [t for t in self.waiting() if self.can_call(counter, t)]
        own = [t for t in mine if self.is_first_tier(counter, t) or self.is_overdue(t, now)]
        helped = [[t for t in mine if t.queue in tier] for tier in self.tiers(counter)[1:]]
        return next((some[0] for some in (own, *helped) if some), None)

    def floor(self, now: int) -> int:
        """Return the rank of the last who is overdue: nobody gets a new one before it."""
        return max((t.place[0] for t in self.waiting() if self.is_overdue(t, now)), default=0)

    def front(self, ahead_of: list[ModelTicket], now: int) -> int:
        """Return a rank ahead of these people, but of nobody who is overdue."""
        in_time = [t.place[0] for t in ahead_of if not self.is_overdue(t, now)]
        return max(min(in_time) - 1 if in_time else now, self.floor(now))

    def move(self, ticket: ModelTicket, name: str, counter: int | None = None) -> None:
        """Make a move that is allowed; `counter` is where it is bound afterwards."""
        ticket.state = LEADS_TO[name][ticket.state]
        if ticket.state in ("parked", "away", "cancelled", "no_show", "waiting"):
            ticket.counter = counter
