"""A printer as a device file that also answers, such as Linux's `/dev/usb/lp0`."""

import contextlib
import os
import select
import time
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1024


class DeviceTarget(NamedTuple):
    """A path."""

    path: Path
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "DeviceTransport":
        """Open it for both directions. Raises OSError where it is not there or not allowed."""
        return DeviceTransport(self.path, timeout_s)


class DeviceTransport:
    """An open device file."""

    answers = True

    def __init__(self, path: Path, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def send(self, data: bytes) -> None:
        """Hand over all of `data`; TimeoutError where nothing more is taken for the time allowed."""
        rest, until = memoryview(data), time.monotonic() + self._timeout_s
        while rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([], [self._file], [], left)[1]:
                raise TimeoutError(f"The printer has taken nothing for {self._timeout_s} s")
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(self._file, rest) :]
                until = time.monotonic() + self._timeout_s

    def end_job(self) -> None:
        """Do nothing: what was sent is there."""

    def receive(self, timeout_s: float) -> bytes:
        """Return what came first, b"" where nothing did; ConnectionError where the printer was unplugged."""
        if not select.select([self._file], [], [], timeout_s)[0]:
            return b""
        try:
            data = os.read(self._file, _CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionAbortedError("The printer has been unplugged")
        return data

    def fileno(self) -> int:
        """Return the file's number."""
        return self._file

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            os.close(self._file)
