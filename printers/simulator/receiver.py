"""The simulated printer on a TCP port: for the on-screen paper tray, the tour and tests.

It behaves like an Epson behind an Ethernet card: one connection at a time, nobody there while it is switched off. Each
trouble can be caused at once or after so many bytes of a job; the line can be slow, stand still or be cut.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

from PIL import Image

from printers.simulator.machine import Change, Machine, with_state
from printers.simulator.plug import Plug
from printers.simulator.roll import Paper
from printers.simulator.state import ReceiverState

logger = logging.getLogger(__name__)

_RAW_KEPT = 8 * 1024 * 1024
_PAPERS_KEPT = 64


class ReceiverView(NamedTuple):
    """What one beside the printer sees: its states, what it holds, its line (None is full speed) and its switch."""

    states: frozenset[ReceiverState]
    held: int
    bytes_per_s: int | None
    on: bool


class Receiver:
    """Listens from the moment it is made until `close()`; `port` 0 takes any free one.

    `on_paper` gets each finished picture (mode "1"), `on_change` what there is to see, on the receiver's own thread or
    on the thread that changed something. Raises OSError where the port is taken.

    Args:
        port: where it listens.
        host: on which of this machine's addresses.
        width_dots: what its head can print.
        buffer_bytes: how much it takes while it cannot print; then it takes nothing more, and hears no request.
        on_paper: told of each picture.
        on_change: told after each change.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        width_dots: int = 576,
        buffer_bytes: int = 1 << 20,
        on_paper: Callable[[Image.Image], None] | None = None,
        on_change: Callable[[ReceiverView], None] | None = None,
    ) -> None:
        self._on_paper = on_paper or (lambda _: None)
        self._on_change = on_change or (lambda _: None)
        self._machine = Machine(width_dots)
        self._buffer_bytes = buffer_bytes
        self._raw = bytearray()
        self._papers: list[Paper] = []
        self._paper_count = 0
        self._changed = threading.Condition(threading.RLock())
        self._plug = Plug(host, port, self._take, self._hang_up, self._has_room)
        self.port = self._plug.port
        self.address = f"tcp://{host}:{self.port}"
        self._plug.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up, stop listening, end the thread. Calling it again does nothing."""
        self._plug.close()

    # What it is like

    @property
    def states(self) -> frozenset[ReceiverState]:
        """All that is the matter; empty when nothing is."""
        with self._changed:
            return self._machine.states

    @property
    def view(self) -> ReceiverView:
        """What there is to see."""
        with self._changed:
            return ReceiverView(self._machine.states, self._machine.held, self._plug.bytes_per_s, self._plug.is_in)

    def set_state(self, *states: ReceiverState) -> None:
        """Be like this and nothing else; what it held back is printed when it can be. Cancels changes after bytes."""
        with self._change():
            self._machine.forget_later()
            self._machine.set_states(states)

    def begin(self, state: ReceiverState, *, after_bytes: int | None = None) -> None:
        """Let one thing more be the matter, now or after so many bytes of a job (status requests are not counted).

        0 is: when the first byte of a job comes, after its sender has asked and been told that all is well.
        """
        self._do(lambda: self._switch(state, begins=True), after_bytes)

    def end(self, state: ReceiverState) -> None:
        """Mend one thing."""
        self._do(lambda: self._switch(state, begins=False), None)

    def run_out_with_next_job(self) -> None:
        """Let the paper end with the first byte of the next job."""
        self.begin(ReceiverState.PAPER_OUT, after_bytes=0)

    def jam_at_next_cut(self) -> None:
        """Let the knife get stuck when it is next used."""
        self._do(self._machine.jam_at_next_cut, None)

    # Its line and its switch

    def slow_down(self, bytes_per_s: int | None) -> None:
        """Take so many bytes a second: 0 takes nothing at all, None as many as come."""
        with self._change():
            self._plug.bytes_per_s = bytes_per_s

    def cut_line(self, *, after_bytes: int | None = None) -> None:
        """Break the connection that there is, now or after so many bytes of a job; the printer keeps what it has."""

        def cut() -> None:
            self._machine.deaf = True
            self._plug.end_line()

        self._do(cut, after_bytes)

    def switch_off(self, *, after_bytes: int | None = None) -> None:
        """Pull the plug, now or after so many bytes of a job: the buffer is lost and nobody answers any more."""

        def off() -> None:
            self._machine.deaf = True
            self._machine.switch_off()
            self._plug.pull_out()

        self._do(off, after_bytes)

    def switch_on(self) -> None:
        """Listen again, on the same port.

        Raises:
            OSError: somebody has taken the port meanwhile.
        """
        with self._change():
            self._plug.put_in()

    # What came out

    def tear_off(self) -> None:
        """Finish a piece of paper that was printed and not cut."""
        self._do(self._machine.tear_off, None)

    @property
    def papers(self) -> list[Paper]:
        """The last 64 pieces of paper, oldest first."""
        with self._changed:
            return list(self._papers)

    @property
    def paper_count(self) -> int:
        """How many pieces have come out in all."""
        with self._changed:
            return self._paper_count

    @property
    def raw(self) -> bytes:
        """The last 8 MB received, status requests included."""
        with self._changed:
            return bytes(self._raw)

    @property
    def problems(self) -> list[str]:
        """What the decoder did not understand."""
        with self._changed:
            return list(self._machine.decoder.problems)

    def wait_for_papers(self, count: int, timeout_s: float) -> bool:
        """Wait until `count` pieces have come out in all; False where that took longer than `timeout_s` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._paper_count >= count, timeout_s)

    def wait_for_bytes(self, count: int, timeout_s: float) -> bool:
        """Wait until `count` bytes have been received in all (of the last 8 MB)."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._raw) >= count, timeout_s)

    # Inside

    def _switch(self, state: ReceiverState, *, begins: bool) -> None:
        self._machine.set_states(with_state(self._machine.states, state, begins=begins))

    def _do(self, change: Change, after_bytes: int | None) -> None:
        with self._change():
            if after_bytes is None:
                change()
            else:
                self._machine.later(after_bytes, change)

    @contextlib.contextmanager
    def _change(self) -> Iterator[None]:
        """Hold the printer, then say what it has to say and hand out what came of it."""
        with self._changed:
            yield
            words, papers = self._machine.take_words(), self._machine.take_papers()
            self._plug.say(words)
            self._papers = [*self._papers, *papers][-_PAPERS_KEPT:]
            self._paper_count += len(papers)
            self._changed.notify_all()
        self._plug.look_up()
        try:
            for paper in papers:
                self._on_paper(paper.image)
            self._on_change(self.view)
        except Exception:
            logger.exception("Whoever watches the printer failed; the printer goes on")

    def _take(self, data: bytes) -> None:
        with self._change():
            self._raw += data
            del self._raw[:-_RAW_KEPT]
            self._machine.take(data)

    def _hang_up(self) -> None:
        with self._change():
            self._machine.hang_up()

    def _has_room(self) -> bool:
        with self._changed:
            return self._machine.held < self._buffer_bytes
