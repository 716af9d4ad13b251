"""What staff see at the kiosk: her id, her PIN, then the printer, its last papers and what waits for the hub."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import kiosk_staff as flow
from kiosk.flows.kiosk_staff import Screen
from kiosk.ports import StoredJob
from ui.kiosk import phrases
from ui.kiosk.staff_screen import StaffMoment, StaffScreen
from ui.kiosk.staff_sign_in import PinScreen, WhoScreen
from ui.kiosk.staff_words import fate_in_words, newest_of_each, outbox_in_words
from ui.widgets import IconText, Pages, Panel, SillButton, TextLabel

AGAIN_MM, PAPER_MM = 13.5, 17.0


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
        self.add_head(facts, say("Printer and papers"))
        facts.addWidget(self.printer_notice())
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
    Screen.WHO: WhoScreen,
    Screen.PIN: PinScreen,
    Screen.MENU: MenuScreen,
}
