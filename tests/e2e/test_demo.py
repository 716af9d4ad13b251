"""The demo centre opens every role, and whoever ends it ends everything it started."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil

from kiosk.hub.journal.claim import Claim
from tools.processes import command

ROLES = {"hub", "tray", "board", "tablet", "counter", "kiosk"}
PATIENCE_S = 60


def test_the_demo_opens_every_role_and_leaves_none_behind(tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    demo = subprocess.Popen(command("demo"), cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True)
    assert demo.stdout is not None
    giving_up = threading.Timer(PATIENCE_S, demo.kill)
    giving_up.start()
    assert "The demo centre is open" in demo.stdout.readline()
    children = psutil.Process(demo.pid).children()
    assert {role for child in children for role in ROLES & set(child.cmdline())} == ROLES
    demo.send_signal(signal.SIGTERM if sys.platform != "win32" else signal.CTRL_BREAK_EVENT)
    assert demo.wait(PATIENCE_S) == 0
    giving_up.cancel()
    demo.stdout.close()
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def test_a_second_demo_says_that_the_first_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "demo" / "hub"
    folder.mkdir(parents=True)
    first = Claim(folder)
    ended = subprocess.run(command("demo"), cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S)
    first.close()
    assert ended.returncode == 1
    assert "Another hub works in" in ended.stderr
    assert "Traceback" not in ended.stderr
