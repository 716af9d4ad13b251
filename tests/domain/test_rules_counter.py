"""What a counter may do, and who is next (DESIGN §4)."""

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.counter import CounterState
from kiosk.domain.events import CounterClosed, CounterQueuesSet
from kiosk.domain.ticket import TicketState
from tests.factory import Play, clerk_of


def test_a_clerk_opens_a_counter_and_opening_it_again_changes_nothing() -> None:
    play = Play()
    play.open(1)
    assert play.hall.counter(1).state is CounterState.OPEN
    assert play.hall.counter(1).staff == clerk_of(1)
    assert play.do(cmd.OpenCounter(1, clerk_of(1))) == ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.OpenCounter(99, "nv02"), "unknown_counter"),
        (cmd.OpenCounter(2, "nobody"), "unknown_staff"),
        (cmd.OpenCounter(1, "nv02"), "counter_taken"),
        (cmd.OpenCounter(2, "nv01"), "staff_elsewhere"),
        (cmd.CallNext(99), "unknown_counter"),
        (cmd.CallNext(2), "counter_not_open"),
        (cmd.CallNext(1), "nobody_waiting"),
        (cmd.PauseCounter(2), "counter_not_open"),
        (cmd.ResumeCounter(1), "counter_not_paused"),
        (cmd.CloseCounter(2), "counter_not_open"),
    ],
)
def test_what_a_counter_may_not_do_is_refused_with_its_code(command: cmd.AnyCommand, code: str) -> None:
    play = Play()
    play.open(1)
    assert play.refusal(command) == code


def test_a_paused_counter_calls_nobody_until_it_resumes() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    play.do(cmd.PauseCounter(1, "meeting"))
    assert play.hall.counter(1).pause_reason == "meeting"
    assert play.refusal(cmd.CallNext(1)) == "counter_not_open"
    play.do(cmd.ResumeCounter(1))
    assert play.hall.counter(1).pause_reason == ""
    assert play.call(1) == ticket_id


def test_a_counter_with_a_ticket_can_neither_call_nor_close() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    play.issue("A")
    play.call(1)
    assert play.refusal(cmd.CallNext(1)) == "counter_busy"
    assert play.refusal(cmd.CloseCounter(1)) == "counter_busy"


def test_a_counter_never_calls_a_queue_it_does_not_serve() -> None:
    play = Play()
    play.open(2)
    residence = play.issue("C")
    assert play.refusal(cmd.CallNext(2)) == "nobody_waiting"
    assert play.refusal(cmd.CallNext(2, residence)) == "counter_serves_not"


def test_a_clerk_may_pick_someone_who_waits_out_of_order() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    second = play.issue("A")
    assert play.call(1, second) == second


def test_two_counters_never_call_the_same_ticket() -> None:
    play = Play()
    play.open(1, 2)
    first, second = play.issue("A"), play.issue("A")
    assert (play.call(1), play.call(2)) == (first, second)
    assert play.hall.waiting_count("A") == 0


def test_a_ticket_bound_to_a_counter_is_called_by_no_other() -> None:
    play = Play()
    play.open(1, 2)
    bound = play.issue("A")
    play.do(cmd.TransferTicket(bound, to_counter=2))
    assert play.refusal(cmd.CallNext(1)) == "nobody_waiting"
    assert play.refusal(cmd.CallNext(1, bound)) == "wrong_counter"
    assert play.call(2) == bound


def test_closing_a_counter_releases_those_bound_to_it_with_their_rank() -> None:
    play = Play()
    play.open(1, 2)
    parked, sent, other = play.issue("A"), play.issue("B"), play.issue("A")
    play.call(1)
    play.do(cmd.ParkTicket(parked, 1))
    play.do(cmd.TransferTicket(sent, to_counter=1))
    ranks = play.ticket(parked).rank_at, play.ticket(sent).rank_at
    events = play.do(cmd.CloseCounter(1))
    assert events == (CounterClosed(1, (parked, sent)),)
    assert (play.ticket(parked).rank_at, play.ticket(sent).rank_at) == ranks
    assert play.ticket(parked).state is TicketState.WAITING
    assert play.line("A") == [parked, other]
    assert play.line("B") == [sent]
    assert play.hall.counter(1).staff is None


def test_a_finished_ticket_counts_for_its_counter_unless_it_was_practice() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    play.issue("A", training=True)
    play.serve(1)
    practice = play.serve(1)
    counter = play.hall.counter(1)
    assert counter.served == 1
    assert counter.last_finished == practice


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.SetCounterQueues(99, (("A",),)), "unknown_counter"),
        (cmd.SetCounterQueues(1, (("A",), ("Z",))), "unknown_queue"),
        (cmd.SetCounterQueues(2, (("A",),)), "counter_not_open"),
    ],
)
def test_queues_a_counter_cannot_serve_are_refused(command: cmd.SetCounterQueues, code: str) -> None:
    play = Play()
    play.open(1)
    assert play.refusal(command) == code


def test_changed_queues_last_until_the_counter_closes_and_say_nothing_where_nothing_changes() -> None:
    play = Play()
    play.open(1)
    assert play.do(cmd.SetCounterQueues(1, (("C", "C"), (), ("A", "C")))) == (CounterQueuesSet(1, (("C",), ("A",))),)
    assert play.do(cmd.SetCounterQueues(1, (("C",), ("A",)))) == ()
    assert play.do(cmd.SetCounterQueues(1, (("A", "B"), ("C",)))) == (CounterQueuesSet(1, ()),)
    play.do(cmd.SetCounterQueues(1, (("C",),)))
    play.do(cmd.PauseCounter(1))
    assert play.hall.counter(1).tiers == (("C",),)
    play.do(cmd.CloseCounter(1))
    play.open(1)
    assert play.hall.counter(1).tiers == ()


def test_whoever_waits_for_a_counter_is_called_there_though_it_serves_her_queue_no_more() -> None:
    play = Play()
    play.open(1)
    bound = play.issue("A")
    play.do(cmd.TransferTicket(bound, to_counter=1))
    play.do(cmd.SetCounterQueues(1, (("C",),)))
    assert play.call(1) == bound


def test_a_pause_and_an_open_counter_say_since_when() -> None:
    play = Play()
    play.open(1)
    opened = play.now
    assert play.hall.counter(1).since == opened
    play.pass_minutes(3)
    play.do(cmd.PauseCounter(1, "meeting"))
    assert play.hall.counter(1).since == play.now
    play.pass_minutes(5)
    play.do(cmd.ResumeCounter(1))
    assert play.hall.counter(1).since == play.now
    play.issue("A")
    play.call(1)
    assert play.hall.counter(1).since == opened + 8 * 60_000
