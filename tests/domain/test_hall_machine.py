"""Any order of commands against a naive model: the hall agrees with it, and its journal alone makes it again."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from kiosk.domain.apply import replay
from kiosk.domain.hall import Hall
from kiosk.domain.takers import free_at
from kiosk.domain.ticket import ASIDE, TicketState
from tests.domain.machine import walk
from tests.domain.machine_order import Order
from tests.domain.machine_undo import TakingBack
from tests.domain.model import TIERS
from tests.factory import clerk_of


class HallMachine(TakingBack, Order):
    """The whole hall: how tickets come, what is done with them, and how days end."""

    @initialize()
    def the_hall_opens(self) -> None:
        for counter in TIERS:
            self.a_clerk_opens(counter, clerk_of(counter))
        for queue in "ABCAABCA":
            self.a_citizen_takes_a_number(queue, None, training=False, kiosk=0)

    # --- what is always true -----------------------------------------------------------------------------------------

    @invariant()
    def the_hall_holds_the_models_tickets(self) -> None:
        hall = self.play.hall
        seen = {
            t.id: (t.number, t.queue, t.state.value, t.rank_at, t.rated, t.until if t.state in ASIDE else None)
            for t in hall.tickets.values()
        }
        told = {
            t.id: (t.number, t.queue, t.state, t.place[0], t.rated, t.until if t.state in ASIDE else None)
            for t in self.model.tickets.values()
        }
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
            assert (seen.state.value, seen.staff or "", seen.tiers) == (told.state, told.staff, told.tiers)
            assert seen.ticket == (there.id if there else None)

    @invariant()
    def nobody_waits_for_a_counter_that_is_closed(self) -> None:
        for _, bound in self.play.hall.lines:
            assert bound is None or self.model.counters[bound].state != "closed"

    @invariant()
    def those_set_aside_are_those_who_missed_the_call_are_parked_or_fetch_papers(self) -> None:
        aside = {t.id for t in self.model.tickets.values() if t.state in ("no_show", "parked", "away")}
        assert self.play.hall.aside == aside
        assert self.play.hall.ahead == {t.id for t in self.model.tickets.values() if t.state in ("booked", "deferred")}
        assert {t.id for t in self.play.hall.set_aside()} == aside

    @invariant()
    def the_counts_of_the_day_are_those_of_its_real_tickets(self) -> None:
        real = [t for t in self.play.hall.tickets.values() if not t.training]
        assert self.play.hall.issued == self.model.issued
        assert self.play.hall.done == sum(t.state is TicketState.DONE for t in real)

    @invariant()
    def the_journal_is_gapless_and_its_time_never_falls(self) -> None:
        rows = self.play.journal
        assert self.play.hall.seq == len(rows)
        assert [row.seq for row in rows[-30:]] == list(range(len(rows) - len(rows[-30:]) + 1, len(rows) + 1))
        assert all(one.at <= other.at for one, other in zip(rows[-30:], rows[-29:], strict=False))

    @invariant()
    def what_is_remembered_of_counters_is_what_the_hall_says_of_them(self) -> None:
        hall = self.play.hall
        assert free_at(hall) == free_at.__wrapped__(hall)  # type: ignore[attr-defined]

    @invariant()
    def the_hall_read_back_row_by_row_is_the_same(self) -> None:
        assert self.twin == self.play.hall

    def teardown(self) -> None:
        """Whatever happened, the journal alone makes the same hall: nothing was changed behind its back."""
        assert replay(Hall(), self.play.journal) == self.play.hall


TestAnyOrderOfCommands = HallMachine.TestCase
TestAnyOrderOfCommands.settings = settings(max_examples=60, stateful_step_count=40)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=15, phases=[Phase.generate])
def test_long_days_in_any_order_of_commands(seed: int) -> None:
    machine = HallMachine()
    machine.the_hall_opens()
    walk(machine, seed, steps=400)
