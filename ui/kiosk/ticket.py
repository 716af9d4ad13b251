"""The number, in the door; what comes next; and what became of the paper (LOOK 06, 06b)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_events import IssuedTicket
from kiosk.flows.kiosk_state import Paper
from ui.kiosk import phrases
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.kiosk.subject import Subject
from ui.widgets import Fact, HandSlab, IconText, NumberLabel, QrPlate, Rule, SillButton, TextLabel, rich

NO_PAPER = {
    "paper_out": "The printer is out of paper",
    "cover_open": "The printer's cover is open",
}
"""What the printer says of itself, in words; anything else is just "not ready"."""
NUMBER_LYING_MM = 75.0
"""Size of the number on a lying screen, where it shares the page with the code."""
QR_MM = {True: 82.0, False: 95.0}
"""Side of the code's plate, by whether there is paper: without it the code is what she takes along (LOOK 06, 06b)."""


class TicketScreen(KioskScreen):
    """Shows the number first and largest. It stays until done, or until the timer closes it."""

    has_back = False

    def __init__(self, shown: Shown) -> None:
        # Lying, number and code share the height side by side: a tall arch would cut the outer one.
        self.shape = "high" if shown.theme.metrics.portrait else "low"
        super().__init__(shown)

    def fill(self, body: QVBoxLayout) -> None:
        """Put number, subject, facts, phone code and what to do with the hands."""
        ticket = self.shown.state.ticket
        if ticket is None:
            raise ValueError("no ticket to show")
        theme = self.shown.theme
        self._code_place, self._slab_place = QVBoxLayout(), QVBoxLayout()
        self._code: QWidget | None = None
        self._slab: HandSlab | None = None
        if theme.metrics.portrait:
            body.addWidget(self._number(ticket))
            body.addWidget(Subject(self.shown, self.page_width()))
            body.addSpacing(theme.space("s3"))
            body.addWidget(Rule(theme))
            body.addLayout(self._facts(ticket))
            body.addWidget(Rule(theme))
            body.addLayout(self._code_place, 1)
            body.addLayout(self._slab_place)
        else:
            left, right, columns = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
            gap = theme.space("s7")
            for column in (left, right):
                column.setSpacing(theme.space("s3"))
            left.addWidget(self._number(ticket))
            left.addWidget(Subject(self.shown, (self.page_width() - gap) // 2))
            left.addStretch(1)
            left.addLayout(self._slab_place)
            right.addStretch(1)
            right.addLayout(self._facts(ticket))
            right.addWidget(Rule(theme))
            right.addLayout(self._code_place, 3)
            columns.setSpacing(gap)
            columns.addLayout(left, 1)
            columns.addLayout(right, 1)
            body.addLayout(columns, 1)
        self._show_paper()

    def middle(self) -> QWidget | None:
        """Return the way out."""
        self._done = SillButton(
            self.shown.theme,
            self.shown.say("Done"),
            sill="primary",
            note="",
            note_side="right",
            align="left",
            title_role="value",
        )
        self._done.setObjectName("done")
        self._done.clicked.connect(lambda: self.tell(e.HomePressed()))
        return self._done

    def refresh(self, shown: Shown) -> None:
        """Say what became of the paper."""
        before = self.shown
        super().refresh(shown)
        if before.state.paper is not shown.state.paper:
            self._show_paper()

    def tick(self, seconds_left: int) -> None:
        """Say when the screen closes; not while the paper is still coming."""
        if self.shown.state.paper is not Paper.PRINTING:
            say = self.shown.say
            self._done.setNote(say.count("Closes in {n} second", "Closes in {n} seconds", seconds_left))

    def _number(self, ticket: IssuedTicket) -> QWidget:
        theme, say = self.shown.theme, self.shown.say
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TextLabel(theme, say("Your number"), "value", color="primary", weight=600, align="center"))
        px = None if theme.metrics.portrait else theme.mm(NUMBER_LYING_MM)
        number = NumberLabel(theme, ticket.number, px=px)
        number.setObjectName("ticket_number")
        column.addWidget(number)
        return place

    def _facts(self, ticket: IssuedTicket) -> QHBoxLayout:
        theme, say = self.shown.theme, self.shown.say
        ahead = say.count("{n} person", "{n} people", ticket.ahead) if ticket.ahead else say("Nobody")
        facts = [("users", "ahead", ahead, say("ahead of you"))]
        if wait := phrases.minutes(ticket.wait_low, ticket.wait_high, say):
            facts.append(("clock", "wait", wait, say("wait, about")))
        if ticket.counters:
            where = phrases.counters(ticket.counters, say, "or")
            facts.append(("map-pin", "where", where[0].upper() + where[1:], self._zone(ticket)))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s3"))
        for n, (icon, name, value, label) in enumerate(facts):
            if n:
                row.addWidget(Rule(theme, vertical=True))
            fact = Fact(theme, icon, label, value, layout="stack")
            fact.setObjectName(f"fact_{name}")
            row.addWidget(fact, max(1, fact.value.natural_width()))
        return row

    def _zone(self, ticket: IssuedTicket) -> str:
        queue = self.shown.site.queue(ticket.queue)
        return self.shown.say("area {zone}", zone=queue.zone) if queue and queue.zone else ""

    def _show_paper(self) -> None:
        """Put the code with its words, and the slab, as the paper stands now."""
        for place, old in ((self._code_place, self._code), (self._slab_place, self._slab)):
            if old is not None:
                place.removeWidget(old)
                old.deleteLater()
        on_paper = self.shown.state.paper in (Paper.PRINTING, Paper.PRINTED)
        self._code = self._make_code(on_paper)
        self._code_place.addWidget(self._code)
        self._slab = self._make_slab(on_paper)
        self._slab.setObjectName("paper_coming" if on_paper else "photograph")
        self._slab.set_moving(on_paper)
        self._slab_place.addWidget(self._slab)

    def _make_code(self, on_paper: bool) -> QWidget:
        theme, ticket = self.shown.theme, self.shown.state.ticket
        place = QWidget(objectName="phone")
        code = QHBoxLayout(place)
        code.setContentsMargins(0, 0, 0, 0)
        code.setSpacing(theme.space("s5"))
        if ticket is not None and ticket.url:
            plate = QrPlate(theme, ticket.url, mm=QR_MM[on_paper])
            plate.setObjectName("ticket_qr")
            code.addWidget(plate, 0, Qt.AlignmentFlag.AlignVCenter)
        code.addLayout(self._on_paper() if on_paper else self._without_paper(), 1)
        return place

    def _make_slab(self, on_paper: bool) -> HandSlab:
        theme, say, state = self.shown.theme, self.shown.say, self.shown.state
        if on_paper:
            title = say("Your ticket is coming out") if state.paper is Paper.PRINTING else say("Your ticket is ready")
            return HandSlab(theme, title, say("Take it from the slot below"))
        number = state.ticket.number if state.ticket else ""
        return HandSlab(
            theme, say("Take a picture of this screen"), say("Or remember {number}", number=number), icon="camera"
        )

    def _on_paper(self) -> QVBoxLayout:
        theme, say, state = self.shown.theme, self.shown.say, self.shown.state
        texts = self._texts(say("Follow your turn on your phone"), say("Open the camera or Zalo and scan this code."))
        if state.procedure is not None and state.missing:
            names = ", ".join(state.procedure.documents[n].name for n in state.missing)
            missing = IconText(
                theme, "info-circle", say("Missing: {names}", names=names), "caption", color="need", icon_color="need"
            )
            missing.setObjectName("ticket_missing")
            texts.insertWidget(texts.count() - 1, missing)
        return texts

    def _without_paper(self) -> QVBoxLayout:
        say, state = self.shown.say, self.shown.state
        number = state.ticket.number if state.ticket else ""
        if state.paper is Paper.UNCERTAIN:
            title = say("Did the ticket come out?")
            text = say("If not, **{number}** is still kept for you. Just say it at the counter.", number=number)
        else:
            title = say(NO_PAPER.get(state.paper_detail, "The printer is not ready"))
            text = say("**{number}** is kept for you. No paper needed, just say it at the counter.", number=number)
        return self._texts(title, text, icon="printer-off")

    def _texts(self, title: str, text: str, icon: str | None = None) -> QVBoxLayout:
        theme = self.shown.theme
        texts = QVBoxLayout()
        texts.setSpacing(theme.space("s2"))
        texts.addStretch(1)
        if icon:
            texts.addWidget(IconText(theme, icon, title, "row", icon_color="need"))
        else:
            texts.addWidget(TextLabel(theme, title, "row"))
        texts.addWidget(TextLabel(theme, rich(text), "body", color="ink_2"))
        texts.addStretch(1)
        return texts
