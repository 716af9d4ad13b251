"""From a device's settings to its printer."""

import logging
import threading
from collections.abc import Iterable

from kiosk.domain.receipt import Receipt
from kiosk.log import trace
from kiosk.ports import News, PrinterStatus, PrintOutcome, PrintRefused, WatchedPrinter
from kiosk.settings import PrinterSettings
from printers.drawing.raster import pieces
from printers.drawing.specimen import specimen
from printers.escpos_stream import encode
from printers.job import as_picture, as_text
from printers.models import with_vietnamese_letters
from printers.stream_printer import StreamPrinter
from printers.transport import PrinterSetupError, Target, parse_target

__all__ = ["NoPrinter", "PrinterSetupError", "open_printer", "warm_up"]


logger = logging.getLogger(__name__)

TICKET_BYTES = 76_000
"""A ticket's picture on 80 mm paper; in letters it is 700 bytes."""
LONGEST_TICKET_S = 10
"""Nobody waits longer for a paper than for the number on it."""


class NoPrinter:
    """A device without a printer: tickets live on the screen and on the citizen's phone."""

    def __init__(self) -> None:
        self._interrupted = threading.Event()

    def print(self, receipt: Receipt, *, apart: bool = False) -> PrintOutcome:
        """Refuse: there is nobody to print it."""
        return PrintRefused(PrinterStatus.UNREACHABLE)

    def status(self) -> PrinterStatus:
        """Say that there is no printer."""
        return PrinterStatus.UNREACHABLE

    def listen(self, seconds: float) -> News | None:
        """Wait: there is nobody who says anything."""
        interrupted = self._interrupted.wait(seconds)
        self._interrupted.clear()
        return None if interrupted else News(PrinterStatus.UNREACHABLE)

    def interrupt(self) -> None:
        """Let `listen` return."""
        self._interrupted.set()

    def close(self) -> None:
        """Do nothing: nothing is open."""


def open_printer(settings: PrinterSettings) -> WatchedPrinter:
    """Return the printer that the settings name. Nothing is connected yet: a printer may be switched on later.

    Raises:
        PrinterSetupError: target or width cannot be used; the sentence says what to write.
    """
    if settings.width_dots <= 0 or settings.width_dots % 8:
        raise PrinterSetupError(
            f"The printer's width_dots is {settings.width_dots}. Write 576 for 80 mm paper or 384 for 58 mm."
        )
    if not settings.target:
        return NoPrinter()
    target = parse_target(settings.target)
    make_job = as_text if _in_letters(settings, target) else as_picture
    return StreamPrinter(target, settings.width_dots, settings.timeout_s, shared=settings.shared, make_job=make_job)


def _in_letters(settings: PrinterSettings, target: Target) -> bool:
    """Whether receipts go as letters: where the settings say so, or the line is slow and the model has them."""
    if settings.mode == "picture":
        return False
    slow = target.bytes_per_s is not None and TICKET_BYTES / target.bytes_per_s > LONGEST_TICKET_S
    if settings.mode == "auto" and not slow:
        return False
    known = with_vietnamese_letters()
    if settings.model in known:
        return True
    if settings.mode == "text":
        raise PrinterSetupError(
            f"The printer's model is {settings.model!r}, which is not known to print Vietnamese letters. "
            f"Write one of {', '.join(sorted(known))} into printer.model, or let printer.mode be picture."
        )
    logger.warning(
        "A ticket takes %.0f s on this line. Letters are quicker, if the printer is one of these: %s (printer.model).",
        TICKET_BYTES / (target.bytes_per_s or TICKET_BYTES),
        ", ".join(sorted(known)),
    )
    return False


def warm_up(settings: PrinterSettings, receipts: Iterable[Receipt] = ()) -> None:
    """Load typefaces and python-escpos (about half a second) before the first citizen waits for it.

    Blocking: call it once on the thread that prints. Raises whatever a broken installation raises (a missing font).

    Args:
        settings: of the printer.
        receipts: the centre's own, whose unchanging parts are drawn and kept.
    """
    for receipt in (specimen(), *receipts):
        encode(pieces(receipt, settings.width_dots))
    trace("printer_warm")
