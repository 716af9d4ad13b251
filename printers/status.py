"""What a printer says of itself, from its bytes: answers to DLE EOT 1 to 4 and to GS r 1, and what it sends unasked.

Bit tables: Epson ESC/POS command reference, "DLE EOT", "GS a" and "GS r", as printed in the specifications of the
TM-T88III (pages 83 and 84) and the TM-L90 (page 319); Citizen's CT-S310 manual, 5.3, tells which byte is whose.
Measured (PLATFORM §4): idle 16 12 12 12, paper out 1e 32 12 7e, paper near its end 16 12 12 1e, cover open 1e 16 12
12, off-line 1e 12 12 12. Only bits are looked at: other makers set the spare ones differently. Pure; no connection.
"""

from collections.abc import Mapping

from msgspec import Struct

from kiosk.ports import PrinterStatus

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
"""Which of its four status bytes DLE EOT asks for."""
FINISHED_REQUEST = b"\x1dr\x01"
"""GS r 1: unlike DLE EOT it waits in the print buffer, so its answer means that all before it is on paper."""
TELL_CHANGES = b"\x1da\x0e"
"""GS a: from now on say by yourself when being on line (2), an error (4) or the paper (8) changes. ESC @ ends it."""

_OFFLINE = 0x08
"""DLE EOT 1, and the first byte it sends unasked."""
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER_END = 0x20
_SOME_ERROR = 0x40
"""DLE EOT 2."""
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_RECOVERS_BY_ITSELF = 0x40
"""DLE EOT 3, and the second byte it sends unasked. It recovers by itself when the head is cool or the cover shut."""
_PAPER_END = 0x60
_PAPER_NEAR_END = 0x0C
"""DLE EOT 4."""
_UNASKED_COVER_OPEN = 0x20
_UNASKED_NEAR_END = 0x03
_UNASKED_PAPER_END = 0x0C
"""The first byte it sends unasked, and the third."""


class Facts(Struct, frozen=True):
    """What the bits say, whichever way they came; several may be true at once."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    cutter_error: bool = False
    overheated: bool = False
    error: bool = False

    @property
    def status(self) -> PrinterStatus:
        """Name the cause that a person must remove first: under an open cover every other sensor may be wrong."""
        causes = (
            (self.cover_open, PrinterStatus.COVER_OPEN),
            (self.paper_out, PrinterStatus.PAPER_OUT),
            (self.cutter_error, PrinterStatus.CUTTER_ERROR),
            (self.error, PrinterStatus.ERROR),
            (self.overheated, PrinterStatus.OVERHEATED),
            (self.offline, PrinterStatus.OFFLINE),
            (self.paper_low, PrinterStatus.PAPER_LOW),
        )
        return next((status for true, status in causes if true), PrinterStatus.READY)


def status_of(answers: Mapping[int, int]) -> PrinterStatus:
    """Name what the answers to DLE EOT say, by the number each was asked for; none at all is not "no paper"."""
    if not answers:
        return PrinterStatus.UNKNOWN
    offline, errors, paper = answers.get(OFFLINE_CAUSE, 0), answers.get(ERROR_CAUSE, 0), answers.get(PAPER, 0)
    named = errors & (_CUTTER | _UNRECOVERABLE | _RECOVERS_BY_ITSELF)
    return Facts(
        offline=bool(answers.get(PRINTER, 0) & _OFFLINE),
        cover_open=bool(offline & _COVER_OPEN),
        paper_out=bool(offline & _STOPPED_BY_PAPER_END or paper & _PAPER_END),
        paper_low=bool(paper & _PAPER_NEAR_END),
        cutter_error=bool(errors & _CUTTER),
        overheated=bool(errors & _RECOVERS_BY_ITSELF),
        error=bool(errors & _UNRECOVERABLE or (offline & _SOME_ERROR and not named)),
    ).status


def unasked_status(told: bytes) -> PrinterStatus:
    """Name what four bytes that it sent unasked say.

    Raises:
        ValueError: they are not four.
    """
    if len(told) != UNASKED_LENGTH:
        raise ValueError(f"A printer's own news are {UNASKED_LENGTH} bytes, not {len(told)}.")
    first, errors, paper, _ = told
    return Facts(
        offline=bool(first & _OFFLINE),
        cover_open=bool(first & _UNASKED_COVER_OPEN),
        paper_out=bool(paper & _UNASKED_PAPER_END),
        paper_low=bool(paper & _UNASKED_NEAR_END),
        cutter_error=bool(errors & _CUTTER),
        overheated=bool(errors & _RECOVERS_BY_ITSELF),
        error=bool(errors & _UNRECOVERABLE),
    ).status


UNASKED_LENGTH = 4
"""Bytes of one piece of news it sends by itself."""


class Heard(Struct, frozen=True):
    """One thing a printer said: an answer to DLE EOT, or news, or that it has printed so far."""

    answer: int | None = None
    news: PrinterStatus | None = None
    finished: bool = False


class Ear:
    """Tells a printer's bytes apart: each kind has bits of its own (Citizen CT-S310, 5.3).

    DLE EOT answers have bits 1 and 4 set and 0 and 7 clear; news begin with bit 4 set and 0, 1 and 7 clear, and three
    bytes with bits 4 and 7 clear follow; GS r answers look like those three. XON, XOFF and what else there is mean
    nothing here.
    """

    def __init__(self) -> None:
        self._news = bytearray()

    def hear(self, data: bytes) -> list[Heard]:
        """Take bytes as they come, in whatever pieces; return what they say, in order."""
        return [heard for byte in data if (heard := self._one(byte)) is not None]

    def _one(self, byte: int) -> Heard | None:
        if byte & 0x93 == 0x12:
            return Heard(answer=byte)  # in real time: also between two bytes of something else
        if byte & 0x93 == 0x10:
            self._news[:] = (byte,)
        elif byte & 0x90 == 0:
            if not self._news:
                return Heard(finished=True)
            self._news.append(byte)
            if len(self._news) == UNASKED_LENGTH:
                told = bytes(self._news)
                self._news.clear()
                return Heard(news=unasked_status(told))
        return None
