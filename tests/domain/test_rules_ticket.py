"""What may be done to a ticket, and what comes of it (DESIGN §4)."""

import hashlib

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketPrinted, TicketRated, TicketWaiting
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import RankReason, TicketState
from tests.factory import Play


def test_recalling_counts_the_calls_and_puts_the_ticket_first_on_the_board_once() -> None:
    play = Play()
    play.open(1, 2)
    play.issue("A")
    play.issue("A")
    first = play.call(1)
    second = play.call(2)
    play.do(cmd.RecallTicket(first, 1))
    assert play.ticket(first).calls == 2
    assert [(c.ticket_id, c.again) for c in play.hall.calls] == [(first, True), (second, False)]
    assert play.hall.calls[0].seq == play.hall.seq


def test_finishing_frees_the_counter_and_keeps_the_times_of_the_visit() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    ticket = play.ticket(play.serve(1, minutes=6))
    assert play.hall.counter(1).ticket is None
    assert ticket.finished_at is not None
    assert ticket.started_at is not None
    assert ticket.finished_at - ticket.started_at == 6 * MINUTE_MS


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


def miss_the_call(play: Play, ticket_id: str | None = None) -> str:
    called = play.call(1, ticket_id)
    play.do(cmd.NoShowTicket(called, 1))
    return called


def test_a_revived_no_show_waits_behind_the_next_three() -> None:
    play = Play()
    play.open(1)
    for _ in range(6):
        play.issue("A")
    missed = miss_the_call(play)
    play.do(cmd.ReviveTicket(missed))
    assert play.line("A").index(missed) == 3
    assert play.ticket(missed).rank_reason is RankReason.RETURNED


def test_a_revived_no_show_is_last_where_fewer_than_three_wait() -> None:
    play = Play()
    play.open(1)
    for _ in range(3):
        play.issue("A")
    missed = miss_the_call(play)
    play.do(cmd.ReviveTicket(missed))
    assert play.line("A")[-1] == missed


def test_missing_a_call_never_gains_a_place() -> None:
    play = Play()
    play.open(1)
    came = [play.issue("A") for _ in range(8)]
    picked = miss_the_call(play, came[6])
    play.do(cmd.ReviveTicket(picked))
    assert play.line("A") == came


def test_a_parked_ticket_returns_to_its_own_counter_with_its_rank() -> None:
    play = Play()
    play.open(1, 2)
    parked = play.issue("A")
    play.call(1)
    rank_at = play.ticket(parked).rank_at
    play.do(cmd.ParkTicket(parked, 1))
    assert play.hall.counter(1).ticket is None
    play.do(cmd.ReviveTicket(parked))
    assert play.line("A", 1) == [parked]
    assert play.ticket(parked).rank_at == rank_at
    assert play.refusal(cmd.CallNext(2)) == "nobody_waiting"


def test_a_clerk_calls_a_parked_ticket_directly() -> None:
    play = Play()
    play.open(1, 2)
    parked = play.issue("A")
    play.call(1)
    play.do(cmd.ParkTicket(parked, 1))
    assert play.refusal(cmd.CallNext(2, parked)) == "wrong_counter"
    assert play.call(1, parked) == parked


def test_a_ballot_is_counted_once_and_only_after_the_visit() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    ballot = cmd.RateTicket(ticket_id, b"sealed", "2025")
    assert play.refusal(ballot) == "wrong_state"
    play.serve(1)
    (event,) = play.do(ballot)
    assert play.ticket(ticket_id).rated
    assert play.refusal(ballot) == "already_rated"
    assert isinstance(event, TicketRated)
    assert event.ballot_hash == hashlib.sha256(b"sealed").hexdigest()
    assert (play.side[-1].ref, play.side[-1].payload) == (event.ballot_ref, b"sealed")


@pytest.mark.parametrize("result", list(cmd.PrintResult))
def test_what_became_of_the_paper_is_kept_in_every_state(result: cmd.PrintResult) -> None:
    play = Play()
    ticket_id = play.issue("A")
    play.do(cmd.CancelTicket(ticket_id))
    assert play.do(cmd.MarkPrinted(ticket_id, result, "paper_out")) == (
        TicketPrinted(ticket_id, result.value, "paper_out"),
    )
    assert play.ticket(ticket_id).printed == (result is cmd.PrintResult.PRINTED)
    assert play.ticket(ticket_id).state is TicketState.CANCELLED


def test_a_second_print_that_fails_does_not_unprint_the_first() -> None:
    play = Play()
    ticket_id = play.issue("A")
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.REFUSED, "paper_out"))
    assert play.ticket(ticket_id).printed


def test_a_cancelled_ticket_waits_no_more_and_frees_its_counter() -> None:
    play = Play()
    play.open(1)
    called, waits = play.issue("A"), play.issue("A")
    play.call(1)
    play.do(cmd.CancelTicket(called))
    play.do(cmd.CancelTicket(waits))
    assert play.hall.counter(1).ticket is None
    assert play.hall.lines == {}
