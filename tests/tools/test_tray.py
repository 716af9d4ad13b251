"""The paper tray as a process of its own, told by lines what happens to it."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.domain.receipt import CutBlock, Receipt, TextBlock
from kiosk.ports import Printed, PrinterStatus, PrintRefused
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.house.source import ROOT
from tools.tray import names_of, wish
from ui.tray.dock import CUT, TROUBLES

SHORT = Receipt((TextBlock("Mời"), CutBlock()))


class Tray:
    """A tray's process: lines in, answers out."""

    def __init__(self) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "main.py", "tray", "--port", "0", "--script", "-"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def say(self, line: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def status(self) -> dict[str, object]:
        return dict(json.loads(self.say("status")))


@pytest.fixture
def tray():
    tray = Tray()
    yield tray
    tray.process.terminate()
    tray.process.communicate()


def test_a_process_can_pull_the_paper_of_a_printer_in_another_one(tray: Tray) -> None:
    with closing(open_printer(PrinterSettings(str(tray.status()["address"])))) as printer:
        assert printer.print(SHORT) == Printed()
        assert tray.say("wait papers 1") == "ok"
        assert tray.say("paper out") == "ok"
        assert printer.print(SHORT) == PrintRefused(PrinterStatus.PAPER_OUT)
        assert tray.say("power off") == "ok"
        assert printer.status() is PrinterStatus.UNREACHABLE
        assert tray.say("power on") == "ok"
        assert tray.say("paper in") == "ok"
        assert printer.print(SHORT) == Printed()
        assert tray.status()["papers"] == 2


@pytest.mark.parametrize("name", [*TROUBLES, "paper_out"])
def test_every_key_of_the_dock_does_what_it_says_and_shows_it(name: str) -> None:
    with Receiver() as receiver:
        wish(receiver, name, True)
        assert names_of(receiver.view) == {name}
        wish(receiver, name, False)
        assert names_of(receiver.view) == frozenset()


def test_the_dock_has_a_key_for_every_state_of_the_printer() -> None:
    with_a_key = {*TROUBLES, "paper_out", CUT}
    assert {state.value for state in ReceiverState} - with_a_key == {"ready"}


def test_a_script_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "tray", "--port", "0", "--script", str(tmp_path / "none")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "none" in done.stderr
    assert "Traceback" not in done.stderr
