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
_HEADING, _VALUE = Face(SMALL), Face(BODY, Weight.BOLD)
_DOT, _STEP = 3, 9
"""A dotted line: dots this large, one every so many."""


class Cell(NamedTuple):
    """Words with a place across the paper."""

    words: Paragraph
    left: float
    width: float


def draw_grid(block: GridBlock, sheet: Sheet) -> Image.Image:
    """Draw headings over columns, in the first way of setting them that breaks no word and no value.

    Values stand beside their names; where that leaves the names too little, under them in columns across the paper;
    where even that is too narrow, under them in a line with each value's heading.
    """
    rows = cells_of(block, sheet)
    height = sum(max(cell.words.height for cell in row) + _ROW_GAP for row in rows)
    image, draw = canvas(sheet.width, height)
    y = 0
    for row in rows:
        for cell in row:
            cell.words.draw(draw, cell.left, y, cell.width)
        y += max(cell.words.height for cell in row) + _ROW_GAP
    return to_dots(image)


def cells_of(block: GridBlock, sheet: Sheet) -> list[list[Cell]]:
    """Place headings and rows; see `draw_grid`."""
    return _beside(block, sheet) or _under(block, sheet) or _in_line(block, sheet)


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


def _beside(block: GridBlock, sheet: Sheet) -> list[list[Cell]]:
    widths = _value_widths(block, sheet)
    if sum(widths) > sheet.inner * _VALUES_SHARE:
        return []
    name = sheet.inner - sum(widths) - _GUTTER * len(widths)
    lefts = [sheet.margin + name + _GUTTER * (n + 1) + sum(widths[:n]) for n in range(len(widths))]

    def row(texts: tuple[str, ...], face: Face, first: Face) -> list[Cell]:
        return [Cell(paragraph(texts[0], first, name), sheet.margin, name), *_values(texts, face, lefts, widths)]

    head = row(block.headings, _HEADING, _HEADING)
    return [head, *(row(texts, _VALUE, Face(BODY)) for texts in block.rows)]


def _under(block: GridBlock, sheet: Sheet) -> list[list[Cell]]:
    count = len(block.headings) - 1
    width = (sheet.inner - _GUTTER * (count - 1)) / count
    if max(_value_widths(block, sheet)) > width:
        return []
    lefts, widths = [sheet.margin + (width + _GUTTER) * n for n in range(count)], [width] * count
    rows = [
        [Cell(paragraph(block.headings[0], _HEADING, sheet.inner), sheet.margin, sheet.inner)],
        _values(block.headings, _HEADING, lefts, widths),
    ]
    for texts in block.rows:
        rows.append([Cell(paragraph(texts[0], Face(BODY), sheet.inner), sheet.margin, sheet.inner)])
        rows.append(_values(texts, _VALUE, lefts, widths))
    return rows


def _in_line(block: GridBlock, sheet: Sheet) -> list[list[Cell]]:
    heads = [heading.replace("\n", " / ") for heading in block.headings[1:]]
    rows = []
    for texts in block.rows:
        values = " · ".join(f"{head} {value}" for head, value in zip(heads, texts[1:], strict=True))
        rows.append([Cell(paragraph(texts[0], _VALUE, sheet.inner), sheet.margin, sheet.inner)])
        rows.append([Cell(paragraph(values, _HEADING, sheet.inner), sheet.margin, sheet.inner)])
    return rows


def _values(texts: tuple[str, ...], face: Face, lefts: list[float], widths: list[float]) -> list[Cell]:
    cells = zip(texts[1:], lefts, widths, strict=True)
    return [Cell(paragraph(text, face, width, centred=True), left, width) for text, left, width in cells]


def _value_widths(block: GridBlock, sheet: Sheet) -> list[float]:
    """Return what each column of values needs: headings break between words, values do not break."""
    widths = []
    for column in range(1, len(block.headings)):
        heading = block.headings[column]
        needs = [_HEADING.width(word) for word in heading.split()]
        if len(block.headings) == 2:  # alone, its lines may stay whole
            room = sheet.inner * _HEADING_SHARE
            needs += [min(_HEADING.width(line), room) for line in heading.split("\n")]
        needs += [_VALUE.width(row[column]) for row in block.rows]
        widths.append(max(needs, default=0.0) + 1)
    return widths


def _dotted(draw: ImageDraw.ImageDraw, left: float, right: float, y: int) -> None:
    for x in range(0, max(int(right - left) - _DOT, 1), _STEP):
        draw.rectangle((left + x, y, left + x + _DOT - 1, y + RULE - 1), fill=BLACK)
