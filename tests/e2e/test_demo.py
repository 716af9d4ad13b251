"""The demo centre opens every role, and whoever ends it ends everything it started."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil

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
