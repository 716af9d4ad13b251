"""The ring around what the keyboard is on: 1.6 mm outside it, so it lies over the window, not in the widget."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Theme
from ui.widgets.shapes import rounded, stroke

GAP_MM = 1.6  # tokens stroke.focus
_NAME = "focus_ring"


class FocusRing(QWidget):
    """One ring per window; it follows the widget it marks and lets every touch through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName(_NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._theme: Theme | None = None
        self._role = "primary"
        self._radius = 0.0
        self.hide()

    def mark(self, target: QWidget, theme: Theme, role: str, radius: float) -> None:
        """Stand around `target`."""
        self.leave()
        self._target, self._theme, self._role = target, theme, role
        self._radius = radius
        target.installEventFilter(self)
        self._follow()

    def leave(self) -> None:
        """Stand nowhere."""
        if self._target is not None:
            self._target.removeEventFilter(self)
            self._target = None
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """What it stands around."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keep around a widget that moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete):
            self.leave()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the ring."""
        if self._theme is None:
            return
        width = self._theme.stroke("focus")
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        grown = self._radius + self._theme.near(GAP_MM) + width / 2
        stroke(QPainter(self), rounded(rect, grown), self._theme.color(self._role), width)

    def _follow(self) -> None:
        window = self.parentWidget()
        if self._target is None or self._theme is None or window is None:
            return
        reach = self._theme.stroke("focus") + self._theme.near(GAP_MM)
        place = QRect(self._target.mapTo(window, QPoint(0, 0)), self._target.size())
        self.setGeometry(place.adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()


def let_go(leaving: QWidget) -> None:
    """Take the focus out of a screen that is about to go.

    Else Qt hands it on as if Tab had been pressed, and a finger's touch leaves a keyboard's ring on the next screen.
    """
    focused = QApplication.focusWidget()
    if focused is not None and leaving.isAncestorOf(focused):
        focused.clearFocus()


def ring_of(widget: QWidget) -> FocusRing:
    """Return the ring of the widget's window."""
    window = widget.window()
    ring = window.findChild(FocusRing, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return ring or FocusRing(window)
