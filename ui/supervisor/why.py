"""Why this number before that one: both are typed, on the keyboard or here, and the hub's sentence stands beside."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from kiosk.domain.numbers import prefix_of
from kiosk.domain.site import Site
from kiosk.flows import supervisor_events as ev
from ui.supervisor.moment import Moment
from ui.supervisor.screens import Frame
from ui.theme import Theme
from ui.widgets import BACKSPACE, Keypad, Notice, SillButton, TextLabel

IN_ROW = 6
OFFLINE = "-"
"""Stands in numbers that a kiosk gave while the hub was away: "A2-015"."""


class WhyScreen(Frame):
    """Two numbers, the keys to type them with, and why."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: Callable[[ev.Event], None]) -> None:
        super().__init__(theme, moment)
        self._theme, self._on_event = theme, on_event
        say = moment.say
        halves = QHBoxLayout()
        halves.setSpacing(theme.mm(14))
        left = QVBoxLayout()
        left.setSpacing(theme.mm(3))
        question = TextLabel(theme, say("Why is this number before that one?"), "question")
        question.setObjectName("question")
        left.addWidget(question)
        self._slots = [self._slot(place) for place in (0, 1)]
        for slot in self._slots:
            left.addWidget(slot)
        self._enter = SillButton(theme, say("Go on"), kind="next", key="Enter")
        self._enter.setObjectName("enter")
        self._enter.clicked.connect(lambda: on_event(ev.Entered()))
        left.addWidget(self._enter)
        back = SillButton(theme, say("Back"), icon="arrow-left", key="Esc")
        back.setObjectName("back")
        back.clicked.connect(lambda: on_event(ev.Left()))
        left.addWidget(back)
        self._why = Notice(theme, " ", kind="good", icon="help-circle")
        self._why.setObjectName("why")
        self._why.hide()
        left.addWidget(self._why)
        self.add_notice(left)
        left.addStretch(1)
        halves.addLayout(left, 1)
        halves.addLayout(self._keys(say("Clear"), moment.site), 1)
        self.body.addLayout(halves, 1)

    def _slot(self, place: int) -> SillButton:
        slot = SillButton(self._theme, " ", note=" ", align="left", title_role="row", height=self._theme.mm(19))
        slot.setObjectName(f"number_{place}")
        slot.clicked.connect(lambda: self._on_event(ev.SlotPicked(place)))
        return slot

    def _keys(self, clear: str, site: Site) -> QVBoxLayout:
        """Make the keys: what the centre's numbers begin with, then digits."""
        theme, column, letters = self._theme, QVBoxLayout(), QGridLayout()
        letters.setSpacing(theme.mm(2))
        wanted = dict.fromkeys(prefix_of(queue) for queue in site.queues if prefix_of(queue))
        for place, text in enumerate([*wanted, OFFLINE]):
            key = SillButton(theme, text, align="center", title_role="value")
            key.setObjectName(f"letter_{text}")
            key.clicked.connect(lambda _=False, typed=text: self._on_event(ev.Typed(typed)))
            letters.addWidget(key, place // IN_ROW, place % IN_ROW)
        pad = Keypad(theme, clear=clear)
        pad.key.connect(lambda key: self._on_event(ev.Typed("" if key == BACKSPACE else key)))
        pad.cleared.connect(lambda: self._on_event(ev.Cleared()))
        column.setSpacing(theme.mm(3))
        column.addLayout(letters)
        column.addWidget(pad, 1, Qt.AlignmentFlag.AlignTop)
        return column

    def show_moment(self, moment: Moment) -> None:
        """Show what is typed, what Enter asks, and the answer."""
        super().show_moment(moment)
        say, state = moment.say, moment.state
        first, second = state.numbers
        notes = (say("This number"), say("Before this one; leave it empty: why the first was called"))
        for place, slot in enumerate(self._slots):
            slot.setTitle(state.numbers[place] or "–")
            slot.setNote(notes[place])
            slot.set_chosen(place == state.slot)
        if state.slot == 0 or not first:
            words = say("Go on")
        elif second:
            words = say("Why is {first} before {second}?", first=first, second=second)
        else:
            words = say("Why was {first} called?", first=first)
        self._enter.setTitle(words)
        self._enter.set_off(None if first else say("Type a number first, such as {number}.", number=_sample(moment)))
        if state.why:
            self._why.setText(state.why)
        self._why.setVisible(bool(state.why))


def _sample(moment: Moment) -> str:
    """Return a number as the centre gives them, to show what is meant."""
    return f"{prefix_of(moment.site.queues[0])}017"
