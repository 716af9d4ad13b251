"""Search by name: our keyboard below, the best results above, what fits underlined (LOOK 03)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.catalogue.lists import most_asked
from kiosk.catalogue.search import Match
from kiosk.flows import kiosk_events as e
from ui.kiosk.rows import PagesApart, procedure_row
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.theme import Metrics, Theme
from ui.widgets import Keyboard, SearchField, Span, TextLabel

LIMIT = 12
"""Results worth turning pages for; who does not find it among them types another letter."""

HINT_SHARE = 0.6
"""Part of the line that is surely left to the hint beside the count."""
KEYBOARD_MM = 200.0
"""Height of the upright keyboard: six rows of keys, their gaps and its edge (LOOK 03)."""


class SearchScreen(KioskScreen):
    """Finds while she types: without accents, in everyday words, in English."""

    def fill(self, body: QVBoxLayout) -> None:
        """Put the field, the hint and the results; lying, the keyboard stands beside them."""
        theme, say = self.shown.theme, self.shown.say
        self._field = SearchField(theme, say("Find by name"), say("birth, land, certified copy…"), active=True)
        self._field.setObjectName("query")
        self._field.setText(self.shown.state.query)
        self._field.changed.connect(lambda text: self.tell(e.QueryTyped(text)))
        self._field.clicked.connect(self._show_keys)
        self._hint = TextLabel(theme, "", "caption", color="ink_2")
        self._count = TextLabel(theme, "", "caption", weight=700, align="right")
        self._count.setObjectName("result_count")
        line = QHBoxLayout()
        line.addWidget(self._hint, 1)
        line.addWidget(self._count)
        gap = theme.space("s2")
        self._width = self.page_width()
        if not theme.metrics.portrait:
            self._width = (self._width - theme.metrics.gap) // 2
        self._hint.setText(say("No accents needed"))
        above = self._field.sizeHint().height() + self._hint.height_for(round(self._width * HINT_SHARE))
        self._height = self.room.height() - above - 2 * gap
        """Room of the results in px, so that a row never has to be cut."""
        column = QVBoxLayout()
        column.setSpacing(gap)
        column.addWidget(self._field)
        column.addLayout(line)
        column.addWidget(self._results, 1)
        if theme.metrics.portrait:
            body.addLayout(column, 1)
        else:
            row = QHBoxLayout()
            row.setSpacing(theme.metrics.gap)
            row.addLayout(column, 1)
            row.addWidget(self._make_keyboard(), 1, Qt.AlignmentFlag.AlignBottom)
            body.addLayout(row, 1)
        self._show_results()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: a hardware keyboard types into the field at once; before it is shown, it cannot hold the focus."""
        super().showEvent(event)
        self._field.setFocus()

    def make_tray(self) -> QWidget | None:
        """Standing, the keyboard lies under the sheet and back rides on it."""
        return self._make_keyboard() if self.shown.theme.metrics.portrait else None

    def middle(self) -> QWidget | None:
        """Turn the results' pages beside back, which rides on the keyboard (LOOK 03)."""
        self._results = PagesApart(self.shown)
        return self._results.controls

    def refresh(self, shown: Shown) -> None:
        """Follow the words."""
        before = self.shown
        super().refresh(shown)
        if before.state.query != shown.state.query:
            if self._field.text() != shown.state.query:
                self._field.setText(shown.state.query)  # a scanned code's letters are taken out again
            self._show_results()

    def _make_keyboard(self) -> Keyboard:
        theme, say = self.shown.theme, self.shown.say
        keyboard = Keyboard(
            theme if theme.metrics.portrait else beside(theme, self.room.height()),
            clear=say("Clear"),
            space=say("space"),
            hide=say("Hide keys"),
        )
        keyboard.setObjectName("keyboard")
        keyboard.key.connect(self._key)
        keyboard.cleared.connect(self._clear)
        keyboard.hidden.connect(self._hide_keys)
        self._keyboard = keyboard
        return keyboard

    @Slot()
    def _hide_keys(self) -> None:
        """Give the keys' place to the results."""
        if self.shown.theme.metrics.portrait:
            self.frame.set_tray(None)
        else:
            self._keyboard.hide()

    @Slot()
    def _show_keys(self) -> None:
        """Bring the keys back where she touches the words."""
        if not self.shown.theme.metrics.portrait:
            self._keyboard.show()
        elif self.frame.tray is None:
            self.frame.set_tray(self._make_keyboard())

    @Slot(str)
    def _key(self, key: str) -> None:
        self._field.type_key(key)

    @Slot()
    def _clear(self) -> None:
        self._field.setText("")
        self.tell(e.QueryTyped(""))

    def _show_results(self) -> None:
        shown, say = self.shown, self.shown.say
        query = shown.state.query
        if not query.strip():
            self._hint.setText(say("Asked for most"))
            self._count.setText("")
            found = [Match(procedure) for procedure in most_asked(shown.catalogue, LIMIT)]
        else:
            found = shown.index.search(query, LIMIT)
            self._hint.setText(say("No accents needed") if found else say("Nothing fits. Try another word."))
            self._count.setText(say.count("{n} result", "{n} results", len(found)) if found else "")
        self._results.set_rows([row for row in map(self._row, found) if row is not None])

    def _row(self, match: Match) -> QWidget | None:
        """Make a result's row: as much as a page holds of one row, the name first."""
        shown, procedure = self.shown, match.procedure
        queue = shown.queue_of(procedure)
        if queue is None:
            return None
        name, official = underlined(procedure.short, match.ranges), []
        if shown.headline(procedure) != procedure.short:
            # What she typed may be Vietnamese, as on her papers: both names show what fits.
            name, official = underlined(procedure.name_en, match.ranges_en), name
        row = procedure_row(shown, procedure, name, official=official)
        for facts, role in ((True, "row"), (False, "row"), (False, "caption")):
            if row.heightForWidth(self._width) <= self._height:
                break
            row.deleteLater()
            row = procedure_row(shown, procedure, name, with_facts=facts, role=role)
        row.clicked.connect(lambda: self.tell(e.ProcedureChosen(procedure, queue.id)))
        return row


def beside(theme: Theme, height: int) -> Theme:
    """Return the theme of an upright keyboard beside the results, as large as a height in px allows."""
    metrics = theme.metrics
    px_per_mm = min(metrics.px_per_mm, height / KEYBOARD_MM)
    return theme.with_(metrics=Metrics(px_per_mm, metrics.width // 2, metrics.height))


def underlined(text: str, ranges: tuple[tuple[int, int], ...]) -> list[Span]:
    """Cut a text into spans with some stretches underlined."""
    spans, at = [], 0
    for start, end in ranges:
        spans += [Span(text[at:start]), Span(text[start:end], underline=True)]
        at = end
    return [span for span in (*spans, Span(text[at:])) if span.text]
