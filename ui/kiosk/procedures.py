"""The procedures of one field, a page at a time."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.catalogue.lists import procedures_of_queue
from kiosk.domain.procedure import Procedure
from kiosk.domain.text import pick
from kiosk.flows import kiosk_events as e
from ui.kiosk import phrases
from ui.kiosk.rows import PagesApart, fill_pages, pages_below, procedure_row, row_of, side_by_side
from ui.kiosk.screen import KioskScreen
from ui.widgets import Pages, QueueToken, SillButton, TextLabel

COLUMNS_LYING = 2


class ProceduresScreen(KioskScreen):
    """Lists what a queue takes; who is not sure takes the field's number without choosing."""

    leanest = 1

    def fill(self, body: QVBoxLayout) -> None:
        """Put the field's doorway and name, then its procedures."""
        shown, theme = self.shown, self.shown.theme
        queue = shown.site.queue(shown.state.queue)
        head = QHBoxLayout()
        head.setSpacing(theme.space("s4"))
        head.addWidget(QueueToken(theme, shown.state.queue))
        title = TextLabel(theme, pick(queue.name, shown.state.language) if queue else "", "question")
        title.setObjectName("field_name")
        head.addWidget(title, 1)
        body.addLayout(head)
        buttons = [self._row(p) for p in procedures_of_queue(shown.catalogue, shown.site, shown.state.queue)]
        columns = 1 if theme.metrics.portrait or self.lean else COLUMNS_LYING
        rows: list[QWidget] = [
            row_of(theme, buttons[n : n + columns], columns) for n in range(0, len(buttons), columns)
        ]
        fill_pages(self._pages, rows, self.page_width())
        body.addWidget(self._pages, 1)

    def middle(self) -> QWidget | None:
        """Offer the field's number to who does not find her procedure; lying, the pages turn beside it."""
        shown, say = self.shown, self.shown.say
        standing = shown.theme.metrics.portrait
        self._pages: Pages = pages_below(shown) if standing else PagesApart(shown)
        line = shown.line_of(shown.state.queue)
        button = SillButton(
            shown.theme,
            say("Not sure? Take a number"),
            note=phrases.line_in_words(line, say) if line and not self.lean else None,
            trail="arrow-right",
            align="left",
            sill="primary",
        )
        button.setObjectName("issue_field")
        button.clicked.connect(lambda: self.tell(e.NumberPressed(shown.new_attempt())))
        if isinstance(self._pages, PagesApart):
            return side_by_side(shown.theme, [self._pages.controls, button])
        return button

    def _row(self, procedure: Procedure) -> SillButton:
        row = procedure_row(self.shown, procedure)
        queue = self.shown.state.queue
        row.clicked.connect(lambda: self.tell(e.ProcedureChosen(procedure, queue)))
        return row
