"""A printer on the network: raw bytes to port 9100."""

import contextlib
import socket
import time
from typing import NamedTuple

RAW_PORT = 9100
"""Where receipt printers listen for bytes ("JetDirect")."""
_DRAIN_S = 0.5
_CHUNK = 1024


class TcpTarget(NamedTuple):
    """A host and a port."""

    host: str
    port: int = RAW_PORT
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "TcpTransport":
        """Connect. Raises OSError where nobody answers within `timeout_s` seconds."""
        return TcpTransport(self.host, self.port, timeout_s)


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

    def end_job(self) -> None:
        """Do nothing: what was sent is there."""

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
