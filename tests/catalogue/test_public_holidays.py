"""The country's days off reach a centre's calendar, and the centre has the last word (DOMAIN §10)."""

import json

from kiosk.catalogue.public_holidays import FILE, with_public_holidays
from kiosk.domain.site import Calendar
from tools.make_holidays import made


def test_the_file_is_what_the_package_says_today() -> None:
    kept, fresh = json.loads(FILE.read_text(encoding="utf-8")), made()
    assert {**kept, "source": ""} == {**json.loads(json.dumps(fresh)), "source": ""}


def test_the_days_are_those_of_the_decisions_that_were_read() -> None:
    """The table of DOMAIN §10 for 2026, and the swap of that year."""
    days = with_public_holidays(Calendar())
    tet = {f"2026-02-{day}" for day in range(16, 21)}
    others = {"2026-01-01", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02"}
    assert tet | others | {"2026-11-24"} <= days.public_holidays
    assert "2026-02-13" not in days.public_holidays
    assert "2026-08-22" in days.working


def test_a_centres_own_days_are_added_and_its_day_off_is_not_worked() -> None:
    own = Calendar(off=frozenset({"2026-08-22"}), public_holidays=frozenset({"2026-03-03"}))
    days = with_public_holidays(own)
    assert "2026-08-22" not in days.working
    assert {"2026-03-03", "2026-09-02"} <= days.public_holidays
    assert days.off == own.off
