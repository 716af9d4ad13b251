"""The number, in the door; what comes next; and what became of the paper (LOOK 06, 06b)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import Procedure
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_events import IssuedTicket
from kiosk.flows.kiosk_state import Paper
from kiosk.i18n import Words
from ui.kiosk import phrases
from ui.kiosk.papers import title_and_rest
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.kiosk.subject import Subject
from ui.widgets import Fact, HandSlab, IconText, NumberLabel, QrPlate, Rule, SillButton, TextLabel, rich

NO_PAPER = {
    "paper_out": "The printer is out of paper",
    "cover_open": "The printer's cover is open",
    "cutter_error": "Paper is stuck in the printer",
    "overheated": "The printer has to cool down",
}
"""What the printer says of itself, in words; anything else is just "not ready"."""
LEANEST = 3
NUMBER_MM = (None, 75.0, 68.0, 52.0)
"""Size of the number by how lean the page is; None is the type scale's own. Lying, it begins at the second."""
MISSING_LENGTH = 60
"""Letters of missing papers' names that still read at a glance."""
QR_MM = {True: (82.0, 70.0, 62.0, 62.0), False: (95.0, 82.0, 76.0, 76.0)}
"""Side of the code's plate by whether there is paper and how lean the page is; without paper the code is what she
takes along (LOOK 06, 06b)."""


class TicketScreen(KioskScreen):
    """Shows the number first and largest. It stays until done, or until the timer closes it."""

    has_back = False
    leanest = LEANEST

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
        if theme.metrics.portrait:
            body.addWidget(self._number(ticket))
            body.addWidget(Subject(self.shown, self.page_width(), lean=self.lean >= 2))
            body.addSpacing(theme.space("s3"))
            body.addWidget(Rule(theme))
            body.addLayout(self._facts(ticket))
            body.addWidget(Rule(theme))
            body.addWidget(self._code(ticket), 1)
            body.addWidget(self._slab(ticket))
            return
        left, right, columns = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        gap = theme.space("s7")
        for column in (left, right):
            column.setSpacing(theme.space("s3"))
        left.addWidget(self._number(ticket))
        left.addWidget(Subject(self.shown, (self.page_width() - gap) // 2, lean=self.lean >= 2))
        left.addStretch(1)
        left.addWidget(self._slab(ticket))
        right.addStretch(1)
        right.addLayout(self._facts(ticket))
        right.addWidget(Rule(theme))
        right.addWidget(self._code(ticket), 3)
        columns.setSpacing(gap)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        body.addLayout(columns, 1)

    def middle(self) -> QWidget | None:
        """Return the way out."""
        say = self.shown.say
        self._done = SillButton(
            self.shown.theme,
            say("I have my number") if self.shown.state.paper is Paper.REFUSED else say("Done"),
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
            self.compose_again()

    def tick(self, seconds_left: int) -> None:
        """Say when the screen closes; not while the paper is still coming.

        A number without paper that nobody has touched is given up then, and whoever reads this can prevent it.
        """
        say, state = self.shown.say, self.shown.state
        if state.paper is Paper.REFUSED and not state.touched_since:
            one, many = "Given up in {n} second unless touched", "Given up in {n} seconds unless touched"
            self._done.setNote(say.count(one, many, seconds_left))
        elif state.paper is not Paper.PRINTING:
            self._done.setNote(say.count("Closes in {n} second", "Closes in {n} seconds", seconds_left))

    def _number(self, ticket: IssuedTicket) -> QWidget:
        theme, say = self.shown.theme, self.shown.say
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TextLabel(theme, say("Your number"), "value", color="primary", weight=600, align="center"))
        size = NUMBER_MM[self.lean if theme.metrics.portrait else max(1, self.lean)]
        number = NumberLabel(theme, ticket.number, px=theme.mm(size) if size else None)
        number.setObjectName("ticket_number")
        column.addWidget(number)
        return place

    def _facts(self, ticket: IssuedTicket) -> QBoxLayout:
        """Put who is ahead, the wait and the place side by side; leaner, in two lines of words."""
        theme, say = self.shown.theme, self.shown.say
        if ticket.promised_at:
            return self._promised(ticket)
        ahead = say.count("{n} person", "{n} people", ticket.ahead) if ticket.ahead else say("Nobody")
        wait = phrases.minutes(ticket.wait_low, ticket.wait_high, say)
        where = phrases.counters(ticket.counters, say, "or") if ticket.counters else ""
        where = where[:1].upper() + where[1:]
        if self.lean >= 2:
            lines = [
                ("users", " ".join((ahead, say("ahead of you"))) + (f", {wait}" if wait else "")),
                ("map-pin", ", ".join(part for part in (where, self._zone(ticket)) if part)),
            ]
            column = QVBoxLayout()
            for icon, line in lines:
                if line:
                    column.addWidget(IconText(theme, icon, line, "body", weight=700))
            return column
        facts = [("users", "ahead", ahead, say("ahead of you"))]
        if wait:
            facts.append(("clock", "wait", wait, say("wait, about")))
        if where:
            facts.append(("map-pin", "where", where, self._zone(ticket)))
        return self._side_by_side(facts)

    def _promised(self, ticket: IssuedTicket) -> QBoxLayout:
        """Put the day and the hour the number is for, instead of who is ahead now."""
        shown, say = self.shown, self.shown.say
        day = phrases.date(shown.site, ticket.promised_at, say)
        hour = phrases.clock(shown.site, ticket.promised_at)
        if self.lean >= 2:
            column = QVBoxLayout()
            line = say("Come on {day} from {time}", day=day, time=hour)
            column.addWidget(IconText(shown.theme, "calendar-event", line, "body", weight=700))
            return column
        return self._side_by_side(
            [("calendar-event", "day", day, say("come on")), ("clock", "hour", hour, say("from"))]
        )

    def _side_by_side(self, facts: Sequence[tuple[str, str, str, str]]) -> QHBoxLayout:
        theme = self.shown.theme
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

    @property
    def _on_paper(self) -> bool:
        return self.shown.state.paper in (Paper.PRINTING, Paper.PRINTED)

    def _code(self, ticket: IssuedTicket) -> QWidget:
        """Return the code for her phone, and beside it what it is for, or what became of the paper."""
        theme = self.shown.theme
        place = QWidget(objectName="phone")
        code = QHBoxLayout(place)
        code.setContentsMargins(0, 0, 0, 0)
        code.setSpacing(theme.space("s5"))
        if ticket.url:
            plate = QrPlate(theme, ticket.url, mm=QR_MM[self._on_paper][self.lean])
            plate.setObjectName("ticket_qr")
            code.addWidget(plate, 0, Qt.AlignmentFlag.AlignVCenter)
        code.addLayout(self._phone_words() if self._on_paper else self._kept_words(ticket), 1)
        return place

    def _slab(self, ticket: IssuedTicket) -> HandSlab:
        """Return what to do with the hands now; leaner, in one line."""
        theme, say, paper = self.shown.theme, self.shown.say, self.shown.state.paper
        if self._on_paper:
            title = say("Your ticket is coming out") if paper is Paper.PRINTING else say("Your ticket is ready")
            slab = HandSlab(theme, title, None if self.lean else say("Take it from the slot below"))
        else:
            note = None if self.lean else say("Or remember {number}", number=ticket.number)
            slab = HandSlab(theme, say("Take a picture of this screen"), note, icon="camera")
        slab.setObjectName("paper_coming" if self._on_paper else "photograph")
        slab.set_moving(self._on_paper)
        return slab

    def _phone_words(self) -> QVBoxLayout:
        theme, say, state = self.shown.theme, self.shown.say, self.shown.state
        scan = say("Open the camera or Zalo and scan this code.") if self.lean < 2 else ""
        texts = self._texts(say("Follow your turn on your phone"), scan)
        if state.procedure is not None and state.missing and self.lean < LEANEST:
            missing = IconText(
                theme,
                "info-circle",
                _missing(state.procedure, state.missing, say),
                "caption",
                color="need",
                icon_color="need",
            )
            missing.setObjectName("ticket_missing")
            texts.insertWidget(texts.count() - 1, missing)
        return texts

    def _kept_words(self, ticket: IssuedTicket) -> QVBoxLayout:
        say, state = self.shown.say, self.shown.state
        if state.paper is Paper.UNCERTAIN:
            title = say("Did the ticket come out?")
            text = say("If not, **{number}** is still kept for you. Just say it at the counter.", number=ticket.number)
        else:
            title = say(NO_PAPER.get(state.paper_detail, "The printer is not ready"))
            text = say(
                "Touch below that you have it: **{number}** is kept for you. No paper needed.", number=ticket.number
            )
        if self.lean >= 2:
            text = say("Touch below: **{number}** is kept for you.", number=ticket.number)
            if state.paper is Paper.UNCERTAIN:
                text = say("**{number}** is kept for you.", number=ticket.number)
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
        if text:
            texts.addWidget(TextLabel(theme, rich(text), "body", color="ink_2"))
        texts.addStretch(1)
        return texts


def _missing(procedure: Procedure, positions: Sequence[int], say: Words) -> str:
    """Name what is missing, or where that is long, count it: the list is on the paper and behind the code."""
    names = ", ".join(title_and_rest(procedure.documents[n].name)[0] for n in positions)
    if len(names) <= MISSING_LENGTH:
        return say("Missing: {names}", names=names)
    return say.count("{n} paper missing", "{n} papers missing", len(positions))
