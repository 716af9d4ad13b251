"""The product's own processes, started, spoken to and ended from outside, as a watchdog or a tour would."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START_S = 30.0
STOP_S = 10.0
GRACE_S = 5.0


class ProcessError(RuntimeError):
    """A process did not do what it should; the message ends in what it wrote on standard error."""


def end_on_signals() -> None:
    """Take every wish to end as Ctrl+C, so that what was started is ended too: a hub must not outlive its demo."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def command(*arguments: str) -> list[str]:
    """Return the command line that runs this product: `main.py`, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, str(ROOT / "main.py"), *arguments]


class Child:
    """One process of ours: its standard output line by line, its standard error in a file."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> None:
        """Start the process.

        Args:
            name: what messages call it.
            arguments: after `main.py`.
            log: file that takes its standard error.
            env: variables set beside ours.
        """
        self.name, self._log = name, log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                command(*arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
                text=True,
                encoding="utf-8",
            )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=f"{name}-output", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def line(self, timeout_s: float) -> str:
        """Wait for the next line of its standard output.

        Raises:
            ProcessError: it ended, or said nothing for `timeout_s`.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            raise ProcessError(f"{self.name} said nothing for {timeout_s:g} s.\n{self.errors()}") from None
        if line is None:
            raise ProcessError(f"{self.name} ended with code {self.process.wait()}.\n{self.errors()}")
        return line

    def say(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def errors(self) -> str:
        """Return the end of what it wrote on standard error."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-3000:]

    def kill(self) -> None:
        """End it at once, as a power cut would (`kill -9`)."""
        self.process.kill()
        self._ended()

    def stop(self) -> int:
        """Ask it to end; after a while make it. Returns its exit code."""
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
        return self._ended()

    def _ended(self) -> int:
        code = self.process.wait()
        self._reader.join(STOP_S)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        return code


class HubProcess(Child):
    """A hub in development mode: `url` and `tokens` are what its first line said."""

    def __init__(self, data: Path, *arguments: str, port: int = 0) -> None:
        """Start a hub on a data folder and wait until it says where it is.

        Raises:
            ProcessError: it did not start.
        """
        super().__init__(
            "hub", ["hub", "--dev", "--data", str(data), "--port", str(port), *arguments], data / "hub.log"
        )
        try:
            said = json.loads(self.line(START_S))
        except BaseException:
            self.kill()
            raise
        self.url: str = said["url"]
        self.tokens: dict[str, str] = said["tokens"]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])


class Screen(Child):
    """A screen's process that is driven through real input events (`--drive`)."""

    def ask(self, timeout_s: float = 20.0, **request: Any) -> dict[str, Any]:
        """Have the driver do one thing and return its answer; what is waited for may take `timeout_s`.

        Raises:
            ProcessError: it ended, did not answer, or could not do it.
        """
        try:
            self.say(json.dumps({**request, "timeout_s": timeout_s}))
        except OSError as error:  # its end of the pipe is closed
            raise ProcessError(f"{self.name} ended before it was asked.\n{self.errors()}") from error
        answer: dict[str, Any] = json.loads(self.line(timeout_s + GRACE_S))
        if "error" in answer:
            raise ProcessError(f"{self.name} could not {request}: {answer['error']}\n{self.errors()}")
        return answer
