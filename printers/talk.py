"""Questions and answers on one connection to a printer, and the news it sends by itself."""

import time
from collections import deque

from kiosk.ports import PrinterStatus
from printers.status import ERROR_CAUSE, OFFLINE_CAUSE, PAPER, PRINTER, TELL_CHANGES, Ear, status_of
from printers.transport import Transport

_ASK_ORDER = (PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE)
"""The most telling first: after the first silence no further question is asked."""
_IS_OFFLINE = 0x08


class Talk:
    """A connection and all that is said on it. `timeout_s` is how long one answer may take, in seconds.

    Every method that speaks raises OSError where the connection is broken.
    """

    def __init__(self, transport: Transport, timeout_s: float) -> None:
        self.transport = transport
        self._timeout_s = timeout_s
        self._ear = Ear()
        self._answers: deque[int] = deque()
        self._news: PrinterStatus | None = None
        self._has_answered = False
        self._jobs = self._finished = 0

    def tell_changes(self) -> None:
        """Ask it to say by itself when something changes; a printer that does not know how says nothing."""
        if self.transport.answers:
            self.transport.send(TELL_CHANGES)

    def ask(self) -> PrinterStatus:
        """Ask all four status bytes. A way without answers is taken to be ready."""
        return self._ask(_ASK_ORDER)

    def ask_whether_on_line(self) -> PrinterStatus:
        """Ask as little as tells whether it prints: on line it does, whatever else there is; off line, ask for more.

        Out of paper, open, jammed or hot a printer is off line (Epson, "DLE EOT", n = 1). So it takes one answer where
        all is well, and a ticket waits for no more than that.
        """
        if not self.transport.answers:
            return PrinterStatus.READY
        answer = self._answer_to(PRINTER)
        if answer is None:
            return PrinterStatus.UNKNOWN
        return self._ask(_ASK_ORDER) if answer & _IS_OFFLINE else PrinterStatus.READY

    def began_job(self) -> None:
        """Note that a job was sent whose end says "finished"."""
        self._jobs += 1

    def finished(self, wait_s: float = 0) -> bool:
        """Whether all jobs of this connection are on paper, as far as the printer says so; wait up to `wait_s`."""
        until = time.monotonic() + wait_s
        while self._finished < self._jobs:
            left = until - time.monotonic()
            if not self.listen(max(left, 0)) or left <= 0:
                break
        return self._finished >= self._jobs

    def listen(self, timeout_s: float) -> bool:
        """Take in what it says within `timeout_s`; whether it said anything."""
        data = self.transport.receive(timeout_s)
        for heard in self._ear.hear(data):
            if heard.answer is not None:
                self._answers.append(heard.answer)
                self._has_answered = True
            elif heard.news is not None:
                self._news = heard.news
            elif heard.finished:
                self._finished += 1
        return bool(data)

    @property
    def last_news(self) -> PrinterStatus | None:
        """The newest status it sent by itself; None where it never did, or where it answers when it is asked."""
        return None if self._has_answered else self._news

    def _ask(self, numbers: tuple[int, ...]) -> PrinterStatus:
        if not self.transport.answers:
            return PrinterStatus.READY
        answers: dict[int, int] = {}
        for number in numbers:
            answer = self._answer_to(number)
            if answer is None:
                break
            answers[number] = answer
        return status_of(answers)

    def _answer_to(self, number: int) -> int | None:
        """Ask one status byte; None after silence. Answers to older questions are dropped first."""
        while self.listen(0):
            pass
        self._answers.clear()
        self.transport.send(b"\x10\x04" + bytes((number,)))
        until = time.monotonic() + self._timeout_s
        while not self._answers:
            left = until - time.monotonic()
            if not self.listen(max(left, 0)) or left <= 0:
                break
        return self._answers.popleft() if self._answers else None
