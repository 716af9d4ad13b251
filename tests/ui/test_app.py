"""A screen's process: it survives our bugs, tells about them, and ends when asked to."""

import os
import subprocess
import sys

STORY = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from kiosk.settings import Settings
from ui.app import make_application, metrics_for, show

app = make_application("kiosk", Settings())
label = QLabel("Xin mời")
show(label, {size})
app.bug_happened.connect(lambda: print("told", flush=True))
def bug():
    raise ZeroDivisionError("ours")
QTimer.singleShot(0, bug)
QTimer.singleShot(20, lambda: print("on", label.width(), label.height(), label.font().family(), flush=True))
QTimer.singleShot(40, lambda: {end})
sys.exit(app.exec())
"""


def play(size: str, end: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    story = STORY.format(size=size, end=end)
    return subprocess.run(
        [sys.executable, "-c", story], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_bug_in_a_slot_is_logged_and_told_and_the_screen_goes_on() -> None:
    ended = play("(540, 960)", "app.quit()")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[0] == "told"
    assert ended.stdout.splitlines()[1].startswith("on 540 960")
    assert "ZeroDivisionError" in ended.stderr


def test_the_whole_screen_is_taken_without_a_window_manager_and_ctrl_c_ends_it() -> None:
    ended = play("None", "signal.raise_signal(signal.SIGINT)")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[1].startswith("on 800 800")
