"""A centre's set-up: who is found in it, when it is open, which day a moment belongs to."""

import msgspec

from kiosk.domain.site import WEEKDAYS, Site
from kiosk.domain.text import pick
from tests.factory import MORNING, SITE


def test_everything_in_a_site_is_found_by_its_own_key_and_nothing_else_is() -> None:
    assert SITE.queue("B") is SITE.queues[1]
    assert SITE.counter(3) is SITE.counters[2]
    assert SITE.staff_member("nv02") is SITE.staff[1]
    assert SITE.priority_category("elderly") is SITE.priority[0]
    assert SITE.queue_of_field("Nuôi con nuôi") is SITE.queues[0]
    assert (SITE.queue("b"), SITE.counter(0), SITE.staff_member(""), SITE.priority_category("")) == (None,) * 4
    assert SITE.queue_of_field("Thuế") is None


def test_a_queue_with_hours_of_its_own_has_them_beside_the_centres() -> None:
    hours = SITE.info.hours
    everyday = (("07:00", "11:00"), ("13:00", "17:00"))
    assert [hours.periods("A", day) for day in WEEKDAYS] == [everyday] * 5 + [(), ()]
    assert hours.periods("C", "sat") == (("07:00", "11:00"),)
    assert hours.periods("C", "sun") == ()


def test_a_moment_belongs_to_the_centres_own_day() -> None:
    assert SITE.local(MORNING).isoformat() == "2026-11-23T07:30:00+07:00"
    assert SITE.service_day(MORNING) == "2026-11-23"
    assert SITE.service_day(MORNING - 8 * 60 * 60_000) == "2026-11-22"


def test_a_site_reads_back_from_its_own_file_form() -> None:
    assert msgspec.json.decode(msgspec.json.encode(SITE), type=Site) == SITE


def test_a_label_is_never_empty_because_of_a_missing_translation() -> None:
    name = SITE.queues[0].name
    assert pick(name, "en") == "Civil status"
    assert pick(name, "km") == "Hộ tịch"
    assert pick({"vi": "Hộ tịch", "en": ""}, "en") == "Hộ tịch"
