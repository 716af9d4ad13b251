"""A file, or a device that can only be written to."""

import contextlib
from pathlib import Path
from typing import NamedTuple


class FileTarget(NamedTuple):
    """A path."""

    path: Path
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "FileTransport":
        """Open it for appending. Raises OSError where that is not allowed."""
        return FileTransport(self.path)


class FileTransport:
    """A file or device the job is appended to; it cannot answer."""

    answers = False

    def __init__(self, path: Path) -> None:
        # Unbuffered: what is written is there, and an error comes with the write that caused it.
        self._file = path.open("ab", buffering=0)

    def send(self, data: bytes) -> None:
        """Write all of `data`."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]

    def end_job(self) -> None:
        """Do nothing: what was sent is there."""

    def receive(self, timeout_s: float) -> bytes:
        """Return nothing: a file is silent."""
        return b""

    def fileno(self) -> int:
        """Return the file's number; nobody waits for an answer there."""
        return self._file.fileno()

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._file.close()
