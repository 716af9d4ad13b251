"""What stands beside the words of a button: icon, token, chip, tick, box, key cap, word. Each knows its size."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.theme import Theme
from ui.widgets.key_cap import key_cap_size, paint_key_cap
from ui.widgets.queue_mark import CHIP_ASPECT, TOKEN_ASPECT, paint_chip, paint_token, token_mode
from ui.widgets.shapes import arch, fill, rounded, stroke
from ui.widgets.sill_look import Look
from ui.widgets.text_block import Text, TextBlock, natural_width


class Mark(Protocol):
    """A picture of fixed size."""

    def size(self) -> QSizeF:
        """Return its size in px."""

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it."""


class IconMark:
    """An outline icon in the look's icon colour, or one of its own."""

    def __init__(
        self, theme: Theme, name: str, px: float, *, color: str | None = None, stroke_width: float | None = None
    ) -> None:
        self._theme, self._name, self._px, self._color, self._stroke = theme, name, round(px), color, stroke_width

    def size(self) -> QSizeF:
        """Square."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw on whole pixels, so that the cached pixmap stays sharp."""
        pixmap = self._theme.icon(self._name, self._color or look.icon, self._px, self._stroke)
        painter.drawPixmap(round(rect.left()), round(rect.top()), pixmap)


class CentredMark:
    """A mark in the middle of a wider place, so that rows with other marks stay in line."""

    def __init__(self, mark: Mark, px: float) -> None:
        self._mark, self._px = mark, px

    def size(self) -> QSizeF:
        """The place."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw the mark in its middle."""
        size = self._mark.size()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(rect.center())
        self._mark.paint(painter, place, look)


class TrailMark:
    """An arrow at the end of a row: the empty borders of its drawing take no room."""

    _INK = 0.72

    def __init__(self, mark: Mark) -> None:
        self._mark = mark

    def size(self) -> QSizeF:
        """The arrow's own width."""
        size = self._mark.size()
        return QSizeF(size.width() * self._INK, size.height())

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it, borders overlapping."""
        size = self._mark.size()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(rect.center())
        self._mark.paint(painter, place, look)


class TokenMark:
    """A queue's doorway with icon and letter."""

    def __init__(self, theme: Theme, letter: str, height: float, icon: str | None = None) -> None:
        self._theme, self._letter, self._height, self._icon = theme, letter, height, icon

    def size(self) -> QSizeF:
        """A standing doorway."""
        return QSizeF(self._height * TOKEN_ASPECT, self._height)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it in the theme's mode."""
        paint_token(painter, rect, self._theme, self._letter, token_mode(self._theme), self._icon)


class ChipMark:
    """A queue's letter alone."""

    def __init__(self, theme: Theme, letter: str, height: float) -> None:
        self._theme, self._letter, self._height = theme, letter, height

    def size(self) -> QSizeF:
        """A small doorway."""
        return QSizeF(self._height * CHIP_ASPECT, self._height)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it."""
        paint_chip(painter, rect, self._theme, self._letter, look.face.startswith("wall"))


class DoorwayMark:
    """An icon standing in a little paper doorway: the slab on the home screen."""

    def __init__(self, theme: Theme, name: str, height: float) -> None:
        self._theme, self._name, self._height = theme, name, height

    def size(self) -> QSizeF:
        """As in picture 01: 163 by 200 px."""
        return QSizeF(self._height * 0.82, self._height)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw doorway and icon."""
        width = self._theme.stroke("outline") * 1.4
        inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        path = arch(inner, inner.width() / 2, self._theme.radius("key") / 2)
        fill(painter, path, self._theme.color("paper"))
        stroke(painter, path, self._theme.color("accent_sill"), width)
        px = round(rect.width() * 0.62)
        icon = self._theme.icon(self._name, "ink" if self._theme.contrast else "on_accent", px, 1.8)
        painter.drawPixmap(round(rect.center().x() - px / 2), round(rect.center().y() - px / 2 + px * 0.04), icon)


class BoxMark:
    """A tick box: "on" (filled, ticked), "off" (outline), "missing" (brown, dashed)."""

    def __init__(self, theme: Theme, state: str, px: float) -> None:
        self._theme, self._state, self._px = theme, state, px

    def size(self) -> QSizeF:
        """Square."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw the box; a dashed one keeps its dashes in every theme."""
        width = max(2.0, self._px * 0.055)
        path = rounded(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), self._px * 0.22)
        if self._state == "on":
            ground = look.icon if self._theme.contrast else "primary"
            fill(painter, path, self._theme.color(ground))
            paint_tick(painter, rect, self._theme, look.face if self._theme.contrast else "on_primary")
            return
        role = "need" if self._state == "missing" else look.text if self._theme.contrast else "edge"
        stroke(painter, path, self._theme.color(role), width, dashed=self._state == "missing")


class TickMark:
    """A tick before the words of what is chosen."""

    def __init__(self, theme: Theme, px: float) -> None:
        self._theme, self._px = theme, px

    def size(self) -> QSizeF:
        """Square."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw the tick in the icon's colour."""
        paint_tick(
            painter, rect.adjusted(*(self._px * 0.5 * k for k in (-0.42, -0.42, 0.42, 0.42))), self._theme, look.icon
        )


class KeyMark:
    """The key that does the same, in the tone of its face."""

    def __init__(self, theme: Theme, text: str) -> None:
        self._theme, self._text = theme, text

    def size(self) -> QSizeF:
        """As wide as its letters."""
        return key_cap_size(self._theme, self._text)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it."""
        tone = "accent" if look.face.startswith("accent") else "wall" if look.face.startswith("wall") else "paper"
        paint_key_cap(painter, rect, self._theme, self._text, tone)


class WordMark:
    """A short text at the end of a row: "Chưa có", "Tự đóng sau 20 giây"."""

    def __init__(
        self,
        theme: Theme,
        text: Text,
        role: str,
        *,
        weight: int | None = None,
        color: str | None = None,
        line: bool = False,
    ) -> None:
        self._theme, self._color, self._line = theme, color, line
        width = natural_width(theme, text, role, weight)
        self._block = TextBlock(theme, text, role, width + 1, weight=weight)

    def size(self) -> QSizeF:
        """One line."""
        return QSizeF(self._block.width, self._block.height)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it centred by its capitals; contrast themes underline what needs attention."""
        color = look.text if self._theme.contrast else self._color or look.note
        top = rect.center().y() - self._block.cap_top - self._block.optical_height / 2
        self._block.draw(painter, rect.left(), top, rect.width(), color)
        if self._line:
            width = self._theme.stroke("outline")
            y = top + self._block.last_baseline + self._block.px * 0.2
            painter.setPen(QPen(self._theme.color(color), width))
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def paint_tick(painter: QPainter, rect: QRectF, theme: Theme, role: str) -> None:
    """Draw a tick inside a box."""
    path = QPainterPath(QPointF(rect.left() + rect.width() * 0.27, rect.top() + rect.height() * 0.52))
    path.lineTo(rect.left() + rect.width() * 0.43, rect.top() + rect.height() * 0.67)
    path.lineTo(rect.left() + rect.width() * 0.74, rect.top() + rect.height() * 0.35)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color(role), max(2.0, rect.width() * 0.085))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
