"""A queue of CUPS, through its own programs `lp` and `lpstat`: the job goes raw, past every filter.

A queue says nothing of paper. What can be known is that the job left the queue, so that much is waited for.
"""

import os
import shutil
import subprocess
import time
from typing import NamedTuple

_LOOK_EVERY_S = 0.2
_LEAVES_QUEUE_S = 30.0
"""How long a job may stay in its queue: the time to print it, and a moment for CUPS."""


class CupsTarget(NamedTuple):
    """The name of a queue."""

    queue: str
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "CupsTransport":
        """Look the queue up. Raises OSError where there is no CUPS, or no such queue, or it has been stopped."""
        return CupsTransport(self.queue, timeout_s)


class CupsTransport:
    """Collects a job and hands it over whole."""

    answers = False

    def __init__(self, queue: str, timeout_s: float) -> None:
        self._queue, self._timeout_s = queue, timeout_s
        self.patience_s = _LEAVES_QUEUE_S
        self._job = bytearray()
        self._check()

    def send(self, data: bytes) -> None:
        """Add to the job."""
        self._job += data

    def end_job(self) -> None:
        """Give the job to the queue and wait until it has left it.

        Raises:
            OSError: the queue is gone or stopped; TimeoutError: the job is still in it after `patience_s`, and may be
                printed later.
        """
        self._check()
        said = _run(["lp", "-d", self._queue, "-o", "raw", "-t", "Moi", "-"], self._timeout_s, bytes(self._job))
        self._job.clear()
        job = said.partition("request id is ")[2].partition(" ")[0]
        until = time.monotonic() + self.patience_s
        while job in _run(["lpstat", "-W", "not-completed", "-o", self._queue], self._timeout_s).split():
            if time.monotonic() > until:
                raise TimeoutError(f"{job} still waits in the queue {self._queue}")
            time.sleep(_LOOK_EVERY_S)

    def receive(self, timeout_s: float) -> bytes:
        """Return nothing: a queue is silent."""
        return b""

    def fileno(self) -> int:
        """There is nothing to wait on."""
        return -1

    def close(self) -> None:
        """Forget a job that was not ended."""
        self._job.clear()

    def _check(self) -> None:
        said = _run(["lpstat", "-p", self._queue], self._timeout_s)
        if " disabled since " in said:
            raise OSError(f"The queue {self._queue} has been stopped: {' '.join(said.split())}")


def queues(timeout_s: float) -> list[str]:
    """Return the names of all queues; none where there is no CUPS."""
    try:
        said = _run(["lpstat", "-e"], timeout_s)
    except OSError:
        return []
    return said.split()


def _run(command: list[str], timeout_s: float, given: bytes = b"") -> str:
    if shutil.which(command[0]) is None:
        raise OSError(f"CUPS is not installed here: {command[0]} is missing")
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env={**os.environ, "LC_ALL": "C"},  # what its programs say is read here
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"CUPS has not answered for {timeout_s} s") from error
    if done.returncode != 0:
        raise OSError(done.stderr.decode("utf-8", "replace").strip() or f"{command[0]} failed")
    return done.stdout.decode("utf-8", "replace")
