"""One paper of a checklist: box shape, word and colour tell its state together (LOOK, principle 4 and 7)."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import BoxMark, CentredMark, IconMark, Mark, WordMark
from ui.widgets.text_block import Span, Text, frozen, plain

STATES = ("have", "missing", "not_needed", "note")
_WORD_COLOR = {"have": "primary", "missing": "need", "not_needed": "ink_2", "note": "ink_2"}
_ICONS = {"not_needed": "database", "note": "info-circle"}
_BOX_MM = 24.4  # 77 px at 80 dpi, picture 04
_ICON_MM = 15.0
_TITLE_WEIGHT = 600
_WORD_WEIGHT = 700
_FLAT_HEIGHT_MM = 27.4  # 52 px at 96 dpi on the clerk's window (x 0.5)


class PaperRow(Sill):
    """A paper. One that is there or missing can be touched; one that is not needed is flat and only read.

    `replace` says what may stand in for a missing paper. `flat` draws the clerk's list row: no box of its own.
    """

    def __init__(
        self,
        theme: Theme,
        title: Text,
        note: Text | None = None,
        *,
        state: str = "have",
        state_word: str = "",
        replace: Text | None = None,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._title = frozen(title)
        self._note = None if note is None else frozen(note)
        self._replace = None if replace is None else frozen(replace)
        self._state, self._state_word, self._flat = state, state_word, flat
        super().__init__(theme, "plain", parent=parent)
        self.set_state(state, state_word)

    @property
    def state(self) -> str:
        """One of STATES."""
        return self._state

    @property
    def pressable(self) -> bool:
        """Whether a touch means something."""
        return self._state in ("have", "missing")

    def set_state(self, state: str, state_word: str) -> None:
        """Show the paper in another state, with the word for it."""
        if state not in STATES:
            raise ValueError(f"no state of a paper {state!r}")
        self._state, self._state_word = state, state_word
        words = ". ".join(plain(text) for text in (self._title, self._note, state_word) if text)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setEnabled(self.pressable)
        self.set_chosen(state == "have")
        self.refresh()

    def least_height(self) -> int:
        """Return the height of a row."""
        return self.theme.near(_FLAT_HEIGHT_MM) if self._flat else self.theme.touch("row")

    def look(self) -> Look:
        """Return the roles: tinted when there, brown sill when missing, flat paper when not needed."""
        if self._state == "have":
            look = super().look()
            if not self.theme.contrast:
                return look
            return Look("surface", "ink", "ink_2", "ink", "edge", "edge")
        if self._state == "missing":
            pressed = "sunk" if self.isDown() else "surface"
            return Look(pressed, "ink", "ink_2", "need", "edge" if self.theme.contrast else "line", "need")
        return Look("paper", "ink", "ink_2", "ink_2", "line", None)

    def sill_height(self) -> int:
        """Return 0 for flat rows."""
        return 0 if self._flat else super().sill_height()

    def make_content(self) -> Content:
        """Return box, words, state."""
        theme = self.theme
        lines = [Line(self._title, "row", _TITLE_WEIGHT)]
        if self._flat and self._note:
            title = [Span(self._title)] if isinstance(self._title, str) else list(self._title)
            caption = plain(self._note)
            lines = [Line((*title, Span("  " + caption, weight=400, color="ink_2")), "row", _TITLE_WEIGHT)]
        elif self._note:
            lines.append(Line(self._note, "caption", part="note"))
        if self._replace and self._state == "missing":
            lines.append(Line(self._replace, "caption", color="need"))
        return Content(
            theme,
            lines,
            [self._mark()],
            [self._word()] if self._state_word else [],
            pad_x=theme.space("s1" if self._flat else "s4"),
            pad_y=theme.space("s1" if self._flat else "s2"),
            gap=theme.space("s4"),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a flat row is words over a hairline."""
        if not self._flat:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        look = self.look()
        if self.theme.contrast and self._state == "have":
            look = Look("paper", "ink", "ink_2", "ink", None, None)
        self._current().paint(painter, QRectF(self.rect()), look)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _mark(self) -> Mark:
        box = self.theme.near(_BOX_MM if not self._flat else 16)
        if self._state in _ICONS:
            return CentredMark(IconMark(self.theme, _ICONS[self._state], self.theme.near(_ICON_MM)), box)
        return BoxMark(self.theme, "on" if self._state == "have" else "missing", box)

    def _word(self) -> Mark:
        missing = self._state == "missing"
        return WordMark(
            self.theme,
            self._state_word,
            "label",
            weight=_WORD_WEIGHT,
            color=_WORD_COLOR[self._state],
            line=missing and self.theme.contrast,
        )
