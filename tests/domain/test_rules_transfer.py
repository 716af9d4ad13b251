"""Sending a ticket to another queue, counter or clerk (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import NoteTaken, TicketWaiting
from kiosk.domain.ticket import Outcome, RankReason, TicketState
from tests.factory import SITE, Play


def test_a_transferred_ticket_keeps_its_rank() -> None:
    play = Play()
    play.open(1)
    sent = play.issue("A")
    waits = play.issue("B")
    play.call(1)
    play.do(cmd.TransferTicket(sent, counter=1, queue="B"))
    assert play.line("B") == [sent, waits]
    assert play.ticket(sent).rank_reason is RankReason.TRANSFERRED
    assert play.hall.counter(1).ticket is None


def test_a_transfer_to_the_end_or_the_front_says_so_in_the_journal() -> None:
    play = Play()
    play.open(1)
    late = play.issue("A")
    waits = play.issue("B")
    play.call(1)
    play.do(cmd.TransferTicket(late, counter=1, queue="B", place=cmd.Place.END, note="thiếu giấy"))
    assert play.line("B") == [waits, late]
    first = play.issue("A")
    play.do(cmd.TransferTicket(first, queue="B", place=cmd.Place.FRONT, note="hẹn trước"))
    assert play.line("B") == [first, waits, late]
    reasons = [e.event.rank_reason for e in play.journal if isinstance(e.event, TicketWaiting)]
    assert reasons == [RankReason.TRANSFERRED_END, RankReason.TRANSFERRED_FRONT]


def test_the_front_of_one_counter_is_ahead_of_those_who_wait_for_any() -> None:
    play = Play()
    play.open(1, 2)
    play.issue("A")
    sent = play.issue("A")
    play.do(cmd.TransferTicket(sent, to_counter=2, place=cmd.Place.FRONT))
    assert play.call(2) == sent


def test_the_front_of_a_queue_is_ahead_of_those_bound_to_a_counter() -> None:
    play = Play()
    play.open(1, 2)
    bound = play.issue("A")
    play.do(cmd.TransferTicket(bound, to_counter=2))
    sent = play.issue("A")
    play.do(cmd.TransferTicket(sent, queue="A", place=cmd.Place.FRONT))
    assert play.call(2) == sent


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.TransferTicket("t1", queue="Z"), "unknown_queue"),
        (cmd.TransferTicket("t1", to_counter=99), "unknown_counter"),
        (cmd.TransferTicket("t1", queue="C", to_counter=2), "counter_serves_not"),
        (cmd.TransferTicket("t1", to_counter=3), "counter_not_open"),
        (cmd.TransferTicket("t1"), "transfer_where"),
    ],
)
def test_a_transfer_to_where_nobody_would_call_is_refused(command: cmd.TransferTicket, code: str) -> None:
    play = Play()
    play.open(1, 2)
    play.issue("A", ticket_id="t1")
    assert play.refusal(command) == code


def test_nobody_is_put_in_front_of_one_who_waits_past_the_bound() -> None:
    play = Play()
    play.open(1, 2)
    overdue = [play.issue("A"), play.issue("A")]
    play.pass_minutes(46)
    in_time, sent = play.issue("A"), play.issue("A")
    play.do(cmd.TransferTicket(sent, queue="A", place=cmd.Place.FRONT))
    assert play.line("A") == [*overdue, sent, in_time]
    play.do(cmd.TransferTicket(sent, to_counter=2, place=cmd.Place.FRONT))
    assert [play.call(2), play.call(1)] == overdue
    play.do(cmd.NoShowTicket(overdue[0], 2))
    assert play.call(2) == sent


def test_nobody_is_put_in_front_of_one_past_the_bound_of_another_queue_of_the_same_counters() -> None:
    """Queue C is slow to be overdue: whoever is put in front there would be before the overdue of A all the same."""
    slow = replace(SITE, queues=tuple(replace(q, max_wait_minutes=200 if q.id == "C" else 45) for q in SITE.queues))
    play = Play(slow)
    play.open(1)
    first = play.issue("C")
    play.pass_minutes(1)
    overdue = play.issue("A")
    play.pass_minutes(60)
    sent = play.issue("C")
    play.do(cmd.TransferTicket(sent, queue="C", place=cmd.Place.FRONT))
    assert play.ticket(sent).rank_at == play.ticket(overdue).rank_at
    assert [play.serve(1, minutes=0) for _ in range(3)] == [overdue, first, sent]


def test_who_is_put_in_front_never_loses_a_place_by_it() -> None:
    play = Play()
    play.open(1)
    came = [play.issue("A") for _ in range(3)]
    play.pass_minutes(46)
    play.do(cmd.TransferTicket(came[0], queue="A", place=cmd.Place.FRONT))
    assert play.line("A") == came


# --- to a clerk -------------------------------------------------------------------------------------------------------


def test_a_ticket_is_sent_to_a_clerk_wherever_she_sits() -> None:
    play = Play()
    play.open(1)
    play.do(cmd.OpenCounter(2, "nv03"))
    sent = play.issue("A")
    play.call(1)
    play.do(cmd.TransferTicket(sent, counter=1, to_staff="nv03"))
    assert play.line("A", 2) == [sent]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.TransferTicket("t1", to_staff="nv03"), "staff_not_here"),
        (cmd.TransferTicket("t1", to_staff="nobody"), "unknown_staff"),
        (cmd.TransferTicket("t1", to_counter=1, to_staff="nv02"), "transfer_where"),
        (cmd.TransferTicket("t1", queue="C", to_staff="nv02"), "counter_serves_not"),
    ],
)
def test_a_clerk_who_is_not_there_or_cannot_help_is_sent_nobody(command: cmd.TransferTicket, code: str) -> None:
    play = Play()
    play.open(1, 2)
    play.issue("A", ticket_id="t1")
    assert play.refusal(command) == code


def test_a_transfer_goes_by_what_counters_serve_now() -> None:
    play = Play()
    play.open(1, 2)
    sent = play.issue("A")
    play.do(cmd.SetCounterQueues(2, (("B",),)))
    assert play.refusal(cmd.TransferTicket(sent, to_counter=2)) == "counter_serves_not"
    play.do(cmd.SetCounterQueues(2, (("C",),)))
    play.do(cmd.TransferTicket(sent, queue="C", to_counter=2))
    assert play.call(2) == sent


def test_what_is_noted_with_a_transfer_is_side_data() -> None:
    play = Play()
    play.open(1, 2)
    sent = play.issue("A")
    play.call(1)
    events = play.do(cmd.TransferTicket(sent, counter=1, to_counter=2, note="bà cụ nặng tai"))
    assert [type(e) for e in events] == [NoteTaken, TicketWaiting]
    assert "nặng tai" not in repr(play.journal)
    assert play.side[-1].ref == play.ticket(sent).note_ref


# --- and come back to me ----------------------------------------------------------------------------------------------


def sent_with_return(play: Play) -> str:
    """A ticket of A at counter 1 is sent to counter 3 for something of C, and is to come back."""
    ticket_id = play.issue("A")
    play.call(1)
    play.do(cmd.StartTicket(ticket_id, 1))
    play.do(cmd.TransferTicket(ticket_id, counter=1, queue="C", to_counter=3, come_back=True))
    return ticket_id


def serve_there(play: Play, ticket_id: str, outcome: Outcome = Outcome.SERVED) -> None:
    play.call(3, ticket_id)
    play.do(cmd.StartTicket(ticket_id, 3))
    play.do(cmd.FinishTicket(ticket_id, 3, outcome))


def test_who_was_sent_with_a_return_waits_for_her_first_counter_again_with_her_rank() -> None:
    play = Play()
    play.open(1, 2, 3)
    ticket_id = sent_with_return(play)
    rank_at = play.ticket(ticket_id).rank_at
    serve_there(play, ticket_id)
    ticket = play.ticket(ticket_id)
    assert play.line("A", 1) == [ticket_id]
    assert (ticket.rank_at, ticket.rank_reason, ticket.home) == (rank_at, RankReason.CAME_BACK, None)
    assert play.refusal(cmd.CallNext(2)) == "nobody_waiting"
    play.call(1)
    play.do(cmd.StartTicket(ticket_id, 1))
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    assert play.ticket(ticket_id).state is TicketState.DONE


def test_who_returns_to_a_counter_that_closed_waits_for_whoever_takes_its_queue() -> None:
    play = Play()
    play.open(1, 2, 3)
    ticket_id = sent_with_return(play)
    play.do(cmd.CloseCounter(1))
    serve_there(play, ticket_id)
    assert play.line("A") == [ticket_id]
    assert play.call(2) == ticket_id


def test_who_goes_home_from_the_other_counter_does_not_return() -> None:
    play = Play()
    play.open(1, 3)
    ticket_id = sent_with_return(play)
    serve_there(play, ticket_id, Outcome.WITHDRAWN)
    assert play.ticket(ticket_id).state is TicketState.DONE


def test_a_return_outlives_further_ways_and_a_missed_call_and_ends_where_it_is_called_at_home() -> None:
    play = Play()
    play.open(1, 2, 3)
    ticket_id = sent_with_return(play)
    play.call(3)
    play.do(cmd.NoShowTicket(ticket_id, 3))
    play.do(cmd.ReturnTicket(ticket_id))
    play.call(3)
    assert play.refusal(cmd.TransferTicket(ticket_id, counter=3, queue="B", come_back=True)) == "comes_back_already"
    play.do(cmd.TransferTicket(ticket_id, counter=3, queue="B"))
    assert play.ticket(ticket_id).home == 1
    play.call(1, ticket_id)
    play.do(cmd.StartTicket(ticket_id, 1))
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    assert play.ticket(ticket_id).state is TicketState.DONE


def test_only_a_counter_that_has_the_ticket_can_want_it_back() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    assert play.refusal(cmd.TransferTicket(ticket_id, queue="B", come_back=True)) == "wrong_state"
