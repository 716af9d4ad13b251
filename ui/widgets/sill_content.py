"""What stands on a button's face: a mark, one to three texts, marks at the end. Lays out and draws, knows no state."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from ui.theme import Theme
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import Mark
from ui.widgets.text_block import TALLEST_EM, Text, TextBlock, longest_word_width, natural_width

_HALF_INK_EM = 0.3675  # from the middle of a line to its baseline: (ascent 1.0 - descent 0.265) / 2 em


@dataclass(frozen=True)
class Line:
    """One text on a face; `part` says which colour of the look it takes, `color` overrides it."""

    text: Text
    role: str
    weight: int | None = None
    part: str = "text"
    color: str | None = None


@dataclass(frozen=True)
class Content:
    """A face's content.

    `stacked` puts the lead over centred text; otherwise lead, text and tail stand in a row. `align` places the text;
    with "center" the lead and the tail keep close to it. `gap` is between lead and text, `pad` inside the face.
    With `lead_at` the text stands in the middle of what the lead leaves.
    """

    theme: Theme
    lines: Sequence[Line]
    lead: Sequence[Mark] = field(default=())
    tail: Sequence[Mark] = field(default=())
    stacked: bool = False
    align: str = "left"
    pad_x: int = 0
    pad_y: int = 0
    gap: int = 0
    lead_at: float | None = None  # stacked: middle of the lead as a share of the height, so that neighbours align

    def natural_width(self) -> int:
        """Return the width at which no text wraps."""
        return self._width(max((natural_width(self.theme, t.text, t.role, t.weight) for t in self.lines), default=0))

    def least_width(self) -> int:
        """Return the width below which a word would break."""
        return self._width(
            max((longest_word_width(self.theme, t.text, t.role, t.weight) for t in self.lines), default=0)
        )

    def height(self, width: int) -> int:
        """Return the height a face of this width needs, with room for every mark above a letter."""
        column = self._column(width)
        lead = max((mark.size().height() for mark in self.lead), default=0.0)
        if self.stacked and self.lead_at is not None:
            above = (lead / 2 + self.pad_y) / self.lead_at
            below = (lead / 2 + self.gap + column.height + self.pad_y) / (1 - self.lead_at)
            return ceil(max(above, below))
        if self.stacked:
            body = lead + (self.gap if lead and self.lines else 0) + column.height
        else:
            body = max(lead, column.height, *(mark.size().height() for mark in self.tail), 0.0)
        return ceil(body + 2 * self.pad_y)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw inside the face `rect`."""
        if self.stacked:
            self._paint_stacked(painter, rect, look)
        else:
            self._paint_row(painter, rect, look)

    def _width(self, text: int) -> int:
        lead, tail = _row_size(self.lead, self.gap), _row_size(self.tail, self.gap)
        if self.stacked:
            return ceil(max(text, lead.width()) + 2 * self.pad_x)
        gaps = (self.gap if lead.width() and self.lines else 0) + (self.gap if tail.width() else 0)
        return ceil(text + lead.width() + tail.width() + gaps + 2 * self.pad_x + 1)

    def _text_width(self, width: float) -> float:
        if self.stacked:
            return max(1.0, width - 2 * self.pad_x)
        return max(1.0, width - self._width(0) + 1)

    def _column(self, width: float) -> "_Column":
        return _Column(self, self._text_width(width))

    def _paint_stacked(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        column = self._column(rect.width())
        lead = _row_size(self.lead, self.gap)
        gap = self.gap if self.lead and self.lines else 0
        free = rect.height() - lead.height() - gap - column.height
        y = rect.top() + free / 2
        text_y = y + lead.height() + gap
        if self.lead_at is not None:
            fixed = rect.top() + rect.height() * self.lead_at - lead.height() / 2
            if fixed >= rect.top() and fixed + lead.height() + gap + column.height <= rect.bottom():
                y = fixed
                text_y = (y + lead.height() + rect.bottom() - column.height) / 2
        _paint_marks(painter, self.lead, rect.center().x() - lead.width() / 2, y + lead.height() / 2, self.gap, look)
        text_width = self._text_width(rect.width())
        column.paint(painter, rect.center().x() - text_width / 2, text_y, text_width, "center", look)

    def _paint_row(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        column = self._column(rect.width())
        middle = rect.center().y()
        lead, tail = _row_size(self.lead, self.gap), _row_size(self.tail, self.gap)
        left, right = rect.left() + self.pad_x, rect.right() - self.pad_x
        text_width = self._text_width(rect.width())
        if self.align == "center":
            text_width = min(text_width, column.width)
            spare = right - left - (self._width(0) - 1 - 2 * self.pad_x) - text_width
            left, right = left + spare / 2, right - spare / 2
        _paint_marks(painter, self.lead, left, middle, self.gap, look)
        text_left = left + (lead.width() + self.gap if lead.width() and self.lines else 0)
        column.paint(painter, text_left, middle - column.height / 2, text_width, self.align, look)
        _paint_marks(painter, self.tail, right - tail.width(), middle, self.gap, look)


class _Column:
    """The texts of a face under each other, set as print would: half the line's lead above and below."""

    def __init__(self, content: Content, width: float) -> None:
        centred = content.stacked or content.align == "center"
        self._content = content
        self._blocks = [
            TextBlock(content.theme, line.text, line.role, width, weight=line.weight, balance=centred or not number)
            for number, line in enumerate(content.lines)
        ]
        self._pitches = [content.theme.type(line.role).line_height * line_px for line, line_px in self._sizes()]
        self.height = sum(pitch * block.line_count for pitch, block in zip(self._pitches, self._blocks, strict=True))
        self.width = max((block.width for block in self._blocks), default=0.0) + 1
        if self._blocks:  # Ẳ must stay below the face's edge even where the padding is thin
            overshoot = TALLEST_EM * self._blocks[0].px - self._pitches[0] / 2 - _HALF_INK_EM * self._blocks[0].px
            self.height += 2 * max(0.0, overshoot - content.pad_y)

    def _sizes(self) -> list[tuple[Line, int]]:
        return [(line, block.px) for line, block in zip(self._content.lines, self._blocks, strict=True)]

    def paint(self, painter: QPainter, x: float, y: float, width: float, align: str, look: Look) -> None:
        total = sum(pitch * block.line_count for pitch, block in zip(self._pitches, self._blocks, strict=True))
        y += (self.height - total) / 2
        for line, block, pitch in zip(self._content.lines, self._blocks, self._pitches, strict=True):
            baseline = y + pitch / 2 + _HALF_INK_EM * block.px
            color = line.color or {"text": look.text, "note": look.note, "icon": look.icon}[line.part]
            block.draw(painter, x, baseline - block.first_baseline, width, color, align)
            y += pitch * block.line_count


def _row_size(marks: Sequence[Mark], gap: int) -> QSizeF:
    sizes = [mark.size() for mark in marks]
    width = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
    return QSizeF(width, max((size.height() for size in sizes), default=0.0))


def _paint_marks(painter: QPainter, marks: Sequence[Mark], left: float, middle: float, gap: int, look: Look) -> None:
    for mark in marks:
        size = mark.size()
        mark.paint(painter, QRectF(left, middle - size.height() / 2, size.width(), size.height()), look)
        left += size.width() + gap
