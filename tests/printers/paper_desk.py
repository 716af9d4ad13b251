"""A spool with a real printer on TCP, and everything it says kept in the order it was said."""

import queue
from pathlib import Path

from PIL import ImageChops

from kiosk.domain.receipt import CutBlock, Receipt, TextBlock
from kiosk.ports import Fate, JobNews, Printed, PrinterStatus, PrintJob, PrintOutcome
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from printers.simulator.roll import Paper
from printers.spool import Spool
from printers.spool_store import SpoolStore

WAIT_S = 20


def job(name: str = "t1", ticket: str | None = None) -> PrintJob:
    """A job whose copy is so much longer that the two can be told apart on paper."""
    first = Receipt((TextBlock(name), CutBlock()), name)
    again = Receipt((*[TextBlock(name)] * 12, CutBlock()), name)
    return PrintJob(name, first, again, name if ticket is None else ticket, name.upper())


def holds_only(paper: Paper, receipt: Receipt) -> bool:
    """Whether nothing but a receipt is on a piece of paper."""
    drawn = draw(receipt, 576)
    below = paper.image.crop((0, drawn.height, 576, paper.image.height))
    above = paper.image.crop((0, 0, 576, drawn.height))
    return above.tobytes() == drawn.tobytes() and ImageChops.invert(below).getbbox() is None


class StillClock:
    def now_ms(self) -> int:
        return 1_795_398_120_000


class Desk:
    """Opens a spool on a folder and a receiver; what it tells waits in queues."""

    def __init__(
        self,
        folder: Path,
        receiver: Receiver,
        *,
        late_s: float = 0.0,
        holder_s: float = 600.0,
        shared: bool = False,
    ) -> None:
        self.fates: queue.SimpleQueue[Fate] = queue.SimpleQueue()
        self.news: queue.SimpleQueue[JobNews] = queue.SimpleQueue()
        self.statuses: queue.SimpleQueue[PrinterStatus] = queue.SimpleQueue()
        self.printer = open_printer(PrinterSettings(receiver.address, timeout_s=1.0, shared=shared))
        self.store = SpoolStore(folder / "spool.db")
        self.spool = Spool(self.printer, self.store, self.fates.put, StillClock(), late_s=late_s, holder_s=holder_s)
        self.spool.follow(self.news.put, self.statuses.put)

    def __enter__(self) -> "Desk":
        self.spool.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.spool.close()

    def heard(self, status: PrinterStatus) -> None:
        """Wait until it has said this of its printer."""
        while self.statuses.get(timeout=WAIT_S) is not status:
            pass

    def fate(self) -> PrintOutcome:
        return self.fates.get(timeout=WAIT_S).outcome

    def prints_after_all(self, printed: PrintJob) -> None:
        """Print one more and wait for its end: then all that was submitted before has ended too. Fates are kept."""
        self.spool.submit(printed)
        while self.news.get(timeout=WAIT_S) != JobNews(printed.id, printed.ticket_id, Printed()):
            pass

    def prints(self, printed: PrintJob) -> None:
        self.spool.submit(printed)
        assert isinstance(self.fate(), Printed)
