"""Facts and papers: a few columns of label and value, and rows with a box to tick."""

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from kiosk.domain.receipt import ChecklistBlock, TableBlock
from printers.drawing.fonts import CAP_HEIGHT_EM, Face, Weight
from printers.drawing.lines import Paragraph, draw_stack, largest_that_fits, paragraph, stack_height
from printers.drawing.sheet import BLACK, BODY, LABEL, RULE, SMALL, STRONG, SUPERSAMPLE, WHITE, Sheet, canvas, to_dots

_VALUE_STEPS = ((STRONG, 1), (34, 1), (LABEL, 2), (BODY, 0))
_GUTTER = 18
"""White on either side of the line between two columns."""
_STACK_GAP = 16
_BOX = 42
_BOX_STROKE = 5


def draw_table(block: TableBlock, sheet: Sheet) -> Image.Image:
    """Draw facts side by side, or under each other where the paper is too narrow for that."""
    if sheet.narrow:
        facts = [_fact(column, sheet.inner) for column in block.columns]
        lefts = [float(sheet.margin)] * len(facts)
    else:
        widths = _column_widths(block, sheet)
        facts = [_fact(column, width) for column, width in zip(block.columns, widths, strict=True)]
        lefts = [sheet.margin + sum(widths[:index]) + 2 * _GUTTER * index for index in range(len(widths))]
    heights = [stack_height(fact) for fact in facts]
    height = sum(heights) + _STACK_GAP * (len(heights) - 1) if sheet.narrow else max(heights)
    image, draw = canvas(sheet.width, height)
    y = 0.0
    for index, (left, fact) in enumerate(zip(lefts, facts, strict=True)):
        bottom = draw_stack(fact, draw, left, y)
        if sheet.narrow:
            y = bottom + _STACK_GAP
        elif index:
            draw.rectangle((left - _GUTTER - RULE // 2, 6, left - _GUTTER + RULE // 2, height - 4), fill=BLACK)
    return to_dots(image)


@lru_cache(maxsize=64)
def draw_checklist(block: ChecklistBlock, sheet: Sheet) -> Image.Image:
    """Draw papers with a ticked box, an empty one, or a dash where none is needed; never a word of them cut."""
    indent = _BOX + (22 if not sheet.narrow else 14)
    rows = [_Row.made(name, has, sheet.inner - indent) for name, has in block.rows]
    image, draw = canvas(sheet.width, sum(row.height for row in rows))
    y = 0
    for row in rows:
        image.paste(_box(row.has), (sheet.margin, y + row.box_top))
        draw_stack(row.words, draw, sheet.margin + indent, y)
        y += row.height
    return to_dots(image)


def _fact(column: tuple[str, str], width: float) -> tuple[Paragraph, ...]:
    label, (value, note) = column[0], _split(column[1])
    return (
        paragraph(label, Face(SMALL), width),
        largest_that_fits(value, _VALUE_STEPS, Weight.EXTRA_BOLD, width),
        paragraph(note, Face(SMALL), width),
    )


def _column_widths(block: TableBlock, sheet: Sheet) -> list[float]:
    """Give every column what it needs if all fit, each the same share of the rest.

    Else those that need less than an equal share get what they need, and the others share what is left.
    """
    room: float = sheet.inner - 2 * _GUTTER * (len(block.columns) - 1)
    needs = [max(part.width for part in _fact(column, sheet.inner)) + 1 for column in block.columns]
    if sum(needs) <= room:
        return [need + (room - sum(needs)) / len(needs) for need in needs]
    wide = len(needs)
    for need in sorted(needs):
        if need > room / wide:
            break
        room, wide = room - need, wide - 1
    return [min(need, room / wide) for need in needs]


def _split(text: str) -> tuple[str, str]:
    head, _, rest = text.partition("\n")
    return head, rest


class _Row(NamedTuple):
    """One paper of a checklist, broken into lines."""

    words: tuple[Paragraph, Paragraph]
    has: bool | None

    @classmethod
    def made(cls, name: str, has: bool | None, width: float) -> "_Row":
        title, details = _split(name)
        return cls(
            (paragraph(title, Face(LABEL, Weight.BOLD), width, balanced=True), paragraph(details, Face(BODY), width)),
            has,
        )

    @property
    def height(self) -> int:
        return max(stack_height(self.words), self.box_top + _BOX) + 12

    @property
    def box_top(self) -> int:
        """The box is as high as the first line's letters, and stands around their middle."""
        face = self.words[0].face
        return max(face.baseline("") - round(face.size * CAP_HEIGHT_EM / 2) - _BOX // 2, 0)


@lru_cache(maxsize=4)
def _box(has: bool | None) -> Image.Image:
    """Draw a box: black with a tick, empty, or only a dash."""
    side, stroke = _BOX * SUPERSAMPLE, _BOX_STROKE * SUPERSAMPLE
    image = Image.new("L", (side, side), WHITE)
    draw = ImageDraw.Draw(image)
    if has is None:
        draw.rectangle((side * 0.18, side / 2 - stroke / 2, side * 0.82, side / 2 + stroke / 2), fill=BLACK)
    else:
        draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=4 * SUPERSAMPLE, fill=BLACK if has else WHITE)
        draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=4 * SUPERSAMPLE, outline=BLACK, width=stroke)
    if has:
        _tick(draw, side, stroke + SUPERSAMPLE)
    return image.reduce(SUPERSAMPLE)


def _tick(draw: ImageDraw.ImageDraw, side: int, stroke: int) -> None:
    points = [(side * 0.22, side * 0.52), (side * 0.42, side * 0.72), (side * 0.78, side * 0.30)]
    draw.line(points, fill=WHITE, width=stroke, joint="curve")
    for x, y in (points[0], points[-1]):
        draw.circle((x, y), stroke / 2, fill=WHITE)
