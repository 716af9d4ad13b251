"""Numbers within the queue's hours, and an honest end of the day (DESIGN §4, DOMAIN §10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import Decision, TicketDeferred, TicketIssued
from kiosk.domain.hall import DEFAULT_PACE_MS
from kiosk.domain.site import Calendar, Hours, Site
from kiosk.domain.takers import BETWEEN_MS
from kiosk.domain.ticket import RankReason, TicketState
from tests.domain.moments import FRIDAY, MONDAY, NEXT_MONDAY, SATURDAY, TUESDAY, WEDNESDAY, at
from tests.factory import OFFICE, SITE, Play, token_of


def wish(ticket_id: str = "t9", queue: str = "A", **wishes: object) -> cmd.IssueTicket:
    return replace(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue), **wishes)


def with_rules(**rules: object) -> Site:
    return replace(OFFICE, rules=replace(OFFICE.rules, **rules))


# --- hours ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queue", "now", "opens"),
    [
        ("A", at("06:59"), {"day": MONDAY, "opens": "07:00"}),
        ("A", at("17:00"), {"day": TUESDAY, "opens": "07:00"}),
        ("A", at("09:00", SATURDAY), {"day": NEXT_MONDAY, "opens": "07:00"}),
        ("C", at("17:00", FRIDAY), {"day": SATURDAY, "opens": "07:00"}),
        ("C", at("11:00", SATURDAY), {"day": NEXT_MONDAY, "opens": "07:00"}),
    ],
)
def test_outside_its_hours_a_queue_gives_no_number_and_says_when_it_does(
    queue: str, now: int, opens: dict[str, str]
) -> None:
    refused = Play(OFFICE, now).refused(wish(queue=queue))
    assert (refused.code, refused.params) == ("queue_shut", opens)


def test_on_saturday_morning_only_the_police_counters_give_numbers() -> None:
    play = Play(OFFICE, at("08:00", SATURDAY))
    play.issue("C")
    assert play.refusal(wish(queue="A")) == "queue_shut"


def test_whoever_waits_at_noon_waits_in_the_same_place_after_lunch() -> None:
    play = Play(OFFICE, at("10:50"))
    before = play.issue("A")
    play.now = at("12:00")
    at_noon = play.issue("A")
    play.now = at("13:00")
    after = play.issue("A")
    assert play.line("A") == [before, at_noon, after]


def test_a_centre_that_does_not_enforce_its_hours_gives_numbers_at_night() -> None:
    Play(SITE, at("23:30")).issue("A")


def test_practice_has_no_hours() -> None:
    Play(OFFICE, at("20:00")).issue("A", training=True)


def test_a_queue_that_never_opens_says_so() -> None:
    site = replace(OFFICE, info=replace(OFFICE.info, hours=Hours()))
    assert Play(site).refusal(wish()) == "queue_has_no_hours"


# --- the honest end of the day ----------------------------------------------------------------------------------------


def fill(play: Play) -> int:
    """Take numbers until one is refused; returns how many were given."""
    given_ = 0
    while isinstance(play.try_(wish(f"f{given_}")), Decision):
        given_ += 1
    return given_


def test_near_the_end_of_the_day_only_as_many_numbers_are_given_as_the_counters_can_still_serve() -> None:
    """80 minutes, one counter, 8 minutes a visit and 45 seconds between two: nine can be called before closing."""
    play = Play(OFFICE, at("15:40"))
    play.open(1)
    assert fill(play) == 10  # one at once, nine more as the counter gets free
    refused = play.refused(wish())
    assert (refused.code, refused.params) == ("day_is_full", {"day": TUESDAY, "from": "07:00", "to": "08:00"})


def test_a_second_counter_serves_twice_as_many_and_a_closed_one_none() -> None:
    play = Play(OFFICE, at("15:40"))
    assert play.refusal(wish()) == "day_is_full"
    play.open(1, 2)
    assert fill(play) in range(18, 21)


def test_somebody_who_pauses_comes_back() -> None:
    play = Play(OFFICE, at("15:40"))
    play.open(1)
    play.do(cmd.PauseCounter(1))
    assert fill(play) in range(8, 11)


def test_the_counters_share_of_other_queues_counts() -> None:
    """Counter 1 serves A and B: those of B who wait take their part of the afternoon."""
    play = Play(OFFICE, at("15:40"))
    play.open(1)
    for n in range(5):
        play.do(wish(f"b{n}", "B"))
    assert fill(play) == 5


def test_a_group_takes_the_time_of_all_its_dossiers() -> None:
    play = Play(OFFICE, at("15:40"))
    play.open(1)
    play.do(wish("g", dossiers=8))
    assert fill(play) in range(1, 4)


def test_a_faster_day_serves_more() -> None:
    play = Play(OFFICE, at("15:00"))
    play.open(1)
    for n in range(12):
        play.issue("A", f"w{n}")
        play.serve(1, minutes=3)
    assert play.hall.pace_ms["A"] < 4 * 60_000
    play.now = at("16:00")
    assert fill(play) > 11


def test_those_who_will_come_back_today_are_counted() -> None:
    play = Play(OFFICE, at("15:40"))
    for n in range(3):
        play.do(cmd.BookTicket(f"b{n}", token_of(f"b{n}"), "A", at("16:00") + n))
    play.open(1)
    assert fill(play) == 7


@pytest.mark.parametrize(("back", "numbers"), [({"minutes": 30}, 7), ({"days": 1}, 10)], ids=["today", "tomorrow"])
def test_who_fetches_papers_is_counted_only_where_she_comes_back_today(back: dict[str, int], numbers: int) -> None:
    play = Play(OFFICE, at("15:30"))
    play.open(1)
    for _ in range(3):
        ticket_id = play.issue("A")
        play.call(1)
        play.do(replace(cmd.SendForPapers(ticket_id, 1, (0,)), **back))
    play.now = at("15:40")
    assert fill(play) == numbers


def test_before_that_time_every_number_is_given_and_the_wait_is_told() -> None:
    play = Play(OFFICE, at("15:29"))
    for _ in range(30):
        play.issue("A")


def test_an_hour_that_the_centre_sets_itself_counts() -> None:
    assert Play(with_rules(honest_minutes=0), at("16:59")).issue("A")
    assert Play(with_rules(honest_minutes=300), at("12:30")).refusal(wish()) == "day_is_full"


# --- the first hour of the next day -----------------------------------------------------------------------------------


def test_who_takes_it_gets_the_first_hour_of_the_next_day_with_a_number_of_that_day() -> None:
    play = Play(OFFICE, at("16:30"))
    (_, event) = play.do(wish(defer=True))
    assert isinstance(event, TicketIssued)
    assert (event.number, event.day, event.deferred_until) == ("A001", TUESDAY, at("07:00", TUESDAY))
    ticket = play.ticket("t9")
    assert (ticket.state, ticket.rank_reason) == (TicketState.DEFERRED, RankReason.DEFERRED)
    assert play.line("A") == []
    assert play.hall.given == {}


@pytest.mark.parametrize(
    ("queue", "now", "calendar", "day"),
    [
        ("A", at("16:30", FRIDAY), Calendar(), NEXT_MONDAY),
        ("C", at("16:30", FRIDAY), Calendar(), SATURDAY),
        ("A", at("16:30"), Calendar(public_holidays=frozenset({TUESDAY})), WEDNESDAY),
        ("A", at("16:30", FRIDAY), Calendar(working=frozenset({SATURDAY})), SATURDAY),
        ("A", at("18:30"), Calendar(), TUESDAY),
    ],
)
def test_the_next_day_is_the_queues_own_next_working_day(queue: str, now: int, calendar: Calendar, day: str) -> None:
    play = Play(replace(OFFICE, calendar=calendar), now)
    play.do(wish(queue=queue, defer=True))
    assert play.ticket("t9").day == day


def test_only_a_share_of_the_first_hour_is_promised_and_then_the_day_after() -> None:
    """Counters 1 and 2 share A and B: half an hour each at 8.75 minutes, half of it to promise: three numbers."""
    assert DEFAULT_PACE_MS + BETWEEN_MS == 8.75 * 60_000
    play = Play(OFFICE, at("16:30"))
    for n in range(8):
        play.do(wish(f"d{n}", defer=True))
    days = [play.ticket(f"d{n}").day for n in range(8)]
    assert days == [TUESDAY] * 3 + [WEDNESDAY] * 3 + ["2026-11-26"] * 2
    assert [play.ticket(f"d{n}").number for n in range(4)] == ["A001", "A002", "A003", "A001"]


def test_only_counters_where_somebody_sits_are_promised_for_while_anybody_does() -> None:
    play = Play(OFFICE, at("16:30"))
    play.open(1)
    for n in range(2):
        play.do(wish(f"d{n}", defer=True))
    assert [play.ticket(f"d{n}").day for n in range(2)] == [TUESDAY, WEDNESDAY]


def test_a_group_larger_than_an_hours_share_is_promised_an_hour_of_its_own() -> None:
    play = Play(OFFICE, at("16:30"))
    play.do(wish("d1", defer=True, dossiers=9))
    play.do(wish("d2", defer=True))
    assert [play.ticket(t).day for t in ("d1", "d2")] == [TUESDAY, WEDNESDAY]


def test_practice_takes_no_room_in_a_coming_days_first_hour() -> None:
    play = Play(OFFICE, at("16:30"))
    for n in range(6):
        play.do(wish(f"d{n}", defer=True, training=n < 3))
    assert [play.ticket(f"d{n}").day for n in range(6)] == [TUESDAY] * 6


def test_a_promise_counts_dossiers_and_what_was_given_up_is_free_again() -> None:
    play = Play(OFFICE, at("16:30"))
    play.do(wish("d1", defer=True, dossiers=3))
    play.do(wish("d2", defer=True))
    play.do(cmd.CancelTicket("d1"))
    play.do(wish("d3", defer=True))
    assert [play.ticket(t).day for t in ("d1", "d2", "d3")] == [TUESDAY, WEDNESDAY, TUESDAY]
    assert play.ticket("d3").number == "A002"


def test_a_centre_that_promises_nothing_says_that_no_day_is_left() -> None:
    play = Play(with_rules(first_hour_share=0.0), at("16:30"))
    assert play.refusal(wish(defer=True)) == "no_day_ahead"
    assert play.refusal(wish()) == "no_day_ahead"


def test_a_quota_holds_for_promised_numbers_too() -> None:
    site = replace(OFFICE, queues=(replace(OFFICE.queues[0], quota=1), *OFFICE.queues[1:]))
    play = Play(site, at("16:30"))
    play.do(wish("d1", defer=True))
    play.do(wish("d2", defer=True))
    assert [play.ticket(t).day for t in ("d1", "d2")] == [TUESDAY, WEDNESDAY]


def test_staff_may_defer_one_who_waits() -> None:
    play = Play(OFFICE, at("15:00"))
    waits = play.issue("A")
    (event,) = play.do(cmd.DeferTicket(waits))
    assert event == TicketDeferred(waits, "A001", 1, TUESDAY, at("07:00", TUESDAY))
    assert play.line("A") == []
    assert play.refusal(cmd.DeferTicket(waits)) == "wrong_state"
    assert play.refusal(cmd.DeferTicket("t-none")) == "unknown_ticket"


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5)), max_size=25), st.floats(0.1, 1.0))
def test_never_more_is_promised_of_an_hour_than_its_share(wishes: list[tuple[str, int]], share: float) -> None:
    play = Play(with_rules(first_hour_share=share), at("16:30"))
    for n, (queue, dossiers) in enumerate(wishes):
        play.try_(wish(f"d{n}", queue, defer=True, dossiers=dossiers))
    hour = {"A": 2 / 2, "B": 2 / 2, "C": 1}
    for queue in "ABC":
        most = hour[queue] * 60 / 8.75 * share
        of_queue = [t for t in play.hall.tickets.values() if t.queue == queue]
        for day in {t.day for t in of_queue}:
            promised = [t for t in of_queue if t.day == day]
            assert len(promised) == 1 or sum(t.dossiers for t in promised) <= most
            ordinals = [t.number for t in sorted(promised, key=lambda t: t.rank_seq)]
            assert ordinals == sorted(set(ordinals))
