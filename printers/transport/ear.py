"""Listens to a printer on a thread of its own, where the way itself gives nothing that `select` could wait on."""

import contextlib
import socket
import threading
from collections.abc import Callable

_CHUNK = 1024


class ThreadEar:
    """Calls `read` over and over: it waits a fraction of a second for words, and raises OSError when the line ends."""

    def __init__(self, read: Callable[[], bytes], name: str) -> None:
        self._read = read
        self._heard, self._mouth = socket.socketpair()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    def receive(self, timeout_s: float) -> bytes:
        """Return what came first, b"" where nothing did; ConnectionError where the line has ended."""
        self._heard.settimeout(timeout_s)
        try:
            data = self._heard.recv(_CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        if not data:
            raise ConnectionAbortedError("The printer has been unplugged")
        return data

    def fileno(self) -> int:
        """Return what can be waited on for words."""
        return self._heard.fileno()

    def close(self) -> None:
        """Stop listening; returns when the thread has ended."""
        self._closing.set()
        self._thread.join()
        self._heard.close()
        self._mouth.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while not self._closing.is_set():
                words = self._read()
                if words:
                    self._mouth.sendall(words)
        with contextlib.suppress(OSError):
            self._mouth.shutdown(socket.SHUT_WR)
