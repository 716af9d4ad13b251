"""What a scan led to: one calm answer, then back to what was there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import Screen
from kiosk.flows.scan import Scan, ScanKind
from ui.kiosk import phrases
from ui.kiosk.checklist_key import ChecklistKey, slip_wish
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import HandSlab, IconText, NumberLabel, SillButton, TextLabel

NUMBER_MM = (75.0, 52.0, 40.0, 40.0)
"""Size of the number, by how lean the page is."""
_IN_LINE = (
    ScanKind.RETURNED,
    ScanKind.PAPERS,
    ScanKind.BACK,
    ScanKind.CHECKED_IN,
    ScanKind.LATE,
    ScanKind.PROMISED,
    ScanKind.WAITING,
)
"""Answers to somebody who waits: they say who is ahead, how long, and where."""


class ScannedScreen(KioskScreen):
    """Stands before the screen it came over, which keeps everything the citizen had chosen."""

    shape = "high"
    has_nav = False
    leanest = 3

    def fill(self, body: QVBoxLayout) -> None:
        """Put the answer, the number, where it stands, and the way back."""
        self.setObjectName("screen_scanned")
        scan, theme = self.shown.state.scan, self.shown.theme
        if scan is None:
            raise ValueError("no scan to answer")
        title, text = self._words(scan)
        body.addStretch(1)
        role = "welcome" if self.lean < 2 else "question"
        question = TextLabel(theme, title, role, align="center", max_lines=2, smaller="question")
        question.setObjectName("scan_title")
        body.addWidget(question)
        if scan.number:
            number = NumberLabel(theme, scan.number, px=theme.mm(NUMBER_MM[self.lean]))
            number.setObjectName("scan_number")
            body.addWidget(number)
        if text and not (self.lean == self.leanest and scan.kind in _IN_LINE):
            sentence = TextLabel(theme, text, "body", align="center", color="ink_2")
            sentence.setObjectName("scan_text")
            body.addWidget(sentence)
        self._add_place(scan, body)
        body.addStretch(1)
        self._add_ways(scan, body)
        body.addStretch(1)

    def refresh(self, shown: Shown) -> None:
        """Say how the paper stands."""
        super().refresh(shown)
        if self._print is not None:
            self._print.show_state(shown)

    def tick(self, seconds_left: int) -> None:
        """Say when it goes back by itself."""
        if self._close is not None:
            say = self.shown.say
            self._close.setNote(say.count("Closes in {n} second", "Closes in {n} seconds", seconds_left))

    def _add_place(self, scan: Scan, body: QVBoxLayout) -> None:
        """Say who is ahead, how long that takes, and at which counter; or where to go now."""
        say, theme = self.shown.say, self.shown.theme
        if scan.kind is ScanKind.CALLED:
            slab = HandSlab(theme, say("Please go there now"), icon="door-enter")
            slab.setObjectName("scan_go")
            body.addWidget(slab)
        if scan.kind not in _IN_LINE:
            return
        ahead = say.count("{n} person", "{n} people", scan.ahead) if scan.ahead else say("Nobody")
        wait = phrases.minutes(scan.wait_low, scan.wait_high, say)
        lines = [("users", "scan_ahead", " ".join((ahead, say("ahead of you"))) + (f", {wait}" if wait else ""))]
        if scan.counters:
            where = phrases.counters(scan.counters, say, "or")
            lines.append(("map-pin", "scan_where", where[:1].upper() + where[1:]))
        column = QVBoxLayout()
        for icon, name, line in lines:
            label = IconText(theme, icon, line, "row", weight=700, align="center")
            label.setObjectName(name)
            column.addWidget(label)
        body.addLayout(column)

    def _add_ways(self, scan: Scan, body: QVBoxLayout) -> None:
        say, theme, results = self.shown.say, self.shown.theme, self.shown.site.results
        self._close: SillButton | None = None
        self._print: ChecklistKey | None = None
        if scan.kind is ScanKind.ASKING:
            return
        if scan.kind is ScanKind.DOSSIER and results is not None:
            take = SillButton(theme, say("Take a number"), kind="next")
            take.setObjectName("take_result")
            take.clicked.connect(lambda: self.tell(e.ResultWanted(self.shown.new_attempt(), results.queue)))
            body.addWidget(take)
            body.addSpacing(theme.space("s3"))
        if scan.slip is not None:
            self._print = ChecklistKey(self.shown, slip=True)
            self._print.clicked.connect(lambda: self.tell(slip_wish(self.shown)))
            body.addWidget(self._print, 0, Qt.AlignmentFlag.AlignHCenter)
            body.addSpacing(theme.space("s3"))
        at_home = self.shown.state.screen is Screen.HOME
        title = say("Done") if at_home else say("Back to where you were")
        self._close = SillButton(theme, title, sill="primary", note=" ")
        self._close.setObjectName("scan_close")
        self._close.clicked.connect(lambda: self.tell(e.ScanClosed()))
        body.addWidget(self._close)

    def _words(self, scan: Scan) -> tuple[str, str]:
        """Return what is said largest, and the sentence under it."""
        say, counter = self.shown.say, scan.counters[0] if scan.counters else 0
        if scan.kind is ScanKind.CALLED:
            return say("Please come to counter {n}", n=counter), ""
        if scan.kind is ScanKind.SERVING:
            return say("You are being served at counter {n}", n=counter), ""
        if scan.kind is ScanKind.AHEAD:
            day = phrases.date(self.shown.site, scan.at, say)
            time = phrases.clock(self.shown.site, scan.at)
            return say("Not today yet"), say("Come on {day} from {time}", day=day, time=time)
        if scan.kind is ScanKind.PAPERS and not scan.ahead and len(scan.counters) == 1:
            return say("You are back with your papers"), say("You are the next one at counter {n}.", n=counter)
        title, text = self._table()[scan.kind]
        return title, scan.sentence or text if scan.kind is ScanKind.REFUSED else text

    def _table(self) -> dict[ScanKind, tuple[str, str]]:
        say = self.shown.say
        return {
            ScanKind.ASKING: (say("One moment, please"), say("Looking up your ticket.")),
            ScanKind.RETURNED: (
                say("You are in line again"),
                say("You missed your call. You come after the next few people."),
            ),
            ScanKind.PAPERS: (say("You are back with your papers"), say("You come next where you were.")),
            ScanKind.BACK: (say("You are in line again"), say("Please wait for your call.")),
            ScanKind.CHECKED_IN: (say("Your appointment is checked in"), say("Please wait for your call.")),
            ScanKind.LATE: (
                say("Your appointment is checked in"),
                say("Its time has passed. You will still be served, counted from now."),
            ),
            ScanKind.PROMISED: (say("Your number is in line"), say("Please wait for your call.")),
            ScanKind.WAITING: (say("Your number is in line"), say("Please wait for your call.")),
            ScanKind.DONE: (
                say("This number has been served"),
                say("Thank you for coming. If there is something else to do, please take a new number."),
            ),
            ScanKind.CANCELLED: (
                say("This number was given up"),
                say("It is not in line any more. If you still need to be served, please take a new number."),
            ),
            ScanKind.EXPIRED: (
                say("The day ended before this number's turn"),
                say("We are sorry you waited. Please take a new number and tell the desk: they will help you."),
            ),
            ScanKind.PAPERS_LATE: (
                say("The time to come back is over"),
                say("Please take a new number, or ask at the desk."),
            ),
            ScanKind.UNKNOWN: (
                say("This ticket is not known here today"),
                say("A number is for one day and one centre. If yours is of an earlier day, please take a new one."),
            ),
            ScanKind.NO_TICKET: (
                say("This is no ticket of ours"),
                say("Please hold the square code of your ticket to the reader. What you had chosen is still here."),
            ),
            ScanKind.REFUSED: (say("That did not work"), say("Please ask at the desk.")),
            ScanKind.UNREACHABLE: (
                say("The hub does not answer yet"),
                say("Please hold the code here again in a moment, or ask at the desk."),
            ),
            ScanKind.DOSSIER: (
                say("Do you come for a result?"),
                say("Take a number for the desk that hands out results."),
            ),
            ScanKind.BUSY: (
                say("One thing after the other"),
                say("A number is on its way. Then hold this code here again."),
            ),
        }
