"""A supervisor at a real window with a real hub behind it."""

from pathlib import Path
from typing import Any

import httpx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.link.link import Link
from kiosk.ports import Spool
from tests.halls import WallClock, issue_body, new_id
from tools.processes import HubProcess
from ui.supervisor.gallery import demo_site
from ui.supervisor.window import SupervisorWindow
from ui.theme import Metrics, Theme

WAIT_MS = 15_000


class Supervisor:
    """Looks at the hall and touches what is there."""

    def __init__(
        self, qtbot: QtBot, hub: HubProcess, store: Path, spool: Spool | None = None, standby: str = ""
    ) -> None:
        self.qtbot, self.hub = qtbot, hub
        urls = f"{hub.url},{standby}" if standby else hub.url
        self.link = Link(urls, hub.tokens["supervisor"], WallClock(), outbox=store)
        theme = Theme("light", Metrics.from_dpi(96, 1366, 768), types="clerk", reduced_motion=True)
        self.window = SupervisorWindow(theme, self.link, demo_site(), now_ms=self.link.now_ms, spool=spool)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()

    def find(self, name: str) -> QWidget | None:
        return next((w for w in self.window.findChildren(QWidget, name) if w.isVisible()), None)

    def words(self, name: str) -> str:
        widget = self.find(name)
        text = getattr(widget, "text", lambda: "")
        return (widget.accessibleName() or text()) if widget is not None else ""

    def sees(self, name: str, words: str = "") -> None:
        self.qtbot.waitUntil(lambda: self.find(name) is not None and words in self.words(name), timeout=WAIT_MS)

    def sees_nothing(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.find(name) is None, timeout=WAIT_MS)

    def sees_no_more(self, name: str, words: str) -> None:
        self.qtbot.waitUntil(lambda: self.find(name) is not None and words not in self.words(name), timeout=WAIT_MS)

    def touches(self, name: str) -> None:
        self.sees(name)
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def presses(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.window, key)

    def signs_in(self) -> None:
        self.touches("staff_nv07")
        self.sees("pin")
        self.qtbot.keyClicks(self.window, "0007")
        self.presses(Qt.Key.Key_Return)

    def issue(self) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
        return httpx.post(f"{self.hub.url}/v1/tickets", json=issue_body(), headers=headers, trust_env=False)

    def asks(self, path: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.hub.tokens['supervisor']}"}
        told: dict[str, Any] = httpx.get(f"{self.hub.url}{path}", headers=headers, trust_env=False).json()
        return told

    def day(self) -> str:
        return str(self.asks("/v1/hall")["day"])

    def closes_the_day(self) -> None:
        headers = {"Authorization": f"Bearer {self.hub.tokens['supervisor']}", "Idempotency-Key": new_id()}
        pin = {"staff": "nv07", "pin": "0007"}
        session = httpx.post(f"{self.hub.url}/v1/staff/sign-in", json=pin, headers=headers, trust_env=False).json()
        headers["Moi-Staff"] = session["session"]
        closed = httpx.post(f"{self.hub.url}/v1/day/close", json={}, headers=headers, trust_env=False)
        assert closed.status_code == 200, closed.text

    def clerk_does(self, what: str, body: dict[str, str]) -> None:
        headers = {"Authorization": f"Bearer {self.hub.tokens['counter']}", "Idempotency-Key": new_id()}
        done = httpx.post(f"{self.hub.url}/v1/counters/1/{what}", json=body, headers=headers, trust_env=False)
        assert done.status_code == 200, done.text

    def opens_counter(self) -> None:
        self.clerk_does("open", {"staff": "nv01", "pin": "0001"})

    def opens_counter_and_calls(self) -> None:
        self.opens_counter()
        self.clerk_does("call", {})
