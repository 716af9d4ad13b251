"""What a clerk may do to the ticket at her counter (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import NoteTaken, PriorityJudged, StepFinished, TicketFinished, TicketParked
from kiosk.domain.site import MINUTE_MS, Calendar, Journey, Rules, Site
from kiosk.domain.ticket import Outcome, RankReason, TicketState
from tests.factory import DAY_MS, MORNING, SITE, Play


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


def with_rules(**rules: object) -> Site:
    """The small centre with some of its rules changed."""
    return replace(SITE, rules=replace(Rules(), **rules))


def at_desk(play: Play, queue: str = "A", counter: int = 1, **wishes: object) -> str:
    """Bring a new ticket to a counter and begin its visit."""
    ticket_id = play.issue(queue, **wishes)
    play.call(counter, ticket_id)
    play.do(cmd.StartTicket(ticket_id, counter))
    return ticket_id


def on_a_journey(*queues: str) -> tuple[Play, str]:
    """Bring a ticket to counter 1 that goes on to these queues."""
    play = Play(replace(SITE, journeys=(Journey("j", ("A", *queues)),)))
    play.open(1, 3)
    return play, at_desk(play, journey="j")


def test_a_ticket_is_called_again_as_often_as_the_centre_allows() -> None:
    play = Play(with_rules(recall_limit=2))
    play.open(1)
    called = play.issue("A")
    play.call(1)
    for _ in range(2):
        play.do(cmd.RecallTicket(called, 1))
    assert play.refusal(cmd.RecallTicket(called, 1)) == "recall_limit"
    play.do(cmd.NoShowTicket(called, 1))
    play.do(cmd.ReturnTicket(called))
    play.call(1)
    assert play.do(cmd.RecallTicket(called, 1))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_end_of_a_visit_says_how_it_ended(outcome: Outcome) -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    assert play.do(cmd.FinishTicket(ticket_id, 1, outcome)) == (TicketFinished(ticket_id, 1, "nv01", outcome.value),)
    assert play.ticket(ticket_id).outcome == outcome.value


# --- journeys ---------------------------------------------------------------------------------------------------------


def test_a_journey_goes_from_desk_to_desk_with_one_number_and_one_rank_and_is_rated_at_its_end() -> None:
    play, ticket_id = on_a_journey("B", "C")
    number, rank_at = play.ticket(ticket_id).number, play.ticket(ticket_id).rank_at
    for queue, counter in (("B", 1), ("C", 3)):
        (event,) = play.do(cmd.FinishTicket(ticket_id, play.ticket(ticket_id).counter or 0, Outcome.SERVED))
        assert isinstance(event, StepFinished)
        ticket = play.ticket(ticket_id)
        assert (ticket.state, ticket.queue, ticket.rank_at) == (TicketState.WAITING, queue, rank_at)
        assert (ticket.number, ticket.rank_reason) == (number, RankReason.NEXT_STEP)
        assert play.refusal(cmd.RateTicket(ticket_id, b"sealed", "2025")) == "wrong_state"
        assert play.hall.counter(counter).last_finished is None
        play.call(counter, ticket_id)
        play.do(cmd.StartTicket(ticket_id, counter))
    play.do(cmd.FinishTicket(ticket_id, 3, Outcome.SERVED))
    assert play.ticket(ticket_id).state is TicketState.DONE
    assert play.ticket(ticket_id).steps == 3
    assert play.hall.counter(3).last_finished == ticket_id
    assert play.do(cmd.RateTicket(ticket_id, b"sealed", "2025"))


@pytest.mark.parametrize("outcome", [Outcome.INCOMPLETE, Outcome.ELSEWHERE, Outcome.WITHDRAWN])
def test_a_journey_ends_where_the_next_desk_would_have_nothing_to_do(outcome: Outcome) -> None:
    play, ticket_id = on_a_journey("B", "C")
    play.do(cmd.FinishTicket(ticket_id, 1, outcome))
    assert play.ticket(ticket_id).state is TicketState.DONE


def test_a_journey_leaves_out_a_queue_the_centre_has_no_more() -> None:
    play, ticket_id = on_a_journey("X", "C", "Y")
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    assert (play.ticket(ticket_id).queue, play.ticket(ticket_id).journey) == ("C", ())


# --- aside ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "minutes"), [(None, 15), (40, 40)])
def test_a_parked_ticket_knows_when_its_time_is_over(asked: int | None, minutes: int) -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    until = play.now + minutes * MINUTE_MS
    events = play.do(cmd.ParkTicket(ticket_id, 1, asked, note="chờ con đến ký"))
    assert [type(e) for e in events] == [NoteTaken, TicketParked]
    assert play.ticket(ticket_id).until == until
    assert play.side[-1].payload.decode() == "chờ con đến ký"
    assert play.hall.counter(1).ticket is None


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ({}, MORNING + 120 * MINUTE_MS),
        ({"minutes": 30}, MORNING + 30 * MINUTE_MS),
        ({"days": 1}, MORNING + DAY_MS + 16 * 60 * MINUTE_MS + 30 * MINUTE_MS - 1),
    ],
)
def test_who_is_sent_for_papers_may_come_back_for_minutes_or_until_the_end_of_a_day(
    asked: dict[str, int], until: int
) -> None:
    play = Play(now=MORNING - 1000)
    play.open(1)
    ticket_id = at_desk_at(play, MORNING)
    play.do(cmd.SendForPapers(ticket_id, 1, (2, 0, 2), **asked))
    ticket = play.ticket(ticket_id)
    assert (ticket.state, ticket.until, ticket.missing) == (TicketState.AWAY, until, (0, 2))


def at_desk_at(play: Play, now: int) -> str:
    ticket_id = at_desk(play)
    play.now = now
    return ticket_id


def test_days_to_come_back_are_working_days() -> None:
    friday = MORNING + 4 * DAY_MS
    closed = replace(SITE, calendar=Calendar(off=("2026-12-01",), working=("2026-11-29",)))
    for site, days, last in ((SITE, 1, "2026-11-30"), (closed, 1, "2026-11-29"), (closed, 3, "2026-12-02")):
        play = Play(site, now=friday)
        play.open(1)
        ticket_id = at_desk(play)
        play.do(cmd.SendForPapers(ticket_id, 1, (0,), days=days))
        until = play.ticket(ticket_id).until
        assert until is not None
        assert (site.service_day(until), site.service_day(until + 1)) == (last, next_day(last))


def next_day(day: str) -> str:
    return SITE.service_day(MORNING + DAY_MS * (1 + days_to(day)))


def days_to(day: str) -> int:
    return next(n for n in range(60) if SITE.service_day(MORNING + n * DAY_MS) == day)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.SendForPapers("t1", 1, ()), "papers_which"),
        (cmd.SendForPapers("t1", 1, (0,), minutes=10, days=1), "papers_how_long"),
        (cmd.SendForPapers("t1", 1, (0,), days=4), "papers_too_many_days"),
        (cmd.SendForPapers("t1", 2, (0,)), "wrong_counter"),
    ],
)
def test_a_papers_pass_that_says_too_little_or_too_much_is_refused(command: cmd.SendForPapers, code: str) -> None:
    play = Play()
    play.open(1, 2)
    at_desk(play, ticket_id="t1")
    assert play.refusal(command) == code


def test_who_has_no_checklist_is_sent_with_a_note() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.SendForPapers(ticket_id, 1, (), note="giấy ủy quyền"))
    assert play.ticket(ticket_id).state is TicketState.AWAY
    assert play.side[-1].payload.decode() == "giấy ủy quyền"


def test_trips_for_papers_are_counted_by_ticket_and_counter_and_practice_is_not() -> None:
    play = Play()
    play.open(1)
    for training in (False, True):
        ticket_id = at_desk(play, training=training)
        play.do(cmd.SendForPapers(ticket_id, 1, (0,)))
    assert play.hall.counter(1).trips == 1
    assert play.ticket(ticket_id).papers_trips == 1


# --- priority ---------------------------------------------------------------------------------------------------------


def test_a_confirmed_priority_stays_and_a_struck_one_never_was() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play, priority="elderly")
    before = play.ticket(ticket_id)
    play.do(cmd.JudgePriority(ticket_id, 1, confirmed=True))
    assert play.ticket(ticket_id) == replace(before, priority_confirmed=True)
    (event,) = play.do(cmd.JudgePriority(ticket_id, 1, confirmed=False))
    assert isinstance(event, PriorityJudged)
    after = play.ticket(ticket_id)
    assert (after.rank_at, after.rank_reason, after.priority_minutes) == (after.issued_at, RankReason.ARRIVED, 0)
    assert play.refusal(cmd.JudgePriority(ticket_id, 1, confirmed=True)) == "no_priority"


def test_a_struck_priority_takes_nothing_from_a_rank_that_was_given_for_another_reason() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", priority="elderly")
    play.do(cmd.TransferTicket(ticket_id, queue="B", place=cmd.Place.END))
    rank_at = play.ticket(ticket_id).rank_at
    play.call(1)
    play.do(cmd.JudgePriority(ticket_id, 1, confirmed=False))
    ticket = play.ticket(ticket_id)
    assert (ticket.rank_at, ticket.rank_reason) == (rank_at, RankReason.TRANSFERRED_END)


def test_only_the_clerk_who_has_the_citizen_before_her_judges_what_was_declared() -> None:
    play = Play()
    play.open(1, 2)
    elder, other = play.issue("A", priority="elderly"), play.issue("A")
    assert play.refusal(cmd.JudgePriority(elder, 1, confirmed=True)) == "wrong_state"
    play.call(1)
    play.call(2)
    assert play.refusal(cmd.JudgePriority(elder, 2, confirmed=True)) == "wrong_counter"
    assert play.refusal(cmd.JudgePriority(other, 2, confirmed=True)) == "no_priority"
