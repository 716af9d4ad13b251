"""The door with the newest call, the door while nobody is called, and the calls before."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows.board import Call
from kiosk.i18n import Words
from ui.theme import Theme
from ui.widgets import CallDoor, CallRow, DoorSheet, TextLabel

MAX_ROWS = 6
NUMBER_SHARE, COUNTER_SHARE = 7, 3
"""How a row is divided, as `CallRow` divides it."""


class TracedDoor(CallDoor):
    """The door with the newest call; it tells when that was really painted."""

    def __init__(self, theme: Theme, greeting: str, on_painted: Callable[[str], None]) -> None:
        super().__init__(theme, greeting=greeting, ribs=not theme.metrics.portrait)
        self._on_painted = on_painted

    def text(self) -> str:
        """What is written on it."""
        return f"{self.number} {self.counter}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, then tell."""
        super().paintEvent(event)
        self._on_painted(self.number)


class IdleDoor(DoorSheet):
    """Nobody is asked to come: a door of paper, without the saffron that says "go there"."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__(theme, "high")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.margin, 0, theme.margin, theme.margin)
        column.addStretch(1)
        column.addWidget(TextLabel(theme, say("Welcome"), "waiting", color="primary", align="center"))
        words = say("Please have a seat.\nYour number will be called.")
        column.addWidget(TextLabel(theme, words, "waiting", align="center"))
        column.addStretch(1)


class CallList(QWidget):
    """The calls before the newest: as many as there is room for, each large."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__()
        self._theme = theme
        self._calls: tuple[tuple[str, str], ...] = ()
        column = QVBoxLayout(self)
        left = theme.margin if theme.metrics.portrait else theme.space("s2")
        column.setContentsMargins(left, theme.space("s3"), theme.margin, theme.space("s3"))
        column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, theme.space("s1"))
        for text, align, share in (
            (say("Just called"), "left", NUMBER_SHARE),
            (say("Counter"), "center", COUNTER_SHARE),
        ):
            head.addWidget(TextLabel(theme, text, "notice", color="on_wall_2", weight=500, align=align), share)
        self._head.hide()
        column.addWidget(self._head)
        self._rows = [CallRow(theme) for _ in range(MAX_ROWS)]
        for row in self._rows:
            row.hide()
            column.addWidget(row)
        column.addStretch(1)

    def show_calls(self, calls: Sequence[Call]) -> None:
        """Show these calls, newest first."""
        shown = tuple((call.number, str(call.counter)) for call in calls)
        if shown != self._calls:
            self._calls = shown
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for another number of rows."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        head = self._head.sizeHint().height()
        margins = self.layout().contentsMargins()
        free = self.height() - head - margins.top() - margins.bottom()
        room = max(1, min(MAX_ROWS, free // max(1, self._rows[0].sizeHint().height())))
        self._head.setVisible(bool(self._calls))
        for place, row in enumerate(self._rows):
            shown = place < min(len(self._calls), room)
            if shown:
                row.set_call(*self._calls[place])
            row.setFixedHeight(free // room)
            row.setVisible(shown)
