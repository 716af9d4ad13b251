"""Rows of a name and a few short values, and places to write on or to sign."""

from typing import NamedTuple

from PIL import Image, ImageDraw

from kiosk.domain.receipt import GridBlock, WriteBlock
from printers.drawing.fonts import Face, Weight
from printers.drawing.lines import Paragraph, paragraph, stack_height
from printers.drawing.sheet import BLACK, BODY, DOTS_PER_MM, RULE, SMALL, Sheet, canvas, to_dots

_GUTTER = 14
_ROW_GAP = 8
_VALUES_SHARE = 0.5
"""The most of the paper's width that values may take from the names."""
_HEADING_SHARE = 0.25
_DOT, _STEP = 3, 9
"""A dotted line: dots this large, one every so many."""


class _Cell(NamedTuple):
    """Words with a place across the paper."""

    words: Paragraph
    left: float
    width: float


def draw_grid(block: GridBlock, sheet: Sheet) -> Image.Image:
    """Draw headings over columns; on narrow paper every value stands under its row's name, with its heading."""
    rows = _stacked(block, sheet) if sheet.narrow and len(block.headings) > 2 else _columns(block, sheet)
    height = sum(max(cell.words.height for cell in row) + _ROW_GAP for row in rows)
    image, draw = canvas(sheet.width, height)
    y = 0
    for row in rows:
        for cell in row:
            cell.words.draw(draw, cell.left, y, cell.width)
        y += max(cell.words.height for cell in row) + _ROW_GAP
    return to_dots(image)


def draw_write(block: WriteBlock, sheet: Sheet) -> Image.Image:
    """Draw labels side by side, each over empty paper and a dotted line."""
    count = len(block.labels)
    width = (sheet.inner - 2 * _GUTTER * (count - 1)) / count
    labels = [paragraph(label, Face(SMALL), width) for label in block.labels]
    height = stack_height([max(labels, key=lambda label: label.height)]) + round(block.mm * DOTS_PER_MM) + RULE
    image, draw = canvas(sheet.width, height)
    for index, label in enumerate(labels):
        left = sheet.margin + index * (width + 2 * _GUTTER)
        label.draw(draw, left, 0)
        _dotted(draw, left, left + width, height - RULE)
    return to_dots(image)


def _columns(block: GridBlock, sheet: Sheet) -> list[list[_Cell]]:
    widths = _value_widths(block, sheet)
    name = sheet.inner - sum(widths) - _GUTTER * len(widths)
    lefts = [sheet.margin + name + _GUTTER * (n + 1) + sum(widths[:n]) for n in range(len(widths))]

    def row(texts: tuple[str, ...], face: Face, first: Face) -> list[_Cell]:
        cells = [_Cell(paragraph(texts[0], first, name), sheet.margin, name)]
        for text, left, width in zip(texts[1:], lefts, widths, strict=True):
            cells.append(_Cell(paragraph(text, face, width, centred=True), left, width))
        return cells

    head = row(block.headings, Face(SMALL), Face(SMALL))
    return [head, *(row(texts, Face(BODY, Weight.BOLD), Face(BODY)) for texts in block.rows)]


def _value_widths(block: GridBlock, sheet: Sheet) -> list[float]:
    """Give each column of values what its widest word needs: headings break between words, values do not break."""
    widths = []
    for column in range(1, len(block.headings)):
        heading = block.headings[column]
        needs = [Face(SMALL).width(word) for word in heading.split()]
        if len(block.headings) == 2:  # alone, it may stay on one line
            needs.append(min(Face(SMALL).width(heading), sheet.inner * _HEADING_SHARE))
        needs += [Face(BODY, Weight.BOLD).width(row[column]) for row in block.rows]
        widths.append(max(needs, default=0.0) + 1)
    room = sheet.inner * _VALUES_SHARE
    return widths if sum(widths) <= room else [room / len(widths)] * len(widths)


def _stacked(block: GridBlock, sheet: Sheet) -> list[list[_Cell]]:
    rows = []
    for texts in block.rows:
        values = " · ".join(f"{head} {value}" for head, value in zip(block.headings[1:], texts[1:], strict=True))
        rows.append([_Cell(paragraph(texts[0], Face(BODY, Weight.BOLD), sheet.inner), sheet.margin, sheet.inner)])
        rows.append([_Cell(paragraph(values, Face(SMALL), sheet.inner), sheet.margin, sheet.inner)])
    return rows


def _dotted(draw: ImageDraw.ImageDraw, left: float, right: float, y: int) -> None:
    for x in range(0, max(int(right - left) - _DOT, 1), _STEP):
        draw.rectangle((left + x, y, left + x + _DOT - 1, y + RULE - 1), fill=BLACK)
