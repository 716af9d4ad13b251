"""When a queue is open: the week, holidays, swaps, lunch, and clocks that jump (DOMAIN §10)."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import calendar
from kiosk.domain.site import MINUTE_MS, WEEKDAYS, Calendar, Hours, Period, QueueHours, Site
from tests.domain.moments import at
from tests.factory import OFFICE

HOUR_MS = 60 * MINUTE_MS


def with_days(**days: frozenset[str]) -> Site:
    return replace(OFFICE, calendar=Calendar(**days))


def with_hours(hours: Hours, time_zone: str = "Asia/Ho_Chi_Minh") -> Site:
    return replace(OFFICE, info=replace(OFFICE.info, hours=hours, time_zone=time_zone))


def clocks(site: Site, queue: str, day: str) -> list[tuple[str, str]]:
    return [
        (calendar.clock_text(site, s.opens), calendar.clock_text(site, s.closes))
        for s in calendar.stretches(site, queue, day)
    ]


def test_a_working_day_has_the_centres_hours_and_a_weekend_none() -> None:
    assert clocks(OFFICE, "A", "2026-11-23") == [("07:00", "11:00"), ("13:00", "17:00")]
    assert clocks(OFFICE, "A", "2026-11-28") == []


def test_the_police_counters_open_on_saturday_morning_and_no_other_does() -> None:
    assert clocks(OFFICE, "C", "2026-11-28") == [("07:00", "11:00")]
    assert clocks(OFFICE, "C", "2026-11-29") == []


def test_on_a_public_holiday_no_queue_is_open_not_even_one_with_hours_of_its_own() -> None:
    site = with_days(public_holidays=frozenset({"2026-11-24", "2026-11-28"}))
    assert clocks(site, "A", "2026-11-24") == []
    assert clocks(site, "C", "2026-11-28") == []


def test_a_swapped_saturday_has_a_mondays_hours_and_its_monday_none() -> None:
    site = with_days(working=frozenset({"2026-08-22"}), off=frozenset({"2026-08-31"}))
    assert clocks(site, "A", "2026-08-22") == [("07:00", "11:00"), ("13:00", "17:00")]
    assert clocks(site, "C", "2026-08-22") == [("07:00", "11:00"), ("13:00", "17:00")]
    assert clocks(site, "A", "2026-08-31") == []


def test_a_holiday_that_is_worked_by_decision_is_worked() -> None:
    site = with_days(working=frozenset({"2026-11-24"}), public_holidays=frozenset({"2026-11-24"}))
    assert clocks(site, "A", "2026-11-24") != []


def test_numbers_are_given_from_opening_to_closing_and_over_lunch() -> None:
    moments = ("06:59:59", "07:00:00", "12:00:00", "16:59:59", "17:00:00")
    given_ = [calendar.gives_numbers(OFFICE, "A", "2026-11-23", at(clock)) for clock in moments]
    assert given_ == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("queue", "now", "opens"),
    [
        ("A", at("06:00"), at("07:00")),
        ("A", at("12:00"), at("07:00", "2026-11-24")),
        ("A", at("17:00", "2026-11-27"), at("07:00", "2026-11-30")),
        ("C", at("17:00", "2026-11-27"), at("07:00", "2026-11-28")),
    ],
)
def test_the_next_opening_is_found_over_nights_and_weekends(queue: str, now: int, opens: int) -> None:
    assert calendar.next_opening(OFFICE, queue, now) == opens


def test_after_tet_the_next_opening_is_days_away() -> None:
    tet = frozenset(f"2027-02-{day:02}" for day in range(4, 11))
    assert calendar.next_opening(with_days(public_holidays=tet), "A", at("17:00", "2027-02-03")) == at(
        "07:00", "2027-02-11"
    )


def test_a_queue_without_hours_has_no_opening_in_sight() -> None:
    assert calendar.next_opening(with_hours(Hours()), "A", at("08:00")) is None


def test_work_that_does_not_fit_before_lunch_is_done_after_it() -> None:
    done = [calendar.after_work(OFFICE, "A", "2026-11-23", at("10:30"), m * MINUTE_MS) for m in (30, 31, 300)]
    assert done == [at("11:00"), at("13:01"), at("17:30")]


def test_work_that_begins_at_noon_waits_for_the_afternoon() -> None:
    assert calendar.after_work(OFFICE, "A", "2026-11-23", at("11:30"), 10 * MINUTE_MS) == at("13:10")


def test_the_first_hour_ends_where_a_shorter_stretch_does() -> None:
    short = with_hours(Hours(default=(("08:00", "08:30"), ("09:00", "11:00")), days=WEEKDAYS))
    assert calendar.first_hour(short, "A", "2026-11-23") == calendar.Stretch(at("08:00"), at("08:30"))
    assert calendar.first_hour(OFFICE, "A", "2026-11-23") == calendar.Stretch(at("07:00"), at("08:00"))


def test_hours_of_its_own_join_the_centres_where_they_touch_or_overlap() -> None:
    own = {"A": QueueHours(extra={"mon": (("10:00", "12:00"), ("17:00", "18:00"))})}
    site = with_hours(Hours(default=OFFICE.info.hours.default, days=("mon",), queues=own))
    assert clocks(site, "A", "2026-11-23") == [("07:00", "12:00"), ("13:00", "18:00")]


def test_where_summer_time_begins_the_hour_that_is_skipped_is_not_worked() -> None:
    night = with_hours(Hours(default=(("01:00", "03:30"),), days=WEEKDAYS), "Europe/Berlin")
    (stretch,) = calendar.stretches(night, "A", "2026-03-29")
    assert stretch.closes - stretch.opens == 1.5 * HOUR_MS
    gone = with_hours(Hours(default=(("02:00", "03:00"),), days=WEEKDAYS), "Europe/Berlin")
    assert calendar.stretches(gone, "A", "2026-03-29") == ()


def test_where_summer_time_ends_the_day_is_an_hour_longer() -> None:
    night = with_hours(Hours(default=(("01:00", "04:00"),), days=WEEKDAYS), "Europe/Berlin")
    (stretch,) = calendar.stretches(night, "A", "2026-10-25")
    assert stretch.closes - stretch.opens == 4 * HOUR_MS


CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda m: f"{m // 60:02}:{m % 60:02}")
PERIODS = st.tuples(CLOCKS, CLOCKS).filter(lambda p: p[0] < p[1])
DAYS = st.dates(datetime(2025, 1, 1).date(), datetime(2027, 12, 31).date()).map(str)


@given(
    st.lists(PERIODS, max_size=3),
    st.lists(PERIODS, max_size=3),
    DAYS,
    st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin"]),
)
def test_stretches_are_in_order_apart_and_within_their_day(
    default: list[Period], own: list[Period], day: str, time_zone: str
) -> None:
    queues = {"A": QueueHours(extra={weekday: tuple(own) for weekday in WEEKDAYS})}
    site = with_hours(Hours(default=tuple(default), days=WEEKDAYS, queues=queues), time_zone)
    found = calendar.stretches(site, "A", day)
    assert all(s.opens < s.closes for s in found)
    assert all(one.closes < other.opens for one, other in pairwise(found))
    assert all(site.service_day(s.opens) == day == site.service_day(s.closes - 1) for s in found)


@given(st.integers(0, 26 * 60), st.integers(0, 12 * 60), st.integers(0, 12 * 60))
def test_more_work_never_ends_earlier_and_never_takes_less_than_itself(start: int, work: int, more: int) -> None:
    now = at("00:00") + start * MINUTE_MS
    one, two = (
        calendar.after_work(OFFICE, "A", "2026-11-23", now, minutes * MINUTE_MS) for minutes in (work, work + more)
    )
    assert now + work * MINUTE_MS <= one <= two


def test_the_days_ahead_are_each_later_than_the_last() -> None:
    days = list(calendar.open_days(OFFICE, "C", "2026-11-26"))[:4]
    assert days == ["2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"]


def test_the_first_moment_of_a_day_is_the_centres_midnight() -> None:
    assert calendar.start_of_day(OFFICE, "2026-11-23") == at("00:00")
    assert timedelta(milliseconds=at("07:00") - calendar.start_of_day(OFFICE, "2026-11-23")) == timedelta(hours=7)
