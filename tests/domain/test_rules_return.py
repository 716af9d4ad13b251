"""How a ticket that was set aside comes back, by its citizen, by staff, or by the clock (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.site import Rules
from kiosk.domain.ticket import RankReason, TicketState
from tests.factory import SITE, Play, token_of


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
    play.do(cmd.ReturnTicket(missed))
    assert play.line("A").index(missed) == 3
    assert play.ticket(missed).rank_reason is RankReason.RETURNED


def test_a_revived_no_show_is_last_where_fewer_than_three_wait() -> None:
    play = Play()
    play.open(1)
    for _ in range(3):
        play.issue("A")
    missed = miss_the_call(play)
    play.do(cmd.ReturnTicket(missed))
    assert play.line("A")[-1] == missed


def test_a_no_show_who_was_brought_back_may_be_called_and_called_again_as_often_as_anyone() -> None:
    play = Play(replace(SITE, rules=Rules(recall_limit=1)))
    play.open(1)
    missed = play.issue("A")
    play.call(1)
    play.do(cmd.RecallTicket(missed, 1))
    play.do(cmd.NoShowTicket(missed, 1))
    play.do(cmd.ReturnTicket(missed, 1))
    assert play.call(1) == missed
    play.do(cmd.RecallTicket(missed, 1))
    assert play.refusal(cmd.RecallTicket(missed, 1)) == "recall_limit"
    assert play.refusal(cmd.ReturnTicket(missed, 99)) == "unknown_counter"


def test_missing_a_call_never_gains_a_place() -> None:
    play = Play()
    play.open(1)
    came = [play.issue("A") for _ in range(8)]
    picked = miss_the_call(play, came[6])
    play.do(cmd.ReturnTicket(picked))
    assert play.line("A") == came


def test_a_parked_ticket_returns_to_its_own_counter_with_its_rank() -> None:
    play = Play()
    play.open(1, 2)
    parked = play.issue("A")
    play.call(1)
    rank_at = play.ticket(parked).rank_at
    play.do(cmd.ParkTicket(parked, 1))
    assert play.hall.counter(1).ticket is None
    play.do(cmd.ReturnTicket(parked))
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


def scanned(play: Play, ticket_id: str) -> tuple[object, ...]:
    return play.do(cmd.ScanTicket(token_of(ticket_id)))


# --- a missed call ----------------------------------------------------------------------------------------------------


def test_a_citizen_who_missed_the_call_scans_her_ticket_and_waits_again_behind_the_next_few() -> None:
    play = Play(replace(SITE, rules=Rules(return_behind=2)))
    play.open(1)
    came = [play.issue("A") for _ in range(5)]
    missed = miss_the_call(play)
    scanned(play, missed)
    assert play.line("A") == [came[1], came[2], missed, came[3], came[4]]


def test_the_next_few_are_those_of_every_line_she_could_be_called_from() -> None:
    play = Play()
    play.open(1, 2)
    came = [play.issue("A") for _ in range(6)]
    missed = miss_the_call(play)
    play.do(cmd.TransferTicket(came[1], to_counter=2))
    play.do(cmd.TransferTicket(came[2], to_counter=2))
    play.do(cmd.ReturnTicket(missed))
    assert play.line("A") == [came[3], missed, came[4], came[5]]


def test_a_centre_may_let_those_who_missed_their_call_keep_their_place() -> None:
    play = Play(replace(SITE, rules=Rules(return_behind=0)))
    play.open(1)
    came = [play.issue("A") for _ in range(3)]
    play.do(cmd.ReturnTicket(miss_the_call(play)))
    assert play.line("A") == came


# --- parked -----------------------------------------------------------------------------------------------------------


def parked(play: Play, minutes: int | None = None) -> str:
    ticket_id = play.issue("A")
    play.call(1, ticket_id)
    play.do(cmd.ParkTicket(ticket_id, 1, minutes))
    return ticket_id


@pytest.mark.parametrize("how", ["time", "staff", "scan"])
def test_a_parked_ticket_waits_for_its_counter_again_by_time_by_staff_or_by_its_scan(how: str) -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = parked(play)
    before = play.ticket(ticket_id)
    assert before.until is not None
    commands: dict[str, cmd.AnyCommand] = {
        "time": cmd.TimeUp(ticket_id, before.until),
        "staff": cmd.ReturnTicket(ticket_id),
        "scan": cmd.ScanTicket(token_of(ticket_id)),
    }
    play.do(commands[how])
    ticket = play.ticket(ticket_id)
    assert play.line("A", 1) == [ticket_id]
    assert (ticket.rank_at, ticket.rank_reason) == (before.rank_at, RankReason.PARK_OVER)
    assert ticket.until is None


def test_a_timer_that_comes_for_what_has_moved_since_does_nothing() -> None:
    play = Play()
    play.open(1)
    ticket_id = parked(play)
    until = play.ticket(ticket_id).until
    assert until is not None
    play.do(cmd.ReturnTicket(ticket_id))
    assert play.do(cmd.TimeUp(ticket_id, until)) == ()
    play.call(1)
    play.now += 1
    play.do(cmd.ParkTicket(ticket_id, 1))
    assert play.do(cmd.TimeUp(ticket_id, until)) == ()
    assert play.ticket(ticket_id).state is TicketState.PARKED
    assert play.do(cmd.TimeUp("t-none", until)) == ()


def test_a_counter_that_closes_lets_its_parked_tickets_wait_for_any() -> None:
    play = Play()
    play.open(1)
    ticket_id = parked(play)
    until = play.ticket(ticket_id).until
    play.do(cmd.CloseCounter(1))
    assert play.line("A") == [ticket_id]
    assert until is not None
    assert play.do(cmd.TimeUp(ticket_id, until)) == ()


# --- a scan -----------------------------------------------------------------------------------------------------------


def test_a_scan_by_someone_who_waits_or_is_served_changes_nothing() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    assert scanned(play, ticket_id) == ()
    play.call(1)
    assert scanned(play, ticket_id) == ()
    play.do(cmd.StartTicket(ticket_id, 1))
    assert scanned(play, ticket_id) == ()


def test_a_scan_of_a_ticket_that_is_over_changes_nothing_and_one_of_nobodys_is_refused() -> None:
    play = Play()
    play.open(1)
    served, gone = play.issue("A"), play.issue("A")
    play.serve(1)
    play.do(cmd.CancelTicket(gone))
    assert scanned(play, served) == scanned(play, gone) == ()
    assert play.refusal(cmd.ScanTicket(token_of("t-none"))) == "unknown_ticket"


def test_a_second_scan_of_the_same_ticket_does_no_more() -> None:
    play = Play()
    play.open(1)
    missed = play.issue("A")
    miss_the_call(play)
    assert len(scanned(play, missed)) == 1
    assert scanned(play, missed) == ()
