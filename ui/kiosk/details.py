"""A procedure's full official name and wording, one touch behind its short name."""

import re

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.procedure import Procedure
from kiosk.domain.procedure_words import copies_in_words
from ui.kiosk.procedure_head import ASSISTED
from ui.kiosk.rows import PagesApart, fill_pages
from ui.kiosk.screen import KioskScreen
from ui.theme import Theme
from ui.widgets import TextLabel

NAME_SHARE = 0.6
"""Part of the page's height that a long name may take before it goes on on the next page."""


class DetailsScreen(KioskScreen):
    """Reads out the record as it was published. Official wording is Vietnamese and is not translated."""

    leanest = 1

    def fill(self, body: QVBoxLayout) -> None:
        """Put the wording in pages."""
        procedure = self.shown.state.procedure
        if procedure is None:
            raise ValueError("no procedure to show")
        theme, say = self.shown.theme, self.shown.say
        if not self.lean:
            title = TextLabel(theme, self.shown.headline(procedure), "question", max_lines=2, smaller="value")
            body.addWidget(title)
        if self.shown.english:
            body.addWidget(TextLabel(theme, say("Official wording is in Vietnamese only."), "caption", color="ink_2"))
        fill_pages(self._pages, self._rows(procedure), self.page_width())
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
            (say("Decided by"), say(ASSISTED) if procedure.assisted else ""),
            (say("Time"), procedure.time_text),
            (say("Fee"), procedure.fee_text),
            (say("Decision"), procedure.decision_no),
            (say("Note"), procedure.note),
            (say("Read on"), month_of(self.shown.catalogue.as_of)),
        ]
        rows: list[QWidget] = []
        style = theme.type("row")
        lines = max(2, int(self.room.height() * NAME_SHARE / (style.px * style.line_height)))
        for n, part in enumerate(parts_of(theme, procedure.name, "row", self.page_width(), lines)):
            rows.append(_titled(theme, say("Full name") if n == 0 else "", part, "row"))
        for label, text in facts:
            if text:
                rows.append(_titled(theme, label, text, "body"))
        for document in procedure.documents:
            said = [copies_in_words(document, self.shown.facts), document.note]
            rows.append(_titled(theme, document.name, " · ".join(part for part in said if part), "caption", "label"))
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


def month_of(as_of: str) -> str:
    """Return the month a catalogue was read, "07/2026", from a date that begins with it; "" where it does not."""
    found = re.match(r"(\d{4})-(\d{2})", as_of)
    return f"{found.group(2)}/{found.group(1)}" if found else ""


def _titled(theme: Theme, title: str, text: str, role: str, title_role: str = "caption") -> QWidget:
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, theme.space("s2"))
    column.setSpacing(0)
    if title:
        color = "ink_2" if title_role == "caption" else "ink"
        column.addWidget(TextLabel(theme, title, title_role, color=color))
    if text:
        column.addWidget(TextLabel(theme, text, role, color="ink" if title_role == "caption" else "ink_2"))
    return place
