"""One procedure: fee and time, its papers to tick, and the number (LOOK 04)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import DocumentKind, Procedure
from kiosk.domain.procedure_words import fee_in_words, fee_says_more, time_in_words
from kiosk.domain.text import pick
from kiosk.flows import kiosk_events as e
from ui.kiosk import papers, phrases
from ui.kiosk.rows import PagesApart, group_title, pages, row_of, side_by_side
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import Fact, IconText, Notice, Pages, PaperRow, QueueToken, Rule, SillButton, TextLabel, rich

COLUMNS_LYING = 2
TITLES = {
    DocumentKind.SUBMIT: "Papers to hand in",
    DocumentKind.SHOW: "Papers to show, you keep them",
    DocumentKind.NOTE: "No need to bring",
}

FACT_MM = 90.0
"""Widest a fact's value gets on a lying screen before it wraps: the name needs the rest of the line."""
UNTIL_15 = "Handed in after 15:00: the result comes on the next working day."
ASSISTED = "Decided by the province. We receive it here and help you file it."


class ProcedureScreen(KioskScreen):
    """Says what it takes, lets her tick what she has, and gives the number whether or not all is there."""

    def __init__(self, shown: Shown) -> None:
        if shown.state.procedure is None:
            raise ValueError("no procedure to show")
        self._procedure: Procedure = shown.state.procedure
        self._rows: dict[int, PaperRow] = {}
        super().__init__(shown)

    def fill(self, body: QVBoxLayout) -> None:
        """Put head, facts, remarks, papers; standing, also what is missing in words."""
        theme = self.shown.theme
        if theme.metrics.portrait:
            body.addLayout(self._head())
            body.addWidget(Rule(theme))
            body.addLayout(self._facts())
            body.addWidget(Rule(theme))
            remarks = QHBoxLayout()
            remarks.setSpacing(theme.space("s4"))
            remarks.addWidget(self._remarks(), 1, Qt.AlignmentFlag.AlignVCenter)
            remarks.addWidget(self._more(), 0, Qt.AlignmentFlag.AlignVCenter)
            body.addLayout(remarks)
            if self._procedure.assisted:
                body.addWidget(self._assisted())
        else:
            head = QHBoxLayout()
            head.setSpacing(theme.space("s5"))
            head.addLayout(self._head(), 1)
            head.addLayout(self._facts())
            head.addWidget(self._more(), 0, Qt.AlignmentFlag.AlignVCenter)
            body.addLayout(head)
            remarks = self._remarks()
            if remarks.text():
                body.addWidget(remarks)
        self._pages.set_rows(self._papers())
        body.addWidget(self._pages, 1)
        if theme.metrics.portrait:
            body.addLayout(self._missing_place)
        self._show_missing()

    def middle(self) -> QWidget | None:
        """Return the one next step; lying, what is missing and the pages' buttons stand beside it."""
        shown = self.shown
        self._missing_place = QVBoxLayout()
        self._notice: QWidget | None = None
        self._take = SillButton(shown.theme, shown.say("Take a number"), kind="next", note=self._line())
        self._take.setObjectName("issue")
        self._take.clicked.connect(lambda: self.tell(e.NumberPressed(shown.new_attempt())))
        if shown.theme.metrics.portrait:
            self._pages: Pages = pages(shown, [])
            return self._take
        apart = PagesApart(shown)
        self._pages = apart
        missing = QWidget()
        missing.setLayout(self._missing_place)
        self._missing_place.setContentsMargins(0, 0, 0, 0)
        return side_by_side(shown.theme, [missing, apart.controls, self._take])

    def refresh(self, shown: Shown) -> None:
        """Redraw ticks, what is missing, and the line."""
        before = self.shown
        super().refresh(shown)
        if before.state.have != shown.state.have:
            for position, row in self._rows.items():
                row.set_state(*papers.row_state(shown.state, self._procedure, position, shown.say))
            self._show_missing()
        self._take.setNote(self._line())

    def _line(self) -> str | None:
        line = self.shown.line_of(self.shown.state.queue)
        return phrases.line_in_words(line, self.shown.say) if line else None

    def _head(self) -> QBoxLayout:
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        queue = shown.site.queue(shown.state.queue)
        field = pick(queue.name, shown.state.language) if queue else self._procedure.field
        texts = QVBoxLayout()
        texts.setSpacing(0)
        title = TextLabel(theme, shown.headline(self._procedure), "question", max_lines=2, smaller="value")
        title.setObjectName("procedure_name")
        texts.addWidget(title)
        under = f"{field}  ·  {say('Procedure {code}', code=self._procedure.code)}"
        if shown.english:
            under = f"{self._procedure.short}  ·  {self._procedure.code}"
        elif self._procedure.same_day_until_15 and not theme.metrics.portrait:
            under = say(UNTIL_15)
        texts.addWidget(TextLabel(theme, under, "caption", color="ink_2"))
        head = QHBoxLayout()
        head.setSpacing(theme.space("s4"))
        head.addWidget(QueueToken(theme, shown.state.queue))
        head.addLayout(texts, 1)
        return head

    def _facts(self) -> QBoxLayout:
        """Put fee and time, each as wide as its words need."""
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        fee = Fact(theme, "cash", say("Fee"), fee_in_words(self._procedure, shown.facts))
        fee.setObjectName("fee")
        time = Fact(theme, "clock", say("Result"), time_in_words(self._procedure, shown.facts))
        time.setObjectName("time")
        row = QHBoxLayout()
        row.setSpacing(theme.space("s5"))
        for fact in (fee, time):
            if theme.metrics.portrait:
                row.addWidget(fact, max(1, fact.value.natural_width()), Qt.AlignmentFlag.AlignTop)
            else:
                fact.value.setFixedWidth(min(fact.value.natural_width(), theme.mm(FACT_MM)))
                row.addWidget(fact, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _remarks(self) -> TextLabel:
        """Return what must be read beside the facts: the fee's own words, the 15:00 rule; lying, who decides."""
        say, procedure = self.shown.say, self._procedure
        lines = []
        if fee_says_more(procedure):
            lines.append(say("Fee: {wording}", wording=procedure.fee_text))
        lying = not self.shown.theme.metrics.portrait
        if procedure.same_day_until_15 and (self.shown.english or not lying):
            lines.append(say(UNTIL_15))
        if procedure.assisted and lying:
            lines.append(say(ASSISTED))
        text = TextLabel(self.shown.theme, "\n".join(lines), "caption", color="ink_2")
        text.setObjectName("remarks")
        return text

    def _more(self) -> SillButton:
        more = SillButton(self.shown.theme, self.shown.say("Full name"), kind="pill", icon="info-circle")
        more.setObjectName("details")
        more.clicked.connect(lambda: self.tell(e.DetailsWanted()))
        return more

    def _assisted(self) -> Notice:
        notice = Notice(self.shown.theme, self.shown.say(ASSISTED), kind="note", icon="info-circle")
        notice.setObjectName("assisted")
        return notice

    def _papers(self) -> list[QWidget]:
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        columns = 1 if theme.metrics.portrait else COLUMNS_LYING
        rows: list[QWidget] = []
        if shown.english:
            rows.append(
                TextLabel(theme, say("Papers keep their Vietnamese names, as on the forms."), "caption", color="ink_2")
            )
        for kind in (DocumentKind.SUBMIT, DocumentKind.SHOW, DocumentKind.NOTE):
            group = [self._row(n) for n, d in enumerate(self._procedure.documents) if d.kind is kind]
            lines = [row_of(theme, group[n : n + columns], columns) for n in range(0, len(group), columns)]
            hint = None
            if len(rows) <= 1 and kind is not DocumentKind.NOTE:
                hint = IconText(theme, "hand-click", say("Touch the papers you have"), "label", color="primary")
            rows += group_title(theme, say(TITLES[kind]), lines, hint)
        return rows

    def _row(self, position: int) -> PaperRow:
        row = papers.paper_row(self.shown, self._procedure, position)
        row.clicked.connect(lambda: self.tell(e.PaperTouched(position)))
        self._rows[position] = row
        return row

    def _show_missing(self) -> None:
        if self._notice is not None:
            self._missing_place.removeWidget(self._notice)
            self._notice.deleteLater()
        headline, rest = papers.missing_in_words(self._procedure, self.shown.state, self.shown.say)
        missing = bool(self.shown.state.missing)
        kind = "need" if missing else "good" if self.shown.state.have else "note"
        self._notice = Notice(self.shown.theme, rich(f"**{headline}** {rest}".strip()), kind=kind)
        self._notice.setObjectName("missing")
        self._missing_place.addWidget(self._notice)
