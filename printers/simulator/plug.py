"""The printer's network card: a TCP port with a line that can be slow, stand still, be cut, or be gone altogether."""

import contextlib
import selectors
import socket
import threading
import time
from collections.abc import Callable

_PORTION = 65536
_SLOW_STEP_S = 0.05
_RESET_ON_CLOSE = b"\x01\0\0\0\0\0\0\0"
"""SO_LINGER for no time at all: the other side hears of a broken line, not of a polite end."""


class Plug:
    """Listens from the moment it is started until `close()`, and serves one connection at a time.

    Its own thread calls `on_bytes` with what came and `on_end` when a connection has ended; `has_room` says whether
    anything can be taken now. All other methods may be called from any thread.
    """

    def __init__(
        self,
        host: str,
        port: int,
        on_bytes: Callable[[bytes], None],
        on_end: Callable[[], None],
        has_room: Callable[[], bool],
    ) -> None:
        self._on_bytes, self._on_end, self._has_room = on_bytes, on_end, has_room
        self.bytes_per_s: int | None = None
        """How much the line carries: 0 nothing, None as much as comes. `look_up` after a change."""
        self._next_portion_at = 0.0
        self._host = host
        self._listener: socket.socket | None = socket.create_server((host, port))
        self.port: int = self._listener.getsockname()[1]
        self._client: socket.socket | None = None
        self._end_line = self._closing = False
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._thread = threading.Thread(target=self._serve, name=f"receiver-{self.port}", daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def close(self) -> None:
        """Hang up, stop listening, end the thread. Calling it again does nothing."""
        self._closing = True
        self.look_up()
        self._thread.join()
        for one in (self._listener, self._wake, self._woken):
            if one is not None:
                one.close()

    def say(self, words: bytes) -> None:
        """Answer whoever is connected. One who has asked and left does not hear it; that is its own business."""
        client = self._client
        if words and client is not None:
            with contextlib.suppress(OSError):
                client.sendall(words)

    def look_up(self) -> None:
        """Let the thread see what has changed."""
        if threading.current_thread() is not self._thread:
            with contextlib.suppress(OSError):
                self._wake.send(b"x")

    def end_line(self) -> None:
        """Break the connection that there is; what has not been read by now never arrived."""
        self._end_line = True
        self.look_up()

    @property
    def is_in(self) -> bool:
        """Whether somebody could connect."""
        return self._listener is not None

    def pull_out(self) -> None:
        """Break the connection and listen no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self.end_line()

    def put_in(self) -> None:
        """Listen again, on the same port.

        Raises:
            OSError: somebody has taken the port meanwhile.
        """
        if self._listener is None:
            self._listener = socket.create_server((self._host, self.port))
        self.look_up()

    def _serve(self) -> None:
        while not self._closing:
            wanted, pause_s = self._wanted()
            # What another thread closes meanwhile is no longer ready, or fails when it is used.
            with contextlib.suppress(OSError, ValueError):
                if self._is_ready(wanted, pause_s):
                    self._listen()
            if self._end_line:
                self._hang_up(broken=True)
        self._hang_up(broken=False)

    def _wanted(self) -> tuple[socket.socket | None, float | None]:
        """Return whom to listen to now, and for how many seconds to look away where that is nobody."""
        if self._client is None:
            return self._listener, None
        if self.bytes_per_s == 0 or not self._has_room():
            return None, None
        wait_s = self._next_portion_at - time.monotonic()
        return (None, wait_s) if self.bytes_per_s and wait_s > 0 else (self._client, None)

    def _is_ready(self, wanted: socket.socket | None, pause_s: float | None) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            if wanted is not None:
                selector.register(wanted, selectors.EVENT_READ)
            ready = [key.fileobj for key, _ in selector.select(pause_s)]
        if self._woken in ready:
            self._woken.recv(_PORTION)
            return False  # look again: what was wanted may not be any more
        return bool(ready)

    def _listen(self) -> None:
        if self._client is None:
            if self._listener is not None:
                self._client, _ = self._listener.accept()
                self._client.settimeout(1)  # for the few bytes it is told
            return
        portion, rate = _PORTION, self.bytes_per_s
        if rate:
            portion, self._next_portion_at = max(int(rate * _SLOW_STEP_S), 1), time.monotonic() + _SLOW_STEP_S
        try:
            data = self._client.recv(portion)
        except OSError:
            data = b""
        if data:
            self._on_bytes(data)
        else:
            self._hang_up(broken=False)

    def _hang_up(self, *, broken: bool) -> None:
        client, self._client, self._end_line = self._client, None, False
        if client is None:
            return
        self._on_end()
        if broken:
            with contextlib.suppress(OSError):
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        client.close()
