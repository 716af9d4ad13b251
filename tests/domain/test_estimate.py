"""The wait is said as a range in steps of five minutes, and not at all where nobody knows."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain.estimate import STEP_MINUTES, wait_minutes
from kiosk.domain.hall import DEFAULT_PACE_MS, Hall
from kiosk.domain.site import MINUTE_MS
from tests.factory import SITE, Play


def hall_with(*counters: int) -> Hall:
    play = Play()
    play.open(*counters)
    return play.hall


def test_nobody_knows_the_wait_where_no_open_counter_serves_the_queue() -> None:
    assert wait_minutes(Hall(), SITE, "A", 0) is None
    assert wait_minutes(hall_with(2), SITE, "C", 3) is None


def test_with_nobody_ahead_it_is_at_most_five_minutes() -> None:
    assert wait_minutes(hall_with(1), SITE, "A", 0) == (0, 5)


def test_ten_ahead_at_eight_minutes_each_are_an_hour_or_more_at_one_counter() -> None:
    assert DEFAULT_PACE_MS == 8 * MINUTE_MS
    assert wait_minutes(hall_with(1), SITE, "A", 10) == (60, 105)


def test_a_second_counter_halves_the_wait() -> None:
    assert wait_minutes(hall_with(1, 2), SITE, "A", 10) == (30, 55)


def test_finished_visits_move_the_pace_by_a_quarter_of_the_difference() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    play.serve(1, minutes=16)
    assert play.hall.pace_ms == {"A": 10 * MINUTE_MS}


def test_practice_does_not_move_the_pace() -> None:
    play = Play()
    play.open(1)
    play.issue("A", training=True)
    play.serve(1, minutes=60)
    assert play.hall.pace_ms == {}


@given(st.integers(0, 500), st.integers(1, 120))
def test_the_range_holds_the_estimate_in_steps_of_five(ahead: int, pace: int) -> None:
    hall = replace(hall_with(1, 2), pace_ms={"A": pace * MINUTE_MS})
    wait = wait_minutes(hall, SITE, "A", ahead)
    assert wait is not None
    low, high = wait
    assert low % STEP_MINUTES == high % STEP_MINUTES == 0
    assert low <= pace * ahead / 2 < high


@given(st.integers(0, 500))
def test_more_people_ahead_never_shorten_the_wait(ahead: int) -> None:
    hall = hall_with(1)
    one, two = wait_minutes(hall, SITE, "A", ahead), wait_minutes(hall, SITE, "A", ahead + 1)
    assert one is not None
    assert two is not None
    assert one <= two
