"""A hub of its own for each test, and a supervisor before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.supervisor.office import Supervisor
from tools.processes import HubProcess


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    if hub.process.poll() is None:
        hub.stop()


@pytest.fixture
def supervisor(qtbot: QtBot, hub: HubProcess, tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(qtbot, hub, tmp_path / "box.db")
    yield supervisor
    supervisor.window.close()
    supervisor.link.close()
