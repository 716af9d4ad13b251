"""The whole story, played by the real processes as `main.py tour` plays it for anyone."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.processes import command

PATIENCE_S = 300


def test_the_tour_holds_without_a_screen(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    _holds(tmp_path, env)


if sys.platform == "linux":

    @pytest.fixture
    def virtual_screen() -> Iterator[str]:
        """Start an X server in memory and a window manager on it; yields its display."""
        assert shutil.which("Xvfb"), "dev.py installs Xvfb; run the tests through it once"
        read, write = os.pipe()
        arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1920x24", "-nolisten", "tcp"]
        server = subprocess.Popen(arguments, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as said:
            display = f":{said.readline().strip()}"
        manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL)
        yield display
        for process in (manager, server):
            process.terminate()
            process.wait(10)

    def test_the_tour_holds_in_real_windows(tmp_path: Path, virtual_screen: str) -> None:
        env = {**os.environ, "DISPLAY": virtual_screen, "QT_QPA_PLATFORM": "xcb"}
        assert _holds(tmp_path, env)["screen"] == "windows"


def _holds(folder: Path, env: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        command("tour", "--out", str(folder)), env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    report: dict[str, object] = json.loads((folder / "tour.json").read_text())
    failed = [step for step in report["steps"] if not step.get("held")]  # type: ignore[attr-defined]
    assert not failed, failed
    assert done.returncode == 0, done.stdout + done.stderr
    assert report["central_holds_the_journal"] is True
    assert str(report["qr"]).startswith("http://127.0.0.1:")
    assert len(list(folder.glob("*.png"))) >= 17
    return report
