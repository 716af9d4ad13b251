"""A kiosk in a test: its window, and a finger that touches only what can be touched."""

import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.link.paper_facts import paper_teller
from kiosk.ports import PrintOutcome, WatchedPrinter
from kiosk.settings import Settings, TimingSettings
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tests.ui.kiosk.fakes import FakeClock, FakeLink, FakePrinter
from ui.kiosk.around import Centre, Devices
from ui.kiosk.gallery import sample_catalogue, sample_hall, sample_site
from ui.kiosk.window import KioskWindow
from ui.theme import Metrics

WIDTH, HEIGHT, DPI = 1080, 1920, 80.0


class Hall:
    """One kiosk, standing in the sample centre."""

    def __init__(
        self,
        qtbot: QtBot,
        outcome: PrintOutcome | Exception | None = None,
        timing: TimingSettings | None = None,
        size: tuple[int, int] = (WIDTH, HEIGHT),
        patience_s: float = 1.5,
        printer: WatchedPrinter | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.link, self.printer, self.clock = FakeLink(), FakePrinter(outcome), FakeClock()
        self._folder = tempfile.TemporaryDirectory()
        store = SpoolStore(Path(self._folder.name) / "spool.db")
        self.spool = Spool(printer or self.printer, store, paper_teller(self.link), self.clock)
        settings = Settings(timing=timing or TimingSettings(), reduced_motion=True, patience_s=patience_s)
        self.window = KioskWindow(
            Centre(sample_site(), sample_catalogue(), 1),
            Devices(self.link, self.spool, self.clock),
            settings,
            Metrics.from_dpi(DPI, *size),
        )
        qtbot.addWidget(self.window, before_close_func=lambda _: self._end())
        self.spool.start()
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.show_hall()

    def _end(self) -> None:
        self.spool.close()
        self._folder.cleanup()

    def show_hall(self, connected: bool = True) -> None:
        self.link.show(msgspec.to_builtins(sample_hall(sample_site())), connected)

    def find(self, name: str) -> QWidget | None:
        """Return the widget of a name that is on the screen."""
        return next((w for w in self.window.findChildren(QWidget, name) if w.isVisible()), None)

    def text(self, name: str) -> str:
        widget = self.find(name)
        assert widget is not None, f"{name} is not on the screen"
        return widget.text()

    def sees(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.find(name) is not None)

    def touch(self, *names: str) -> None:
        """Touch one after the other, through the native window."""
        for name in names:
            self.sees(name)
            widget = self.find(name)
            assert widget is not None
            centre = widget.mapTo(self.window, widget.rect().center())
            top = self.window.childAt(centre)
            assert top is widget or widget.isAncestorOf(top), f"{name} is covered by {top}"
            QTest.mouseClick(
                self.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre
            )

    def type(self, text: str) -> None:
        """Type on the kiosk's own keyboard."""
        for letter in text:
            self.touch("key_space" if letter == " " else f"key_{letter}")
