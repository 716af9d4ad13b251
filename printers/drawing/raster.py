"""A receipt becomes dots: blocks from top to bottom on one 1-bit picture as wide as the paper (DESIGN §8).

Printers' own code pages cannot print Vietnamese (DOMAIN §9), so everything is a picture. Blocks that many receipts
share are drawn once and kept; numbers, facts and codes are not, so no ticket's address stays in memory.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from PIL import Image

from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    GridBlock,
    LogoBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    SpaceBlock,
    TableBlock,
    TextBlock,
    WidthBlock,
    WriteBlock,
)
from printers.drawing.door import draw_number, draw_queue
from printers.drawing.facts import draw_checklist, draw_table
from printers.drawing.fonts import Face, Weight
from printers.drawing.grid import draw_grid, draw_write
from printers.drawing.lines import paragraph
from printers.drawing.marks import draw_logo, draw_width
from printers.drawing.qr import draw_qr
from printers.drawing.sheet import BLACK, BODY, DOTS_PER_MM, RULE, SMALL, STRONG, WHITE, Sheet, canvas, to_dots

_SIZES = {Size.SMALL: SMALL, Size.BODY: BODY, Size.STRONG: STRONG}
_GAP = 16
"""White dots between two blocks; lines of text bring their own, and a QR its quiet zone."""


class Piece(NamedTuple):
    """A stretch of paper (mode "1"), and whether the knife comes after it."""

    image: Image.Image
    cut: bool


def pieces(receipt: Receipt, width: int) -> list[Piece]:
    """Draw a receipt for paper of `width` dots, one picture for each piece of paper it is cut into.

    Raises:
        ValueError: `width` is not a multiple of 8, so no printer takes it.
    """
    if width <= 0 or width % 8:
        raise ValueError(f"A raster's width is a multiple of 8 dots, not {width}. Set 576 for 80 mm or 384 for 58 mm.")
    made: list[Piece] = []
    blocks: list[AnyBlock] = []
    for block in receipt.blocks:
        if isinstance(block, CutBlock):
            made.append(Piece(_draw_all(blocks, Sheet(width)), cut=True))
            blocks = []
        else:
            blocks.append(block)
    return [*made, Piece(_draw_all(blocks, Sheet(width)), cut=False)] if blocks else made


def draw(receipt: Receipt, width: int) -> Image.Image:
    """Draw a whole receipt as one 1-bit picture, as if the knife were blunt."""
    images = [piece.image for piece in pieces(receipt, width)]
    return _set_below_each_other([(image, 0) for image in images], width)


def _draw_all(blocks: Sequence[AnyBlock], sheet: Sheet) -> Image.Image:
    return _set_below_each_other(list(_with_gaps(blocks, sheet)), sheet.width)


def _with_gaps(blocks: Sequence[AnyBlock], sheet: Sheet) -> Iterator[tuple[Image.Image, int]]:
    before: AnyBlock | None = None
    for block in blocks:
        image = _draw_block(block, sheet)
        if image is not None:
            yield image, _gap(before, block)
            before = block


def _gap(before: AnyBlock | None, block: AnyBlock) -> int:
    if before is None or isinstance(before, SpaceBlock) or isinstance(block, SpaceBlock):
        return 0
    if isinstance(before, TextBlock) and isinstance(block, TextBlock):
        return 0
    return 0 if isinstance(before, QrBlock) or isinstance(block, QrBlock) else _GAP


def _draw_block(block: AnyBlock, sheet: Sheet) -> Image.Image | None:
    match block:
        case TextBlock():
            return _draw_text(block, sheet)
        case NumberBlock():
            return draw_number(block, sheet)
        case QueueBlock():
            return draw_queue(block, sheet)
        case RuleBlock():
            return _draw_rule(block, sheet)
        case TableBlock():
            return draw_table(block, sheet) if block.columns else None
        case ChecklistBlock():
            return draw_checklist(block, sheet)
        case QrBlock():
            return draw_qr(block, sheet)
        case GridBlock():
            return draw_grid(block, sheet)
        case WriteBlock():
            return draw_write(block, sheet)
        case LogoBlock():
            return draw_logo(block, sheet)
        case WidthBlock():
            return draw_width(sheet)
        case SpaceBlock():
            return Image.new("1", (sheet.width, max(round(block.mm * DOTS_PER_MM), 1)), WHITE)
        case CutBlock():
            return None


@lru_cache(maxsize=128)
def _draw_text(block: TextBlock, sheet: Sheet) -> Image.Image:
    face = Face(_SIZES[block.size], _weight(block))
    centred = block.align is Align.CENTRE
    lines = paragraph(block.text, face, sheet.inner, centred=centred)
    right = face.width(block.right)
    if block.right and lines.lines and face.width(lines.lines[-1]) + right + face.size > sheet.inner:
        # No room beside the last line: the right end becomes a line of its own.
        lines, right = lines._replace(lines=(*lines.lines, block.right)), 0.0
    image, draw = canvas(sheet.width, lines.height or face.line_height(block.right))
    lines.draw(draw, sheet.margin, 0, sheet.inner)
    if right:
        last = lines.lines[-1] if lines.lines else block.right
        baseline = image.height - face.line_height(last) + face.baseline(last)
        face.draw(draw, sheet.width - sheet.margin - right, baseline, block.right)
    return to_dots(image)


def _weight(block: TextBlock) -> Weight:
    if block.size is Size.STRONG:
        return Weight.EXTRA_BOLD
    return Weight.BOLD if block.bold else Weight.SEMI_BOLD


@lru_cache(maxsize=4)
def _draw_rule(block: RuleBlock, sheet: Sheet) -> Image.Image:
    image = Image.new("1", (sheet.width, RULE), WHITE)
    step, dash = (10, 6) if block.dashed else (sheet.inner, sheet.inner)
    for x in range(sheet.margin, sheet.margin + sheet.inner, step):
        image.paste(BLACK, (x, 0, min(x + dash, sheet.margin + sheet.inner), RULE))
    return image


def _set_below_each_other(parts: Sequence[tuple[Image.Image, int]], width: int) -> Image.Image:
    image = Image.new("1", (width, max(sum(part.height + gap for part, gap in parts), 1)), WHITE)
    y = 0
    for part, gap in parts:
        image.paste(part, (0, y + gap))
        y += gap + part.height
    return image
