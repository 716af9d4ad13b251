"""A second, naive hall to hold the real one against: plain lists, and everything is searched for anew."""

from dataclasses import dataclass, field

from tests.factory import SITE

TIERS = {setup.number: setup.tiers for setup in SITE.counters}
BOUND_MS = 45 * 60_000
OPEN_STATES = ("waiting", "called", "serving", "parked", "no_show")

# Written anew from DESIGN §4, not read from the table in the domain.
LEADS_TO = {
    "recall": {"called": "called"},
    "start": {"called": "serving"},
    "finish": {"serving": "done"},
    "no_show": {"called": "no_show"},
    "park": {"called": "parked", "serving": "parked"},
    "cancel": {"waiting": "cancelled", "called": "cancelled", "parked": "cancelled", "no_show": "cancelled"},
    "revive": {"no_show": "waiting", "parked": "waiting"},
    "transfer": {"waiting": "waiting", "called": "waiting", "serving": "waiting", "parked": "waiting"},
    "rate": {"done": "done"},
}


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


@dataclass
class ModelCounter:
    """A counter; `state` is "closed", "open" or "paused"."""

    state: str = "closed"
    staff: str = ""


@dataclass
class Model:
    """One day of the hall, and how many numbers each (day, queue) has had."""

    day: str = ""
    tickets: dict[str, ModelTicket] = field(default_factory=dict)
    counters: dict[int, ModelCounter] = field(default_factory=lambda: {n: ModelCounter() for n in TIERS})
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    order: int = 0

    def turn(self, day: str) -> None:
        """Begin a day: nobody is there and nobody waits. The same day goes on counting."""
        if self.day != day:
            self.end_day()
            self.day = day

    def end_day(self) -> None:
        """Send everybody home."""
        self.day = ""
        self.tickets = {}
        self.counters = {n: ModelCounter() for n in TIERS}

    def issue(self, ticket_id: str, queue: str, rank: int) -> None:
        """Give the next number of a queue."""
        ordinal = self.given.get((self.day, queue), 0) + 1
        self.given[self.day, queue] = ordinal
        self.tickets[ticket_id] = ModelTicket(ticket_id, f"{queue}{ordinal:03}", queue, self.next_place(rank))

    def next_place(self, rank: int) -> tuple[int, int]:
        """Return a place behind everyone who got the same rank before."""
        self.order += 1
        return rank, self.order

    def at(self, counter: int) -> ModelTicket | None:
        """Find who stands at a counter."""
        there = [t for t in self.tickets.values() if t.counter == counter and t.state in ("called", "serving")]
        assert len(there) <= 1
        return there[0] if there else None

    def line(self, queue: str, counter: int | None) -> list[ModelTicket]:
        """Find who waits for a queue and is bound to `counter`, in order."""
        waits = [t for t in self.tickets.values() if (t.state, t.queue, t.counter) == ("waiting", queue, counter)]
        return sorted(waits, key=lambda t: t.place)

    def next_for(self, counter: int, now: int) -> ModelTicket | None:
        """Find who is next for a counter: whoever is overdue counts as first tier; only the head of a queue can be."""
        mine = [t for t in self.tickets.values() if t.state == "waiting" and t.counter in (None, counter)]
        tiers = TIERS[counter]
        for index, tier in enumerate(tiers):
            can = [t for t in mine if t.queue in tier]
            if index == 0:
                can += [t for t in mine if any(t.queue in later for later in tiers[1:]) and now - t.place[0] > BOUND_MS]
            if can:
                return min(can, key=lambda t: t.place)
        return None

    def move(self, ticket: ModelTicket, name: str, counter: int | None = None) -> None:
        """Make a move that is allowed; `counter` is where it is bound afterwards."""
        ticket.state = LEADS_TO[name][ticket.state]
        if ticket.state in ("parked", "cancelled", "no_show", "waiting"):
            ticket.counter = counter
