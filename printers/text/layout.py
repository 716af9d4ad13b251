"""A receipt as lines of a printer's own letters: the same words in the same order as its picture, set plainly."""

import logging
import math
import textwrap
from collections.abc import Iterator
from functools import singledispatch

from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    GridBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    SpaceBlock,
    TableBlock,
    TextBlock,
    WriteBlock,
)
from printers.drawing.qr import fit_code
from printers.drawing.raster import pieces
from printers.drawing.sheet import DOTS_PER_MM, Sheet
from printers.escpos_stream import bands
from printers.text import tcvn

logger = logging.getLogger(__name__)

LETTER_DOTS = 12
"""Width of a letter of font A: 48 of them on 576 dots, 32 on 384."""
LINE_DOTS = 34
"""ESC 2's line spacing, a sixth of an inch, which Vietnamese marks above and below need.

All that is left white is lines of it: what ESC J counts in is half a dot on some models [general knowledge], and a line
is also a code's quiet zone at seven dots a module.
"""
CUT_ROWS = 6 * LINE_DOTS
"""How far paper goes from the head past the knife."""
_LARGEST = 4
_LEVELS = {"L": b"0", "M": b"1", "Q": b"2", "H": b"3"}
_BOXES = {True: "[x]", False: "[ ]", None: " - "}
_INITIALISE = b"\x1b@"
_CUT = b"\x1dVB\x00"
_CENTRED, _LEFT = b"\x1ba\x01", b"\x1ba\x00"
_BOLD, _NOT_BOLD = b"\x1bE\x01", b"\x1bE\x00"


class Said:
    """Bytes so far, and how many rows of dots they take: the printer is waited for as long as its head needs."""

    def __init__(self, width_dots: int) -> None:
        self.sheet = Sheet(width_dots)
        self.columns = width_dots // LETTER_DOTS
        self.data = bytearray(_INITIALISE + tcvn.choose(tcvn.SMALL_PAGE))
        self.rows = 0

    def lines(self, text: str, *, size: int = 1, bold: bool = False, centred: bool = False, indent: str = "") -> None:
        """Say a paragraph, wrapped at the paper's width; each line break in it begins a new one."""
        for line in wrapped(text, self.columns // size, indent):
            self.line(line, size=size, bold=bold, centred=centred)

    def line(self, text: str, *, size: int = 1, bold: bool = False, centred: bool = False) -> None:
        """Say one line as it stands; `size` makes its letters so many times wider and higher."""
        self.data += (_CENTRED if centred else b"") + (_BOLD if bold else b"") + (_sized(size) if size > 1 else b"")
        self.data += tcvn.encode(text) + b"\n"
        self.data += (_sized(1) if size > 1 else b"") + (_NOT_BOLD if bold else b"") + (_LEFT if centred else b"")
        self.rows += LINE_DOTS * size

    def white(self, mm: float) -> None:
        """Leave at least so much white, in whole lines."""
        for _ in range(math.ceil(mm * DOTS_PER_MM / LINE_DOTS)):
            self.line("")

    def command(self, command: bytes, rows: int) -> None:
        """Say what is not text."""
        self.data += command
        self.rows += rows


def say(receipt: Receipt, width_dots: int) -> Said:
    """Return a receipt as bytes of text mode.

    A block with a letter that the printer lacks, such as a Khmer one, becomes a picture between the others, as do a
    logo and the marks of the paper's width.
    """
    said = Said(width_dots)
    for block in receipt.blocks:
        length, rows = len(said.data), said.rows
        try:
            _say(block, said)
        except tcvn.NotSayableError as error:
            logger.info("%s: a part goes to the printer as a picture: %s", receipt.job, error)
            del said.data[length:]
            said.rows = rows
            for piece in pieces(Receipt((block,)), width_dots):
                said.command(b"".join(bands(piece.image)), piece.image.height)
    if not receipt.blocks or not isinstance(receipt.blocks[-1], CutBlock):
        said.command(b"\x1bd\x02", 2 * LINE_DOTS)
    return said


def wrapped(text: str, columns: int, indent: str = "") -> Iterator[str]:
    """Go through the lines of a paragraph; what follows the first of each is indented."""
    for part in text.split("\n"):
        yield from textwrap.wrap(tcvn.plain(part), max(columns, 1), subsequent_indent=indent) or [""]


def _sized(times: int) -> bytes:
    """Return GS !, which makes letters so many times wider and higher."""
    return b"\x1d!" + bytes(((times - 1) * 0x11,))


@singledispatch
def _say(block: AnyBlock, said: Said) -> None:
    raise tcvn.NotSayableError(f"a {type(block).__name__} has no letters")


@_say.register
def _(block: TextBlock, said: Said) -> None:
    bold, centred = block.bold or block.size is Size.STRONG, block.align is Align.CENTRE
    *most, last = wrapped(block.text, said.columns)
    room = said.columns - len(last) - len(tcvn.plain(block.right))
    if block.right and room > 0:
        last, below = last + " " * room + block.right, ""
    else:
        below = block.right
    for line in (*most, last, *filter(None, [below])):
        said.line(line, bold=bold, centred=centred)


@_say.register
def _(block: NumberBlock, said: Said) -> None:
    if block.caption:
        said.lines(block.caption, centred=True)
    words = any(letter.isspace() for letter in block.number.strip())
    fits = said.columns // max(len(block.number), 1)
    said.lines(block.number.strip(), size=1 if words else max(min(fits, _LARGEST), 1), bold=True, centred=True)


@_say.register
def _(block: QueueBlock, said: Said) -> None:
    said.lines(f"[{block.letter}] {block.title}", bold=True, indent="    ")
    if block.text:
        said.lines(f"    {block.text}", indent="    ")


@_say.register
def _(block: RuleBlock, said: Said) -> None:
    line = "- " * (said.columns // 2) if block.dashed else "-" * said.columns
    said.lines(line.rstrip())


@_say.register
def _(block: TableBlock, said: Said) -> None:
    for label, value in block.columns:
        head, _, rest = value.partition("\n")
        said.lines(f"{label}: {head}", bold=True, indent="  ")
        if rest:
            said.lines(f"  {rest}", indent="  ")


@_say.register
def _(block: ChecklistBlock, said: Said) -> None:
    for name, has in block.rows:
        head, _, rest = name.partition("\n")
        said.lines(f"{_BOXES[has]} {head}", indent="    ")
        for line in rest.split("\n") if rest else ():
            said.lines(f"    {line}", indent="    ")


@_say.register
def _(block: QrBlock, said: Said) -> None:
    fit = fit_code(block, said.sheet)
    if fit is None:
        return
    said.line("")
    said.command(_CENTRED + native_qr(block.data, fit.level, fit.dots) + _LEFT, len(fit.rows) * fit.dots)
    said.line("")
    for words in (block.title, block.text):
        if words:
            said.lines(words, centred=True, bold=words == block.title)


@_say.register
def _(block: GridBlock, said: Said) -> None:
    for name, *values in block.rows:
        said.lines(name, bold=True)
        for heads, value in zip(block.headings[1:], values, strict=False):
            heading = heads.replace("\n", " / ")
            said.lines(f"  {heading}: {value}" if heading else f"  {value}", indent="    ")


@_say.register
def _(block: WriteBlock, said: Said) -> None:
    for label in block.labels:
        said.lines(label)
        said.white(block.mm)
        said.lines("." * said.columns)


@_say.register
def _(block: SpaceBlock, said: Said) -> None:
    said.white(block.mm)


@_say.register
def _(block: CutBlock, said: Said) -> None:
    said.command(_CUT, CUT_ROWS)


def native_qr(data: str, level: str, dots: int) -> bytes:
    """Return the commands by which the printer draws a code itself (GS ( k): model 2, so many dots a module."""
    stored = data.encode("utf-8")
    return b"".join(
        b"\x1d(k" + (len(body)).to_bytes(2, "little") + body
        for body in (b"1A2\0", b"1C" + bytes((dots,)), b"1E" + _LEVELS[level], b"1P0" + stored, b"1Q0")
    )
