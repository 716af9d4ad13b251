"""Bare peers started in the same run: what an empty window, and an empty web server, cost before we add anything."""

import subprocess
import sys
import time
from collections.abc import Mapping

from msgspec import Struct

from tools.bench.resources import resident_mib

EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Empty(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: print(time.monotonic_ns(), flush=True))
app = QApplication([])
window = Empty()
window.resize(1080, 1920)
window.show()
app.exec()
"""
EMPTY_SERVER = """
import time, uvicorn
from starlette.applications import Starlette
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(time.monotonic_ns(), flush=True)
Server(uvicorn.Config(Starlette(), port=0, log_config=None)).run()
"""


class Bare(Struct, frozen=True):
    """What a bare peer needed: from start to its first sign of life in ms, and resident memory in MiB."""

    start_ms: float
    mib: float


def measure(program: str, env: Mapping[str, str]) -> Bare:
    """Start a bare peer with this Python, wait for its first line, weigh it, end it."""
    started = time.monotonic_ns()
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=dict(env), text=True)
    try:
        assert process.stdout is not None
        alive = int(process.stdout.readline())
        return Bare(round((alive - started) / 1e6, 1), resident_mib(process.pid))
    finally:
        process.kill()
        process.communicate()
