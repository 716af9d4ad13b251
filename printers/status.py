"""What a printer says of itself: ESC/POS real-time status (DLE EOT 1 to 4) and "I have printed up to here" (GS r 1).

Values as an Epson sends them (PLATFORM §4): idle 16 12 12 12, paper out 1e 32 12 7e, paper near its end 16 12 12 1e,
cover open 1e 16 12 12, off-line 1e 12 12 12. Only bits are looked at: other makers set the spare ones differently.
"""

import time
from collections.abc import Callable, Mapping

from kiosk.ports import PrinterStatus
from printers.transport import Transport

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
"""Which of its four status bytes DLE EOT asks for."""
FINISHED_REQUEST = b"\x1dr\x01"
"""GS r 1: unlike DLE EOT it waits in the print buffer, so its answer means that all before it is on paper."""
_ASK_ORDER = (PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE)
"""The most telling first: after the first silence no further question is asked."""

_IS_OFFLINE = 0x08
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER_END = 0x20
_ERROR = 0x40
_CUTTER_OR_FATAL_OR_RECOVERABLE = 0x08 | 0x20 | 0x40
_PAPER_END = 0x60
_PAPER_NEAR_END = 0x0C


def status_of(answers: Mapping[int, int]) -> PrinterStatus:
    """Name what the status bytes say, by the number each was asked for; the cause that a person must remove first."""
    if not answers:
        return PrinterStatus.NO_ANSWER
    offline, errors, paper = answers.get(OFFLINE_CAUSE, 0), answers.get(ERROR_CAUSE, 0), answers.get(PAPER, 0)
    if offline & _COVER_OPEN:
        return PrinterStatus.COVER_OPEN
    if offline & _STOPPED_BY_PAPER_END or paper & _PAPER_END:
        return PrinterStatus.PAPER_OUT
    if offline & _ERROR or errors & _CUTTER_OR_FATAL_OR_RECOVERABLE:
        return PrinterStatus.ERROR
    if answers.get(PRINTER, 0) & _IS_OFFLINE:
        return PrinterStatus.OFFLINE
    return PrinterStatus.PAPER_LOW if paper & _PAPER_NEAR_END else PrinterStatus.READY


class Talk:
    """Questions and answers on one connection. `timeout_s` is how long one answer may take."""

    def __init__(self, transport: Transport, timeout_s: float) -> None:
        self._transport = transport
        self._timeout_s = timeout_s
        self._finished = False

    def ask(self) -> PrinterStatus:
        """Ask all four status bytes. A way without answers is taken to be ready.

        Raises:
            OSError: the connection is broken.
        """
        if not self._transport.answers:
            return PrinterStatus.READY
        answers: dict[int, int] = {}
        for number in _ASK_ORDER:
            self._forget_old_answers()
            self._transport.send(b"\x10\x04" + bytes((number,)))
            answer = self._read(self._timeout_s, _says_status)
            if answer is None:
                break
            answers[number] = answer
        return status_of(answers)

    def finished(self, wait_s: float) -> bool:
        """Whether the answer to FINISHED_REQUEST came, waiting up to `wait_s` seconds for it.

        Raises:
            OSError: the connection is broken.
        """
        if not self._finished:
            self._read(wait_s, _says_finished)
        return self._finished

    def _forget_old_answers(self) -> None:
        while self._read(0, _anything) is not None:
            pass

    def _read(self, timeout_s: float, wanted: Callable[[int], bool]) -> int | None:
        """Read until a wanted byte comes, None after `timeout_s`; what else was said meanwhile is old news."""
        until = time.monotonic() + timeout_s
        while True:
            heard = self._transport.receive(max(until - time.monotonic(), 0))
            self._finished = self._finished or any(map(_says_finished, heard))
            found = next(filter(wanted, heard), None)
            if found is not None or not heard or time.monotonic() >= until:
                return found


def _says_status(byte: int) -> bool:
    """DLE EOT answers have bits 1 and 4 set, 0 and 7 clear; no other byte of a printer has."""
    return byte & 0x93 == 0x12


def _says_finished(byte: int) -> bool:
    """GS r 1 answers have bits 4 and 7 clear."""
    return byte & 0x90 == 0


def _anything(_byte: int) -> bool:
    return True
