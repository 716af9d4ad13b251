"""Staff at the kiosk: a held clock, a PIN, the printer and its papers; the citizen's choice is there afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.domain.receipt import NumberBlock, Receipt
from kiosk.domain.site import Staff
from kiosk.flows import kiosk_staff as flow
from kiosk.flows.kiosk_state import Screen
from kiosk.link.link import Link
from kiosk.link.paper_facts import paper_teller
from kiosk.ports import PrinterStatus, PrintRefused
from kiosk.settings import Settings, TimingSettings
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tests.halls import WallClock
from tests.ui.kiosk.fakes import FakePrinter
from tests.ui.kiosk.hall import DPI, HEIGHT, WIDTH, Hall
from tests.ui.kiosk.test_story import to_birth
from tools.processes import HubProcess
from ui.kiosk import staff
from ui.kiosk.around import Centre, Devices
from ui.kiosk.gallery import sample_catalogue, sample_site
from ui.kiosk.staff import id_meant
from ui.kiosk.window import KioskWindow
from ui.theme import Metrics
from ui.widgets import TextLabel

MakeHall = Callable[..., Hall]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def make_hall(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MakeHall:
    monkeypatch.setattr(flow, "HOLD_S", 0.05)
    return lambda **options: Hall(qtbot, **options)


def clock(hall: Hall) -> QPoint:
    widget = hall.find("clock")
    assert widget is not None
    return widget.mapTo(hall.window, widget.rect().center())


def hold_the_clock(hall: Hall) -> None:
    handle, place = hall.window.windowHandle(), clock(hall)
    QTest.mousePress(handle, LEFT, NONE, place)
    hall.sees("staff_who")
    QTest.mouseRelease(handle, LEFT, NONE, place)


def enter(hall: Hall, pin: str = "0001", staff: str = "nv01") -> None:
    hall.touch(*(f"key_{letter}" for letter in staff), "staff_enter")
    hall.sees("staff_pin")
    hall.touch(*(f"key_{digit}" for digit in pin), "staff_enter")


def open_menu(hall: Hall) -> None:
    hold_the_clock(hall)
    enter(hall)
    hall.link.tell(200)
    hall.sees("staff_menu")


def issued(hall: Hall) -> None:
    to_birth(hall)
    hall.touch("issue")
    hall.sees("issuing")
    hall.link.issue()
    hall.sees("ticket_number")


def shows(hall: Hall, words: str) -> bool:
    """Tell whether words can be read anywhere on the screen."""
    return any(words in label.text() for label in hall.window.findChildren(TextLabel) if label.isVisible())


def printer_sentence(hall: Hall) -> str:
    notice = hall.find("staff_printer")
    return notice.label.text() if notice is not None else ""


def copies(printed: list[Receipt]) -> list[bool]:
    """Tell of each paper with the number A027 whether it says that it is a copy."""
    numbered = [one for one in printed if any(isinstance(b, NumberBlock) and b.number == "A027" for b in one.blocks)]
    return ["Bản in lại" in str(msgspec.to_builtins(one)) for one in numbered]


def test_a_held_clock_asks_who_it_is_and_a_touched_one_does_not(make_hall: MakeHall) -> None:
    hall = make_hall()
    QTest.mouseClick(hall.window.windowHandle(), LEFT, NONE, clock(hall))
    handle, place = hall.window.windowHandle(), clock(hall)
    QTest.mousePress(handle, LEFT, NONE, place)
    QTest.mouseMove(handle, place + QPoint(-400, 0))
    QTest.mouseRelease(handle, LEFT, NONE, place + QPoint(-400, 0))
    assert hall.find("staff_who") is None
    hold_the_clock(hall)
    assert not any(shows(hall, one.name) for one in sample_site().staff)


@pytest.mark.parametrize("typed", ["nv01", "n1v"])
def test_a_name_is_shown_once_its_pin_was_right(make_hall: MakeHall, typed: str) -> None:
    hall = make_hall()
    hold_the_clock(hall)
    enter(hall, staff=typed)
    assert hall.link.pins == [(typed, "0001")]
    assert not shows(hall, "Trần Minh Khang")
    hall.link.tell(200 if typed == "nv01" else 401, {"detail": "Mã PIN chưa đúng."})
    hall.sees("staff_menu" if typed == "nv01" else "staff_sentence")
    assert shows(hall, "Trần Minh Khang") == (typed == "nv01")


def test_an_id_may_be_typed_without_its_signs_and_in_any_case() -> None:
    site = structs.replace(
        sample_site(), staff=(Staff("NV-01", "A", ()), Staff("Đ.02", "B", ()), Staff("d02", "C", ()))
    )
    assert [id_meant(site, typed) for typed in ("nv01", "d02", "nobody")] == ["NV-01", "d02", "nobody"]


def test_a_finger_holds_the_clock_as_well(make_hall: MakeHall) -> None:
    hall = make_hall()
    device, handle, place = QTest.createTouchDevice(), hall.window.windowHandle(), clock(hall)
    QTest.touchEvent(handle, device).press(0, place, handle).commit()
    hall.sees("staff_who")
    QTest.touchEvent(handle, device).release(0, place, handle).commit()
    hall.touch("staff_back")
    hall.sees("screen_home")


def test_a_wrong_pin_is_said_in_the_hubs_words_and_the_right_one_opens(make_hall: MakeHall) -> None:
    hall = make_hall()
    hold_the_clock(hall)
    enter(hall, "9999")
    assert hall.link.pins == [("nv01", "9999")]
    hall.link.tell(401, {"code": "wrong_pin", "detail": "Mã PIN chưa đúng."})
    hall.sees("staff_sentence")
    hall.touch("key_0", "key_0", "key_0", "key_1", "staff_enter")
    hall.link.tell(200)
    hall.sees("staff_menu")


def test_without_the_hub_no_pin_can_be_checked_and_the_printer_is_told_of(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=PrintRefused(PrinterStatus.COVER_OPEN))
    hall.show_hall(connected=False)
    hold_the_clock(hall)
    hall.sees("staff_no_hub")
    hall.qtbot.waitUntil(lambda: "Nắp máy in đang mở" in printer_sentence(hall))
    enter(hall)
    hall.link.tell(0)
    hall.sees("staff_no_hub")
    assert hall.find("staff_menu") is None


def test_a_paper_is_printed_again_as_a_copy_and_its_fate_is_shown_and_told(make_hall: MakeHall) -> None:
    hall = make_hall()
    issued(hall)
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    open_menu(hall)
    hall.sees("staff_fate_A027")
    assert hall.text("staff_fate_A027") == "8:42 · đã in"
    hall.touch("staff_again_A027")
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 2)
    assert copies(hall.printer.printed) == [False, True]
    assert hall.link.facts[1][1]["result"] == "printed"
    hall.sees("staff_sent")
    hall.touch("staff_again_A027")  # a second wish is a second paper
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 3)


def test_a_refused_paper_is_said_and_the_test_page_comes_out(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=PrintRefused(PrinterStatus.PAPER_OUT))
    issued(hall)
    open_menu(hall)
    hall.qtbot.waitUntil(lambda: hall.find("staff_fate_A027") is not None)
    hall.qtbot.waitUntil(lambda: hall.text("staff_fate_A027") == "8:42 · chưa in được")
    hall.printer.says(PrinterStatus.READY)
    hall.qtbot.waitUntil(lambda: hall.text("staff_fate_A027") == "8:42 · đã in", timeout=10_000)
    before = len(hall.printer.printed)
    hall.touch("staff_test")
    hall.qtbot.waitUntil(lambda: len(hall.printer.printed) == before + 1)
    assert hall.link.facts[-1][0].endswith("/printed")


def test_a_citizens_choice_is_there_again_and_is_not_forgotten_meanwhile(
    make_hall: MakeHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "TICK_MS", 50)
    hall = make_hall(timing=TimingSettings(idle_before_warning=1, idle_countdown=1))
    to_birth(hall)
    hall.touch("paper_0")
    chosen = hall.window.state
    assert (chosen.screen, chosen.have) == (Screen.PROCEDURE, (0,))
    open_menu(hall)
    hall.qtbot.wait(2500)  # longer than a citizen may stand still: the menu stands, and she is not forgotten
    hall.touch("staff_back")
    hall.sees("screen_procedure")
    assert hall.find("staff_menu") is None
    assert hall.window.state == chosen


def test_it_closes_by_itself_without_a_touch(make_hall: MakeHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "QUIET_S", 0.3)
    hall = make_hall()
    hold_the_clock(hall)
    hall.qtbot.waitUntil(lambda: hall.find("staff_who") is None)
    hall.sees("screen_home")


def test_the_readers_keys_go_nowhere_while_the_menu_stands(make_hall: MakeHall) -> None:
    hall = make_hall()
    hold_the_clock(hall)
    for letter in "http://hub.example/t/7k3m9q2xw4hz8rtc\r":
        QTest.keyClick(hall.window.windowHandle(), letter)
    hall.touch("staff_back")
    hall.sees("screen_home")
    assert hall.window.state == hall.window.state.forgotten()
    assert hall.link.sent == []


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    if hub.process.poll() is None:
        hub.stop()


class RealHall(Hall):
    """A kiosk on a real hub."""

    def __init__(self, qtbot: QtBot, hub: HubProcess, folder: Path) -> None:
        self.qtbot = qtbot
        self.link = Link(hub.url, hub.tokens["kiosk"], WallClock(), outbox=folder / "kiosk.db", patience_s=5.0)
        self.spool = Spool(FakePrinter(), SpoolStore(folder / "spool.db"), paper_teller(self.link), self.link)
        self.window = KioskWindow(
            Centre(sample_site(), sample_catalogue(), 1),
            Devices(self.link, self.spool, self.link),
            Settings(reduced_motion=True),
            Metrics.from_dpi(DPI, WIDTH, HEIGHT),
        )
        qtbot.addWidget(self.window, before_close_func=lambda _: self._end())
        self.spool.start()
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        qtbot.waitExposed(self.window)

    def _end(self) -> None:
        self.spool.close()
        self.link.close()


def test_a_real_hub_says_no_and_yes_and_nothing_when_it_is_gone(
    qtbot: QtBot, hub: HubProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "HOLD_S", 0.05)
    hall = RealHall(qtbot, hub, tmp_path)
    hold_the_clock(hall)
    enter(hall, "9999")
    qtbot.waitUntil(lambda: hall.find("staff_sentence") is not None, timeout=10_000)
    hall.touch("key_0", "key_0", "key_0", "key_1", "staff_enter")
    qtbot.waitUntil(lambda: hall.find("staff_menu") is not None, timeout=10_000)
    assert hall.text("staff_outbox") == "Không còn gì chờ gửi về máy chủ."
    hall.touch("staff_back")
    hub.stop()
    hold_the_clock(hall)
    enter(hall)
    qtbot.waitUntil(lambda: hall.find("staff_no_hub") is not None, timeout=10_000)
    assert hall.find("staff_menu") is None
