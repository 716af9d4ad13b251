"""A procedure's papers as rows that can be ticked: have, missing, not needed (LOOK 04)."""

import re

from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.domain.procedure_words import copies_in_words
from kiosk.flows.kiosk_state import KioskState, required
from kiosk.i18n import Words
from ui.kiosk.shown import Shown
from ui.widgets import PaperRow, plain
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import BoxMark, Mark

LONG_NAME = 44
"""Letters from which a name's bracket goes to the line below, so that the row's headline is read at a glance."""
OTHER_CHANNELS = ("bưu chính", "trực tuyến")
"""Clauses of a note about filing by post or online: who stands here files at the counter."""
REPLACES = "không có thì "
"""Begins a note that says what may stand in for a paper."""
_SHOWN = "xuất trình"
_REMARK = re.compile(r"[\s,;–-]*\(?kiến thức chung[^;)]*\)?", re.IGNORECASE)
_BRACKET = re.compile(r"^(.{4,}?)\s*\((.+)\)$")


def title_and_rest(name: str) -> tuple[str, str]:
    """Split a long paper's name into its headline and what its bracket lists."""
    found = _BRACKET.match(name) if len(name) > LONG_NAME else None
    return (found.group(1), found.group(2)) if found else (name, "")


def note_here(document: Document) -> str:
    """Return what a paper's note says to someone who stands in the hall: other channels' clauses are left out.

    So is what the row says by itself (that the paper is only shown) and the editors' remark that a source is missing.
    """
    clauses = [_REMARK.sub("", clause).strip() for clause in document.note.split(";")]
    kept = []
    for clause in clauses:
        lower = clause.lower()
        shown_only = (
            document.kind is DocumentKind.SHOW
            and lower.startswith(_SHOWN)
            and len(clause) < len("xuất trình rồi trả lại.")
        )
        if clause and not shown_only and not any(word in lower for word in OTHER_CHANNELS):
            kept.append(clause)
    return "; ".join(kept)


def missing_in_words(procedure: Procedure, state: KioskState, say: Words, *, named: bool = True) -> tuple[str, str]:
    """Say what is missing, and that a number can be had all the same: (headline, rest); a single paper by name."""
    missing, still = state.missing, say("You can still take a number.")
    if not state.have:
        return say("You can take a number without them."), ""
    if not missing:
        return say("All the papers are there."), ""
    names = [title_and_rest(procedure.documents[n].name)[0] for n in missing]
    if named and len(names) == 1:
        return say("1 missing: {name}.", name=names[0]), still
    return say.count("{n} paper missing.", "{n} papers missing.", len(names)), still


def missing_in_brief(procedure: Procedure, state: KioskState, say: Words) -> str:
    """Say the same in a few words that stay on one line."""
    if not state.have:
        return say("You can still take a number.")
    missing = len(state.missing)
    return (
        say.count("{n} paper missing.", "{n} papers missing.", missing) if missing else say("All the papers are there.")
    )


class TickRow(PaperRow):
    """A paper's row that is not called missing before she has said anything: an open box, and no blame (LOOK 7)."""

    @property
    def asked(self) -> bool:
        """Whether nothing is known of this paper yet."""
        return self.state == "missing" and not self._state_word

    def look(self) -> Look:
        """Return a plain button's roles while the paper is only asked about."""
        return Sill.look(self) if self.asked else super().look()

    def make_content(self) -> Content:
        """Return the words; what may stand in for a paper is ordinary advice until the paper is missing."""
        if not self.asked or self._replace is None:
            return super().make_content()
        note, replace = self._note, self._replace
        self._note, self._replace = "\n".join(plain(text) for text in (note, replace) if text), None
        content = super().make_content()
        self._note, self._replace = note, replace
        return content

    def _mark(self) -> Mark:
        mark = super()._mark()
        return BoxMark(self.theme, "off", mark.size().width()) if self.asked else mark


def paper_row(shown: Shown, procedure: Procedure, position: int, *, lean: bool = False) -> TickRow:
    """Make a paper's row as it stands now; `lean` keeps only who needs it, the rest is behind "full name"."""
    document = procedure.documents[position]
    title, rest = title_and_rest(document.name)
    note, replace = note_here(document), None
    if note.lower().startswith(REPLACES):
        note, replace = "", note
    lines = [copies_in_words(document, shown.facts), rest, note]
    if lean:
        lines, replace = [note.partition(";")[0] if document.conditional else ""], None
    state, word = row_state(shown.state, procedure, position, shown.say)
    text = " · ".join(line for line in lines if line)
    row = TickRow(shown.theme, title, text or None, state=state, state_word=word, replace=replace)
    row.setObjectName(f"paper_{position}")
    return row


def row_state(state: KioskState, procedure: Procedure, position: int, say: Words) -> tuple[str, str]:
    """Return a row's state and its word; a paper is only called missing once she has ticked another (LOOK)."""
    document = procedure.documents[position]
    if document.kind is DocumentKind.NOTE:
        return "not_needed", say("No need to bring")
    if position in state.have:
        return "have", say("I have it")
    lacking = bool(state.have) and position in required(procedure)
    return "missing", say("Missing") if lacking else ""
