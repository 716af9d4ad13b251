"""Where a citizen types what they need: resting it is a button, in use it shows the letters and a caret."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import IconMark
from ui.widgets.text_block import Span, TextBlock
from ui.widgets.typing import BACKSPACE, apply_key

_HEIGHT_MM = 34.3  # 108 px at 80 dpi, picture 02
_ICON_MM = 17.5
_TYPED_WEIGHT = 600
_UNBOUNDED = 1e6


class SearchField(Sill):
    """`clicked` when a resting field is touched, `changed` with the text when it changes by typing.

    Our keyboard types through `type_key`; a hardware keyboard types while it has the focus.
    """

    changed = Signal(str)

    def __init__(
        self, theme: Theme, label: str, hint: str, *, active: bool = False, parent: QWidget | None = None
    ) -> None:
        self._label, self._hint, self._active, self._typed = label, hint, active, ""
        super().__init__(theme, "plain", sill="primary", height=theme.near(_HEIGHT_MM), parent=parent)
        self.setAccessibleName(label)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if active:
            self.setFocus()

    def text(self) -> str:
        """What was typed."""
        return self._typed

    def setText(self, text: str) -> None:
        """Show a text, without `changed`."""
        self._typed = text
        self.setAccessibleDescription(text)
        self.update()

    def type_key(self, key: str) -> None:
        """Take a key of `Keyboard`."""
        self._change(apply_key(self._typed, key))

    @property
    def active(self) -> bool:
        """Whether it is typed into."""
        return self._active

    def look(self) -> Look:
        """Return the roles: in use it has a mangrove outline and no sill."""
        if self._active:
            return Look("surface", "ink", "ink_2", "primary", "primary", None)
        return super().look()

    def outline_width(self) -> int:
        """Return a wider outline while in use."""
        return round(self.theme.stroke("door") * 1.3) if self._active else super().outline_width()

    def make_content(self) -> Content:
        """Return icon, label and example; in use the letters are painted by `paintEvent`."""
        theme = self.theme
        words = (Span(self._label, weight=700), Span("  " + self._hint, color="ink_2"))
        lines = [] if self._active else [Line(words, "body")]
        icon = IconMark(theme, "search", theme.near(_ICON_MM))
        return Content(theme, lines, [icon], pad_x=theme.space("s5"), pad_y=theme.space("s2"), gap=theme.space("s4"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the button, and in use the letters with a caret that does not blink."""
        super().paintEvent(event)
        if not self._active:
            return
        theme = self.theme
        left = theme.space("s5") + theme.near(_ICON_MM) + theme.space("s4")
        room = QRectF(left, 0, self.width() - left - theme.space("s4"), self.height())
        block = TextBlock(theme, self._typed, "value", _UNBOUNDED, weight=_TYPED_WEIGHT)
        painter = QPainter(self)
        painter.setClipRect(room)
        x = min(room.left(), room.right() - block.width - theme.space("s2"))
        block.draw(painter, x, room.center().y() - block.cap_top - block.optical_height / 2, block.width + 1, "ink")
        caret = QRectF(x + block.width + theme.space("s1"), 0, max(2, theme.near(0.8)), block.px * 1.2)
        caret.moveTop(room.center().y() - caret.height() / 2)
        fill(painter, rounded(caret, caret.width() / 2), theme.color("primary"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: letters type while in use; otherwise it is a button."""
        if not self._active:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            self.type_key(BACKSPACE)
        elif event.text().isprintable() and event.text():
            self._change(self._typed + event.text())
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt: releasing a letter does not click."""
        if self._active:
            event.ignore()
        else:
            super().keyReleaseEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: what the system's Vietnamese input method commits."""
        if self._active and event.commitString():
            self._change(self._typed + event.commitString())
        event.accept()

    def _change(self, text: str) -> None:
        if text != self._typed:
            self.setText(text)
            self.changed.emit(text)
