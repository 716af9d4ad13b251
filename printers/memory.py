"""A printer that keeps what it is given: for tests of whatever prints."""

import threading

from PIL import Image

from kiosk.domain.receipt import Receipt
from kiosk.ports import News, Printed, PrinterStatus, PrintOutcome, PrintRefused
from printers.drawing.raster import draw


class MemoryPrinter:
    """Keeps receipts while `status_now` lets a printer print; refuses with that status otherwise.

    Set `next_outcome` to let one job end differently, for instance uncertain.
    """

    def __init__(self, width_dots: int = 576) -> None:
        self.receipts: list[Receipt] = []
        self.status_now = PrinterStatus.READY
        self.next_outcome: PrintOutcome | None = None
        self._width_dots = width_dots
        self._interrupted = threading.Event()

    def print(self, receipt: Receipt, *, apart: bool = False) -> PrintOutcome:
        """Keep the receipt, or say why not."""
        outcome, self.next_outcome = self.next_outcome, None
        if outcome is None and self.status_now.prints:
            outcome = Printed(self.status_now)
        if isinstance(outcome, Printed):
            self.receipts.append(receipt)
        return outcome or PrintRefused(self.status_now)

    def status(self) -> PrinterStatus:
        """Return `status_now`."""
        return self.status_now

    def listen(self, seconds: float) -> News | None:
        """Wait for `interrupt`; without it, say how it is."""
        interrupted = self._interrupted.wait(seconds)
        self._interrupted.clear()
        return None if interrupted else News(self.status_now)

    def interrupt(self) -> None:
        """Let `listen` return."""
        self._interrupted.set()

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def paper(self, index: int = -1) -> Image.Image:
        """Draw one of the receipts kept, by default the last."""
        return draw(self.receipts[index], self._width_dots)
