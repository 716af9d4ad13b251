"""One procedure: fee and time, its papers to tick, and the number (LOOK 04)."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.procedure import DocumentKind, Procedure
from kiosk.flows import kiosk_events as e
from ui.kiosk import papers, phrases
from ui.kiosk.checklist_key import ChecklistKey, wish
from ui.kiosk.procedure_head import LEANEST, NO_REMARKS, add_head, add_keys
from ui.kiosk.rows import PagesApart, fill_pages, group_title, pages_below, row_of, side_by_side, title_beside
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import IconText, Notice, Pages, PaperRow, SillButton, TextLabel, rich

COLUMNS_LYING = 2
TITLES = {
    DocumentKind.SUBMIT: "Papers to hand in",
    DocumentKind.SHOW: "Papers to show, you keep them",
    DocumentKind.NOTE: "No need to bring",
}

NAMES_STAY = "Papers keep their Vietnamese names, as on the forms."


class ProcedureScreen(KioskScreen):
    """Says what it takes, lets her tick what she has, and gives the number whether or not all is there."""

    leanest = LEANEST

    def __init__(self, shown: Shown) -> None:
        if shown.state.procedure is None:
            raise ValueError("no procedure to show")
        self._procedure: Procedure = shown.state.procedure
        self._rows: dict[int, PaperRow] = {}
        super().__init__(shown)

    def fill(self, body: QVBoxLayout) -> None:
        """Put head and papers; standing, also what is missing in words."""
        more = SillButton(self.shown.theme, self.shown.say("Full name"), kind="pill", icon="info-circle")
        more.setObjectName("details")
        more.clicked.connect(lambda: self.tell(e.DetailsWanted()))
        self._print = ChecklistKey(self.shown)
        self._print.clicked.connect(lambda: self.tell(wish(self.shown)))
        keys = self._print, more
        add_head(body, self.shown, self._procedure, self.lean, keys)
        fill_pages(self._pages, self._papers(), self.page_width())
        body.addWidget(self._pages, 1)
        if self.shown.theme.metrics.portrait:
            body.addLayout(self._missing_place)
        add_keys(body, self.shown, self._procedure, self.lean, keys)
        self._show_missing()

    def middle(self) -> QWidget | None:
        """Return the one next step; lying, what is missing and the pages' buttons stand beside it."""
        shown = self.shown
        self._missing_place = QVBoxLayout()
        self._missing_place.setContentsMargins(0, 0, 0, 0)
        self._notice: QWidget | None = None
        self._take = SillButton(shown.theme, shown.say("Take a number"), kind="next")
        name_width = self._take.sizeHint().width()
        self._take.setNote(self._line())
        self._take.setObjectName("issue")
        self._take.clicked.connect(lambda: self.tell(e.NumberPressed(shown.new_attempt())))
        if shown.theme.metrics.portrait:
            self._pages: Pages = pages_below(shown)
            return self._take
        apart = PagesApart(shown)
        self._pages = apart
        if self.lean:
            return side_by_side(shown.theme, [apart.controls, self._take])
        # The next step's name stays on one line on a middle page, where the keys that turn take the most room.
        self._take.setMinimumWidth(name_width)
        missing = QWidget()
        missing.setLayout(self._missing_place)
        return side_by_side(shown.theme, [missing, apart.controls, self._take])

    def refresh(self, shown: Shown) -> None:
        """Redraw ticks, what is missing, and the line."""
        before = self.shown
        super().refresh(shown)
        if before.state.have != shown.state.have:
            for position, row in self._rows.items():
                row.set_state(*papers.row_state(shown.state, self._procedure, position, shown.say))
            self._show_missing()
        self._print.show_state(shown)
        self._take.setNote(self._line())

    def _line(self) -> str | None:
        line = self.shown.line_of(self.shown.state.queue)
        if self.lean and not self.shown.theme.metrics.portrait:
            return papers.missing_in_brief(self._procedure, self.shown.state, self.shown.say)
        return phrases.line_in_words(line, self.shown.say) if line else None

    def _papers(self) -> list[QWidget]:
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        columns = 1 if theme.metrics.portrait or self.lean else COLUMNS_LYING
        rows: list[QWidget] = []
        for kind in (DocumentKind.SUBMIT, DocumentKind.SHOW, DocumentKind.NOTE):
            group = [self._row(n) for n, d in enumerate(self._procedure.documents) if d.kind is kind]
            lines = [row_of(theme, group[n : n + columns], columns) for n in range(0, len(group), columns)]
            if self.lean == LEANEST and not theme.metrics.portrait:
                rows += title_beside(theme, say(TITLES[kind]), lines)
                continue
            names = hint = None
            if shown.english and not rows and self.lean < LEANEST:
                names = TextLabel(theme, say(NAMES_STAY), "caption", color="ink_2")
            if not self.lean and not rows and kind is not DocumentKind.NOTE:
                hint = IconText(theme, "hand-click", say("Touch the papers you have"), "label", color="primary")
            rows += group_title(theme, say(TITLES[kind]), lines, above=names, beside=hint)
        return rows

    def _row(self, position: int) -> PaperRow:
        row = papers.paper_row(self.shown, self._procedure, position, lean=self.lean >= NO_REMARKS)
        row.clicked.connect(lambda: self.tell(e.PaperTouched(position)))
        self._rows[position] = row
        return row

    def _show_missing(self) -> None:
        if self.lean and not self.shown.theme.metrics.portrait:
            return  # the next step itself says it
        if self._notice is not None:
            self._missing_place.removeWidget(self._notice)
            self._notice.deleteLater()
        # Between back and the next step is no room for a paper's name, and its row says it.
        standing = self.shown.theme.metrics.portrait
        headline, rest = papers.missing_in_words(self._procedure, self.shown.state, self.shown.say, named=standing)
        missing = bool(self.shown.state.missing)
        kind = "need" if missing else "good" if self.shown.state.have else "note"
        self._notice = Notice(self.shown.theme, rich(f"**{headline}** {rest}".strip()), kind=kind)
        self._notice.setObjectName("missing")
        self._missing_place.addWidget(self._notice)
