"""What the citizen said at the kiosk about her papers. She has said nothing unless she ticked something."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.domain.procedure_words import copies_in_words
from kiosk.i18n import Words, words
from ui.theme import Theme
from ui.widgets import Pages, PaperRow, Rule, TextLabel


class Papers(QWidget):
    """The papers of one ticket: what is said to be missing first, since that decides what the clerk asks."""

    def __init__(self, theme: Theme, say: Words, procedure: Procedure, missing: tuple[int, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._say = say
        self._missing = missing
        self._catalogue_words = words(say.language, "catalogue")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._title())
        column.addSpacing(theme.mm(1.5))
        column.addWidget(Rule(theme))
        papers = [(n, d) for n, d in enumerate(procedure.documents) if d.kind is not DocumentKind.NOTE]
        papers.sort(key=lambda paper: (paper[0] not in missing, paper[1].conditional))
        pages = Pages(theme, next_text=say("More papers"), previous_text=say("Papers before"), spacing=0)
        pages.set_rows([self._row(n, document) for n, document in papers])
        column.addWidget(pages, 1)

    def _title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = self._say("Papers as the citizen ticked them") if self._missing else self._say("Papers to ask for")
        row.addWidget(TextLabel(self._theme, title, "label"), 1)
        if self._missing:
            count = TextLabel(
                self._theme, self._say("{n} missing", n=len(self._missing)), "label", color="need", weight=700
            )
            count.setObjectName("missing_count")
            row.addWidget(count)
        return row

    def _row(self, position: int, document: Document) -> QWidget:
        note = copies_in_words(document, self._catalogue_words)
        if document.kind is DocumentKind.SHOW:
            note = ", ".join(part for part in (note, self._say("show only")) if part)
        state, word = self._state(position, document)
        row = PaperRow(self._theme, document.name, note or None, state=state, state_word=word, flat=True)
        row.setObjectName(f"paper_{position}")
        return row

    def _state(self, position: int, document: Document) -> tuple[str, str]:
        if position in self._missing:
            return "missing", self._say("Missing")
        if document.conditional:
            return "note", self._say("In some cases")
        return ("have", self._say("Has it")) if self._missing else ("note", "")
