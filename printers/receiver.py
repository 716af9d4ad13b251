"""A receipt printer on a TCP port that behaves like an Epson: for the on-screen paper tray, the tour and tests.

It answers status requests at once, prints what it decodes, serves one connection at a time, and can run out of paper:
it then takes the bytes and prints them when paper is back, as real ones do (PLATFORM §4). Like the decoder it shares
nothing with what prints.
"""

import contextlib
import logging
import re
import selectors
import socket
import threading
from collections.abc import Callable
from enum import StrEnum
from types import TracebackType
from typing import Self

from PIL import Image

from printers.decoder import Decoder
from printers.roll import Paper

logger = logging.getLogger(__name__)

_RAW_KEPT = 8 * 1024 * 1024
_PAPERS_KEPT = 64
_REAL_TIME_REQUEST = re.compile(b"\x10\x04([\x01-\x04])", re.DOTALL)


class ReceiverState(StrEnum):
    """What the printer is like at the moment. MUTE takes and prints everything and never says a word."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    MUTE = "mute"


_STATUS_BYTES = {
    # Answers to DLE EOT 1, 2, 3, 4 as measured (PLATFORM §4).
    ReceiverState.READY: b"\x16\x12\x12\x12",
    ReceiverState.PAPER_LOW: b"\x16\x12\x12\x1e",
    ReceiverState.PAPER_OUT: b"\x1e\x32\x12\x7e",
    ReceiverState.COVER_OPEN: b"\x1e\x16\x12\x12",
    ReceiverState.OFFLINE: b"\x1e\x12\x12\x12",
    ReceiverState.MUTE: b"",
}
_PRINTING = (ReceiverState.READY, ReceiverState.PAPER_LOW, ReceiverState.MUTE)
_PAPER_SENSOR = {ReceiverState.READY: b"\x00", ReceiverState.PAPER_LOW: b"\x03"}
"""Answers to GS r 1."""


class Receiver:
    """Listens from the moment it is made until `close()`; `port` 0 takes any free one.

    `on_paper` gets each finished picture (mode "1") on the receiver's own thread, or on the thread that calls
    `set_state` or `tear_off`. Raises OSError where the port is taken.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        width_dots: int = 576,
        on_paper: Callable[[Image.Image], None] | None = None,
    ) -> None:
        self._on_paper = on_paper
        self._decoder = Decoder(width_dots)
        self._state = ReceiverState.READY
        self._runs_out_at_next_byte = False
        self._held = bytearray()
        self._raw = bytearray()
        self._papers: list[Paper] = []
        self._changed = threading.Condition(threading.RLock())
        self._client: socket.socket | None = None
        self._last_bytes = b""
        self._listener = socket.create_server((host, port))
        self._wake, self._woken = socket.socketpair()
        self.port: int = self._listener.getsockname()[1]
        self.address = f"tcp://{host}:{self.port}"
        self._thread = threading.Thread(target=self._serve, name=f"receiver-{self.port}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up, stop listening, end the thread. Calling it again does nothing."""
        with contextlib.suppress(OSError):
            self._wake.send(b"x")
        self._thread.join()
        for one in (self._listener, self._wake, self._woken):
            one.close()

    @property
    def state(self) -> ReceiverState:
        """What the printer is like now."""
        with self._changed:
            return self._state

    def set_state(self, state: ReceiverState) -> None:
        """Change what the printer is like; what it held back for want of paper is printed when it can be."""
        with self._changed:
            self._state = state
            self._runs_out_at_next_byte = False
            finished = self._print_held()
        self._deliver(finished)

    def run_out_with_next_job(self) -> None:
        """Let the paper end with the first byte of the next job, after its sender has asked and been told "ready"."""
        with self._changed:
            self._runs_out_at_next_byte = True

    def tear_off(self) -> None:
        """Finish a piece of paper that was printed and not cut."""
        with self._changed:
            paper = self._decoder.finish()
        self._deliver([paper] if paper else [])

    @property
    def papers(self) -> list[Paper]:
        """The last 64 pieces of paper, oldest first."""
        with self._changed:
            return list(self._papers)

    @property
    def raw(self) -> bytes:
        """The last 8 MB received, status requests included."""
        with self._changed:
            return bytes(self._raw)

    @property
    def problems(self) -> list[str]:
        """What the decoder did not understand."""
        with self._changed:
            return list(self._decoder.problems)

    def wait_for_papers(self, count: int, timeout_s: float) -> bool:
        """Wait until `count` pieces have come out in all; False where that took longer than `timeout_s` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._papers) >= count, timeout_s)

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            selector.register(self._listener, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._woken in ready:
                    break
                if self._client is None:
                    self._client, _ = self._listener.accept()
                    selector.unregister(self._listener)
                    selector.register(self._client, selectors.EVENT_READ)
                elif self._client in ready and not self._hear(self._client):
                    selector.unregister(self._client)
                    selector.register(self._listener, selectors.EVENT_READ)
                    self._hang_up()
        self._hang_up()

    def _hear(self, client: socket.socket) -> bool:
        """Take what the client says; False when it has hung up."""
        try:
            data = client.recv(65536)
        except OSError:
            return False
        if data:
            self._take(client, data)
        return bool(data)

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client, self._last_bytes = None, b""
        with self._changed:
            if not self._held:
                self._decoder.forget_half_command()

    def _take(self, client: socket.socket, data: bytes) -> None:
        with self._changed:
            self._raw += data
            del self._raw[:-_RAW_KEPT]
            self._answer(client, self._real_time_answers(data))
            if self._runs_out_at_next_byte and _REAL_TIME_REQUEST.sub(b"", data):
                self._state, self._runs_out_at_next_byte = ReceiverState.PAPER_OUT, False
            self._held += data
            finished = self._print_held()
        self._deliver(finished)
        with self._changed:
            requests = self._decoder.take_status_requests()
            self._answer(client, _PAPER_SENSOR.get(self._state, b"") * len(requests))

    def _real_time_answers(self, data: bytes) -> bytes:
        """Answer requests wherever they stand, inside pictures too: real printers do not look at the context."""
        heard = self._last_bytes + data
        self._last_bytes = heard[-2:]
        asked = [match[1][0] for match in _REAL_TIME_REQUEST.finditer(heard)]
        known = _STATUS_BYTES[self._state]
        return bytes(known[number - 1] for number in asked) if known else b""

    def _answer(self, client: socket.socket, answer: bytes) -> None:
        # A client that asks and leaves does not hear the answer; that is its own business.
        with contextlib.suppress(OSError):
            client.sendall(answer)

    def _print_held(self) -> list[Paper]:
        if self._state not in _PRINTING or not self._held:
            return []
        finished = self._decoder.feed(bytes(self._held))
        self._held.clear()
        return finished

    def _deliver(self, papers: list[Paper]) -> None:
        with self._changed:
            self._papers.extend(papers)
            del self._papers[:-_PAPERS_KEPT]
            self._changed.notify_all()
        for paper in papers:
            if self._on_paper is not None:
                try:
                    self._on_paper(paper.image)
                except Exception:
                    logger.exception("Whoever takes the paper failed; the printer goes on")
