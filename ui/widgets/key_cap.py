"""A keyboard key drawn beside what it does, so that a clerk learns the key and leaves the mouse."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded, stroke
from ui.widgets.text_block import TextBlock, natural_width

_ROLE = "label"
_WEIGHT = 700
_TONES = {
    "paper": ("surface", "ink", "edge"),
    "accent": ("accent", "on_accent", "accent_sill"),
    "wall": ("wall", "on_wall", "on_wall_2"),
}


def key_cap_size(theme: Theme, text: str) -> QSizeF:
    """Return the size of a key cap in px."""
    em = theme.type(_ROLE).px
    width = natural_width(theme, text, _ROLE, _WEIGHT) + em * 1.1
    return QSizeF(max(width, em * 2.0), em * 1.85)


def paint_key_cap(painter: QPainter, rect: QRectF, theme: Theme, text: str, tone: str) -> None:
    """Draw a key: a small face on a thin sill, its own and never pressable."""
    face, ink, edge = _TONES[tone]
    line, sill = max(2, theme.stroke("outline")), theme.near(1.1)
    radius = theme.near(2.8)
    fill(painter, rounded(rect, radius), theme.color(edge))
    top = rect.adjusted(0, 0, 0, -sill)
    fill(painter, rounded(top, radius), theme.color(face))
    stroke(painter, rounded(top.adjusted(line / 2, line / 2, -line / 2, -line / 2), radius), theme.color(edge), line)
    block = TextBlock(theme, text, _ROLE, rect.width(), weight=_WEIGHT)
    y = top.center().y() - block.cap_top - block.optical_height / 2
    block.draw(painter, rect.left(), y, rect.width(), ink, "center")


class KeyCap(QWidget):
    """A key cap standing alone ("Ctrl Z" beside a sentence)."""

    def __init__(self, theme: Theme, text: str, *, tone: str = "paper", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone = theme, text, tone
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: fixed."""
        size = key_cap_size(self._theme, self._text)
        return QSize(ceil(size.width()), ceil(size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        paint_key_cap(QPainter(self), QRectF(self.rect()), self._theme, self._text, self._tone)
