"""Any order of commands against a naive model: the hall agrees with it, and its journal alone makes it again."""

from collections.abc import Collection
from functools import partial
from itertools import count

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.domain import commands as cmd
from kiosk.domain.apply import apply, replay
from kiosk.domain.events import Decision, Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.rules_ticket import RETURN_BEHIND
from kiosk.domain.ticket import Outcome, TicketState
from tests.domain.model import LEADS_TO, TIERS, Model, ModelTicket
from tests.factory import DAY_MS, SITE, Play, clerk_of, token_of

QUEUES = st.sampled_from(["A", "B", "C"])
COUNTERS = st.sampled_from(sorted(TIERS))
STAFF = st.sampled_from([s.id for s in SITE.staff])
PRIORITY = {None: 0, "elderly": 30, "disability": 40}
AT_DESK = {
    "recall": cmd.RecallTicket,
    "start": cmd.StartTicket,
    "finish": partial(cmd.FinishTicket, outcome=Outcome.SERVED),
    "no_show": cmd.NoShowTicket,
    "park": cmd.ParkTicket,
}
PICK = st.integers(0, 100)
"""Which ticket, see `HallMachine.pick`."""
DICE, UNLIKELY = st.integers(1, 8), 5
"""The end of a day empties the hall, so it must come seldom for anything to happen in between."""
ANY: tuple[str, ...] = ()


class HallMachine(RuleBasedStateMachine):
    """Plays commands on the real rules and on the model, and compares after each."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.model = Model()
        self.twin = Hall()
        self.ids = count(1)

    # --- playing one command on both -------------------------------------------------------------------------------

    def give(self, command: cmd.AnyCommand, *, allowed: bool) -> None:
        """Play a command; the model has said whether it is allowed. A refused one must change nothing."""
        journal, hall = len(self.play.journal), self.play.hall
        decided = self.play.try_(command)
        assert isinstance(decided, Decision) == allowed, decided
        if not allowed:
            assert len(self.play.journal) == journal
            assert self.play.hall is hall
        for recorded in self.play.journal[journal:]:
            stored = msgspec.json.encode(recorded)
            read = msgspec.json.decode(stored, type=Recorded)
            assert read == recorded
            assert msgspec.json.encode(read) == stored
            self.twin = apply(self.twin, read)

    def today(self) -> str:
        return SITE.service_day(self.play.now)

    def turned(self) -> Model:
        """Return the model as a wish of this moment finds it: on a new day, an empty hall."""
        return self.model if self.model.day == self.today() else Model(given=self.model.given, order=self.model.order)

    def settle(self, model: Model) -> Model:
        """Make `model` the one that counts, because a wish on it was allowed."""
        model.turn(self.today())
        self.model = model
        return model

    def pick(self, model: Model, index: int, states: Collection[str]) -> tuple[str, ModelTicket | None]:
        """Pick a ticket: three times of four one in these states, otherwise any of the model's last day or none."""
        likely = [t.id for t in model.tickets.values() if t.state in states] if index % 4 else []
        ids = likely or ["t-none", *self.model.tickets]
        ticket_id = ids[index // 4 % len(ids)]
        return ticket_id, model.tickets.get(ticket_id)

    def index_of(self, ticket: ModelTicket) -> int:
        """Return the index with which `pick` picks this very ticket."""
        return 4 * (1 + list(self.model.tickets).index(ticket.id))

    # --- what happens in a hall --------------------------------------------------------------------------------------

    @initialize()
    def the_hall_opens(self) -> None:
        for counter in TIERS:
            self.a_clerk_opens(counter, clerk_of(counter))
        for queue in "ABCAABCA":
            self.a_citizen_takes_a_number(queue, None, training=False)

    @rule(minutes=st.sampled_from([0, 0, 1, 1, 5, 5, 20, 20, 46, 46, 46]))
    def time_goes_by(self, minutes: int) -> None:
        self.play.pass_minutes(minutes)

    @rule(hours=st.sampled_from([24, 40]), dice=DICE)
    def a_night_goes_by(self, hours: int, dice: int) -> None:
        if dice == UNLIKELY:
            self.play.now += hours * DAY_MS // 24

    @rule(queue=QUEUES | st.just("Z"), priority=st.sampled_from([*PRIORITY, "king"]), training=st.booleans())
    def a_citizen_takes_a_number(self, queue: str, priority: str | None, training: bool) -> None:
        ticket_id = f"t{next(self.ids)}"
        allowed = queue != "Z" and priority in PRIORITY
        command = cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, priority=priority, training=training)
        self.give(command, allowed=allowed)
        if allowed:
            rank = self.play.now - PRIORITY[priority] * 60_000
            self.settle(self.turned()).issue(ticket_id, queue, rank)

    @rule(queue=QUEUES)
    def a_family_takes_numbers(self, queue: str) -> None:
        for _ in range(3):
            self.a_citizen_takes_a_number(queue, None, training=False)

    @rule(index=PICK)
    def a_kiosk_sends_the_same_ticket_as_another_command(self, index: int) -> None:
        ticket_id, ticket = self.pick(self.turned(), index, ANY)
        if ticket is not None:
            self.give(cmd.IssueTicket(ticket_id, token_of("other"), "A"), allowed=False)

    @rule(counter=COUNTERS, staff=STAFF)
    def a_clerk_opens(self, counter: int, staff: str) -> None:
        model = self.turned()
        mine = model.counters[counter]
        sits_at = [n for n, c in model.counters.items() if c.state != "closed" and c.staff == staff]
        allowed = mine.staff == staff if mine.state != "closed" else not sits_at
        self.give(cmd.OpenCounter(counter, staff), allowed=allowed)
        if allowed:
            opened = self.settle(model).counters[counter]
            if opened.state == "closed":
                opened.state, opened.staff = "open", staff

    @rule(counter=COUNTERS, wish=st.sampled_from(["pause", "resume"]))
    def a_clerk_pauses_or_resumes(self, counter: int, wish: str) -> None:
        model = self.turned()
        before, after = ("open", "paused") if wish == "pause" else ("paused", "open")
        allowed = model.counters[counter].state == before
        self.give(cmd.PauseCounter(counter) if wish == "pause" else cmd.ResumeCounter(counter), allowed=allowed)
        if allowed:
            self.settle(model).counters[counter].state = after

    @rule(counter=COUNTERS)
    def a_clerk_leaves(self, counter: int) -> None:
        model = self.turned()
        allowed = model.counters[counter].state != "closed" and model.at(counter) is None
        self.give(cmd.CloseCounter(counter), allowed=allowed)
        if allowed:
            model = self.settle(model)
            model.counters[counter].state, model.counters[counter].staff = "closed", ""
            for ticket in model.tickets.values():
                if ticket.counter == counter and ticket.state in ("waiting", "parked"):
                    ticket.state, ticket.counter = "waiting", None

    @rule(counter=COUNTERS)
    def a_clerk_calls_the_next(self, counter: int) -> None:
        model = self.turned()
        ready = model.counters[counter].state == "open" and model.at(counter) is None
        ticket = model.next_for(counter, self.play.now) if ready else None
        self.give(cmd.CallNext(counter), allowed=ticket is not None)
        if ticket is not None:
            self.settle(model)
            ticket.state, ticket.counter = "called", counter

    @rule(counter=COUNTERS, index=PICK)
    def a_clerk_calls_someone_by_name(self, counter: int, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, ("waiting", "parked"))
        ready = model.counters[counter].state == "open" and model.at(counter) is None
        allowed = (
            ready
            and ticket is not None
            and ticket.state in ("waiting", "parked")
            and (
                ticket.counter == counter or (ticket.counter is None and any(ticket.queue in t for t in TIERS[counter]))
            )
        )
        self.give(cmd.CallNext(counter, ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            ticket.state, ticket.counter = "called", counter

    @rule(name=st.sampled_from(sorted(AT_DESK)), index=PICK, elsewhere=DICE)
    def a_clerk_moves_a_ticket(self, name: str, index: int, elsewhere: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO[name])
        counter = ticket.counter if ticket and ticket.counter and elsewhere != UNLIKELY else 1
        allowed = ticket is not None and ticket.state in LEADS_TO[name] and ticket.counter == counter
        self.give(AT_DESK[name](ticket_id, counter), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model).move(ticket, name, counter if name == "park" else None)

    @rule(index=PICK, queue=st.none() | QUEUES, to=st.none() | COUNTERS, place=st.sampled_from(cmd.Place))
    def a_clerk_transfers(self, index: int, queue: str | None, to: int | None, place: cmd.Place) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["transfer"])
        goes = (queue or ticket.queue) if ticket else "A"
        allowed = (
            ticket is not None
            and ticket.state in LEADS_TO["transfer"]
            and (queue is not None if to is None else any(goes in t for t in TIERS[to]))
            and (to is None or model.counters[to].state != "closed")
        )
        command = cmd.TransferTicket(ticket_id, ticket.counter if ticket else None, queue, to, place)
        self.give(command, allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            rank = self._transferred_rank(model, ticket, goes, to, place)
            model.move(ticket, "transfer", to)
            ticket.queue = goes
            if rank != ticket.place[0]:
                ticket.place = model.next_place(rank)

    def _transferred_rank(self, model: Model, ticket: ModelTicket, queue: str, to: int | None, place: cmd.Place) -> int:
        if place is cmd.Place.END:
            return self.play.now
        if place is cmd.Place.KEEP:
            return ticket.place[0]
        ahead = [
            t.place[0]
            for t in model.tickets.values()
            if t.state == "waiting" and t.queue == queue and (to is None or t.counter in (None, to))
        ]
        return min(min(ahead, default=self.play.now) - 1, ticket.place[0])

    @rule(index=PICK)
    def a_citizen_gives_up(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["cancel"])
        allowed = ticket is not None and ticket.state in LEADS_TO["cancel"]
        self.give(cmd.CancelTicket(ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model).move(ticket, "cancel")

    @rule(index=PICK)
    def a_citizen_comes_back(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["revive"])
        allowed = ticket is not None and ticket.state in LEADS_TO["revive"]
        self.give(cmd.ReviveTicket(ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            missed = ticket.state == "no_show"
            line = model.line(ticket.queue, None)
            model.move(ticket, "revive", None if missed else ticket.counter)
            if missed:
                behind = line[RETURN_BEHIND - 1].place[0] if len(line) >= RETURN_BEHIND else self.play.now
                if behind > ticket.place[0]:
                    ticket.place = model.next_place(behind)

    @rule(counter=COUNTERS, index=PICK)
    def a_citizen_misses_the_call_and_comes_back(self, counter: int, index: int) -> None:
        self.a_clerk_calls_someone_by_name(counter, index)
        there = self.turned().at(counter)
        if there is not None and there.state == "called":
            self.a_clerk_moves_a_ticket("no_show", self.index_of(there), elsewhere=0)
            self.a_citizen_comes_back(self.index_of(there))

    @rule(index=PICK)
    def a_citizen_rates(self, index: int) -> None:
        ticket_id, ticket = self.pick(self.model, index, ("done",))
        allowed = ticket is not None and ticket.state == "done" and not ticket.rated
        self.give(cmd.RateTicket(ticket_id, b"sealed", "2025"), allowed=allowed)
        if allowed and ticket is not None:
            ticket.rated = True

    @rule(index=PICK, result=st.sampled_from(cmd.PrintResult))
    def a_paper_comes_out_or_not(self, index: int, result: cmd.PrintResult) -> None:
        ticket_id, ticket = self.pick(self.model, index, ANY)
        self.give(cmd.MarkPrinted(ticket_id, result), allowed=ticket is not None)

    @rule(dice=DICE)
    def the_day_is_closed(self, dice: int) -> None:
        if dice == UNLIKELY:
            self.give(cmd.CloseDay(), allowed=True)
            self.model.end_day()

    # --- what is always true -----------------------------------------------------------------------------------------

    @invariant()
    def the_hall_holds_the_models_tickets(self) -> None:
        hall = self.play.hall
        seen = {t.id: (t.number, t.queue, t.state.value, t.rank_at, t.rated) for t in hall.tickets.values()}
        told = {t.id: (t.number, t.queue, t.state, t.place[0], t.rated) for t in self.model.tickets.values()}
        assert seen == told
        assert hall.day == self.model.day
        assert len(hall.tickets) == len(hall.by_token) == len(told)

    @invariant()
    def a_ticket_is_in_exactly_one_line_if_and_only_if_it_waits(self) -> None:
        hall = self.play.hall
        standing = [ticket_id for line in hall.lines.values() for _, _, ticket_id in line]
        assert sorted(standing) == sorted(t.id for t in self.model.tickets.values() if t.state == "waiting")
        for (queue, counter), line in hall.lines.items():
            assert list(line) == sorted(line)
            assert [place[2] for place in line] == [t.id for t in self.model.line(queue, counter)]

    @invariant()
    def a_counter_holds_exactly_the_one_ticket_called_to_it(self) -> None:
        for number, told in self.model.counters.items():
            there = self.model.at(number)
            seen = self.play.hall.counter(number)
            assert (seen.state.value, seen.staff or "") == (told.state, told.staff)
            assert seen.ticket == (there.id if there else None)

    @invariant()
    def nobody_waits_for_a_counter_that_is_closed(self) -> None:
        for _, bound in self.play.hall.lines:
            assert bound is None or self.model.counters[bound].state != "closed"

    @invariant()
    def those_set_aside_are_those_who_missed_the_call_or_are_parked(self) -> None:
        aside = {t.id for t in self.model.tickets.values() if t.state in ("no_show", "parked")}
        assert self.play.hall.aside == aside
        assert {t.id for t in self.play.hall.set_aside()} == aside

    @invariant()
    def the_counts_of_the_day_are_those_of_its_real_tickets(self) -> None:
        real = [t for t in self.play.hall.tickets.values() if not t.training]
        assert self.play.hall.issued == len(real)
        assert self.play.hall.done == sum(t.state is TicketState.DONE for t in real)

    @invariant()
    def the_journal_is_gapless_and_its_time_never_falls(self) -> None:
        rows = self.play.journal
        assert self.play.hall.seq == len(rows)
        assert [row.seq for row in rows[-30:]] == list(range(len(rows) - len(rows[-30:]) + 1, len(rows) + 1))
        assert all(one.at <= other.at for one, other in zip(rows[-30:], rows[-29:], strict=False))

    @invariant()
    def the_hall_read_back_row_by_row_is_the_same(self) -> None:
        assert self.twin == self.play.hall

    def teardown(self) -> None:
        """Whatever happened, the journal alone makes the same hall: nothing was changed behind its back."""
        assert replay(Hall(), self.play.journal) == self.play.hall


TestAnyOrderOfCommands = HallMachine.TestCase
TestAnyOrderOfCommands.settings = settings(max_examples=80, stateful_step_count=60)
