"""Seconds left, as strokes that go out: nothing blinks, nothing hurries."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.number_label import number_width, paint_number
from ui.widgets.text_block import CAP_EM, TextBlock

_DIAMETER_MM = 125.0  # 393 px at 80 dpi, picture 09
_STROKE_SHARE = (0.038, 0.014)  # width of a stroke that is on, and of one that is out
_LENGTH_SHARE = (0.125, 0.10)
_NUMBER_SHARE = 0.40
_WEIGHT = 800


class CountdownRing(QWidget):
    """A ring of strokes, one per second, and the seconds in numerals in its middle."""

    def __init__(self, theme: Theme, *, total: int = 20, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._total, self._unit = theme, total, unit
        self._remaining = total
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def remaining(self) -> int:
        """Seconds left."""
        return self._remaining

    def set_remaining(self, seconds: int) -> None:
        """Show how many seconds are left; below zero counts as none."""
        self._remaining = max(0, min(self._total, seconds))
        self.setAccessibleName(f"{self._remaining} {self._unit}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: round."""
        side = self._theme.near(_DIAMETER_MM)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: strokes from twelve o'clock, those that remain first; a stroke that is out is thin as well as pale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        middle = QPointF(self.width() / 2, self.height() / 2)
        for number in range(self._total):
            on = number < self._remaining
            color = self._theme.color("primary" if on else "line")
            pen = QPen(color, max(1.5, side * _STROKE_SHARE[not on]))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.save()
            painter.translate(middle)
            painter.rotate(360 * number / self._total)
            outer = -side / 2 + side * _STROKE_SHARE[0]
            painter.drawLine(QPointF(0, outer), QPointF(0, outer + side * (_LENGTH_SHARE[not on] - _STROKE_SHARE[0])))
            painter.restore()
        self._paint_number(painter, middle, side)

    def _paint_number(self, painter: QPainter, middle: QPointF, side: int) -> None:
        text, px = str(self._remaining), side * _NUMBER_SHARE
        left = middle.x() - number_width(text, px, _WEIGHT) / 2
        rise = side * 0.04 if self._unit else 0
        baseline = middle.y() + CAP_EM * px / 2 - rise
        paint_number(painter, text, left, baseline, px, _WEIGHT, self._theme.color("ink"))
        if self._unit:
            block = TextBlock(self._theme, self._unit, "caption", side)
            y = baseline + side * 0.035
            block.draw(painter, middle.x() - side / 2, ceil(y - block.cap_top + side * 0.03), side, "ink_2", "center")
