"""A real printer: asked how it is, sent one job, asked again.

A successful send is no proof of printing: without paper a printer takes the bytes and waits (PLATFORM §4).
"""

import logging
import threading
import time

from kiosk.domain.receipt import Receipt
from kiosk.log import trace
from kiosk.ports import Printed, PrinterStatus, PrintOutcome, PrintRefused, PrintUncertain
from printers.drawing.raster import DOTS_PER_MM, pieces
from printers.escpos_stream import encode
from printers.status import FINISHED_REQUEST, Talk
from printers.transport import Target, Transport

logger = logging.getLogger(__name__)

_PRINTS = (PrinterStatus.READY, PrinterStatus.PAPER_LOW)
_CHUNK = 4096
"""Bytes handed over at a time: the timeout is for each, since a long receipt may take longer than it to print."""
_SLOWEST_ROWS_PER_S = 50 * DOTS_PER_MM
"""50 mm a second, the slowest of the 58 mm printers [general knowledge]: how long to wait for "finished"."""
_LOOK_EVERY_S = 0.5


class StreamPrinter:
    """A printer that takes ESC/POS, over whatever `target` names. Safe to share between threads; one speaks at a time.

    It connects for every job and every question: a printer that was switched off and on needs no care, and one that
    takes only one connection stays free for others.
    """

    def __init__(self, target: Target, width_dots: int, timeout_s: float) -> None:
        self._target = target
        self._width_dots = width_dots
        self._timeout_s = timeout_s
        self._one_at_a_time = threading.Lock()

    def print(self, receipt: Receipt) -> PrintOutcome:
        """Print one receipt and say how it ended; takes as long as the paper does.

        A printer that never answers is sent the job all the same, and the outcome is uncertain: it may be a way that
        carries no answers, and a ticket too many is better than none.
        """
        with self._one_at_a_time:
            transport: Transport | None = None
            try:
                transport = self._target.open(self._timeout_s)
                talk = Talk(transport, self._timeout_s)
                before = talk.ask()
            except OSError as error:
                logger.warning("The printer cannot be reached: %s", error)
                if transport is not None:
                    transport.close()
                return PrintRefused(PrinterStatus.UNREACHABLE)
            try:
                if before not in _PRINTS and before is not PrinterStatus.NO_ANSWER:
                    return PrintRefused(before)
                return self._send(receipt, transport, talk, before)
            finally:
                transport.close()

    def status(self) -> PrinterStatus:
        """Ask the printer how it is, on a connection of its own."""
        with self._one_at_a_time:
            try:
                transport = self._target.open(self._timeout_s)
            except OSError:
                return PrinterStatus.UNREACHABLE
            try:
                return Talk(transport, self._timeout_s).ask()
            except OSError:
                return PrinterStatus.UNREACHABLE
            finally:
                transport.close()

    def _send(self, receipt: Receipt, transport: Transport, talk: Talk, before: PrinterStatus) -> PrintOutcome:
        drawn = pieces(receipt, self._width_dots)
        job = encode(drawn)
        if transport.answers:
            job += FINISHED_REQUEST
        try:
            for start in range(0, len(job), _CHUNK):
                transport.send(job[start : start + _CHUNK])
                if start == 0:
                    trace("printer_first_byte", job=receipt.job)
            if before is PrinterStatus.NO_ANSWER:
                return PrintUncertain(before)
            if not transport.answers:
                return Printed()
            rows = sum(piece.image.height for piece in drawn)
            return self._ask_after(talk, rows / _SLOWEST_ROWS_PER_S + self._timeout_s)
        except OSError as error:
            logger.warning("The connection to the printer broke while it printed %s: %s", receipt.job, error)
            stalled = isinstance(error, TimeoutError)
            return PrintUncertain(PrinterStatus.NO_ANSWER if stalled else PrinterStatus.UNREACHABLE)

    def _ask_after(self, talk: Talk, patience_s: float) -> PrintOutcome:
        """Wait until all is on paper, looking up now and then whether the printer has stopped.

        A printer that is ready but never says "finished" does not know the question; then its readiness counts.
        """
        until = time.monotonic() + patience_s
        while True:
            finished = talk.finished(max(min(_LOOK_EVERY_S, until - time.monotonic()), 0))
            status = talk.ask()
            if status not in _PRINTS:
                return PrintUncertain(status)
            if finished or time.monotonic() >= until:
                return Printed(status)
