"""The day a result is due, by the centre's calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.catalogue.site_file import load_site
from kiosk.domain.due import due_at, due_day, is_working_day
from kiosk.domain.procedure import Procedure, TimeUnit
from kiosk.domain.site import Calendar, Hours
from kiosk.settings import ASSETS_DIR

SITE = load_site(ASSETS_DIR / "site" / "demo.json")
DAY_MS = 24 * 3600 * 1000
HANOI_MS = 7 * 3600 * 1000


def procedure(days: int | None, unit: TimeUnit | None, *, until_15: bool = False) -> Procedure:
    return Procedure("1.001193", "1.001193", "", "", "", "", "", False, (), "", days, unit, same_day_until_15=until_15)


def moment(day: str, clock: str = "08:00") -> int:
    hour, minute = map(int, clock.split(":"))
    days = (date.fromisoformat(day) - date(1970, 1, 1)).days
    return days * DAY_MS + (hour * 60 + minute) * 60_000 - HANOI_MS


@pytest.mark.parametrize(
    ("received", "days", "unit", "due"),
    [
        ("2026-11-25", 1, TimeUnit.WORKING_DAY, "2026-11-26"),
        ("2026-11-27", 1, TimeUnit.WORKING_DAY, "2026-11-30"),  # over a weekend
        ("2026-11-23", 1, TimeUnit.WORKING_DAY, "2026-11-25"),  # over a holiday
        ("2026-02-13", 3, TimeUnit.WORKING_DAY, "2026-02-25"),  # over Tết
        ("2026-11-25", 2, TimeUnit.CALENDAR_DAY, "2026-11-27"),
        ("2026-11-25", 3, TimeUnit.CALENDAR_DAY, "2026-11-30"),  # would be a Saturday
        ("2026-11-28", 0, TimeUnit.WORKING_DAY, "2026-11-30"),  # received on a Saturday morning
        ("2026-11-25", 1, TimeUnit.SAME_DAY, "2026-11-25"),
    ],
)
def test_a_result_is_due_on_a_working_day(received: str, days: int, unit: TimeUnit, due: str) -> None:
    assert due_day(SITE, procedure(days, unit), moment(received)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("clock", "rule", "due"),
    [("15:00", True, "2026-11-25"), ("15:01", True, "2026-11-26"), ("16:59", False, "2026-11-25")],
)
def test_the_rule_of_15_00_holds_where_the_procedure_has_it(clock: str, rule: bool, due: str) -> None:
    one = procedure(1, TimeUnit.SAME_DAY, until_15=rule)
    assert due_day(SITE, one, moment("2026-11-25", clock)) == date.fromisoformat(due)


def test_the_hour_of_that_rule_is_the_centres_own() -> None:
    early = replace(SITE, paper=replace(SITE.paper, late_after="14:00"))
    one = procedure(1, TimeUnit.SAME_DAY, until_15=True)
    assert due_day(early, one, moment("2026-11-25", "14:30")) == date(2026, 11, 26)


def test_swapped_days_count_as_the_administrator_set_them() -> None:
    swapped = replace(
        SITE, calendar=Calendar(off=frozenset({"2026-11-26"}), working=frozenset({"2026-11-28", "2026-11-29"}))
    )
    assert due_day(swapped, procedure(2, TimeUnit.WORKING_DAY), moment("2026-11-25")) == date(2026, 11, 28)


def test_what_the_catalogue_does_not_know_is_not_promised() -> None:
    assert due_day(SITE, procedure(None, None), moment("2026-11-25")) is None
    assert due_at(SITE, procedure(None, None), "A", moment("2026-11-25")) is None


def test_the_moment_is_when_the_queue_closes_that_day_or_the_days_end() -> None:
    one = procedure(1, TimeUnit.WORKING_DAY)
    assert due_at(SITE, one, "A", moment("2026-11-25")) == moment("2026-11-26", "17:00")
    closed = replace(SITE, info=replace(SITE.info, hours=Hours()))
    assert due_at(closed, one, "A", moment("2026-11-25")) == moment("2026-11-26", "23:59")


@given(days=st.integers(1, 60), later=st.integers(0, 400), unit=st.sampled_from(TimeUnit))
def test_it_is_always_a_working_day_and_never_before_the_limit_is_over(days: int, later: int, unit: TimeUnit) -> None:
    at = moment("2026-01-01") + later * DAY_MS
    due = due_day(SITE, procedure(days, unit), at)
    assert due is not None
    assert is_working_day(SITE, due)
    if unit is not TimeUnit.SAME_DAY:
        assert (due - SITE.local(at).date()).days >= days


def test_a_calendar_without_any_working_day_still_gives_an_answer() -> None:
    off = frozenset(date.fromordinal(n).isoformat() for n in range(date(2026, 1, 1).toordinal(), 742_000))
    never = replace(SITE, calendar=Calendar(off=off))
    assert due_day(never, procedure(3, TimeUnit.WORKING_DAY), moment("2026-11-25")) is not None
