"""Who opens the staff menu: her id on our keyboard, then her PIN. No name is shown to whoever holds the clock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.site import PIN_MIN
from kiosk.flows import kiosk_staff as flow
from ui.kiosk.search import beside
from ui.kiosk.staff_screen import StaffMoment, StaffScreen
from ui.theme import Theme
from ui.widgets import Keyboard, Keypad, Notice, PinDots, SillButton, TextField
from ui.widgets.typing import BACKSPACE


class TypingScreen(StaffScreen):
    """Something is typed, then she goes on."""

    def typed(self, key: str) -> None:
        """Tell of a key of keyboard or pad."""
        self.happened.emit(flow.Typed("" if key == BACKSPACE else key))

    def middle(self) -> QWidget:
        """Return the way on."""
        self._enter = SillButton(self.shown.theme, self.shown.say("Go on"), kind="next")
        self._enter.setObjectName("staff_enter")
        self._enter.setEnabled(self.enough(self.moment.state))
        self._enter.clicked.connect(lambda: self.happened.emit(flow.Entered()))
        return self._enter

    def show_staff(self, moment: StaffMoment) -> None:
        """Let her go on when there is enough."""
        super().show_staff(moment)
        self._enter.setEnabled(self.enough(moment.state))

    def enough(self, state: flow.State) -> bool:
        """Tell whether she can go on."""
        raise NotImplementedError

    def no_hub_notice(self) -> Notice:
        """Say why nobody gets in."""
        sentence = self.shown.say("The hub does not answer: a PIN cannot be checked just now.")
        notice = Notice(self.shown.theme, sentence)
        notice.setObjectName("staff_no_hub")
        return notice


class WhoScreen(TypingScreen):
    """Who is it? The printer's state is for everybody: it is on the citizen's screens as well."""

    def says(self, moment: StaffMoment) -> object:
        """Return the little that changes here."""
        return moment.status, moment.connected

    def enough(self, state: flow.State) -> bool:
        """Tell whether there is anything."""
        return bool(state.staff)

    def show_staff(self, moment: StaffMoment) -> None:
        """Show what was typed."""
        super().show_staff(moment)
        self._field.setText(moment.state.staff)

    def make_tray(self) -> QWidget | None:
        """Standing, the keyboard lies under the sheet and the way on rides on it."""
        return self._keyboard(self.shown.theme) if self.shown.theme.metrics.portrait else None

    def fill(self, body: QVBoxLayout) -> None:
        """Put what she types, and what holds without it; lying, the keyboard stands beside them."""
        theme, say = self.shown.theme, self.shown.say
        words = QVBoxLayout()
        words.setSpacing(theme.space("s3"))
        self.add_head(words, say("Type your staff id"))
        self._field = TextField(theme, say("Staff id"), icon="user")
        self._field.setObjectName("staff_id")
        self._field.setText(self.moment.state.staff)
        self._field.edit.setReadOnly(True)
        self._field.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it is typed on our keyboard, and shown here
        words.addWidget(self._field)
        words.addWidget(self.printer_notice())
        if not self.moment.connected:
            words.addWidget(self.no_hub_notice())
        words.addStretch(1)
        if theme.metrics.portrait:
            body.addLayout(words)
            return
        halves = QHBoxLayout()
        halves.setSpacing(theme.metrics.gap)
        halves.addLayout(words, 1)
        halves.addWidget(self._keyboard(beside(theme, self.room.height())), 1, Qt.AlignmentFlag.AlignBottom)
        body.addLayout(halves, 1)

    def _keyboard(self, theme: Theme) -> Keyboard:
        keyboard = Keyboard(theme, clear=self.shown.say("Clear"), space=self.shown.say("space"))
        keyboard.setObjectName("staff_keyboard")
        keyboard.key.connect(self.typed)
        keyboard.cleared.connect(lambda: self.happened.emit(flow.Cleared()))
        return keyboard


class PinScreen(TypingScreen):
    """Her PIN."""

    def back_word(self) -> str:
        """Return to the id."""
        return self.shown.say("Back")

    def enough(self, state: flow.State) -> bool:
        """Tell whether it can be one."""
        return len(state.pin) >= PIN_MIN

    def says(self, moment: StaffMoment) -> object:
        """Return the sentence; digits change the dots only."""
        return moment.state.sentence, moment.state.unanswered

    def show_staff(self, moment: StaffMoment) -> None:
        """Show how many digits there are, never which."""
        super().show_staff(moment)
        self._dots.set_count(len(moment.state.pin))

    def fill(self, body: QVBoxLayout) -> None:
        """Put dots, the hub's sentence and the pad."""
        theme, say, state = self.shown.theme, self.shown.say, self.moment.state
        words = QVBoxLayout()
        words.setSpacing(theme.space("s3"))
        self.add_head(words, say("Type your PIN"))
        self._dots = PinDots(theme)
        self._dots.setObjectName("staff_pin_dots")
        self._dots.set_count(len(self.moment.state.pin))
        words.addWidget(self._dots)
        if state.unanswered:
            words.addWidget(self.no_hub_notice())
        elif state.sentence:
            notice = Notice(theme, state.sentence)
            notice.setObjectName("staff_sentence")
            words.addWidget(notice)
        pad = Keypad(theme, clear=say("Clear"))
        pad.key.connect(self.typed)
        pad.cleared.connect(lambda: self.happened.emit(flow.Cleared()))
        if theme.metrics.portrait:
            body.addLayout(words)
            body.addStretch(1)
            body.addWidget(pad)
            return
        words.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(theme.space("s7"))
        halves.addLayout(words, 1)
        halves.addWidget(pad, 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(halves, 1)
