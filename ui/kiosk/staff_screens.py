"""What staff see at the kiosk: who it is, her PIN, then the printer, its last papers and what waits for the hub."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.site import PIN_MIN
from kiosk.flows import kiosk_staff as flow
from kiosk.flows.kiosk_staff import Screen
from kiosk.ports import PrinterStatus, StoredJob
from ui.kiosk import phrases
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.kiosk.staff_words import fate_in_words, newest_of_each, outbox_in_words, printer_in_words
from ui.widgets import IconText, Keypad, NavRow, Notice, Pages, Panel, PinDots, SillButton, TextLabel

NAME_MM, AGAIN_MM, PAPER_MM = 18.0, 13.5, 17.0


@dataclass(frozen=True)
class StaffMoment:
    """One moment of the menu."""

    state: flow.State
    names: dict[str, str]
    """The centre's staff, id to name."""
    status: PrinterStatus = PrinterStatus.UNKNOWN
    papers: tuple[StoredJob, ...] = ()
    """Newest first; a ticket may have several."""
    waiting: int = 0
    """Facts that wait for the hub."""
    aside: int = 0
    """Facts the hub could not place."""
    connected: bool = True


class StaffScreen(KioskScreen):
    """A screen of the menu: no bar, no language to choose, its words are the kiosk's own language."""

    def __init__(self, shown: Shown, moment: StaffMoment) -> None:
        self.moment = moment
        super().__init__(shown)
        self.setObjectName(f"staff_{moment.state.screen.value}")

    def show_staff(self, moment: StaffMoment) -> None:
        """Bring the page up to date, built again only where it says something else."""
        before, self.moment = self.moment, moment
        if self.says(before) != self.says(moment):
            self.compose_again()

    def says(self, moment: StaffMoment) -> object:
        """Return what the page is made from."""
        return moment

    def _make_bar(self) -> None:
        return None

    def _make_nav(self) -> NavRow:
        nav = NavRow(self.shown.theme, back=self.back_word())
        if nav.back is not None:
            nav.back.setObjectName("staff_back")  # the citizen's own stands below
        nav.back_clicked.connect(lambda: self.happened.emit(flow.Back()))
        return nav

    def back_word(self) -> str:
        """Return what the way back is called."""
        return self.shown.say("Close")

    def _head(self, body: QVBoxLayout, title: str) -> None:
        theme = self.shown.theme
        name = self.moment.names.get(self.moment.state.staff, "")
        whose = f"{self.shown.say('For staff')} · {name}" if name else self.shown.say("For staff")
        body.addWidget(TextLabel(theme, whose, "label", color="primary"))
        body.addWidget(TextLabel(theme, title, "question"))

    def _printer(self) -> Notice:
        good = self.moment.status.prints
        sentence = printer_in_words(self.moment.status, self.shown.say)
        icon = "printer" if good else "printer-off"
        notice = Notice(self.shown.theme, sentence, kind="good" if good else "need", icon=icon)
        notice.setObjectName("staff_printer")
        return notice

    def _no_hub(self) -> Notice:
        sentence = self.shown.say("The hub does not answer: a PIN cannot be checked just now.")
        notice = Notice(self.shown.theme, sentence)
        notice.setObjectName("staff_no_hub")
        return notice


class NamesScreen(StaffScreen):
    """Who is it? The printer's state is for everybody: it is on the citizen's screens as well."""

    def says(self, moment: StaffMoment) -> object:
        """Return the little that changes here."""
        return moment.status, moment.connected

    def fill(self, body: QVBoxLayout) -> None:
        """Put the names, and above them what holds without one."""
        theme, say = self.shown.theme, self.shown.say
        self._head(body, say("Who are you?"))
        body.addWidget(self._printer())
        if not self.moment.connected:
            body.addWidget(self._no_hub())
        pages = Pages(theme, next_text=say("More names"), previous_text=say("Before"))
        pages.set_rows(self._rows(1 if theme.metrics.portrait else 2))
        body.addWidget(pages, 1)

    def _rows(self, in_row: int) -> list[QWidget]:
        theme, rows, names = self.shown.theme, [], list(self.moment.names.items())
        for start in range(0, len(names), in_row):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.space("s3"))
            for staff, name in names[start : start + in_row]:
                key = SillButton(theme, name, icon="user", align="left", title_role="label", height=theme.near(NAME_MM))
                key.setObjectName(f"staff_name_{staff}")
                key.clicked.connect(lambda _=False, picked=staff: self.happened.emit(flow.Picked(picked)))
                line.addWidget(key, 1)
            if len(names[start : start + in_row]) < in_row:
                line.addWidget(QWidget(), 1)
            rows.append(row)
        return rows


class PinScreen(StaffScreen):
    """Her PIN."""

    def back_word(self) -> str:
        """Return to the names."""
        return self.shown.say("Back")

    def says(self, moment: StaffMoment) -> object:
        """Return the sentence; digits change the dots only."""
        return moment.state.sentence, moment.state.unanswered

    def show_staff(self, moment: StaffMoment) -> None:
        """Show how many digits there are, never which."""
        super().show_staff(moment)
        self._dots.set_count(len(moment.state.pin))
        self._enter.setEnabled(len(moment.state.pin) >= PIN_MIN)

    def middle(self) -> QWidget:
        """Return the way in."""
        self._enter = SillButton(self.shown.theme, self.shown.say("Go on"), kind="next")
        self._enter.setObjectName("staff_enter")
        self._enter.setEnabled(len(self.moment.state.pin) >= PIN_MIN)
        self._enter.clicked.connect(lambda: self.happened.emit(flow.Entered()))
        return self._enter

    def fill(self, body: QVBoxLayout) -> None:
        """Put dots, the hub's sentence and the pad."""
        theme, say, state = self.shown.theme, self.shown.say, self.moment.state
        words = QVBoxLayout()
        words.setSpacing(theme.space("s3"))
        self._head(words, say("Type your PIN"))
        self._dots = PinDots(theme)
        self._dots.setObjectName("staff_pin_dots")
        self._dots.set_count(len(self.moment.state.pin))
        words.addWidget(self._dots)
        if state.unanswered:
            words.addWidget(self._no_hub())
        elif state.sentence:
            notice = Notice(theme, state.sentence)
            notice.setObjectName("staff_sentence")
            words.addWidget(notice)
        pad = Keypad(theme, clear=say("Clear"))
        pad.key.connect(lambda key: self.happened.emit(flow.Typed("" if key == "\b" else key)))
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


class MenuScreen(StaffScreen):
    """The printer, the last papers, the test page, and what waits for the hub."""

    def says(self, moment: StaffMoment) -> object:
        """Return all that is shown."""
        return moment.state.sent, moment.status, moment.papers, moment.waiting, moment.aside

    def middle(self) -> QWidget:
        """Return the test page's key."""
        key = SillButton(self.shown.theme, self.shown.say("Print a test page"), icon="printer")
        key.setObjectName("staff_test")
        key.clicked.connect(lambda: self.happened.emit(flow.TrialPageWanted()))
        return key

    def compose_again(self) -> None:
        """Fill the page anew, on the page of papers that was shown."""
        page = self._pages.page
        super().compose_again()
        self._pages.go(page)

    def fill(self, body: QVBoxLayout) -> None:
        """Put everything there is to know, then the papers."""
        theme, say = self.shown.theme, self.shown.say
        facts, papers = QVBoxLayout(), QVBoxLayout()
        for column in (facts, papers):
            column.setSpacing(theme.space("s3"))
        self._head(facts, say("Printer and papers"))
        facts.addWidget(self._printer())
        outbox = IconText(theme, "refresh", outbox_in_words(self.moment.waiting, self.moment.aside, say), color="ink_2")
        outbox.label.setObjectName("staff_outbox")
        facts.addWidget(outbox)
        if self.moment.state.sent:
            sent = say("The test page is on its way to the printer.")
            if self.moment.state.sent != flow.TEST:
                sent = say("{number} is on its way to the printer, marked as a copy.", number=self.moment.state.sent)
            said = IconText(theme, "info-circle", sent)
            said.label.setObjectName("staff_sent")
            facts.addWidget(said)
        self._pages = Pages(theme, next_text=say("Older papers"), previous_text=say("Before"))
        rows = [self._paper(job) for job in newest_of_each(self.moment.papers)]
        papers.addWidget(TextLabel(theme, say("Last papers") if rows else say("No paper yet"), "row"))
        self._pages.set_rows(rows)
        papers.addWidget(self._pages, 1)
        if theme.metrics.portrait:
            body.addLayout(facts)
            body.addLayout(papers, 1)
            return
        facts.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(theme.space("s6"))
        halves.addLayout(facts, 1)
        halves.addLayout(papers, 1)
        body.addLayout(halves, 1)

    def _paper(self, job: StoredJob) -> QWidget:
        theme, say = self.shown.theme, self.shown.say
        row = Panel(theme, "paper")
        row.setMinimumHeight(theme.near(PAPER_MM))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space("s3"))
        fate = f"{phrases.clock(self.shown.site, job.at)} · {fate_in_words(job.state, say)}"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(theme, job.number, "row", weight=700))
        said = TextLabel(theme, fate, "caption", color="ink_2" if job.state == "printed" else "need")
        said.setObjectName(f"staff_fate_{job.number}")
        words.addWidget(said)
        line.addLayout(words, 1)
        key = SillButton(theme, say("Print again"), icon="printer", height=theme.near(AGAIN_MM))
        key.setObjectName(f"staff_again_{job.number}")
        key.clicked.connect(lambda: self.happened.emit(flow.AgainWanted(job.ticket_id, job.number)))
        line.addWidget(key)
        return row


SCREENS: dict[Screen, type[StaffScreen]] = {
    Screen.NAMES: NamesScreen,
    Screen.PIN: PinScreen,
    Screen.MENU: MenuScreen,
}
