"""What a citizen comes for: journeys, results, agencies, groups; and how far priority may go (DESIGN §4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.site import MINUTE_MS, Agency, Journey, PriorityCategory, ResultLane, Site
from kiosk.domain.ticket import RankReason
from tests.factory import SITE, Play, token_of

CODE = "H12.14-261123-0001"
VISITS = replace(
    SITE,
    journeys=(Journey("build", ("A", "C", "B"), procedures=("1.013225",)),),
    agencies=(Agency("so-xd", {"vi": "Sở Xây dựng"}),),
    results=ResultLane("B", 2),
)


def wish(ticket_id: str = "t9", **wishes: object) -> cmd.IssueTicket:
    return replace(cmd.IssueTicket(ticket_id, token_of(ticket_id)), **wishes)


def test_a_journey_begins_at_its_first_desk_and_remembers_the_others() -> None:
    play = Play(VISITS)
    play.do(wish(journey="build"))
    assert (play.ticket("t9").queue, play.ticket("t9").journey) == ("A", ("C", "B"))


def test_a_procedure_takes_its_journey_by_itself_whatever_queue_its_field_has() -> None:
    play = Play(VISITS)
    play.do(wish(queue="C", procedure="1.013225"))
    assert (play.ticket("t9").queue, play.ticket("t9").journey) == ("A", ("C", "B"))
    play.do(cmd.BookTicket("b", token_of("b"), "C", play.now + MINUTE_MS, procedure="1.013225"))
    assert (play.ticket("b").queue, play.ticket("b").journey) == ("A", ("C", "B"))


def test_a_dossier_whose_result_is_fetched_goes_straight_to_the_return_counter() -> None:
    play = Play(VISITS)
    play.open(2)
    play.do(wish(dossier=CODE))
    assert play.line("B", 2) == ["t9"]
    assert play.call(2) == "t9"


def test_with_nobody_at_the_return_counter_a_result_waits_for_any_counter_of_its_queue() -> None:
    play = Play(VISITS)
    play.open(1)
    play.do(wish(dossier=CODE))
    assert play.line("B") == ["t9"]


def test_the_dossiers_code_is_side_data_and_only_its_name_is_journal() -> None:
    play = Play(VISITS)
    play.do(wish(dossier=CODE))
    assert CODE not in repr(play.journal)
    assert [(s.ref, s.payload) for s in play.side if s.kind == "dossier"] == [("t9/dossier", CODE.encode())]


def test_another_office_may_be_competent_and_only_one_that_is_known() -> None:
    play = Play(VISITS)
    play.do(wish(queue="A", competent="so-xd"))
    assert play.ticket("t9").competent == "so-xd"
    refused = [
        play.refusal(wish("t8", queue="A", competent="so-yt")),
        play.refusal(cmd.BookTicket("b", token_of("b"), "A", play.now + 1, competent="so-yt")),
    ]
    assert refused == ["unknown_agency"] * 2


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"journey": "fly"}, "unknown_journey"),
        ({}, "unknown_queue"),
        ({"queue": "Z", "dossier": CODE}, "unknown_queue"),
    ],
)
def test_a_visit_to_nowhere_is_refused(wishes: dict[str, object], code: str) -> None:
    assert Play(VISITS).refusal(wish(**wishes)) == code


def test_without_a_lane_for_results_a_dossiers_code_alone_leads_nowhere() -> None:
    assert Play().refusal(wish(dossier=CODE)) == "unknown_queue"


def test_a_group_is_one_ticket_with_all_its_dossiers() -> None:
    play = Play()
    play.do(wish(queue="A", dossiers=7))
    assert (play.ticket("t9").dossiers, play.hall.more_dossiers) == (7, {"A": 6})
    play.do(cmd.CancelTicket("t9"))
    assert play.hall.more_dossiers == {"A": 0}


# --- priority ---------------------------------------------------------------------------------------------------------


def with_priority(minutes: int, bound: int, waits: tuple[int, int, int], **queues: int) -> Site:
    return replace(
        SITE,
        queues=tuple(replace(q, max_wait_minutes=m) for q, m in zip(SITE.queues, waits, strict=True)),
        priority=(PriorityCategory("elderly", {"vi": "Người cao tuổi"}, minutes, queues=queues),),
        rules=replace(SITE.rules, priority_bound_minutes=bound),
    )


@pytest.mark.parametrize(
    ("site", "taken_off"),
    [
        (with_priority(30, 60, (45, 45, 45)), 30),
        (with_priority(30, 60, (45, 45, 45), A=10), 10),
        (with_priority(30, 60, (45, 45, 45), B=10), 30),
        (with_priority(90, 60, (120, 120, 120)), 60),
        (with_priority(90, 90, (45, 120, 120)), 45),
    ],
)
def test_priority_takes_off_what_the_queue_says_within_all_bounds(site: Site, taken_off: int) -> None:
    play = Play(site)
    ticket = play.ticket(play.issue("A", priority="elderly"))
    assert ticket.rank_at == ticket.issued_at - taken_off * MINUTE_MS
    assert (ticket.priority_minutes, ticket.rank_reason) == (taken_off, RankReason.PRIORITY)


def test_a_group_that_counts_for_nothing_in_a_queue_ranks_as_it_came_and_is_still_told_to_the_clerk() -> None:
    play = Play(with_priority(30, 60, (45, 45, 45), A=0))
    ticket = play.ticket(play.issue("A", priority="elderly"))
    assert (ticket.rank_at, ticket.rank_reason) == (ticket.issued_at, RankReason.ARRIVED)
    assert ticket.priority_ref is not None


MINUTES = st.integers(1, 120)


@given(
    priority=MINUTES,
    bound=MINUTES,
    waits=st.tuples(MINUTES, MINUTES, MINUTES),
    first=st.sampled_from("ABC"),
    second=st.sampled_from("ABC"),
    later=st.integers(0, 200),
    how=st.sampled_from(["walk-in", "priority", "appointment"]),
    early=st.integers(0, 60),
)
def test_nobody_who_comes_after_a_ticket_became_overdue_ranks_before_it(
    priority: int, bound: int, waits: tuple[int, int, int], first: str, second: str, later: int, how: str, early: int
) -> None:
    """The bound on waiting: once past it, a ticket is passed by no one who comes later, in whatever queue and way."""
    site = with_priority(priority, bound, waits)
    site = replace(site, rules=replace(site.rules, appointment_credit_minutes=30, appointment_late_minutes=30))
    play = Play(site)
    waiting = play.ticket(play.issue(first))
    if how == "appointment":
        play.do(cmd.BookTicket("t", token_of("t"), second, play.now + (waits["ABC".index(first)] + later) * MINUTE_MS))
    play.pass_minutes(waits["ABC".index(first)] + later + early)
    play.now += 1
    if how == "appointment":
        play.do(cmd.ArriveTicket("t"))
    else:
        play.issue(second, "t", priority="elderly" if how == "priority" else None)
    newcomer = play.ticket("t")
    assert (waiting.rank_at, waiting.rank_seq) < (newcomer.rank_at, newcomer.rank_seq)
