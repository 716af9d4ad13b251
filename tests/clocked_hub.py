"""A hub's process on a machine whose clock a test sets; everything but that wall clock is the product's own."""

import sys
import time
from pathlib import Path
from unittest import mock

import main
from tests.house.source import ROOT
from tools import processes
from tools.processes import HubProcess


class SetClock:
    """The wall of a hub's process, from outside: it shows so many ms more than the time as stand in a file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "wall"
        self.forward(0)

    def forward(self, ms: int) -> None:
        """Set the wall forward by so much against the time that is."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(ms))
        fresh.replace(self.file)

    def start_hub(self, data: Path) -> HubProcess:
        """Start a hub under this wall."""

        def command(*arguments: str) -> list[str]:
            run = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.clocked_hub import run; run()"
            return [sys.executable, "-c", run, str(self.file), *arguments]

        with mock.patch.object(processes, "command", command):
            return HubProcess(data)


def run() -> None:
    """Be main.py under the wall that a file sets."""
    file, *arguments = sys.argv[1:]

    class Wall:
        def now_ms(self) -> int:
            return time.time_ns() // 1_000_000 + int(Path(file).read_text())

    with mock.patch.object(main, "SystemClock", Wall):
        sys.exit(main.main(arguments))
