"""Ticket numbers and clocks: digits in equal cells, so that a number does not jump and columns stand straight.

The font has no tabular figures and its 1 is far narrower than its 4 (LOOK, "On Qt Widgets"): each digit is drawn by us,
centred by its ink, in a cell as wide as the widest digit plus 0.034 em.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme
from ui.theme.fonts import make_font
from ui.theme.tokens import load_tokens
from ui.widgets.text_block import CAP_EM

_TOP_EM = 0.80  # digits and capitals rise 0.74 em, round ones a little more
_BOTTOM_EM = 0.08  # round digits sink 0.02 em, the Q a little more
_UNIT = 1000  # glyphs are measured at this size and scaled


@dataclass(frozen=True)
class Glyph:
    """One character at 1000 px: its outline, the width of its cell and where its outline starts inside."""

    path: QPainterPath
    cell: float
    shift: float


@lru_cache(maxsize=512)
def glyph(character: str, weight: int) -> Glyph:
    """Return the outline of a character and its cell in thousandths of an em."""
    font = make_font(_UNIT, weight)
    path = QPainterPath()
    path.addText(0, 0, font, character)
    if not character.isdigit():
        return Glyph(path, QFontMetricsF(font).horizontalAdvance(character), 0.0)
    cell = _cell(weight)
    ink = path.boundingRect()
    return Glyph(path, cell, (cell - ink.width()) / 2 - ink.left())


def _cell(weight: int) -> float:
    cells = load_tokens().fonts.tabular.cell_em
    nearest = min(cells, key=lambda name: abs(int(name) - weight))
    return cells[nearest] * _UNIT


def number_width(text: str, px: float, weight: int) -> float:
    """Return how wide a number is at an em of `px`."""
    return sum(glyph(character, weight).cell for character in text) * px / _UNIT


def paint_number(
    painter: QPainter, text: str, left: float, baseline: float, px: float, weight: int, color: QColor
) -> None:
    """Draw a number from `left` on a baseline."""
    scale = px / _UNIT
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(left, baseline))
    painter.scale(scale, scale)
    offset = 0.0
    for character in text:
        shape = glyph(character, weight)
        painter.fillPath(shape.path.translated(offset + shape.shift, 0), color)
        offset += shape.cell
    painter.restore()


class NumberLabel(QLabel):
    """A number ("A027", "A2-015", "8:42", "14"). One line; drawn smaller only when its width cannot hold it."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "number",
        *,
        color: str = "ink",
        weight: int | None = None,
        align: str = "center",
        px: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        style = theme.type(role)
        self._theme = theme
        self._px = px or style.px
        self._weight = weight or style.weight
        self._color = color
        self._align = align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another number."""
        if text != self.text():
            super().setText(text)
            self.updateGeometry()

    def setColor(self, color: str) -> None:
        """Draw in another colour role."""
        self._color = color
        self.update()

    def cells(self) -> list[QRectF]:
        """Return the cell of each character in px, as it is drawn now."""
        px, left = self._place()
        rects = []
        for character in self.text():
            width = glyph(character, self._weight).cell * px / _UNIT
            rects.append(QRectF(left, 0, width, self.height()))
            left += width
        return rects

    def sizeHint(self) -> QSize:
        """Qt: the number at its full size."""
        return QSize(ceil(number_width(self.text(), self._px, self._weight)), ceil((_TOP_EM + _BOTTOM_EM) * self._px))

    def minimumSizeHint(self) -> QSize:
        """Qt: half the width, for the longer numbers of a kiosk without its hub."""
        hint = self.sizeHint()
        return QSize(hint.width() // 2, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw each character in its cell, capitals centred on the height."""
        px, left = self._place()
        baseline = self.contentsRect().center().y() + 0.5 + CAP_EM * px / 2
        painter = QPainter(self)
        paint_number(painter, self.text(), left, baseline, px, self._weight, self._theme.color(self._color))

    def _place(self) -> tuple[float, float]:
        """Return the em to draw with and the left edge."""
        area = self.contentsRect()
        width = number_width(self.text(), self._px, self._weight)
        px = self._px * min(1.0, area.width() / width) if width else float(self._px)
        free = area.width() - width * px / self._px
        return px, area.left() + {"left": 0.0, "center": free / 2, "right": free}[self._align]
