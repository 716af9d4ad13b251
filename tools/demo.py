"""The demo centre: hub, kiosk, one counter, board, one tablet and a paper tray, each a process and a window."""

import contextlib
import json
import socket
import sys
import threading
from pathlib import Path

from tools.processes import Child, HubProcess, ProcessError, end_on_signals

FOLDER = Path("out") / "demo"
WINDOWS = {"kiosk": "540x960", "board": "960x540", "counter": "1024x640", "tablet": "800x500", "tray": "420x760"}
"""Small pictures of the real screens, so that all of them fit on a desk's screen."""
WELCOME = """The demo centre is open. Data: {folder}
  kiosk    take a number; the paper slides out of the tray
  counter  sign in as any clerk: nv01 has PIN 0001, nv02 has 0002, …; counter 1 calls fields A, B and C
  hub      {url}/docs
Close all windows or press Ctrl+C to end."""


def run() -> int:
    """Open everything, and end when the last window is closed, the hub ends, or Ctrl+C is pressed.

    Returns 1 where the hub cannot start, such as while another demo is open.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    end_on_signals()
    with contextlib.ExitStack() as stack, contextlib.suppress(KeyboardInterrupt):
        try:
            hub = HubProcess(FOLDER / "hub")
        except ProcessError as error:
            print(error, file=sys.stderr)
            return 1
        stack.callback(hub.stop)
        port = _free_port()
        settings = FOLDER / "kiosk.json"
        settings.write_text(json.dumps({"printer": {"target": f"tcp://127.0.0.1:{port}"}}), encoding="utf-8")
        windows = [_open(role, hub, port, settings, stack) for role in ("tray", "board", "tablet", "counter", "kiosk")]
        print(WELCOME.format(folder=FOLDER, url=hub.url), flush=True)
        _wait(hub, windows)
    return 0


def _open(role: str, hub: HubProcess, port: int, settings: Path, stack: contextlib.ExitStack) -> Child:
    arguments = [role, "--size", WINDOWS[role]]
    if role == "tray":
        arguments += ["--port", str(port)]
    else:
        arguments += ["--hub", hub.url, "--data", str(FOLDER / role)]
    if role == "kiosk":
        arguments += ["--settings", str(settings)]
    child = Child(role, arguments, FOLDER / f"{role}.log", {"MOI_TOKEN": hub.tokens.get(role, "")})
    stack.callback(child.stop)
    return child


def _wait(hub: HubProcess, windows: list[Child]) -> None:
    """Wait for the hub's end or for that of all windows."""
    ended = threading.Event()
    threading.Thread(target=lambda: [hub.process.wait(), ended.set()], daemon=True).start()

    def watch(window: Child) -> None:
        if window.process.wait() > 0:
            print(f"The {window.name} could not go on:\n{window.errors()}", flush=True)
        open_windows.discard(window)
        if not open_windows:
            ended.set()

    open_windows = set(windows)
    for window in windows:
        threading.Thread(target=watch, args=[window], daemon=True).start()
    while not ended.wait(0.5):
        continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
