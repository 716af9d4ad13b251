"""A PIN as it is typed: how many digits, never which."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.site import PIN_MIN
from ui.theme import Theme


class PinDots(QWidget):
    """A dot for each digit; rings for the digits every PIN has at least."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = 0

    def set_count(self, count: int) -> None:
        """Show that many digits."""
        if count != self._count:
            self._count = count
            self.update()

    def sizeHint(self) -> QSize:
        """As high as a key."""
        return QSize(self._theme.mm(70), self._theme.mm(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw dots and rings."""
        radius, pitch = self._theme.mm(2.6), self._theme.mm(10)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setWidth(self._theme.stroke("door"))
        pen.setColor(self._theme.color("primary"))
        painter.setPen(pen)
        for place in range(max(PIN_MIN, self._count)):
            painter.setBrush(self._theme.color("primary") if place < self._count else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(radius * 1.5 + place * pitch, self.height() / 2), radius, radius)
