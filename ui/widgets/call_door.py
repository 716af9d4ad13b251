"""The newest call: number, then counter, in a saffron door (LOOK 12, 13b)."""

from PySide6.QtCore import QEasingCurve, QRectF, QTimer, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.number_label import number_width, paint_number
from ui.widgets.shapes import arch, fill, stroke
from ui.widgets.text_block import CAP_EM, TextBlock

_RISE = 0.228  # arch height, share of the door's width
_WIDEST = 0.86  # share of the door's width that words may take
_TALLEST = 0.62  # share of its height that words may take; the rest is air
_RIB_GAP, _RIB_LINE = 0.0175, 0.0025  # share of the width
_NUMBER_WEIGHT = 800
# Where the air goes: above the greeting, under it, under the number, at the floor.
_AIR_COUNTER = (0.19, 0.22, 0.34, 0.25)
_AIR_NOTE = (0.22, 0.21, 0.21, 0.36)
_LIGHTS = 3
_LIGHT_MS = 1000
_UNBOUNDED = 1e6


class CallDoor(QWidget):
    """Greeting, number, and either the counter with an arrow (board) or a sentence (tablet).

    `rise` lets the door come up with the chime and its ribs light three times in three seconds, then rest.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        greeting: str,
        number: str = "",
        counter: str = "",
        note: str = "",
        ribs: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._greeting, self._note, self._ribs = theme, greeting, note, ribs
        self._number, self._counter = number, counter
        self._risen = 1.0
        self._flashes = 0
        self._motion: QVariantAnimation | None = None
        self._light = QTimer(self)
        self._light.setInterval(_LIGHT_MS // 2)
        self._light.timeout.connect(self._next_light)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name()

    @property
    def number(self) -> str:
        """The number called."""
        return self._number

    @property
    def counter(self) -> str:
        """Where to go."""
        return self._counter

    def set_call(self, number: str, counter: str = "") -> None:
        """Show another call, without motion."""
        self._number, self._counter = number, counter
        self._name()
        self.update()

    def rise(self) -> None:
        """Come up and light the ribs; at once and without lights under reduced motion."""
        length = self._theme.duration("door_rise")
        if not length:
            return
        self._flashes = 2 * _LIGHTS
        self._light.start()
        if self._motion is None:
            self._motion = QVariantAnimation(self)
            self._motion.setStartValue(0.0)
            self._motion.setEndValue(1.0)
            self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._motion.valueChanged.connect(self._set_risen)
        self._motion.stop()
        self._set_risen(0.0)
        self._motion.setDuration(length)
        self._motion.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ribs, door, words."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self._ribs:
            gap = rect.width() * _RIB_GAP
            self._paint_ribs(painter, rect, gap)
            rect = rect.adjusted(2 * gap, 2 * gap, -2 * gap, 0)
        painter.translate(0, (1 - self._risen) * rect.height())
        fill(painter, self._path(rect), self._theme.color("accent"))
        self._paint_words(painter, rect)

    def _paint_ribs(self, painter: QPainter, rect: QRectF, gap: float) -> None:
        lit = self._flashes % 2 == 1
        color = self._theme.color("accent" if lit else "wall_root")
        width = max(2.0, rect.width() * _RIB_LINE)
        for inset in (width / 2, gap):
            door = rect.adjusted(inset, inset, -inset, width * 2)
            stroke(painter, self._path(door), color, width)

    def _path(self, rect: QRectF) -> QPainterPath:
        return arch(rect, 0.0 if self._theme.contrast and not self._ribs else rect.width() * _RISE)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        greeting = TextBlock(theme, self._greeting, "welcome", _UNBOUNDED)
        role = "counter" if theme.types == "board" else "welcome"
        below = TextBlock(theme, self._counter or self._note, role, _UNBOUNDED)
        arrow = below.px * 0.9 if self._counter else 0.0
        widest = rect.width() * _WIDEST
        px = theme.type("number").px
        tall = greeting.optical_height + CAP_EM * px + below.optical_height
        shrink = min(1.0, rect.height() * _TALLEST / tall)
        px *= min(shrink, widest / max(1.0, number_width(self._number, px, _NUMBER_WEIGHT)))
        scales = [min(shrink, widest / max(1.0, greeting.width)), min(shrink, widest / (below.width + arrow * 1.5 + 1))]
        heights = [greeting.optical_height * scales[0], CAP_EM * px, below.optical_height * scales[1]]
        air = rect.height() - sum(heights)
        shares = _AIR_COUNTER if self._counter else _AIR_NOTE
        y = rect.top() + air * shares[0]
        self._paint_block(painter, greeting, rect.center().x() - greeting.width * scales[0] / 2, y, scales[0])
        y += heights[0] + air * shares[1]
        left = rect.center().x() - number_width(self._number, px, _NUMBER_WEIGHT) / 2
        ink = theme.color("on_accent")
        paint_number(painter, self._number, left, y + heights[1], px, _NUMBER_WEIGHT, ink)
        y += heights[1] + air * shares[2]
        left = rect.center().x() - (below.width + arrow * 1.5) * scales[1] / 2
        if self._counter:
            side = round(arrow * scales[1])
            icon = theme.icon("arrow-right", "on_accent", side, 2.2)
            painter.drawPixmap(round(left), round(y + heights[2] / 2 - side / 2), icon)
        self._paint_block(painter, below, left + arrow * 1.5 * scales[1], y, scales[1])

    @staticmethod
    def _paint_block(painter: QPainter, block: TextBlock, left: float, cap_top: float, scale: float) -> None:
        painter.save()
        painter.translate(left, cap_top)
        painter.scale(scale, scale)
        block.draw(painter, 0, -block.cap_top, block.width + 1, "on_accent")
        painter.restore()

    def _set_risen(self, value: float) -> None:
        self._risen = float(value)
        self.update()

    def _next_light(self) -> None:
        self._flashes -= 1
        if self._flashes <= 0:
            self._flashes = 0
            self._light.stop()
        self.update()

    def _name(self) -> None:
        words = (self._greeting, self._number, self._counter or self._note)
        self.setAccessibleName(" ".join(word for word in words if word))
