"""The simulated printer on a real pseudo terminal: what a serial port or a device file is to the one who opens it."""

import os
import select
import threading
import tty

from printers.simulator.machine import Machine
from printers.simulator.roll import Paper
from printers.simulator.state import ReceiverState


class PtyPrinter:
    """Opens a pair of terminals, plays the printer at one end; `path` is the other."""

    def __init__(self, width_dots: int = 576) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self._machine = Machine(width_dots)
        self._lock = threading.Condition()
        self.papers: list[Paper] = []
        self.raw = b""
        self._stopped, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._serve)
        self._gone = -1
        self.takes = threading.Event()
        self.takes.set()
        self._thread.start()

    def __enter__(self) -> "PtyPrinter":
        return self

    def __exit__(self, *_: object) -> None:
        self.takes.set()
        os.write(self._stop, b"x")
        self._thread.join()
        for one in {self._ours, self._theirs, self._stopped, self._stop} - {self._gone}:
            os.close(one)

    def set_state(self, *states: ReceiverState) -> None:
        with self._lock:
            self._machine.set_states(states)
            self._after()

    def unplug(self) -> None:
        """Let the other end see the line end."""
        os.write(self._stop, b"x")
        self._thread.join()
        os.close(self._ours)
        self._gone = self._ours

    def wait_for_papers(self, count: int) -> bool:
        with self._lock:
            return self._lock.wait_for(lambda: len(self.papers) >= count, 10)

    def _serve(self) -> None:
        while self._stopped not in (ready := select.select([self._ours, self._stopped], [], [])[0]):
            self.takes.wait()
            if ready:
                with self._lock:
                    data = os.read(self._ours, 4096)
                    self.raw += data
                    self._machine.take(data)
                    self._after()

    def _after(self) -> None:
        self.papers += self._machine.take_papers()
        if words := self._machine.take_words():
            os.write(self._ours, words)
        self._lock.notify_all()
