"""Whoever waits past the bound is passed by nobody but those who were ahead of her by then (DESIGN §4).

Random halls with bounds that differ and counters that share queues. Passing is: a counter that could have called her
calls another. Allowed are who was ahead when she became overdue, and whom a clerk picked, which the journal says.
"""

from itertools import count

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Decision, Refused, TicketCalled
from kiosk.domain.site import MINUTE_MS, CounterSetup, Site
from kiosk.domain.ticket import AT_COUNTER, ENDED, CallReason, Outcome, Ticket, TicketState
from tests.domain.machine import PICK, does, walk
from tests.factory import SITE, Play, clerk_of, token_of

BOUNDS = {"A": 45, "B": 20, "C": 90}
HALL: Site = replace(
    SITE,
    queues=tuple(replace(q, max_wait_minutes=BOUNDS[q.id], share_above=3) for q in SITE.queues),
    counters=(
        CounterSetup(1, "A", (("A", "B"), ("C",))),
        CounterSetup(2, "A", (("B",), ("A",))),
        CounterSetup(3, "A", (("C",), ("A", "B"))),
    ),
    priority=tuple(replace(p, minutes=40) for p in SITE.priority),
)


class FairHall(RuleBasedStateMachine):
    """A hall in which anything is tried; what is refused is simply not done."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(HALL)
        self.ids = count(1)
        self.ahead: dict[str, tuple[tuple[int, int], set[str]]] = {}
        """Of each overdue ticket: the place it had when it became so, and who was ahead of it then."""

    # --- looking on ---------------------------------------------------------------------------------------------------

    def overdue(self) -> list[Ticket]:
        bounds = {q: self.play.now - minutes * MINUTE_MS for q, minutes in BOUNDS.items()}
        tickets = self.play.hall.tickets.values()
        return [t for t in tickets if t.state is TicketState.WAITING and t.rank_at < bounds[t.queue]]

    def look(self) -> None:
        """Note who has become overdue, and who is ahead of them."""
        seen = {}
        for late in self.overdue():
            place = late.rank_at, late.rank_seq
            known = self.ahead.get(late.id)
            if known is None or known[0] != place:
                here = (t for t in self.play.hall.tickets.values() if t.state not in ENDED)
                known = place, {t.id for t in here if (t.rank_at, t.rank_seq) < place}
            seen[late.id] = known
        self.ahead = seen

    def do(self, command: cmd.AnyCommand) -> Decision | Refused:
        """Try a command; a call must pass nobody."""
        self.look()
        late = self.overdue()
        decided = self.play.try_(command)
        if isinstance(decided, Decision):
            for event in decided.events:
                if isinstance(event, TicketCalled) and event.reason is not CallReason.CHOSEN:
                    self.check(event, late)
        self.look()
        return decided

    def check(self, event: TicketCalled, late: list[Ticket]) -> None:
        counter = self.play.hall.counter(event.counter)
        setup = next(c for c in HALL.counters if c.number == event.counter)
        serves = {queue for tier in counter.tiers or setup.tiers for queue in tier}
        for passed in late:
            could = passed.counter == event.counter or (passed.counter is None and passed.queue in serves)
            if could and passed.id != event.ticket_id:
                assert event.ticket_id in self.ahead[passed.id][1], (event, passed)

    def pick(self, index: int, *states: TicketState) -> str:
        found = sorted(t.id for t in self.play.hall.tickets.values() if t.state in states)
        return found[index % len(found)] if found else "t-none"

    # --- what happens -------------------------------------------------------------------------------------------------

    @initialize()
    def the_hall_opens(self) -> None:
        for number in (1, 2, 3):
            self.do(cmd.OpenCounter(number, clerk_of(number)))
        for queue in "AABBCCABC":
            self.a_citizen_comes(queue, None)
            self.time_goes_by(2)

    @does(8, minutes=(1, 2, 5, 10, 20))
    def time_goes_by(self, minutes: int) -> None:
        """Step by step, so that nobody becomes overdue unseen."""
        for _ in range(minutes):
            self.play.pass_minutes(1)
            self.look()

    @does(12, queue="ABC", priority=(None, None, "elderly", "disability"))
    def a_citizen_comes(self, queue: str, priority: str | None) -> None:
        ticket_id = f"t{next(self.ids):03}"
        self.do(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, priority=priority))

    @does(3, queue="ABC", minutes=(15, 30, 60))
    def an_appointment_is_made(self, queue: str, minutes: int) -> None:
        ticket_id = f"t{next(self.ids):03}"
        self.do(cmd.BookTicket(ticket_id, token_of(ticket_id), queue, self.play.now + minutes * MINUTE_MS))

    @does(4, index=PICK)
    def a_citizen_comes_to_her_appointment(self, index: int) -> None:
        self.do(cmd.ScanTicket(token_of(self.pick(index, TicketState.BOOKED))))

    @does(14, counter=(1, 2, 3))
    def a_clerk_calls(self, counter: int) -> None:
        there = self.play.hall.counter(counter)
        if there.ticket is not None:
            self.do(cmd.StartTicket(there.ticket, counter))
            self.do(cmd.FinishTicket(there.ticket, counter, Outcome.SERVED))
        self.do(cmd.CallNext(counter))

    @does(2, counter=(1, 2, 3), index=PICK)
    def a_clerk_picks_one(self, counter: int, index: int) -> None:
        self.do(cmd.CallNext(counter, self.pick(index, TicketState.WAITING)))

    @does(8, counter=(1, 2, 3), what=(cmd.NoShowTicket, cmd.ParkTicket, "papers", "strike"))
    def a_clerk_sends_one_away(self, counter: int, what: type | str) -> None:
        ticket_id = self.play.hall.counter(counter).ticket or "t-none"
        if what == "papers":
            self.do(cmd.SendForPapers(ticket_id, counter, (0,)))
        elif what == "strike":
            self.do(cmd.JudgePriority(ticket_id, counter, confirmed=False))
        else:
            assert not isinstance(what, str)
            self.do(what(ticket_id, counter))

    @does(6, index=PICK)
    def a_citizen_is_back(self, index: int) -> None:
        found = self.pick(index, TicketState.NO_SHOW, TicketState.PARKED, TicketState.AWAY)
        self.do(cmd.ScanTicket(token_of(found)))

    @does(
        8,
        index=PICK,
        queue=(None, *"ABC"),
        to=(None, 1, 2, 3),
        place=(*cmd.Place, cmd.Place.FRONT),
        back=(False, True),
    )
    def a_ticket_is_transferred(
        self, index: int, queue: str | None, to: int | None, place: cmd.Place, back: bool
    ) -> None:
        found = self.pick(index, TicketState.WAITING, TicketState.PARKED, *AT_COUNTER)
        ticket = self.play.hall.ticket(found)
        at = ticket.counter if ticket is not None and ticket.state in AT_COUNTER else None
        self.do(cmd.TransferTicket(found, at, queue, to, place, come_back=back and at is not None))

    @does(3, counter=(1, 2, 3))
    def a_clerk_takes_back(self, counter: int) -> None:
        self.do(cmd.Undo(counter))

    @does(2, counter=(1, 2, 3))
    def a_clerk_leaves_or_comes(self, counter: int) -> None:
        is_closed = self.play.hall.counter(counter).state is CounterState.CLOSED
        self.do(cmd.OpenCounter(counter, clerk_of(counter)) if is_closed else cmd.CloseCounter(counter))

    @does(2, counter=(1, 2, 3), tiers=((), (("A",), ("B", "C")), (("C",),), (("A", "B", "C"),)))
    def a_supervisor_moves_a_counter(self, counter: int, tiers: tuple[tuple[str, ...], ...]) -> None:
        self.do(cmd.SetCounterQueues(counter, tiers))


TestNobodyPasses = FairHall.TestCase
TestNobodyPasses.settings = settings(max_examples=15, stateful_step_count=40)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=12, phases=[Phase.generate])
def test_on_long_days_nobody_passes(seed: int) -> None:
    hall = FairHall()
    hall.the_hall_opens()
    walk(hall, seed, steps=500)
