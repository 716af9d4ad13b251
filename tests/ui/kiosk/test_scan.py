"""A code reader at the kiosk, as the keyboard it is: real key events through the native window."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.receipt import NumberBlock, QrBlock
from kiosk.domain.site import ResultLane
from kiosk.flows.kiosk_state import Screen
from kiosk.ports import PrinterStatus, PrintRefused
from tests.ui.kiosk.hall import Hall
from ui.kiosk import scanner
from ui.kiosk.gallery import BIRTH, sample_site

TOKEN = "7k3m9q2xw4hz8rtc"
CODE = f"https://moi.vamduoc.example/t/{TOKEN}"
_clock_ms = itertools.count(1_000_000, 60_000)
MakeHall = Callable[..., Hall]


@pytest.fixture
def make_hall(qtbot: QtBot) -> MakeHall:
    return lambda **options: Hall(qtbot, **options)


def letters(hall: Hall, text: str, gap_ms: int = 4, start_ms: int | None = None) -> None:
    """Type as a reader does; "\\r" is its Enter."""
    at = next(_clock_ms) if start_ms is None else start_ms
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()) if letter.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(at)
            QApplication.sendEvent(hall.window.windowHandle(), event)
        at += gap_ms


def scans(hall: Hall) -> list[dict[str, Any]]:
    return [body for path, body, _, _ in hall.link.sent if path == "/v1/scan"]


def answer(hall: Hall, **ticket: Any) -> None:
    body = {"id": "t", "number": "A027", "queue": "A", "state": "waiting", **ticket}
    hall.link.answer(200, {"command": "x", "ticket": body})


def test_a_scan_at_home_asks_the_hub_and_says_what_it_did(make_hall: MakeHall) -> None:
    hall = make_hall()
    letters(hall, CODE + "\r")
    hall.sees("screen_scanned")
    assert scans(hall) == [{"token": TOKEN, "kiosk": 1}]
    answer(hall, came="returned", ahead=3, wait_low=10, wait_high=20, counters=[1, 2])
    hall.sees("scan_number")
    assert hall.text("scan_title") == "Số đã vào hàng chờ lại"
    assert hall.text("scan_ahead") == "3 người phía trước, 10–20 phút"
    assert hall.text("scan_where") == "Quầy 1 hoặc 2"
    hall.touch("scan_close")
    hall.qtbot.waitUntil(lambda: hall.find("screen_scanned") is None)
    assert hall.window.state == hall.window.state.forgotten()


STANDS: tuple[tuple[dict[str, Any], str, str | None], ...] = (
    ({"came": "papers", "counters": [2]}, "Đã quay lại bổ sung giấy tờ", "Tới lượt kế tiếp ở quầy 2."),
    ({"came": "appointment", "ahead": 1}, "Lịch hẹn đã được ghi nhận", "Mời ngồi chờ gọi số."),
    ({"ahead": 5}, "Số đang trong hàng chờ", "Mời ngồi chờ gọi số."),
    ({"state": "called", "counter": 4}, "Mời tới quầy 4", None),
    ({"state": "serving", "counter": 4}, "Số đang được phục vụ ở quầy 4", None),
    ({"state": "done"}, "Số này đã làm xong", "Cảm ơn bà con đã tới. Cần làm thêm việc khác, mời lấy số mới."),
    (
        {"state": "cancelled"},
        "Số này đã bỏ",
        "Số không còn trong hàng chờ nữa. Còn cần làm giấy tờ, mời lấy số mới.",
    ),
    (
        {"state": "expired"},
        "Hết ngày mà chưa tới lượt số này",
        "Xin lỗi đã để bà con chờ. Mời lấy số mới và nói với bàn hướng dẫn để được giúp.",
    ),
    ({"state": "booked", "slot_at": 1_795_478_400_000}, "Chưa tới ngày", "Mời đến Thứ Ba 24/11 từ 7:00"),
)
REFUSED = (
    (409, "papers_too_late", "Đã quá hạn quay lại"),
    (404, "unknown_ticket", "Hôm nay ở đây không có số này"),
    (409, "series_exhausted", "Chưa làm được"),
    (0, "", "Máy chủ chưa trả lời"),
    (500, "internal", "Máy chủ chưa trả lời"),
)


def closes(hall: Hall) -> None:
    hall.touch("scan_close")
    hall.qtbot.waitUntil(lambda: hall.find("screen_scanned") is None)


def test_each_state_and_each_refusal_has_its_own_calm_sentence(make_hall: MakeHall) -> None:
    hall = make_hall()
    for ticket, title, text in STANDS:
        letters(hall, CODE + "\r")
        answer(hall, **ticket)
        hall.sees("scan_close")
        assert hall.text("scan_title") == title
        assert (hall.text("scan_text") if text else None) == text
        closes(hall)
    for status, code, title in REFUSED:
        letters(hall, CODE + "\r")
        hall.link.answer(status, {"code": code, "detail": "Câu của máy chủ."})
        hall.sees("scan_close")
        assert hall.text("scan_title") == title
        closes(hall)


GARBAGE = {
    "barcode": "8934563138164\r",
    "id card": "079200001234|281234567|Tran Van A|01011990\r",
    "very long": "x" * 5000 + "\r",
    "two at once": 2 * CODE + "\r",
    "half, without enter": CODE[:-3],
}


def test_garbage_says_so_and_nothing_that_was_chosen_is_lost(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("search")
    hall.type("khai sinh")
    hall.touch("procedure_1.001193", "paper_0")
    before = hall.window.state
    for name, garbage in GARBAGE.items():
        letters(hall, garbage)
        hall.sees("screen_scanned")
        assert hall.text("scan_title") == "Mã này không phải phiếu của trung tâm", name
        closes(hall)
        assert hall.window.state == before, name
        assert hall.find("screen_procedure") is not None
    assert scans(hall) == []


@pytest.mark.parametrize("ending", ["\r", ""])
def test_a_scan_into_the_search_leaves_the_words_as_they_were(make_hall: MakeHall, ending: str) -> None:
    hall = make_hall()
    hall.touch("search")
    hall.type("kh")
    letters(hall, CODE + ending)
    hall.sees("screen_scanned")
    answer(hall, ahead=2)
    hall.touch("scan_close")
    hall.qtbot.waitUntil(lambda: hall.find("screen_scanned") is None)
    assert (hall.text("query"), hall.window.state.query) == ("kh", "kh")
    assert len(scans(hall)) == 1


def test_a_hand_may_type_a_long_name_and_enter(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("search")
    letters(hall, "dang ky khai sinh\r", gap_ms=scanner.GAP_MS + 40)
    assert hall.text("query") == "dang ky khai sinh"
    assert hall.find("screen_scanned") is None


def test_a_half_scan_before_a_whole_one_spoils_nothing(make_hall: MakeHall) -> None:
    hall, start = make_hall(), next(_clock_ms)
    letters(hall, CODE[:20], start_ms=start)
    letters(hall, CODE + "\r", start_ms=start + scanner.GAP_ALONE_MS + 200)
    hall.sees("screen_scanned")
    assert [body["token"] for body in scans(hall)] == [TOKEN]


def test_a_reader_that_sends_no_enter_is_heard(make_hall: MakeHall) -> None:
    hall = make_hall()
    letters(hall, CODE)
    hall.sees("screen_scanned")
    assert [body["token"] for body in scans(hall)] == [TOKEN]


def test_a_codes_letters_and_its_enter_press_no_button(make_hall: MakeHall) -> None:
    hall = make_hall()
    button = hall.find("take_number")
    assert button is not None
    button.setFocus()
    letters(hall, "abc def\r")
    hall.sees("screen_scanned")
    assert hall.window.state.screen is Screen.HOME


def test_a_number_that_comes_behind_the_answer_is_printed_and_shown(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.sees("issuing")
    letters(hall, CODE + "\r")
    hall.sees("screen_scanned")
    hall.link.issue()
    hall.qtbot.waitUntil(lambda: len(hall.printer.printed) == 1)
    answer(hall, ahead=2)
    hall.touch("scan_close")
    hall.sees("ticket_number")
    assert hall.text("ticket_number") == "A027"


def test_the_answer_is_said_again_in_another_language(make_hall: MakeHall) -> None:
    hall = make_hall()
    letters(hall, "8934563138164\r")
    hall.sees("screen_scanned")
    answered = hall.find("screen_scanned")
    assert answered is not None
    english = answered.findChild(QWidget, "lang_en")
    centre = english.mapTo(hall.window, english.rect().center())
    QTest.mouseClick(hall.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    hall.qtbot.waitUntil(lambda: hall.text("scan_title") == "This is no ticket of ours")


def test_a_dossiers_receipt_takes_a_number_in_the_lane_of_results(
    make_hall: MakeHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = structs.replace(sample_site(), results=ResultLane("B"))
    monkeypatch.setattr("tests.ui.kiosk.hall.sample_site", lambda: site)
    hall = make_hall()
    letters(hall, "H12.34-260101-0001\r")
    hall.touch("take_result")
    hall.sees("issuing")
    ((body, _),) = hall.link.wishes
    assert (body["queue"], body["dossier"]) == ("B", "H12.34-260101-0001")


def test_a_centre_without_that_lane_says_that_it_is_no_ticket(make_hall: MakeHall) -> None:
    hall = make_hall()
    letters(hall, "H12.34-260101-0001\r")
    hall.sees("screen_scanned")
    assert hall.text("scan_title") == "Mã này không phải phiếu của trung tâm"


TOMORROW_8_30 = 1_795_483_800_000
PAGE = f"https://moi.vamduoc.example/t/{TOKEN}"


@pytest.mark.parametrize(
    ("ticket", "large", "caption"),
    [
        ({"state": "booked", "number": "", "slot_at": TOMORROW_8_30}, "8:30", "Giờ hẹn"),
        ({"state": "deferred", "number": "A003", "until": TOMORROW_8_30}, "A003", "Số của bạn"),
    ],
    ids=["booked", "promised"],
)
def test_who_is_to_come_on_another_day_takes_its_slip_along(
    make_hall: MakeHall, ticket: dict[str, Any], large: str, caption: str
) -> None:
    hall = make_hall()
    letters(hall, CODE + "\r")
    hall.sees("screen_scanned")
    answer(hall, **ticket, procedure=BIRTH, url=PAGE)
    hall.touch("print_slip")
    hall.qtbot.waitUntil(lambda: hall.text("print_slip") == "Mời lấy giấy hẹn")
    (paper,) = hall.printer.printed
    assert NumberBlock(large, caption) in paper.blocks
    said = " ".join(str(block) for block in paper.blocks)
    assert "24/11/2026" in said
    assert "8:30" in said
    assert [block.data for block in paper.blocks if isinstance(block, QrBlock)] == [PAGE]
    assert hall.link.facts == [], "the hub need not know"
    hall.touch("print_slip")
    hall.touch("scan_close")
    assert len(hall.printer.printed) == 1


def test_a_slip_that_cannot_be_printed_is_said_on_its_key(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=PrintRefused(PrinterStatus.PAPER_OUT))
    letters(hall, CODE + "\r")
    hall.sees("screen_scanned")
    answer(hall, state="booked", number="", slot_at=TOMORROW_8_30, url=PAGE)
    hall.touch("print_slip")
    hall.qtbot.waitUntil(lambda: hall.text("print_slip") == "Máy in hết giấy")


def test_who_waits_today_is_offered_no_slip(make_hall: MakeHall) -> None:
    hall = make_hall()
    letters(hall, CODE + "\r")
    hall.sees("screen_scanned")
    answer(hall, ahead=3)
    hall.sees("scan_number")
    assert hall.find("print_slip") is None
