"""Sentences the kiosk says in several places."""

import pytest

from kiosk.i18n import words
from kiosk.wire.views import QueueView
from ui.kiosk import phrases
from ui.kiosk.gallery import NOW_MS, sample_site

VI, EN = words("vi", "kiosk"), words("en", "kiosk")


def line(waiting: int, open_counters: tuple[int, ...]) -> QueueView:
    return QueueView({"vi": "Hộ tịch"}, waiting, open_counters, (1, 2))


@pytest.mark.parametrize(
    ("waiting", "open_counters", "vi", "en"),
    [
        (3, (1, 2), "3 người đang chờ, quầy 1 và 2", "3 people waiting, counters 1 and 2"),
        (1, (4,), "1 người đang chờ, quầy 4", "1 person waiting, counter 4"),
        (0, (1, 2, 3), "Chưa có ai chờ, quầy 1, 2 và 3", "Nobody waiting, counters 1, 2 and 3"),
        (2, (), "2 người đang chờ, chưa mở quầy", "2 people waiting, no counter open yet"),
    ],
)
def test_a_line_is_said_with_its_counters(waiting: int, open_counters: tuple[int, ...], vi: str, en: str) -> None:
    assert phrases.line_in_words(line(waiting, open_counters), VI) == vi
    assert phrases.line_in_words(line(waiting, open_counters), EN) == en


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(10, 20, "10–20 phút"), (0, 5, "dưới 5 phút"), (5, 5, "5 phút"), (None, None, ""), (3, None, "")],
)
def test_a_wait_is_said_only_where_somebody_knows_it(low: int | None, high: int | None, said: str) -> None:
    assert phrases.minutes(low, high, VI) == said


def test_the_clock_and_the_day_are_the_centres_own() -> None:
    assert phrases.clock(sample_site(), NOW_MS) == "8:42"
    assert phrases.date(sample_site(), NOW_MS, VI) == "Thứ Hai 23/11"
    assert phrases.date(sample_site(), NOW_MS, EN) == "Monday 23 Nov"


def test_the_place_stands_apart_from_the_office() -> None:
    assert phrases.site_name(sample_site(), "vi") == ("Trung tâm Phục vụ hành chính công", "Xã Vàm Đước, Cà Mau")
    assert phrases.site_name(sample_site(), "en") == ("Vàm Đước Commune Public Service Centre", "Ca Mau")
