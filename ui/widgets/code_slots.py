"""Places for the digits of a code: what was typed, where the next goes, how many are missing."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.number_label import number_width, paint_number
from ui.widgets.shapes import fill, rounded, stroke
from ui.widgets.text_block import CAP_EM

_SLOT_MM = (35.5, 44.0)  # 112 by 139 px at 80 dpi, picture 08
_GAP_MM = 5.2
_GROUP_GAP_MM = 17.0
_DIGIT_EM = 0.57  # em of a digit, share of the slot's height
_WEIGHT = 800


class CodeSlots(QWidget):
    """`count` places in groups of `group`; `secret` shows dots instead of digits (PIN)."""

    def __init__(
        self, theme: Theme, count: int, *, group: int = 3, secret: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._count, self._group, self._secret = theme, count, group, secret
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What was typed."""
        return self._text

    def setText(self, text: str) -> None:
        """Show what was typed; more than there is room for is left away. A secret is told to nobody as a name."""
        self._text = text[: self._count]
        self.setAccessibleName(f"{len(self._text)}/{self._count}" if self._secret else self._text)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: all places."""
        last = self._slot(self._count - 1)
        return QSize(round(last.right()) + 1, round(last.bottom()) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: filled places in mangrove, the next one wider, empty ones grey."""
        painter = QPainter(self)
        theme = self._theme
        for place in range(self._count):
            rect = self._slot(place)
            here = place == len(self._text)
            width = theme.stroke("door") * (1.6 if here else 1.0)
            color = theme.color("primary" if place <= len(self._text) else "edge")
            path = rounded(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), theme.radius("key"))
            fill(painter, path, theme.color("surface"))
            stroke(painter, path, color, width)
            if here:
                caret = QRectF(0, 0, width, rect.height() * 0.5)
                caret.moveCenter(rect.center())
                fill(painter, rounded(caret, width / 2), theme.color("primary"))
            elif place < len(self._text):
                self._paint_digit(painter, rect, self._text[place])

    def _paint_digit(self, painter: QPainter, rect: QRectF, digit: str) -> None:
        color = self._theme.color("ink")
        if self._secret:
            side = rect.width() * 0.26
            dot = QRectF(rect.center() - QPointF(side / 2, side / 2), QPointF(0, 0))
            dot.setSize(QRectF(0, 0, side, side).size())
            fill(painter, rounded(dot, side / 2), color)
            return
        px = rect.height() * _DIGIT_EM
        left = rect.center().x() - number_width(digit, px, _WEIGHT) / 2
        paint_number(painter, digit, left, rect.center().y() + CAP_EM * px / 2, px, _WEIGHT, color)

    def _slot(self, place: int) -> QRectF:
        theme = self._theme
        width, height = (theme.near(mm) for mm in _SLOT_MM)
        gap, group_gap = theme.near(_GAP_MM), theme.near(_GROUP_GAP_MM) - theme.near(_GAP_MM)
        groups = place // self._group if self._group else 0
        return QRectF(place * (width + gap) + groups * group_gap, 0, width, height)
