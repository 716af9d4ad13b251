"""A real printer: one connection that is kept, asked how it is, sent one job, asked again, listened to meanwhile.

A successful send is no proof of printing: without paper a printer takes the bytes and waits (PLATFORM §4).
"""

import contextlib
import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.domain.receipt import Receipt
from kiosk.log import trace
from kiosk.ports import News, Printed, PrinterStatus, PrintOutcome, PrintRefused, PrintUncertain
from printers.drawing.sheet import DOTS_PER_MM
from printers.job import Job, MakeJob, after_half, as_picture
from printers.status import FINISHED_REQUEST, TELL_CHANGES
from printers.talk import Talk
from printers.transport import Target

logger = logging.getLogger(__name__)

_CHUNK = 4096
"""Bytes handed over at a time: the timeout is for each, since a long receipt may take longer than it to print."""
_SLOWEST_ROWS_PER_S = 50 * DOTS_PER_MM
"""50 mm a second, the slowest of the 58 mm printers [general knowledge]: how long to wait for "finished"."""
_LOOK_EVERY_S = 0.5
QUIET_S = 0.3
"""How long one that said nothing the last time is waited for: it keeps the next ticket waiting."""


class StreamPrinter:
    """A printer that takes ESC/POS, over whatever `target` names.

    The connection is kept: that saves a ticket the time to connect, and lets the printer say by itself that its paper
    ends. A broken one is opened again by the next call, so a printer that was switched off and on needs no care. Where
    several machines share a printer that takes one connection, `shared` gives it back after every job and question.

    `print`, `status` and `listen` belong to one thread at a time; `interrupt` may come from any.
    """

    def __init__(
        self,
        target: Target,
        width_dots: int,
        timeout_s: float,
        *,
        shared: bool = False,
        make_job: MakeJob = as_picture,
    ) -> None:
        self._target = target
        self._width_dots = width_dots
        self._timeout_s = timeout_s
        self._shared = shared
        self._make_job = make_job
        self._one_at_a_time = threading.Lock()
        self._talk: Talk | None = None
        self._last = PrinterStatus.READY
        self._unfinished = False
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)

    def print(self, receipt: Receipt, *, apart: bool = False) -> PrintOutcome:
        """Print one receipt and say how it ended; takes as long as the paper does. `apart` is as in `Printer`.

        A printer that never answers is sent the job all the same, and the outcome is uncertain: it may be a way that
        carries no answers, and a ticket too many is better than none.
        """
        job = self._make_job(receipt, self._width_dots)
        if apart:
            job = after_half(job)
        with self._one_at_a_time:
            if self._unfinished:
                self._hang_up()  # its answers would be taken for this job's
            try:
                before = self._asked(Talk.ask_whether_on_line)
            except OSError as error:
                logger.warning("The printer cannot be reached: %s", error)
                self._last = PrinterStatus.UNREACHABLE
                return PrintRefused(self._last)
            self._last = before
            if not before.prints and before is not PrinterStatus.UNKNOWN:
                self._hang_up_if_shared()
                return PrintRefused(before)
            outcome = self._send(job.data, receipt.job, before, self._patience_s(job))
            self._last = outcome.status
            self._unfinished = isinstance(outcome, PrintUncertain) and self._talk is not None
            self._hang_up_if_shared()
            return outcome

    def status(self) -> PrinterStatus:
        """Ask the printer how it is."""
        with self._one_at_a_time:
            try:
                self._last = self._asked(Talk.ask)
            except OSError:
                self._last = PrinterStatus.UNREACHABLE
            self._hang_up_if_shared()
            return self._last

    def listen(self, seconds: float) -> News | None:
        """Wait until the printer says something, for at most `seconds`, then ask it; None where `interrupt` came."""
        with self._one_at_a_time:
            if self._wait(seconds):
                return None
            try:
                self._last = self._how_it_is()
            except OSError:
                self._last = PrinterStatus.UNREACHABLE
            late = self._unfinished and self._talk is not None and self._talk.finished()
            self._unfinished = self._unfinished and not late
            self._hang_up_if_shared()
            return News(self._last, late)

    def interrupt(self) -> None:
        """Let `listen` return now, in whatever thread it waits."""
        with contextlib.suppress(OSError):
            self._wake.send(b"x")

    def close(self) -> None:
        """Give the connection back."""
        with self._one_at_a_time:
            self._hang_up()
            self._wake.close()
            self._woken.close()

    # --- The connection

    def _asked(self, question: Callable[[Talk], PrinterStatus]) -> PrinterStatus:
        """Put a question on the kept connection; where that turns out to be broken, once more on a new one.

        Raises:
            OSError: nobody there.
        """
        if self._talk is not None:
            try:
                return question(self._talk)
            except OSError:
                self._hang_up()
        talk = self._open()
        try:
            return question(talk)
        except OSError:
            self._hang_up()
            raise

    def _open(self) -> Talk:
        quiet = self._last is PrinterStatus.UNKNOWN
        transport = self._target.open(self._timeout_s)
        self._talk = Talk(transport, min(QUIET_S, self._timeout_s) if quiet else self._timeout_s)
        self._unfinished = False
        if not self._shared:
            self._talk.tell_changes()
        return self._talk

    def _hang_up(self) -> None:
        talk, self._talk, self._unfinished = self._talk, None, False
        if talk is not None:
            talk.transport.close()

    def _hang_up_if_shared(self) -> None:
        if self._shared and not self._unfinished:
            self._hang_up()

    def _wait(self, seconds: float) -> bool:
        """Wait for the printer's word, or `seconds`; whether `interrupt` came."""
        ears: list[Any] = [self._woken]
        if self._talk is not None and self._talk.transport.answers:
            ears.append(self._talk.transport)
        heard = self._woken in select.select(ears, [], [], seconds)[0]
        with contextlib.suppress(BlockingIOError):
            while self._woken.recv(64):
                pass
        return heard

    def _how_it_is(self) -> PrinterStatus:
        """Ask. News it sent by itself only ring the bell, for they may be old; where it answers nothing they count.

        Raises:
            OSError: nobody there.
        """
        status = self._asked(Talk.ask)
        news = self._talk.last_news if self._talk is not None else None
        return news if status is PrinterStatus.UNKNOWN and news is not None else status

    # --- One job

    def _patience_s(self, job: Job) -> float:
        """How long a job may take: the line's time, the head's, and an answer's."""
        line_s = len(job.data) / self._target.bytes_per_s if self._target.bytes_per_s else 0
        return line_s + job.rows / _SLOWEST_ROWS_PER_S + self._timeout_s

    def _send(self, job: bytes, name: str, before: PrinterStatus, patience_s: float) -> PrintOutcome:
        talk = self._talk
        assert talk is not None
        answers = talk.transport.answers
        if answers:
            talk.began_job()
            job += FINISHED_REQUEST + (b"" if self._shared else TELL_CHANGES)  # the job's ESC @ has ended it
        try:
            for start in range(0, len(job), _CHUNK):
                talk.transport.send(job[start : start + _CHUNK])
                if start == 0:
                    trace("printer_first_byte", job=name)
            talk.transport.end_job()
            if before is PrinterStatus.UNKNOWN:
                self._hang_up()
                return PrintUncertain(before)
            return self._ask_after(talk, patience_s) if answers else Printed()
        except OSError as error:
            logger.warning("The connection to the printer broke while it printed %s: %s", name, error)
            self._hang_up()
            stalled = isinstance(error, TimeoutError)
            return PrintUncertain(PrinterStatus.UNKNOWN if stalled else PrinterStatus.UNREACHABLE)

    def _ask_after(self, talk: Talk, patience_s: float) -> PrintOutcome:
        """Wait until all is on paper, looking up now and then whether the printer has stopped.

        A printer that is ready but never says "finished" does not know the question; then its readiness counts.
        """
        until = time.monotonic() + patience_s
        while True:
            finished = talk.finished(max(min(_LOOK_EVERY_S, until - time.monotonic()), 0))
            status = talk.ask()
            if not status.prints:
                return PrintUncertain(status)
            if finished or time.monotonic() >= until:
                return Printed(status)
