"""The one pressable thing of the product: a face on a doorsill. Pressing lowers the face (LOOK, principle 2)."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.focus_ring import ring_of
from ui.widgets.shapes import fill, rounded, stroke
from ui.widgets.sill_content import Content
from ui.widgets.sill_look import KINDS, Look, button_look

_ACTIVATING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select)
_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_SILL_LEFT_PX = 2  # how much of the sill stays when pressed (LOOK, picture 00)


class Sill(QAbstractButton):
    """A face on a sill, with states and motion; subclasses say what stands on it.

    States: rest, pressed, chosen (tick, tint, outline), off (no sill, `asked_why` instead of `clicked`). Mouse, touch,
    Space and Enter all press it.
    """

    asked_why = Signal(str)

    def __init__(
        self,
        theme: Theme,
        kind: str,
        *,
        queue: str | None = None,
        sill: str | None = None,
        face: str | None = None,
        off: str | None = None,
        toggles: bool = False,
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if kind not in KINDS:
            raise ValueError(f"no kind of button {kind!r}")
        self.theme = theme
        self._kind = kind
        self._sill = f"queue:{queue}" if queue is not None else sill
        self._face = face
        self._off = off
        self._toggles = toggles
        self._height = height
        self._content: Content | None = None
        self._sunk = 0.0
        self._motion: QVariantAnimation | None = None
        self.setCheckable(toggles)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)  # Qt turns touches into mouse events
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.pressed.connect(lambda: self._move(1.0, "press"))
        self.released.connect(lambda: self._move(0.0, "release"))
        self.toggled.connect(lambda _: self.refresh())

    # What a subclass says

    def make_content(self) -> Content:
        """Return what stands on the face in the present state."""
        raise NotImplementedError

    def face_path(self, rect: QRectF, inset: float = 0.0) -> QPainterPath:
        """Return the shape of face and sill; `inset` px inside it, corners concentric, for the outline."""
        inner = rect.adjusted(inset, inset, -inset, -inset)
        return rounded(inner, max(0.0, self.corner(rect) - inset))

    def corner(self, rect: QRectF) -> float:
        """Return the radius of the corners in px."""
        if self._kind == "pill":
            return rect.height() / 2
        return self.theme.radius("hero" if self._kind == "hero" else "control")

    def least_height(self) -> int:
        """Return the height of the kind, sill included."""
        name = {"next": "next", "hero": "hero", "pill": "pill", "square": "square_h"}.get(self._kind, "plain")
        return self.theme.touch(name)

    def least_width(self) -> int:
        """Return the width of the kind."""
        return self.theme.touch("square_w" if self._kind == "square" else "min")

    def outline_width(self) -> int:
        """Return the width of the face's outline in px."""
        return self.theme.stroke("outline")

    # State

    @property
    def kind(self) -> str:
        """The kind of button."""
        return self._kind

    def setKind(self, kind: str) -> None:
        """Become another kind."""
        self._kind = kind
        self.refresh()

    @property
    def chosen(self) -> bool:
        """Whether it is chosen."""
        return self.isChecked()

    def set_chosen(self, chosen: bool) -> None:
        """Choose or release it without emitting `clicked`."""
        if chosen and not self.isCheckable():
            self.setCheckable(True)
        self.setChecked(chosen)

    @property
    def off(self) -> str | None:
        """Why it cannot be used now, or None."""
        return self._off

    def set_off(self, reason: str | None) -> None:
        """Switch off with a reason for the person, or on with None. It stays touchable: it says why.

        Nothing is laid out again where nothing changes.
        """
        if reason == self._off:
            return
        self._off = reason
        self.setAccessibleDescription(reason or "")
        self.refresh()

    @property
    def sunk(self) -> float:
        """How far the face is down, 0 to 1."""
        return self._sunk

    def refresh(self) -> None:
        """Lay out again after a change of state or words."""
        self._content = None
        self.updateGeometry()
        self.update()

    def look(self) -> Look:
        """Return the colour roles of the present state."""
        return button_look(
            self.theme,
            self._kind,
            chosen=self.isChecked(),
            pressed=self._sunk > 0 or self.isDown(),
            off=self._off is not None,
            sill=self._sill,
            face=self._face,
        )

    def sill_height(self) -> int:
        """Return the height of the sill in px; 0 when off."""
        if self.look().sill is None:
            return 0
        return self.theme.stroke({"next": "sill_next", "hero": "sill_hero"}.get(self._kind, "sill"))

    def show_ring(self) -> None:
        """Mark this as where the keyboard is."""
        ring_of(self).mark(self, self.theme, self.look().ring, self.corner(QRectF(self.rect())))

    # Qt

    def click(self) -> None:
        """Press it from code: the same as a touch."""
        if self._off is not None:
            self.asked_why.emit(self._off)
        else:
            super().click()

    def hasHeightForWidth(self) -> bool:
        """Qt: words may wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the words, or the kind's height when that is more."""
        needed = self._current().height(width) + self.theme.stroke("sill")
        return max(needed, self._height or self.least_height(), self.theme.touch("min"))

    def sizeHint(self) -> QSize:
        """Qt: without wrapping."""
        width = max(self._current().natural_width(), self.least_width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: no broken word, never below the touch size."""
        width = max(self._current().least_width(), self.least_width())
        return QSize(width, max(self._height or self.least_height(), self.theme.touch("min")))

    def hitButton(self, position: object) -> bool:
        """Qt: the whole rectangle, sill and corners included, is the target."""
        return self.rect().contains(position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: something that is off does not go down."""
        if self._off is None:
            super().mousePressEvent(event)
        else:
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: something that is off says why."""
        if self._off is None:
            super().mouseReleaseEvent(event)
        elif self.hitButton(event.position().toPoint()):
            self.asked_why.emit(self._off)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space and Enter press; Qt itself knows only Space."""
        if event.key() not in _ACTIVATING_KEYS:
            super().keyPressEvent(event)
        elif self._off is None:
            super().keyPressEvent(_as_space(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt: releasing the key clicks, or says why not."""
        if event.key() not in _ACTIVATING_KEYS:
            super().keyReleaseEvent(event)
        elif self._off is None:
            super().keyReleaseEvent(_as_space(event))
        elif not event.isAutoRepeat():
            self.asked_why.emit(self._off)

    def nextCheckState(self) -> None:
        """Qt: what is merely shown as chosen does not toggle when touched; only a checkable button does."""
        if self._toggles:
            super().nextCheckState()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: show the ring when the keyboard brought the focus; a finger needs none."""
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD_REASONS:
            self.show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: take the ring away."""
        super().focusOutEvent(event)
        ring = ring_of(self)
        if ring.target is self:
            ring.leave()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: repaint when enabled or disabled."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: sill, then face, then what stands on it."""
        painter = QPainter(self)
        look, sill = self.look(), self.sill_height()
        whole = QRectF(self.rect())
        drop = self._sunk * max(0, sill - _SILL_LEFT_PX)
        face = QRectF(whole.left(), whole.top() + drop, whole.width(), whole.height() - sill)
        if look.sill is not None:
            fill(painter, self.face_path(whole.adjusted(0, drop, 0, 0)), self.theme.color(look.sill))
        line = self.outline_width() / 2 if look.outline is not None else 0.0
        fill(painter, self.face_path(face, line), self.theme.color(look.face))  # under the outline, not beside it
        if look.outline is not None:
            stroke(painter, self.face_path(face, line), self.theme.color(look.outline), 2 * line)
        self._current().paint(painter, face, look)

    def _current(self) -> Content:
        if self._content is None:
            self._content = self.make_content()
        return self._content

    def _move(self, target: float, duration: str) -> None:
        """Lower or raise the face; at once under reduced motion."""
        length = self.theme.duration(duration)
        if self._motion is not None:
            self._motion.stop()
        if not length or not self.isVisible():
            self._set_sunk(target)
            return
        if self._motion is None:
            self._motion = QVariantAnimation(self)
            self._motion.valueChanged.connect(self._set_sunk)
        self._motion.setDuration(length)
        self._motion.setStartValue(self._sunk)
        self._motion.setEndValue(target)
        self._motion.start()

    def _set_sunk(self, value: float) -> None:
        self._sunk = float(value)
        self.update()


def _as_space(event: QKeyEvent) -> QKeyEvent:
    """Return the same event for the key that Qt's buttons know."""
    return QKeyEvent(event.type(), Qt.Key.Key_Space, event.modifiers(), " ", event.isAutoRepeat())
