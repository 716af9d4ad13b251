"""Ways to a printer: a network socket or a file, behind one small protocol; more come later behind the same one."""

import contextlib
import socket
import time
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kiosk.settings import SettingsError

RAW_PORT = 9100
"""Where receipt printers listen for bytes ("JetDirect")."""
_DRAIN_S = 0.5
_CHUNK = 1024


class PrinterSetupError(SettingsError):
    """A printer setting that cannot be used, with a sentence that says what to write instead."""


class Transport(Protocol):
    """Bytes to a printer and back. Any trouble is an `OSError`."""

    @property
    def answers(self) -> bool:
        """Whether the printer can say anything this way at all."""
        ...

    def send(self, data: bytes) -> None:
        """Hand over all of `data`; TimeoutError where the printer takes nothing for the time allowed."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what the printer said, b"" where it said nothing for `timeout_s`; ConnectionError where it hung up."""
        ...

    def fileno(self) -> int:
        """Return what `select` can wait on for an answer."""
        ...

    def close(self) -> None:
        """End the connection; bytes on their way still arrive. Never raises."""
        ...


class Target(NamedTuple):
    """Where paper comes from: a host and port, or a file."""

    host: str = ""
    port: int = RAW_PORT
    path: Path | None = None

    def open(self, timeout_s: float) -> Transport:
        """Connect.

        Raises:
            OSError: nobody there, or no answer within `timeout_s` seconds.
        """
        return FileTransport(self.path) if self.path else TcpTransport(self.host, self.port, timeout_s)


def parse_target(target: str) -> Target:
    """Read a setting: `tcp://host:port` (port 9100 where none is given) or `file:///path`.

    Raises:
        PrinterSetupError: it is neither.
    """
    parts = urlsplit(target)
    try:
        if parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/"):
            parts.hostname.encode("idna")
            return Target(parts.hostname, parts.port or RAW_PORT)
    except ValueError as error:
        raise PrinterSetupError(f"The printer address {target!r} cannot be used: {error}. Correct it.") from error
    if parts.scheme == "file" and parts.path.startswith("/") and len(parts.path) > 1 and not parts.netloc:
        return Target(path=Path(url2pathname(parts.path)))
    raise PrinterSetupError(
        f"The printer address {target!r} cannot be read. Write tcp://host:port or file:///path, or leave it empty."
    )


class TcpTransport:
    """A raw TCP connection to a printer."""

    answers = True

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._socket = socket.create_connection((host, port), timeout_s)
        # Status requests are three bytes: they must not wait for company.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        """Hand over all of `data`, which should be short: the time allowed is for the whole of it."""
        self._socket.settimeout(self._timeout_s)
        self._socket.sendall(data)

    def receive(self, timeout_s: float) -> bytes:
        """Return what came first, b"" where nothing did."""
        self._socket.settimeout(timeout_s)
        try:
            data = self._socket.recv(_CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        if not data:
            raise ConnectionAbortedError("The printer has closed the connection")
        return data

    def fileno(self) -> int:
        """Return the socket's number."""
        return self._socket.fileno()

    def close(self) -> None:
        """Say that all is sent, then read on for a moment.

        Closing with unread answers would reset the connection, and may take the last bytes of the receipt along.
        """
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            until = time.monotonic() + _DRAIN_S
            while (left := until - time.monotonic()) > 0 and self.receive(left):
                pass
        self._socket.close()


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
