"""Plain grounds and hairlines."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded, stroke


class Panel(QWidget):
    """A coloured ground to lay widgets on; flat, because it is for reading."""

    def __init__(
        self,
        theme: Theme,
        ground: str = "paper",
        *,
        radius: int | None = None,
        outline: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground, self._radius, self._outline = theme, ground, radius or 0, outline

    def set_outline(self, outline: str | None) -> None:
        """Take another outline role, or none."""
        self._outline = outline
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ground, then outline; contrast themes outline what a tint would have told."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill(painter, rounded(rect, self._radius), self._theme.color(self._ground))
        outline = self._outline
        if outline is not None:
            width = self._theme.stroke("outline")
            inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
            stroke(painter, rounded(inner, max(0.0, self._radius - width / 2)), self._theme.color(outline), width)


class Rule(QWidget):
    """A hairline between groups."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, color: str = "line", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._vertical, self._color = theme, vertical, color
        self._width = theme.stroke("outline")
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(*((across, along) if vertical else (along, across)))

    def sizeHint(self) -> QSize:
        """Qt: as thin as an outline."""
        return QSize(self._width, self._width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: fill."""
        QPainter(self).fillRect(self.rect(), self._theme.color(self._color))
