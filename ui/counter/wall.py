"""The wall's column: this counter's lines, today's figures, and the keys for leaving (LOOK 14b)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import counter_events as ev
from kiosk.flows.counter_events import AskKind, Wish
from kiosk.flows.counter_state import Phase
from kiosk.i18n import Words
from ui.counter.ask_panel import set_aside
from ui.counter.key_table import BACK_KEY
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import Chip, NumberLabel, Rule, SillButton, TextLabel

NARROW_MM = 62
WIDE_MM = 86
WIDE_FROM_MM = 340
"""A window this wide gives the wall's column its full width."""


class WallColumn(QWidget):
    """Lines in tiers with how many wait, what was done today, pause and leave."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        moment: Moment,
        *,
        on_wish: Callable[[Wish], None],
        on_why: Callable[[str], None],
        on_event: Callable[[ev.Event], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._say = say
        self._on_wish = on_wish
        self._on_why = on_why
        wide = theme.metrics.width >= theme.mm(WIDE_FROM_MM)
        self.setFixedWidth(theme.mm(WIDE_MM if wide else NARROW_MM))
        self._counts: dict[str, NumberLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.mm(5.8), theme.mm(2), theme.mm(5.8), theme.mm(5.3))
        column.setSpacing(theme.mm(1))
        tiers = moment.view.serves if moment.view else ()
        for index, tier in enumerate(tiers):
            title = say("This counter's lines") if index == 0 else say("When these are empty")
            if index:
                column.addSpacing(theme.mm(4))
            column.addWidget(TextLabel(theme, title, "caption", color="on_wall_2"))
            for queue in tier:
                column.addWidget(Rule(theme, color="wall_line"))
                column.addLayout(self._line(moment, queue))
        column.addStretch(1)
        self._add_today(column)
        self._back = SillButton(theme, say("Someone is back"), kind="wall", key=BACK_KEY, align="left")
        self._back.setObjectName("ask_return")
        self._back.clicked.connect(lambda: on_event(ev.Asked(AskKind.RETURN)))
        self._back.asked_why.connect(on_why)
        column.addWidget(self._back)
        self._add_keys(column)

    def _line(self, moment: Moment, queue: str) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.mm(3))
        count = NumberLabel(theme, "0", "value", color="on_wall", align="right")
        count.setObjectName(f"waiting_{queue}")
        self._counts[queue] = count
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(Chip(theme, queue, on_wall=True), 0, middle)
        row.addWidget(TextLabel(theme, moment.queue_name(queue), "label", color="on_wall"), 1, middle)
        row.addWidget(count, 0, middle)
        return row

    def _add_today(self, column: QVBoxLayout) -> None:
        theme = self._theme
        column.addWidget(Rule(theme, color="wall_line"))
        row = QHBoxLayout()
        row.setSpacing(theme.mm(2))
        self._served = NumberLabel(theme, "0", "hero", color="on_wall", align="left")
        self._served.setObjectName("served_today")
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._served, 0, middle)
        row.addWidget(TextLabel(theme, self._say("served today"), "caption", color="on_wall_2"), 1, middle)
        column.addLayout(row)
        column.addSpacing(theme.mm(2))

    def _add_keys(self, column: QVBoxLayout) -> None:
        self._keys: dict[Wish, SillButton] = {}
        for wish, title, key in (
            (Wish.PAUSE, self._say("Pause"), "F11"),
            (Wish.CLOSE, self._say("Sign out"), "F12"),
        ):
            button = SillButton(self._theme, title, kind="wall", key=key, align="left")
            button.setObjectName(f"wish_{wish.value}")
            button.clicked.connect(lambda _=False, asked=wish: self._on_wish(asked))
            button.asked_why.connect(self._on_why)
            self._keys[wish] = button
            column.addWidget(button)

    def show_moment(self, moment: Moment) -> None:
        """Bring counts and keys up to date."""
        if moment.view:
            for queue, label in self._counts.items():
                label.setText(str(moment.view.queues[queue].waiting))
            self._served.setText(str(moment.view.served_today))
        state = moment.state
        self._back.setVisible(bool(set_aside(moment)) or (state.ask is not None and state.ask.kind is AskKind.RETURN))
        self._back.set_off(None if state.connected else self._say("No link to the hub."))
        for wish, button in self._keys.items():
            free = wish in state.wishes
            button.set_off(None if free else self._why_off(moment))

    def _why_off(self, moment: Moment) -> str:
        if not moment.state.connected:
            return self._say("No link to the hub.")
        if moment.state.phase is Phase.PAUSED:
            return self._say("The counter is paused already.")
        return self._say("Finish this number first.")
