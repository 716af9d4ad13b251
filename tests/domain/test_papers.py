"""Back with the missing papers (bổ sung giấy tờ): next where she was, in time, and passing nobody overdue."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketExpired, TicketWaiting
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import RankReason, TicketState
from tests.factory import DAY_MS, SITE, Play, token_of


def scanned(play: Play, ticket_id: str) -> tuple[object, ...]:
    return play.do(cmd.ScanTicket(token_of(ticket_id)))


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


# --- the list of them on paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kiosk", "asked", "wanted"), [(2, True, True), (2, False, False), (0, True, False)], ids=["yes", "no", "no kiosk"]
)
def test_her_kiosk_is_asked_for_the_list_as_she_is_sent(kiosk: int, asked: bool, wanted: bool) -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", kiosk=kiosk)
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (0,), print_list=asked))
    assert play.ticket(ticket_id).state is TicketState.AWAY
    assert (ticket_id in play.hall.reprints) == wanted
    if wanted:
        assert (play.hall.reprints[ticket_id].kiosk, play.hall.reprints[ticket_id].papers) == (kiosk, True)


def test_a_note_alone_is_no_list() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", kiosk=1)
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (), note="hỏi lại tổ dân phố", print_list=True))
    assert play.hall.reprints == {}


def test_while_she_is_away_her_paper_is_the_list_and_once_she_is_back_the_ticket() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", kiosk=1)
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (0,)))
    play.do(cmd.ReprintTicket(ticket_id, 1))
    assert play.hall.reprints[ticket_id].papers
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    scanned(play, ticket_id)
    play.do(cmd.ReprintTicket(ticket_id, 1))
    assert not play.hall.reprints[ticket_id].papers


def test_sending_her_is_taken_back_though_the_list_has_come_out() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", kiosk=1)
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (0,), print_list=True))
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    play.do(cmd.Undo(1))
    assert play.ticket(ticket_id).state is TicketState.CALLED


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
