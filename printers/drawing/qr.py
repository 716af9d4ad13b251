"""The QR on paper: as large as the paper allows, its quiet zone kept, and what to do with it beside or under it."""

import logging
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageChops

from kiosk.domain.receipt import QrBlock
from printers.drawing.fonts import Face, Weight
from printers.drawing.lines import Paragraph, draw_stack, paragraph, stack_height
from printers.drawing.qr_modules import modules
from printers.drawing.sheet import BLACK, BODY, LABEL, WHITE, Sheet, canvas, to_dots

logger = logging.getLogger(__name__)

MODULE_LARGEST = 7
"""Dots a module: survives half resolution and dead columns of the head (PLATFORM §3; tokens.json)."""
MODULE_SMALLEST = 4
"""Below this, phones fail (DOMAIN §9)."""
QUIET = 4
"""White modules on every side (the QR standard, ISO/IEC 18004; tokens.json)."""
_DOTS = {ord("1"): BLACK, ord("0"): WHITE}
_STRONGEST_FIRST = "HQML"
_TEXT_NARROWEST = 200
"""Dots; a text narrower than this stands under the code, not beside it."""
_BELOW = 16
"""White dots under words that stand under the code; elsewhere its quiet zone is the distance."""


def draw_qr(block: QrBlock, sheet: Sheet) -> Image.Image | None:
    """Draw the code and its words; None where the data is too long for this paper (then it is logged).

    A ticket without its code is still a ticket, so this is not an error of the whole receipt.
    """
    fit = fit_code(block, sheet)
    if fit is None:
        return None
    code = _paint(fit.rows, fit.modules, fit.dots)
    beside = sheet.width - sheet.margin - code.width
    return _draw_under(block, code, sheet) if beside < _TEXT_NARROWEST else _draw_beside(block, code, sheet)


class Fit(NamedTuple):
    """A code as it fits a paper: its level, its rows, and dots a module."""

    level: str
    rows: list[str]
    dots: int

    @property
    def modules(self) -> int:
        """Modules a side, quiet zone included."""
        return len(self.rows) + 2 * QUIET


def fit_code(block: QrBlock, sheet: Sheet) -> Fit | None:
    """Choose the level asked for, or the strongest below it that keeps modules large; None, and logged, where none."""
    for level, least in _levels(block.level, sheet):
        rows = modules(block.data, level)
        if not rows:
            continue
        dots = min(MODULE_LARGEST, sheet.width // (len(rows) + 2 * QUIET))
        if dots >= least:
            return Fit(level, rows, dots)
    logger.error("A QR of %d characters does not fit paper of %d dots and was left out", len(block.data), sheet.width)
    return None


def _levels(wanted: str, sheet: Sheet) -> list[tuple[str, int]]:
    """Return the levels to try, each with the fewest dots a module it is taken with.

    Where none is asked for: Q on narrow paper, where the code stands alone, as long as the modules stay large; M
    otherwise (PLATFORM §3).
    """
    if wanted and wanted in _STRONGEST_FIRST:
        return [(level, MODULE_SMALLEST) for level in _STRONGEST_FIRST[_STRONGEST_FIRST.index(wanted) :]]
    return [*([("Q", MODULE_LARGEST - 1)] if sheet.narrow else []), ("M", MODULE_SMALLEST), ("L", MODULE_SMALLEST)]


def _paint(rows: list[str], side: int, dots: int) -> Image.Image:
    image = Image.new("L", (side, side), WHITE)
    image.paste(
        Image.frombytes("L", (len(rows), len(rows)), "".join(rows).translate(_DOTS).encode("latin-1")),
        (QUIET, QUIET),
    )
    return to_dots(image.resize((side * dots, side * dots), Image.Resampling.NEAREST))


@lru_cache(maxsize=32)
def _words(title: str, text: str, width: int, *, centred: bool) -> Image.Image | None:
    """Draw what stands beside or under a code; kept, since the code changes with each ticket and this does not."""
    words: tuple[Paragraph, ...] = (
        paragraph(title, Face(LABEL, Weight.BOLD), width, centred=centred, balanced=True),
        paragraph(text, Face(BODY), width, centred=centred, balanced=True),
    )
    if not stack_height(words):
        return None
    image, draw = canvas(width, stack_height(words))
    draw_stack(words, draw, 0, 0, width)
    return to_dots(image)


def _draw_beside(block: QrBlock, code: Image.Image, sheet: Sheet) -> Image.Image:
    # The quiet zone may lie in the margin, so that the code's black edge stands on the line of all other blocks.
    left = max(sheet.margin - (code.width - _black_width(code)) // 2, 0)
    right = left + code.width
    words = _words(block.title, block.text, sheet.width - sheet.margin - right, centred=False)
    image = Image.new("1", (sheet.width, max(code.height, words.height + _BELOW if words else 0)), WHITE)
    image.paste(code, (left, (image.height - code.height) // 2))
    if words:
        image.paste(words, (right, (image.height - words.height) // 2))
    return image


def _draw_under(block: QrBlock, code: Image.Image, sheet: Sheet) -> Image.Image:
    words = _words(block.title, block.text, sheet.inner, centred=True)
    image = Image.new("1", (sheet.width, code.height + (words.height + _BELOW if words else 0)), WHITE)
    image.paste(code, ((sheet.width - code.width) // 2, 0))
    if words:
        image.paste(words, (sheet.margin, code.height))
    return image


def _black_width(code: Image.Image) -> int:
    """Return the width between the quiet zones."""
    box = ImageChops.invert(code).getbbox()
    return box[2] - box[0] if box else code.width
