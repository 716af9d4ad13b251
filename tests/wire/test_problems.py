"""A refusal is said as people say it: days by their names, reasons in words (RFC 9457)."""

import pytest

from kiosk.domain.events import Refused
from kiosk.wire.problems import refusal

FULL = Refused("day_is_full", {"day": "2026-11-24", "from": "07:00", "to": "08:00"})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You can have a number for Tuesday 24/11, between 07:00 and 08:00."),
        ("vi", "Bà con có thể lấy số cho thứ Ba 24/11, từ 07:00 đến 08:00."),
        ("zz", "You can have a number for Tuesday 24/11, between 07:00 and 08:00."),
    ],
)
def test_a_day_is_said_by_its_name_in_every_language(language: str, said: str) -> None:
    assert refusal(FULL, language).detail.endswith(said)


def test_why_a_queue_is_closed_is_said_in_words_and_an_unknown_code_as_it_is() -> None:
    closed = Refused("queue_closed", {"queue": "A", "reason": "system"})
    assert refusal(closed, "vi").detail == "Hiện chưa cấp số ở đây: hệ thống đang được sửa."
    other = Refused("kiosk_closed", {"kiosk": 1, "reason": "flood_7"})
    assert "flood_7" in refusal(other, "vi").detail
