"""A receipt as the bytes of one job: as a picture, or as the printer's own letters."""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.domain.receipt import Receipt
from printers.drawing.raster import pieces
from printers.escpos_stream import cut_off, encode
from printers.text.layout import CUT_ROWS, say


class Job(NamedTuple):
    """Bytes, and how many rows of dots the head has to go for them."""

    data: bytes
    rows: int


MakeJob = Callable[[Receipt, int], Job]


def after_half(job: Job) -> Job:
    """Return a job that begins with the cut which half a paper before it never got."""
    return Job(cut_off() + job.data, CUT_ROWS + job.rows)


def as_picture(receipt: Receipt, width_dots: int) -> Job:
    """Draw a receipt: what every printer prints right."""
    drawn = pieces(receipt, width_dots)
    return Job(encode(drawn), sum(piece.image.height for piece in drawn))


def as_text(receipt: Receipt, width_dots: int) -> Job:
    """Say a receipt in the printer's own letters, and draw only those of its parts that have none."""
    said = say(receipt, width_dots)
    return Job(bytes(said.data), said.rows)
