"""A paper is missing: the clerk sends her for it, she holds her ticket to the kiosk, and is next at that counter.

The real windows of kiosk and counter, real keys, a real hub.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.receipt import NumberBlock, QrBlock
from kiosk.link.link import Link
from kiosk.link.paper_facts import paper_teller
from kiosk.settings import Settings
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tests.halls import WallClock, new_id
from tests.ui.kiosk.fakes import FakePrinter
from tools.processes import HubProcess
from ui.counter.window import CounterWindow
from ui.kiosk.around import Centre, Devices
from ui.kiosk.gallery import sample_catalogue, sample_site
from ui.kiosk.window import KioskWindow
from ui.theme import Metrics, Theme

BIRTH, WAIT_MS = "1.001193", 15_000
TOKEN = "7k3m9q2xw4hz8rtc"


def press(window: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press a key as the window system brings it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


class Hall:
    """One kiosk and counter 1 on one hub."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.hub, self.millis = qtbot, HubProcess(folder / "hub"), 1_000_000
        self.links = {
            role: Link(self.hub.url, self.hub.tokens[role], WallClock(), outbox=folder / f"{role}.db", view_query=query)
            for role, query in (("kiosk", ""), ("counter", "?counter=1"))
        }
        site, catalogue = sample_site(), sample_catalogue()
        kiosk = self.links["kiosk"]
        self.printer = FakePrinter()
        self.spool = Spool(self.printer, SpoolStore(folder / "spool.db"), paper_teller(kiosk), kiosk)
        self.kiosk = KioskWindow(
            Centre(site, catalogue, 1),
            Devices(kiosk, self.spool, kiosk),
            Settings(reduced_motion=True),
            Metrics.from_dpi(80, 1080, 1920),
        )
        theme = Theme("light", Metrics.from_dpi(96, 1024, 640), types="clerk", reduced_motion=True)
        counter = self.links["counter"]
        self.counter = CounterWindow(theme, counter, 1, catalogue=catalogue, now_ms=counter.now_ms, site=site)
        for window, size in ((self.kiosk, (1080, 1920)), (self.counter, (1024, 640))):
            qtbot.addWidget(window)
            window.resize(*size)
            window.show()
            qtbot.waitExposed(window)
        self.spool.start()

    def close(self) -> None:
        for window in (self.kiosk, self.counter):
            window.close()
        self.spool.close()
        for link in self.links.values():
            link.close()
        self.hub.stop()

    def issue(self) -> None:
        body = {"ticket_id": new_id(), "token": TOKEN, "queue": "A", "procedure": BIRTH, "kiosk": 1}
        headers = {"Authorization": f"Bearer {self.hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
        answer = httpx.post(f"{self.hub.url}/v1/tickets", json=body, headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text

    def book(self, role: str, slot_at: int) -> None:
        body = {"ticket_id": new_id(), "token": TOKEN, "queue": "A", "procedure": BIRTH, "slot_at": slot_at}
        headers = {"Authorization": f"Bearer {self.hub.tokens[role]}", "Idempotency-Key": new_id()}
        answer = httpx.post(f"{self.hub.url}/v1/appointments", json=body, headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text

    def sees(self, window: QWidget, name: str, words: str = "") -> None:
        def there() -> bool:
            found = next((w for w in window.findChildren(QWidget, name) if w.isVisible()), None)
            return found is not None and words in (found.accessibleName() + getattr(found, "text", str)())

        self.qtbot.waitUntil(there, timeout=WAIT_MS)

    def clerk(self, key: Qt.Key | str) -> None:
        """Press a key a second later: a view may come before the answer to the last key."""
        self.qtbot.waitUntil(lambda: not self.counter._state.busy, timeout=WAIT_MS)
        self.millis += 1_000
        self.qtbot.keyClick(self.counter, key)

    def scan(self, code: str) -> None:
        for letter in code:
            press(self.kiosk, Qt.Key(ord(letter.upper())), letter)
        press(self.kiosk, Qt.Key.Key_Return, "\r")


@pytest.fixture
def hall(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    hall = Hall(qtbot, tmp_path)
    # A hand takes a second from key to key: two presses at once are one press of an unsteady finger.
    monkeypatch.setattr("ui.counter.window._monotonic_ms", lambda: hall.millis)
    yield hall
    hall.close()


def test_a_missing_paper_is_fetched_and_its_holder_is_next_where_she_was(hall: Hall) -> None:
    counter, kiosk = hall.counter, hall.kiosk
    hall.sees(counter, "staff_nv01")
    for letter in "10001":
        hall.clerk(letter)
    hall.clerk(Qt.Key.Key_Return)
    hall.sees(counter, "wish_call")
    hall.issue()
    hall.sees(counter, "wish_call", "A001")
    hall.clerk(Qt.Key.Key_F9)
    hall.sees(counter, "wish_start")

    hall.clerk(Qt.Key.Key_F1)
    hall.sees(counter, "sentence", "A001")
    hall.clerk(Qt.Key.Key_F2)
    hall.sees(counter, "ask_send")
    hall.clerk("1")
    hall.clerk(Qt.Key.Key_F9)
    hall.sees(counter, "wish_call")

    hall.scan(f"https://moi.vamduoc.example/t/{TOKEN}")
    hall.sees(kiosk, "scan_text", "Tới lượt kế tiếp ở quầy 1.")
    hall.sees(kiosk, "scan_number", "A001")
    hall.sees(counter, "wish_call", "A001")

    hall.scan(f"https://moi.vamduoc.example/t/{TOKEN}")
    hall.sees(kiosk, "scan_title", "Số đang trong hàng chờ")
    hall.scan("https://moi.vamduoc.example/t/0000000000000000")
    hall.sees(kiosk, "scan_title", "Hôm nay ở đây không có số này")


def test_an_appointment_of_another_day_is_printed_with_its_hour_and_the_code_that_checks_it_in(hall: Hall) -> None:
    zone = ZoneInfo(sample_site().info.time_zone)
    now = datetime.now(zone)
    slot = (now + timedelta(days=7 - now.weekday())).replace(hour=8, minute=30, second=0, microsecond=0)
    hall.book("central", round(slot.timestamp() * 1000))
    hall.scan(f"https://moi.vamduoc.example/t/{TOKEN}")
    hall.sees(hall.kiosk, "print_slip", "In giấy hẹn")
    hall.qtbot.mouseClick(hall.kiosk.findChild(QWidget, "print_slip"), Qt.MouseButton.LeftButton)
    hall.sees(hall.kiosk, "print_slip", "Mời lấy giấy hẹn")
    (paper,) = hall.printer.printed
    assert NumberBlock("8:30", "Giờ hẹn") in paper.blocks
    assert f"{slot:%d/%m/%Y}" in str(paper.blocks)
    assert [block.data for block in paper.blocks if isinstance(block, QrBlock)] == [f"{hall.hub.url}/t/{TOKEN}"]
