"""Signing in: who sits here, then the PIN. Keypad and keyboard do the same."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.site import PIN_MIN
from kiosk.i18n import Words
from ui.counter.frame import Frame, Saying, Sheet
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import Keypad, Pages, PinDots, SillButton, TextLabel, keep_focus_on_window

NAMES_IN_ROW = 2
DIGIT_KEYS = 9


class NamesScreen(Frame):
    """Who sits at this counter? One key for each clerk."""

    def __init__(
        self, theme: Theme, say: Words, moment: Moment, staff: dict[str, str], *, on_pick: Callable[[str], None]
    ) -> None:
        super().__init__(theme, say, moment)
        column = _sheet_column(self, theme)
        question = (
            say("Who sits at counter {n} today?", n=moment.state.counter) if staff else say("Looking for the hub…")
        )
        column.addWidget(TextLabel(theme, question, "question"))
        column.addSpacing(theme.mm(4))
        pages = Pages(theme, next_text=say("More names"), previous_text=say("Names before"))
        pages.set_rows(_rows(theme, staff, on_pick))
        column.addWidget(pages, 1)
        self._saying = Saying(theme, say)
        column.addWidget(self._saying)
        keep_focus_on_window(self)

    def show_moment(self, moment: Moment) -> None:
        """Bring header and sentence up to date."""
        super().show_moment(moment)
        self._saying.show_moment(moment)


class PinScreen(Frame):
    """The clerk's PIN: dots, keypad, and the way in."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        moment: Moment,
        name: str,
        *,
        on_digit: Callable[[str], None],
        on_clear: Callable[[], None],
        on_enter: Callable[[], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__(theme, say, moment)
        self._say = say
        column = _sheet_column(self, theme)
        halves = QHBoxLayout()
        halves.setSpacing(theme.mm(14))
        column.addLayout(halves, 1)

        left = QVBoxLayout()
        left.setSpacing(theme.mm(3))
        left.addWidget(TextLabel(theme, name, "body", color="primary", weight=600))
        left.addWidget(TextLabel(theme, say("Type your PIN"), "question"))
        self._dots = PinDots(theme)
        self._dots.setObjectName("pin")
        left.addWidget(self._dots)
        left.addSpacing(theme.mm(2))
        self._enter = SillButton(theme, say("Open the counter"), kind="next", trail="", key="Enter")
        self._enter.setObjectName("wish_open")
        self._enter.clicked.connect(lambda: on_enter())
        left.addWidget(self._enter)
        self._saying = Saying(theme, say)
        left.addWidget(self._saying)
        left.addStretch(1)
        back = SillButton(theme, say("Another name"), icon="arrow-left", key="Esc")
        back.setObjectName("other_name")
        back.clicked.connect(lambda: on_back())
        left.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        halves.addLayout(left, 1)

        pad = Keypad(theme, clear=say("Clear"))
        pad.key.connect(lambda key: on_digit("" if key == "\b" else key))
        pad.cleared.connect(lambda: on_clear())
        halves.addWidget(pad, 1, Qt.AlignmentFlag.AlignTop)
        keep_focus_on_window(self)

    def show_moment(self, moment: Moment) -> None:
        """Show how many digits there are, never which."""
        super().show_moment(moment)
        self._dots.set_count(len(moment.state.pin))
        enough = len(moment.state.pin) >= PIN_MIN
        self._enter.set_off(None if enough else self._say("Type the PIN first."))
        self._saying.show_moment(moment)


def _sheet_column(frame: Frame, theme: Theme) -> QVBoxLayout:
    sheet = Sheet(theme)
    frame.body.addSpacing(theme.mm(16))
    frame.body.addWidget(sheet, 1)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(theme.mm(16), theme.mm(11), theme.mm(16), theme.mm(8))
    return column


def _rows(theme: Theme, staff: dict[str, str], on_pick: Callable[[str], None]) -> list[QWidget]:
    """Two names in a row, with the digit that picks them."""
    rows: list[QWidget] = []
    for index, (staff_id, name) in enumerate(staff.items()):
        if index % NAMES_IN_ROW == 0:
            row = QWidget()
            grid = QGridLayout(row)
            grid.setContentsMargins(0, 0, 0, theme.mm(3))
            grid.setHorizontalSpacing(theme.mm(5))
            for part in range(NAMES_IN_ROW):
                grid.setColumnStretch(part, 1)
            rows.append(row)
        key = str(index + 1) if index < DIGIT_KEYS else None
        button = SillButton(theme, name, icon="user", key=key, align="left", title_role="row", height=theme.mm(17))
        button.setObjectName(f"staff_{staff_id}")
        button.clicked.connect(lambda _=False, picked=staff_id: on_pick(picked))
        grid.addWidget(button, 0, index % NAMES_IN_ROW)
    return rows
