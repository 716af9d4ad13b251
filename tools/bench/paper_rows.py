"""What a ticket's paper costs: drawing it, and the bytes that go to the printer."""

import io
import itertools
import time
from collections.abc import Callable, Iterator

from PIL import Image

from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load as load_catalogue
from kiosk.domain.receipt import Receipt
from kiosk.receipts import TicketFacts, specimens, ticket_receipt
from kiosk.settings import PrinterSettings
from printers.drawing.raster import draw, pieces
from printers.escpos_stream import encode
from printers.factory import warm_up
from tools.bench.figures import Goal, Row, against, median_ms
from tools.command_line import DEMO_CATALOGUE, DEMO_SITE
from tools.papers import USUAL

WIDTHS = (576, 384)
WARM = Goal(20)
"""ms a ticket, its template kept; number, time, people ahead and code are new (issue 4)."""
FIRST = Goal(3, "warm")
FLOOR = "one inflate of its size"
"""The floor of drawing: unpacking a picture of the same size from its PNG, which somebody else's C does."""


def measure(tickets: int) -> list[Row]:
    """Draw so many different tickets at each width, the first right after the warm-up. Call it once in a process."""
    rows: list[Row] = []
    for width in WIDTHS:
        warm_up(PrinterSettings(width_dots=width), specimens(load_site(DEMO_SITE), 1, "vi"))
        coming = _tickets()
        first = _timed(next(coming), width)
        warm = median_ms([_timed(one, width) for one in itertools.islice(coming, tickets)])
        drawn = draw(next(coming), width)
        floor = _floor(drawn)
        name = f"draw a ticket, {width} dots"
        rows.append(against(f"{name}, median", warm, "ms", {FLOOR: floor}, WARM))
        rows.append(against(f"{name}, first after warm-up", round(first * 1000, 3), "ms", {"warm": warm}, FIRST))
        sent, full = len(encode(pieces(next(coming), width))), drawn.height * width // 8
        rows.append(against(f"bytes of a ticket, {width} dots", sent, "B", {"full raster": full}))
    return rows


def _tickets() -> Iterator[Receipt]:
    """Go through tickets as a morning has them: the same procedure, everything else new."""
    site, catalogue = load_site(DEMO_SITE), load_catalogue(DEMO_CATALOGUE)
    procedure = catalogue.find(USUAL)
    started = 1_764_000_000_000
    for n in itertools.count(1):
        facts = TicketFacts(
            f"A{n:03d}",
            "A",
            started + n * 61_000,
            f"https://moi.vamduoc.camau.gov.vn/t/7q4kz2m9xt{n:06d}",
            (1, 2),
            n % 40,
            n % 40 * 3,
            n % 40 * 5,
        )
        yield ticket_receipt(site, 1, facts, "vi", procedure=procedure, missing=(1,))


def _timed(receipt: Receipt, width: int) -> float:
    return _seconds(lambda: pieces(receipt, width))


def _floor(picture: Image.Image) -> float:
    """Return what it takes to unpack such a picture, in ms."""
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    data = packed.getvalue()
    return median_ms([_seconds(lambda: Image.open(io.BytesIO(data)).load()) for _ in range(50)])


def _seconds(call: Callable[[], object]) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


if __name__ == "__main__":
    for row in measure(200):
        print(row.line())
