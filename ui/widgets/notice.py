"""A notice: something is needed, something is well, something is wrong with the machine, or a plain note."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.icon_view import IconView
from ui.widgets.panel import Panel
from ui.widgets.text_block import Text
from ui.widgets.text_label import TextLabel

KINDS = ("need", "good", "alarm", "note")
_GROUND = {"need": "need_tint", "good": "tint", "alarm": "alarm_tint", "note": "sunk"}
_ICON = {"need": "info-circle", "good": "circle-check", "alarm": "alert-triangle", "note": "note"}
_COLOR = {"need": "need", "good": "primary", "alarm": "alarm", "note": "primary"}
_ICON_EM = 1.45


class Notice(Panel):
    """Icon, words and tint of one kind. Red is for alarms only, never for a citizen's papers (LOOK, principle 7).

    `flat` has no ground: it stands beside other things. With a `note` the text is its heading.
    """

    def __init__(
        self,
        theme: Theme,
        text: Text,
        *,
        kind: str = "need",
        note: Text | None = None,
        icon: str | None = None,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"no kind of notice {kind!r}")
        inverted = theme.contrast and kind == "good" and not flat
        ground = "paper" if flat or (theme.contrast and not inverted) else _GROUND[kind]
        outline = "ink" if theme.contrast and not flat and not inverted else None
        super().__init__(theme, ground, radius=theme.radius("control"), outline=outline, parent=parent)
        self._flat = flat
        ink = "on_tint" if inverted else "ink"
        row = QHBoxLayout(self)
        pad_x, pad_y = (0, 0) if flat else (theme.space("s4"), theme.space("s3" if note else "s2"))
        row.setContentsMargins(pad_x, pad_y, pad_x, pad_y)
        row.setSpacing(theme.space("s3" if note is None else "s5"))
        role = "row" if note is not None else "body"
        em = theme.type(role).px
        icon_px = round(em * (_ICON_EM if note is None else 2))
        color = "on_tint" if inverted else _COLOR[kind]
        self.icon = IconView(theme, icon or _ICON[kind], color=color, px=icon_px, drop=round(em * 0.1))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.label = TextLabel(theme, text, role, color=ink)
        self.note = TextLabel(theme, note or "", "body", color=ink)
        self.note.setVisible(note is not None)
        words.addStretch(1)
        words.addWidget(self.label)
        words.addWidget(self.note)
        words.addStretch(1)
        row.addLayout(words, 1)

    def setText(self, text: Text) -> None:
        """Say something else."""
        self.label.setText(text)

    def setNote(self, note: Text | None) -> None:
        """Say more, or nothing more."""
        self.note.setText(note or "")
        self.note.setVisible(note is not None)

    def text(self) -> str:
        """What it says."""
        return self.label.text()
