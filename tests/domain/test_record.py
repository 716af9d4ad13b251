"""Tickets that a kiosk issued while it stood alone: facts, in the order of their papers (DESIGN §6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import DayOpened, TicketExpired, TicketIssued, TicketLabelled, TicketWaiting
from kiosk.domain.site import MINUTE_MS, Journey
from kiosk.domain.ticket import Outcome, RankReason, TicketState
from tests.domain.moments import MONDAY, TUESDAY, at
from tests.factory import OFFICE, SITE, Play, token_of


def paper(
    ticket_id: str = "p", number: str = "A1-007", issued_at: int = at("08:00"), **more: object
) -> cmd.RecordTicket:
    return replace(cmd.RecordTicket(ticket_id, token_of(ticket_id), number, "A", issued_at, 1), **more)


def test_a_paper_of_a_kiosk_alone_counts_from_its_own_time() -> None:
    play = Play(SITE, at("07:55"))
    before = play.issue("A")
    play.now = at("08:05")
    after = play.issue("A")
    play.now = at("08:30")
    play.do(paper())
    assert play.line("A") == [before, "p", after]
    ticket = play.ticket("p")
    assert (ticket.number, ticket.issued_at, ticket.rank_reason) == ("A1-007", at("08:00"), RankReason.OFFLINE)
    assert play.ticket(play.issue("A")).number == "A003"
    assert play.hall.by_token.get(ticket.token_hash) == "p"


@pytest.mark.parametrize(("queue", "on"), [("A", ("C", "B")), ("C", ("B",)), ("B", ())])
def test_a_paper_of_a_procedure_with_a_journey_goes_on_from_the_desk_it_names(queue: str, on: tuple[str, ...]) -> None:
    play = Play(replace(SITE, journeys=(Journey("build", ("A", "C", "B"), ("1.013225",)),)))
    play.do(paper(number=f"{queue}1-007", queue=queue, procedure="1.013225"))
    play.open(3)
    play.call(3)
    play.do(cmd.StartTicket("p", 3))
    play.do(cmd.FinishTicket("p", 3, Outcome.SERVED))
    ticket = play.ticket("p")
    assert (ticket.state, ticket.queue, ticket.journey) == (
        (TicketState.WAITING, on[0], on[1:]) if on else (TicketState.DONE, queue, ())
    )
    play.do(paper("other", f"{queue}1-008", queue=queue, procedure="1.000001"))
    assert play.ticket("other").journey == ()


def test_a_paper_from_the_future_counts_from_now_and_priority_as_if_issued_here() -> None:
    play = Play(SITE, at("08:00"))
    play.do(paper(issued_at=at("09:00"), priority="elderly"))
    ticket = play.ticket("p")
    assert (ticket.issued_at, ticket.rank_at) == (at("08:00"), at("07:30"))
    assert [s.kind for s in play.side] == ["token", "priority"]


def test_the_same_paper_twice_is_one_ticket() -> None:
    play = Play(SITE, at("08:30"))
    play.do(paper())
    assert play.do(paper()) == ()


@pytest.mark.parametrize(
    "strange",
    [
        {"queue": "Z"},
        {"queue": "", "number": "Q1-001"},
        {"priority": "king"},
        {"token": "short"},
        {"token": token_of("other")},
        {"kiosk": 99},
        {"issued_at": 0},
    ],
)
def test_nothing_strange_about_a_paper_refuses_it(strange: dict[str, object]) -> None:
    play = Play(SITE, at("08:30"))
    other = play.issue("A", "other")
    play.do(paper(**strange))
    assert play.hall.ticket("p") is not None
    assert play.hall.by_token.get(play.ticket(other).token_hash) == "other"


def test_a_paper_of_a_queue_that_is_no_more_stands_in_the_one_its_number_begins_with() -> None:
    play = Play(SITE, at("08:30"))
    play.do(paper(queue="Z", number="B1-003"))
    play.do(paper("p2", queue="Z", number="Q1-003"))
    assert (play.line("B"), play.line("A")) == (["p"], ["p2"])


# --- days -------------------------------------------------------------------------------------------------------------


def test_a_paper_of_this_morning_opens_the_day_and_waits() -> None:
    play = Play(SITE, at("16:00"))
    play.issue("A")
    play.now = at("07:40", TUESDAY)
    events = play.do(paper(issued_at=at("07:10", TUESDAY)))
    assert DayOpened(TUESDAY) in events
    assert play.line("A") == ["p"]


def test_a_paper_of_yesterday_is_kept_and_nobody_waits_for_it() -> None:
    play = Play(SITE, at("07:40", TUESDAY))
    play.issue("B")
    issued, expired = play.do(paper(issued_at=at("16:00")))
    assert isinstance(issued, TicketIssued)
    assert (issued.day, expired) == (MONDAY, TicketExpired("p"))
    assert play.line("A") == []
    assert (play.hall.issued, play.hall.given.get("A", 0)) == (1, 0)


def test_a_paper_of_yesterday_whose_day_is_still_open_waits_in_it() -> None:
    play = Play(SITE, at("16:00"))
    play.issue("B")
    play.now = at("06:00", TUESDAY)
    play.do(paper(issued_at=at("15:00")))
    assert play.line("A") == ["p"]
    play.do(cmd.OpenDay())
    assert play.hall.ticket("p") is None


def test_a_paper_that_comes_after_closing_does_not_open_the_day_again() -> None:
    play = Play(SITE, at("16:00"))
    play.issue("B")
    play.now = at("17:00")
    play.do(cmd.CloseDay())
    play.now = at("17:30")
    issued, expired = play.do(paper(issued_at=at("16:50")))
    assert isinstance(issued, TicketIssued)
    assert expired == TicketExpired("p")
    assert play.hall.day == ""
    play.now = at("07:30", TUESDAY)
    play.do(cmd.OpenDay())


def test_word_of_a_ticket_that_is_here_turns_no_day_though_its_kiosk_says_it_is_tomorrows() -> None:
    """With its day gone the hall would know it no more, and take it for a new ticket."""
    play = Play(SITE, at("23:58"))
    play.issue("A", "p")
    play.now = at("00:10", TUESDAY)
    play.do(paper(issued_at=at("00:05", TUESDAY)))
    assert (play.hall.day, play.ticket("p").number) == (MONDAY, "A1-007")


def test_hours_and_quotas_do_not_refuse_a_paper() -> None:
    site = replace(OFFICE, queues=(replace(OFFICE.queues[0], quota=1, last=1), *OFFICE.queues[1:]))
    play = Play(site, at("08:00"))
    play.issue("A")
    play.now = at("20:00")
    play.do(paper(issued_at=at("19:00")))
    assert "p" in play.line("A")


# --- the hub had issued it after all ----------------------------------------------------------------------------------


def had_issued(play: Play) -> None:
    """The hub issued the first attempt as A001; its answer was lost and the kiosk printed A1-007."""
    play.now = at("08:00")
    play.do(cmd.IssueTicket("p", token_of("p"), "A"))


def test_the_paper_wins_over_the_number_the_hub_had_given() -> None:
    play = Play(SITE)
    had_issued(play)
    play.now = at("08:20")
    (event,) = play.do(paper(issued_at=at("08:00") + 2000))
    assert event == TicketLabelled("p", "A1-007", at("08:00"))
    assert play.do(paper(issued_at=at("08:00") + 2000)) == ()


def test_a_call_under_the_wrong_number_is_corrected_on_the_board() -> None:
    play = Play(SITE)
    play.open(1)
    had_issued(play)
    play.call(1)
    play.do(paper())
    assert (play.hall.calls[0].number, play.ticket("p").state) == ("A1-007", TicketState.CALLED)


def test_who_was_called_by_a_number_she_does_not_hold_gets_her_place_back() -> None:
    play = Play(SITE)
    play.open(1)
    had_issued(play)
    later = [play.issue("A") for _ in range(5)]
    play.call(1)
    play.do(cmd.NoShowTicket("p", 1))
    labelled, waiting = play.do(paper())
    assert isinstance(labelled, TicketLabelled)
    assert waiting == TicketWaiting("p", "A", at("08:00"), RankReason.OFFLINE)
    assert play.line("A") == ["p", *later]


def test_a_place_behind_others_that_she_got_by_it_is_given_back_too() -> None:
    play = Play(SITE)
    play.open(1)
    had_issued(play)
    later = [play.issue("A") for _ in range(5)]
    play.call(1)
    play.do(cmd.NoShowTicket("p", 1))
    play.do(cmd.ReturnTicket("p"))
    assert play.line("A")[0] != "p"
    play.do(paper())
    assert play.line("A") == ["p", *later]


def test_a_place_lost_by_the_clerks_word_stays_lost() -> None:
    play = Play(SITE)
    had_issued(play)
    play.pass_minutes(5)
    play.do(cmd.TransferTicket("p", queue="A", place=cmd.Place.END))
    rank = play.ticket("p").rank_at
    play.do(paper())
    assert (play.ticket("p").number, play.ticket("p").rank_at) == ("A1-007", rank)


@pytest.mark.parametrize("state", list(TicketState))
def test_in_every_state_the_label_is_taken_and_what_ended_has_ended(state: TicketState) -> None:
    play = Play(SITE)
    had_issued(play)
    ticket = replace(play.ticket("p"), state=state, counter=None)
    play.hall = play.hall.with_ticket(ticket)
    play.do(paper())
    assert play.ticket("p").number == "A1-007"
    came_back = state is TicketState.NO_SHOW
    assert play.ticket("p").state is (TicketState.WAITING if came_back else state)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()), max_size=15))
def test_whatever_order_the_papers_come_in_the_line_is_in_the_order_of_their_times(
    papers: list[tuple[int, int, bool]],
) -> None:
    """Each: minute of the paper, minutes until it is delivered, and whether it is delivered twice."""
    play = Play(SITE, at("07:00"))
    deliveries = sorted((printed + later, n, printed) for n, (printed, later, _) in enumerate(papers))
    for comes, n, printed in deliveries:
        play.now = at("07:00") + comes * MINUTE_MS
        fact = paper(f"p{n}", f"A1-{n:03}", at("07:00") + printed * MINUTE_MS)
        play.do(fact)
        if papers[n][2]:
            assert play.do(fact) == ()
    printed_at = [play.ticket(ticket_id).issued_at for ticket_id in play.line("A")]
    assert printed_at == sorted(printed_at)
    assert len(printed_at) == len(papers)
