"""A process that is started to be measured, and ended whatever happens meanwhile."""

import subprocess
import sys
from types import TracebackType
from typing import Self

from tools.processes import ROOT


class MeasuredProcess:
    """One Python process, spoken to line by line; leaving it ends it."""

    def __init__(self, *arguments: str, quiet: bool = False) -> None:
        """Start Python with these arguments; what a `quiet` one logs is thrown away."""
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            text=True,
            cwd=ROOT,
        )

    def tell(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """Wait for the next line it says.

        Raises:
            RuntimeError: it ended.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{type(self).__name__} ended with code {self._process.wait()}")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
