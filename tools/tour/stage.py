"""The tour's hall: every process of the demo centre on a data folder and on ports of its own."""

import contextlib
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from printers.simulator.receiver import Receiver
from tools.processes import HubProcess, Screen

SIZES = {"kiosk": "1080x1920", "counter": "1024x640", "board": "1920x1080", "tablet": "1280x800"}
COUNTER = 1
MARK = "made-by-the-tour"


def has_display() -> bool:
    """Whether windows can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def screen_environment() -> dict[str, str]:
    """Return the environment of a screen's process: without a display it draws in memory."""
    return {**os.environ, **({} if has_display() else {"QT_QPA_PLATFORM": "offscreen"})}


def fresh_work(out: Path) -> None:
    """Make an empty `out/work`, in the place of the last tour's.

    Raises:
        FileExistsError: somebody else's folder has that name; it is not ours to empty.
    """
    work = out / "work"
    if work.exists():
        if not (work / MARK).exists() and not (out / "tour.json").exists():
            raise FileExistsError(f"{work} was not made by a tour. Choose another --out.")
        shutil.rmtree(work)
    work.mkdir(parents=True)
    (work / MARK).touch()


class Stage:
    """Starts and ends the hub, the printer's receiver and the screens."""

    def __init__(self, out: Path, stack: contextlib.ExitStack) -> None:
        """Prepare a stage; everything it starts is ended by `stack`, last first.

        Args:
            out: the tour's folder; data, logs and traces go into `out/work`.
            stack: ends what was started.
        """
        self.out, self.work = out, out / "work"
        self._stack = stack
        self.voice = self.work / "voice"
        self.hub: HubProcess
        self.receiver: Receiver
        self.screens: dict[str, Screen] = {}
        self.started_ns: dict[str, int] = {}

    def open_receiver(self) -> None:
        """Listen as a printer on a free port."""
        self.receiver = self._stack.enter_context(Receiver())

    def start_hub(self, central_dsn: str) -> None:
        """Start the hub on a fresh data folder."""
        more = ("--central", central_dsn) if central_dsn else ()
        self.hub = HubProcess(self.work / "hub", *more)
        self._stack.callback(self.hub.stop)

    def start_screen(self, role: str, language: str = "vi", size: str = "", *more: str) -> Screen:
        """Start one screen's process and wait until its window takes input; `more` goes to its command line."""
        settings = self.work / f"{role}.json"
        settings.write_text(json.dumps({"language": language, **self._settings(role)}), encoding="utf-8")
        arguments = [
            role, "--hub", self.hub.url, "--data", str(self.work / role), "--settings", str(settings),
            "--size", size or SIZES[role], "--trace", str(self.trace(role)), "--drive", *more,
        ]  # fmt: skip
        if role in ("counter", "tablet"):
            arguments += ["--counter", str(COUNTER)]
        if role == "board":
            arguments += ["--keep-voice", str(self.voice)]
        env = {**screen_environment(), "MOI_TOKEN": self.hub.tokens[role]}
        self.started_ns[role] = time.monotonic_ns()
        screen = Screen(role, arguments, self.work / f"{role}.log", env)
        self.screens[role] = screen
        self._stack.callback(screen.stop)
        return screen

    def trace(self, role: str) -> Path:
        """Return the file a role's moments are written to."""
        return self.work / f"{role}.trace"

    def _settings(self, role: str) -> dict[str, Any]:
        if role != "kiosk":
            return {}
        return {"printer": {"target": f"tcp://127.0.0.1:{self.receiver.port}"}}
