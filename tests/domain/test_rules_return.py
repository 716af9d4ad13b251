"""How a ticket that was set aside comes back, by its citizen, by staff, or by the clock (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketExpired, TicketWaiting
from kiosk.domain.site import MINUTE_MS, Rules
from kiosk.domain.ticket import RankReason, TicketState
from tests.factory import DAY_MS, SITE, Play, token_of


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
    play.do(cmd.ReviveTicket(missed))
    assert play.line("A") == [came[3], missed, came[4], came[5]]


def test_a_centre_may_let_those_who_missed_their_call_keep_their_place() -> None:
    play = Play(replace(SITE, rules=Rules(return_behind=0)))
    play.open(1)
    came = [play.issue("A") for _ in range(3)]
    play.do(cmd.ReviveTicket(miss_the_call(play)))
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


# --- missing papers ---------------------------------------------------------------------------------------------------


def away(play: Play, queue: str = "A", **wishes: object) -> str:
    ticket_id = play.issue(queue)
    play.call(1, ticket_id)
    play.do(replace(cmd.SendForPapers(ticket_id, 1, (0,)), **wishes))
    return ticket_id


def test_who_is_back_with_the_papers_in_time_is_next_at_that_counter() -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = away(play)
    for queue in "AAB":
        play.issue(queue)
    play.pass_minutes(30)
    (event,) = scanned(play, ticket_id)
    assert isinstance(event, TicketWaiting)
    assert (event.rank_reason, event.to_counter) == (RankReason.PAPERS, 1)
    assert play.call(2) != ticket_id
    assert play.call(1) == ticket_id


def test_papers_do_not_cost_a_rank_one_had_and_never_pass_one_past_the_bound() -> None:
    play = Play()
    play.open(1, 2)
    early = away(play)
    rank_at = play.ticket(early).rank_at
    overdue, late = play.issue("A"), play.issue("A")
    play.call(1, late)
    play.do(cmd.SendForPapers(late, 1, (0,)))
    play.pass_minutes(46)
    waits = play.issue("A")
    scanned(play, late)
    scanned(play, early)
    assert play.ticket(early).rank_at == rank_at
    assert [play.serve(1, minutes=0) for _ in range(4)] == [early, overdue, late, waits]


def test_who_comes_back_next_is_next_though_her_queue_is_one_the_counter_only_helps_with() -> None:
    play = Play()
    play.open(1)
    ticket_id = away(play, "C")
    play.issue("A")
    scanned(play, ticket_id)
    assert play.call(1) == ticket_id


def test_who_is_back_at_a_counter_that_closed_is_next_in_her_queue() -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = away(play)
    waits = play.issue("A")
    play.do(cmd.CloseCounter(1))
    play.do(cmd.ReturnTicket(ticket_id))
    assert play.line("A") == [ticket_id, waits]


def test_the_right_to_come_back_ends_with_its_time_and_the_kiosk_says_so() -> None:
    play = Play()
    play.open(1)
    ticket_id = away(play, minutes=30)
    until = play.ticket(ticket_id).until
    assert until == play.now + 30 * MINUTE_MS
    play.now = until + 1
    assert play.refusal(cmd.ScanTicket(token_of(ticket_id))) == "papers_too_late"
    assert play.refusal(cmd.ReturnTicket(ticket_id)) == "papers_too_late"
    assert play.do(cmd.TimeUp(ticket_id, until)) == (TicketExpired(ticket_id),)
    assert play.refusal(cmd.ScanTicket(token_of(ticket_id))) == "papers_too_late"


def test_at_the_last_moment_one_is_still_in_time_and_the_timer_finds_her_gone() -> None:
    play = Play()
    play.open(1)
    ticket_id = away(play)
    until = play.ticket(ticket_id).until
    assert until is not None
    play.now = until
    scanned(play, ticket_id)
    assert play.do(cmd.TimeUp(ticket_id, until)) == ()
    assert play.ticket(ticket_id).state is TicketState.WAITING


def test_a_clerk_calls_one_who_is_back_without_having_scanned() -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = away(play)
    assert play.refusal(cmd.CallNext(2, ticket_id)) == "wrong_counter"
    assert play.call(1, ticket_id) == ticket_id


# --- on another day ---------------------------------------------------------------------------------------------------


def away_over_night(play: Play) -> str:
    """One is sent for papers for a day; on the next morning somebody else has her number."""
    play.open(1)
    ticket_id = away(play, days=1)
    play.now += DAY_MS
    play.open(1)
    assert play.ticket(play.issue("A")).number == play.ticket(ticket_id).number == "A001"
    return ticket_id


@pytest.mark.parametrize("how", ["scan", "call"])
def test_who_is_back_on_another_day_gets_a_number_of_that_day(how: str) -> None:
    play = Play()
    ticket_id = away_over_night(play)
    if how == "scan":
        scanned(play, ticket_id)
        assert play.ticket(ticket_id).rank_reason is RankReason.PAPERS
        assert play.call(1) == ticket_id
    else:
        assert play.call(1, ticket_id) == ticket_id
    ticket = play.ticket(ticket_id)
    assert (ticket.number, ticket.day) == ("A002", play.hall.day)
    assert play.hall.calls[0].number == "A002"


def test_who_is_back_on_another_day_passes_nobody_who_is_overdue_on_it() -> None:
    play = Play()
    ticket_id = away_over_night(play)
    (overdue,) = play.line("A")
    play.pass_minutes(46)
    waits = play.issue("A")
    scanned(play, ticket_id)
    assert [play.serve(1, minutes=0) for _ in range(3)] == [overdue, ticket_id, waits]


def test_the_right_to_come_back_on_another_day_ends_with_that_day() -> None:
    play = Play()
    ticket_id = away_over_night(play)
    until = play.ticket(ticket_id).until
    assert until is not None
    assert (SITE.service_day(until), SITE.service_day(until + 1)) == ("2026-11-24", "2026-11-25")
    play.now = until + 1
    assert play.do(cmd.TimeUp(ticket_id, until)) == (TicketExpired(ticket_id),)
    assert play.refusal(cmd.ScanTicket(token_of(ticket_id))) in ("papers_too_late", "unknown_ticket")


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


def test_a_scan_of_a_ticket_that_is_over_or_unknown_is_refused() -> None:
    play = Play()
    play.open(1)
    served, gone = play.issue("A"), play.issue("A")
    play.serve(1)
    play.do(cmd.CancelTicket(gone))
    assert play.refusal(cmd.ScanTicket(token_of(served))) == "wrong_state"
    assert play.refusal(cmd.ScanTicket(token_of(gone))) == "wrong_state"
    assert play.refusal(cmd.ScanTicket(token_of("t-none"))) == "unknown_ticket"


def test_a_second_scan_of_the_same_ticket_does_no_more() -> None:
    play = Play()
    play.open(1)
    missed = play.issue("A")
    miss_the_call(play)
    assert len(scanned(play, missed)) == 1
    assert scanned(play, missed) == ()
