"""The hub's machine is lost and the standby takes over from the supervisor's window: real machines, real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.e2e.test_standby import Standby, until
from tests.ui.supervisor.office import Supervisor
from tools.processes import HubProcess


@pytest.fixture
def standby(hub: HubProcess, tmp_path: Path) -> Iterator[Standby]:
    standby = Standby(tmp_path / "standby", hub)
    yield standby
    standby.stop()


@pytest.fixture
def supervisor(qtbot: QtBot, hub: HubProcess, standby: Standby, tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(qtbot, hub, tmp_path / "box.db", standby=standby.url)
    yield supervisor
    supervisor.window.close()
    supervisor.link.close()


def test_the_standby_takes_over_when_the_old_machine_is_off_and_the_hall_goes_on_where_it_was(
    supervisor: Supervisor, standby: Standby
) -> None:
    assert supervisor.issue().json()["ticket"]["number"] == "A001"
    supervisor.sees("queue_A", "1 người chờ")
    until(lambda: standby.health()["seq"] == supervisor.asks("/healthz")["seq"])
    assert supervisor.find("take_over") is None
    supervisor.hub.kill()
    supervisor.sees("take_over")
    supervisor.sees("sentence", "Máy dự phòng cũng không liên lạc được")
    supervisor.presses(Qt.Key.Key_F4)
    supervisor.sees("question", "Máy chủ cũ đã tắt chưa?")
    supervisor.touches("yes")
    supervisor.touches("staff_nv07")
    supervisor.sees("pin")
    supervisor.qtbot.keyClicks(supervisor.window, "9999")
    supervisor.touches("enter")
    supervisor.sees("sentence", "PIN")
    supervisor.qtbot.keyClicks(supervisor.window, "0007")
    supervisor.touches("enter")
    supervisor.sees("ask_why")
    supervisor.hub = standby
    supervisor.sees_nothing("sentence")
    assert supervisor.issue().json()["ticket"]["number"] > "A001", "above all the old machine may have given"
    supervisor.sees("queue_A", "2 người chờ")


def test_who_does_not_know_whether_the_old_machine_is_off_changes_nothing(
    supervisor: Supervisor, standby: Standby
) -> None:
    assert supervisor.issue().status_code == 200
    until(lambda: standby.health()["seq"] == supervisor.asks("/healthz")["seq"])
    supervisor.hub.kill()
    supervisor.touches("take_over")
    supervisor.touches("back")
    supervisor.sees("take_over")
    assert standby.health()["status"] == "alone"
