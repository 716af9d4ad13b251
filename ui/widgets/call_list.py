"""The wall beside the door: the calls before, and how many wait in each queue (LOOK 12)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.number_label import NumberLabel
from ui.widgets.panel import Panel, Rule
from ui.widgets.queue_mark import QueueToken
from ui.widgets.text_label import TextLabel

_COUNTER_SHARE, _NUMBER_SHARE = 3, 7
_TOKEN_EM = 1.45
_COLUMNS_STANDING = 4


class CallRow(QWidget):
    """One earlier call: its number and its counter, over a hairline."""

    def __init__(self, theme: Theme, number: str = "", counter: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.space("s2"), 0, theme.space("s2"))
        role = "call" if theme.types == "board" else "value"
        self.number = NumberLabel(theme, number, role, color="on_wall", align="left")
        self.counter = NumberLabel(theme, counter, role, color="on_wall", align="center")
        row.addWidget(self.number, _NUMBER_SHARE)
        row.addWidget(self.counter, _COUNTER_SHARE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_call(self, number: str, counter: str) -> None:
        """Show another call, or nothing."""
        self.number.setText(number)
        self.counter.setText(counter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the hairline above."""
        QPainter(self).fillRect(0, 0, self.width(), self._theme.stroke("outline"), self._theme.color("wall_line"))


class WaitStrip(Panel):
    """How many wait, queue by queue: token and number; one row lying, two standing."""

    def __init__(
        self, theme: Theme, label: str, counts: Sequence[tuple[str, int | str]] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "paper", parent=parent)
        self._strip_theme = theme
        outer = QHBoxLayout(self)
        margin = theme.margin
        outer.setContentsMargins(margin, theme.space("s2"), margin, theme.space("s2"))
        outer.setSpacing(theme.space("s5"))
        self.label = TextLabel(theme, label, "label", weight=700)
        self.label.setMinimumWidth(self.label.natural_width())
        outer.addWidget(self.label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.space("s2"))
        outer.addLayout(self._grid, 1)
        self._numbers: dict[str, NumberLabel] = {}
        self.set_counts(counts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Sequence[tuple[str, int | str]]) -> None:
        """Show how many wait; the cells are made again only when the queues change."""
        if [letter for letter, _ in counts] != list(self._numbers):
            self._build([letter for letter, _ in counts])
        for letter, count in counts:
            self._numbers[letter].setText(str(count))

    def _build(self, letters: list[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        self._numbers = {}
        columns = _COLUMNS_STANDING if self._strip_theme.metrics.portrait else max(1, len(letters))
        rows = -(-len(letters) // columns)
        for place, letter in enumerate(letters):
            if place < columns and place:
                self._grid.addWidget(Rule(self._strip_theme, vertical=True), 0, 2 * place - 1, rows, 1)
            self._grid.addWidget(self._cell(letter), place // columns, 2 * (place % columns))
            self._grid.setColumnStretch(2 * (place % columns), 1)

    def _cell(self, letter: str) -> QWidget:
        theme = self._strip_theme
        role = "waiting" if theme.types == "board" else "value"
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s2"))
        row.addStretch(1)
        row.addWidget(QueueToken(theme, letter, height=round(theme.type(role).px * _TOKEN_EM)))
        number = NumberLabel(theme, "", role, weight=700, align="left")
        number.setMinimumWidth(round(theme.type(role).px * 1.35))  # two digits stand without moving the row
        row.addWidget(number)
        row.addStretch(1)
        self._numbers[letter] = number
        return cell
