"""A procedure's full official name and wording, one touch behind its short name."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.procedure import Procedure
from ui.kiosk.rows import PagesApart
from ui.kiosk.screen import KioskScreen
from ui.theme import Theme
from ui.widgets import TextLabel

NAME_SHARE = 0.4
"""Part of the screen's height that a long name may take before it goes on on the next page."""


class DetailsScreen(KioskScreen):
    """Reads out the record as it was published. Official wording is Vietnamese and is not translated."""

    def fill(self, body: QVBoxLayout) -> None:
        """Put the wording in pages."""
        procedure = self.shown.state.procedure
        if procedure is None:
            raise ValueError("no procedure to show")
        theme, say = self.shown.theme, self.shown.say
        title = TextLabel(theme, self.shown.headline(procedure), "question", max_lines=2, smaller="value")
        body.addWidget(title)
        if self.shown.english:
            body.addWidget(TextLabel(theme, say("Official wording is in Vietnamese only."), "caption", color="ink_2"))
        self._pages.set_rows(self._rows(procedure))
        body.addWidget(self._pages, 1)

    def middle(self) -> QWidget | None:
        """Turn the pages beside back."""
        self._pages = PagesApart(self.shown)
        return self._pages.controls

    def _rows(self, procedure: Procedure) -> list[QWidget]:
        theme, say = self.shown.theme, self.shown.say
        facts = [
            (say("Procedure code"), procedure.code),
            (say("Field"), procedure.field),
            (say("Time"), procedure.time_text),
            (say("Fee"), procedure.fee_text),
            (say("Decision"), procedure.decision_no),
            (say("Note"), procedure.note),
            (say("Read on"), self.shown.catalogue.as_of),
        ]
        rows: list[QWidget] = []
        style = theme.type("row")
        lines = int(theme.metrics.height * NAME_SHARE / (style.px * style.line_height))
        for n, part in enumerate(parts_of(theme, procedure.name, "row", self.page_width(), lines)):
            rows.append(_titled(theme, say("Full name") if n == 0 else "", part, "row"))
        for label, text in facts:
            if text:
                rows.append(_titled(theme, label, text, "body"))
        rows[0].setObjectName("full_name")
        return rows


def parts_of(theme: Theme, text: str, role: str, width: int, lines: int) -> list[str]:
    """Cut a text between words into parts of at most `lines` lines at a width in px."""
    label = TextLabel(theme, "", role)
    parts: list[str] = []
    for word in text.split():
        grown = f"{parts[-1]} {word}" if parts else word
        label.setText(grown)
        if parts and label.line_count(width) <= lines:
            parts[-1] = grown
        else:
            parts.append(word)
    label.deleteLater()
    return parts


def _titled(theme: Theme, label: str, text: str, role: str) -> QWidget:
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, theme.space("s2"))
    column.setSpacing(0)
    if label:
        column.addWidget(TextLabel(theme, label, "caption", color="ink_2"))
    column.addWidget(TextLabel(theme, text, role))
    return place
