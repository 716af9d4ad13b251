"""The QR on paper: as large as the paper allows, its quiet zone kept, and what to do with it beside or under it."""

import logging

from PIL import Image

from kiosk.domain.receipt import QrBlock
from printers.drawing.fonts import Face, Weight
from printers.drawing.lines import Paragraph, draw_stack, paragraph, stack_height
from printers.drawing.sheet import BLACK, BODY, LABEL, WHITE, Sheet, canvas, to_dots

logger = logging.getLogger(__name__)

MODULE_LARGEST = 7
"""Dots a module: survives half resolution and dead columns of the head (PLATFORM §3; tokens.json)."""
MODULE_SMALLEST = 4
"""Below this, phones fail (DOMAIN §9)."""
QUIET = 4
"""White modules on every side (the QR standard, ISO/IEC 18004; tokens.json)."""
_STRONGEST_FIRST = "HQML"
_TEXT_NARROWEST = 200
"""Dots; a text narrower than this stands under the code, not beside it."""
_BELOW = 16
"""White dots under words that stand under the code; elsewhere its quiet zone is the distance."""


def draw_qr(block: QrBlock, sheet: Sheet) -> Image.Image | None:
    """Draw the code and its words; None where the data is too long for this paper (then it is logged).

    A ticket without its code is still a ticket, so this is not an error of the whole receipt.
    """
    code = _code(block, sheet)
    if code is None:
        logger.error(
            "A QR of %d characters does not fit paper of %d dots and was left out", len(block.data), sheet.width
        )
        return None
    beside = sheet.width - sheet.margin - code.width
    return _draw_under(block, code, sheet) if beside < _TEXT_NARROWEST else _draw_beside(block, code, sheet)


def _code(block: QrBlock, sheet: Sheet) -> Image.Image | None:
    """Draw the code with its quiet zone: at the level asked for, or the strongest below it that keeps modules large."""
    for level, least in _levels(block.level, sheet):
        rows = _modules(block.data, level)
        if not rows:
            continue
        side = len(rows) + 2 * QUIET
        dots = min(MODULE_LARGEST, sheet.width // side)
        if dots >= least:
            return _paint(rows, side, dots)
    return None


def _levels(wanted: str, sheet: Sheet) -> list[tuple[str, int]]:
    """Return the levels to try, each with the fewest dots a module it is taken with.

    Where none is asked for: Q on narrow paper, where the code stands alone, as long as the modules stay large; M
    otherwise (PLATFORM §3).
    """
    if wanted and wanted in _STRONGEST_FIRST:
        return [(level, MODULE_SMALLEST) for level in _STRONGEST_FIRST[_STRONGEST_FIRST.index(wanted) :]]
    return [*([("Q", MODULE_LARGEST - 1)] if sheet.narrow else []), ("M", MODULE_SMALLEST), ("L", MODULE_SMALLEST)]


def _modules(data: str, level: str) -> list[list[bool]]:
    """Return the modules row by row, none where no QR holds so much."""
    import qrcode
    from qrcode import constants
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=getattr(constants, f"ERROR_CORRECT_{level}"), border=0)
    try:
        code.add_data(data)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return []
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _paint(rows: list[list[bool]], side: int, dots: int) -> Image.Image:
    image = Image.new("L", (side, side), WHITE)
    image.paste(
        Image.frombytes("L", (len(rows), len(rows)), bytes(BLACK if dark else WHITE for row in rows for dark in row)),
        (QUIET, QUIET),
    )
    return image.resize((side * dots, side * dots), Image.Resampling.NEAREST)


def _words(block: QrBlock, width: float, *, centred: bool) -> tuple[Paragraph, ...]:
    return (
        paragraph(block.title, Face(LABEL, Weight.BOLD), width, centred=centred, balanced=True),
        paragraph(block.text, Face(BODY), width, centred=centred, balanced=True),
    )


def _draw_beside(block: QrBlock, code: Image.Image, sheet: Sheet) -> Image.Image:
    # The quiet zone may lie in the margin, so that the code's black edge stands on the line of all other blocks.
    left = max(sheet.margin - (code.width - _black_width(code)) // 2, 0)
    words = _words(block, sheet.width - sheet.margin - left - code.width, centred=False)
    height = max(code.height, stack_height(words) + _BELOW)
    image, draw = canvas(sheet.width, height)
    image.paste(code, (left, (height - code.height) // 2))
    draw_stack(words, draw, left + code.width, (height - stack_height(words)) / 2)
    return to_dots(image)


def _draw_under(block: QrBlock, code: Image.Image, sheet: Sheet) -> Image.Image:
    words = _words(block, sheet.inner, centred=True)
    image, draw = canvas(sheet.width, code.height + stack_height(words) + (_BELOW if words else 0))
    image.paste(code, ((sheet.width - code.width) // 2, 0))
    draw_stack(words, draw, sheet.margin, code.height, sheet.inner)
    return to_dots(image)


def _black_width(code: Image.Image) -> int:
    box = code.point(lambda grey: WHITE - grey).getbbox()
    return box[2] - box[0] if box else code.width
