"""The hub's machine is set forward by more than a day: the supervisor's window says so and lets her confirm it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.clocked_hub import SetClock
from tests.ui.supervisor.office import Supervisor

DAY_MS = 24 * 3_600_000


@pytest.fixture
def wall(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path)


@pytest.fixture
def supervisor(qtbot: QtBot, wall: SetClock, tmp_path: Path) -> Iterator[Supervisor]:
    hub = wall.start_hub(tmp_path / "hub")
    supervisor = Supervisor(qtbot, hub, tmp_path / "box.db")
    yield supervisor
    supervisor.window.close()
    supervisor.link.close()
    hub.stop()


def hub_time(supervisor: Supervisor) -> int:
    return int(supervisor.asks("/healthz")["hub_time"])


def test_the_new_time_is_followed_once_a_supervisor_has_confirmed_it_with_her_pin(
    supervisor: Supervisor, wall: SetClock
) -> None:
    supervisor.sees("queue_A")
    assert supervisor.find("clock_trouble") is None
    before = hub_time(supervisor)
    wall.forward(40 * DAY_MS)
    supervisor.sees("clock_trouble", "cho tới khi người phụ trách xác nhận")
    assert hub_time(supervisor) < before + DAY_MS
    supervisor.presses(Qt.Key.Key_F3)
    supervisor.signs_in()
    supervisor.sees("question", "Bây giờ là")
    supervisor.touches("yes")
    supervisor.sees("queue_A")
    supervisor.sees_nothing("clock_trouble")
    assert hub_time(supervisor) > before + 39 * DAY_MS


def test_a_wrong_time_is_left_alone_and_nothing_is_asked_once_it_is_set_right(
    supervisor: Supervisor, wall: SetClock
) -> None:
    supervisor.sees("queue_A")
    before = hub_time(supervisor)
    wall.forward(40 * DAY_MS)
    supervisor.touches("confirm_clock")
    supervisor.signs_in()
    supervisor.sees("more", "theo giờ cũ")
    supervisor.presses(Qt.Key.Key_Escape)
    supervisor.sees("clock_trouble")
    wall.forward(0)
    supervisor.sees_nothing("clock_trouble")
    assert hub_time(supervisor) < before + DAY_MS


def test_without_the_right_pin_the_hall_keeps_its_time(supervisor: Supervisor, wall: SetClock) -> None:
    supervisor.sees("queue_A")
    before = hub_time(supervisor)
    wall.forward(40 * DAY_MS)
    supervisor.touches("confirm_clock")
    supervisor.touches("staff_nv07")
    supervisor.sees("pin")
    supervisor.qtbot.keyClicks(supervisor.window, "9999")
    supervisor.presses(Qt.Key.Key_Return)
    supervisor.sees("sentence", "PIN")
    assert hub_time(supervisor) < before + DAY_MS
