"""The supervisor's window with a real hub behind it: what is seen is the hall, what is touched is done there."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.link.link import Link
from tests.halls import WallClock, issue_body, new_id
from tools.processes import HubProcess
from ui.supervisor.gallery import demo_site, supervisors
from ui.supervisor.window import SupervisorWindow
from ui.theme import Metrics, Theme

WAIT_MS = 15_000


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    if hub.process.poll() is None:
        hub.stop()


class Supervisor:
    """Looks at the hall and touches what is there."""

    def __init__(self, qtbot: QtBot, hub: HubProcess, store: Path) -> None:
        self.qtbot, self.hub = qtbot, hub
        self.link = Link(hub.url, hub.tokens["supervisor"], WallClock(), outbox=store)
        theme = Theme("light", Metrics.from_dpi(96, 1366, 768), types="clerk", reduced_motion=True)
        self.window = SupervisorWindow(theme, self.link, supervisors(demo_site()), now_ms=self.link.now_ms)
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

    def touches(self, name: str) -> None:
        self.sees(name)
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def issue(self) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
        return httpx.post(f"{self.hub.url}/v1/tickets", json=issue_body(), headers=headers, trust_env=False)


@pytest.fixture
def supervisor(qtbot: QtBot, hub: HubProcess, tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(qtbot, hub, tmp_path / "box.db")
    yield supervisor
    supervisor.window.close()
    supervisor.link.close()


def test_who_waits_is_seen_at_once_and_a_line_is_closed_with_a_reason_and_opened_again(supervisor: Supervisor) -> None:
    queue = issue_body()["queue"]
    supervisor.sees(f"queue_{queue}", "chưa có ai chờ")
    assert supervisor.issue().status_code == 200
    supervisor.sees(f"queue_{queue}", "1 người chờ · lâu nhất 0 phút")

    supervisor.touches(f"queue_{queue}")
    supervisor.touches("staff_nv07")
    supervisor.sees("pin")
    supervisor.qtbot.keyClicks(supervisor.window, "0007")
    supervisor.qtbot.keyClick(supervisor.window, Qt.Key.Key_Return)
    supervisor.touches("reason_meeting")
    supervisor.sees(f"queue_{queue}", "NGƯNG: cán bộ đang họp")
    assert supervisor.issue().json()["code"] == "queue_closed"

    supervisor.touches(f"queue_{queue}")
    supervisor.sees(f"queue_{queue}", "1 người chờ")
    supervisor.qtbot.waitUntil(lambda: "NGƯNG" not in supervisor.words(f"queue_{queue}"), timeout=WAIT_MS)
    assert supervisor.issue().status_code == 200


def test_an_open_counter_takes_another_line_and_the_hub_knows(supervisor: Supervisor) -> None:
    headers = {"Authorization": f"Bearer {supervisor.hub.tokens['counter']}", "Idempotency-Key": new_id()}
    opened = httpx.post(
        f"{supervisor.hub.url}/v1/counters/1/open",
        json={"staff": "nv01", "pin": "0001"},
        headers=headers,
        trust_env=False,
    )
    assert opened.status_code == 200, opened.text
    supervisor.touches("counter_1")
    supervisor.touches("staff_nv07")
    supervisor.qtbot.keyClicks(supervisor.window, "0007")
    supervisor.touches("enter")
    supervisor.sees("serve_H", "không phục vụ")
    supervisor.touches("serve_H")
    supervisor.sees("serve_H", "phục vụ trước")
    supervisor.touches("save")
    supervisor.sees("queue_H", "quầy 1")


def test_a_wrong_pin_is_said_and_nothing_is_done(supervisor: Supervisor) -> None:
    supervisor.touches("queue_A")
    supervisor.qtbot.keyClicks(supervisor.window, "1")
    supervisor.sees("pin")
    supervisor.qtbot.keyClicks(supervisor.window, "9999")
    supervisor.touches("enter")
    supervisor.sees("sentence", "PIN")
    supervisor.qtbot.keyClick(supervisor.window, Qt.Key.Key_Escape)
    supervisor.sees("queue_A", "chưa có ai chờ")


def test_a_hub_that_is_gone_is_said_and_the_hall_stays_as_it_was(supervisor: Supervisor) -> None:
    supervisor.sees("queue_A", "chưa có ai chờ")
    supervisor.hub.kill()
    supervisor.sees("sentence", "Mất liên lạc")
    assert supervisor.find("queue_A") is not None
