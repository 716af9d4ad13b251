"""One screen at a time; a new question slides up, going back slides down (LOOK, "Motion")."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.door_frame import DoorFrame
from ui.widgets.focus_ring import let_go

MOVES = ("forward", "back", "cut")


class Stage(QWidget):
    """Holds the screen in use; the one before is deleted. Only what stands on the sheet moves, never nav or bar."""

    shown = Signal(QWidget)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._screen: QWidget | None = None

    @property
    def screen(self) -> QWidget | None:
        """The screen in use."""
        return self._screen

    def set_theme(self, theme: Theme) -> None:
        """Use the motion and the wall of another theme from now on."""
        self._theme = theme
        self.update()

    def show_screen(self, widget: QWidget, move: str = "forward") -> None:
        """Put a screen on the stage. It can be used at once; nothing waits for the motion."""
        if move not in MOVES:
            raise ValueError(f"no way to move {move!r}")
        leaving, self._screen = self._screen, widget
        widget.setParent(self)
        widget.setGeometry(self.rect())
        widget.show()
        if leaving is not None and leaving is not widget:
            let_go(leaving)
            leaving.hide()
            leaving.deleteLater()
        frame = self._frame()
        length = self._theme.duration("sheet_slide")
        if frame is not None and length and move != "cut" and self.isVisible():
            frame.slide_in(move, length)
        self.shown.emit(widget)

    def settle(self) -> None:
        """Let the screen in use stand still from now on."""
        frame = self._frame()
        if frame is not None:
            frame.settle()

    def _frame(self) -> DoorFrame | None:
        screen = self._screen
        return screen if screen is None or isinstance(screen, DoorFrame) else screen.findChild(DoorFrame)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the wall, before there is a screen."""
        QPainter(self).fillRect(self.rect(), self._theme.color("wall"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the screen fills the stage."""
        super().resizeEvent(event)
        if self._screen is not None:
            self._screen.setGeometry(self.rect())
