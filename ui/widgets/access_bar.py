"""The accessibility bar at the foot of every citizen's screen: text size, contrast, listening, lowering, language."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded, stroke
from ui.widgets.sill import Sill
from ui.widgets.sill_button import SillButton
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_marks import Mark, TickMark

ICONS = {"text_size": "text-size", "contrast": "contrast", "listen": "volume", "lower": "arrow-autofit-down"}
_MARGIN_MM = 9.0  # 28 px at 80 dpi, picture 01
_PAD_Y_MM = 5.5
_GAP_MM = 3.8
_OPTION_SHARE, _FRAME_SHARE = 100, (287, 236)  # widths, standing and lying
_TWO_ROWS_MM = 95.0  # 299 px at 80 dpi, picture 10
_FRAME_PAD_MM = 1.9
_LARGEST_STEP = 1.2  # labels of one word each; picture 10
_DASH_MM = (14.0, 2.4)
_DASH_EM = 0.84
"""From the middle of the word to the dash under it: clear of a descender and of the dot under ệ."""


class AccessBar(QWidget):
    """A strip of the wall with one button per option and one per language, each in its own script.

    Options and languages that are on show paper, a tick or a dash. Where one row is too narrow there are two.
    """

    option_clicked = Signal(str)
    language_clicked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        labels: dict[str, str],
        languages: Sequence[tuple[str, str]],
        language: str,
        chosen: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._beside = theme.types != "kiosk"
        self.options = {name: self._option(name, label) for name, label in labels.items()}
        self.languages = {code: self._language(code, name, code == language) for code, name in languages}
        self._two_rows = self._needs_two_rows()
        self._build()
        self.set_chosen(chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.near(_TWO_ROWS_MM) if self._two_rows else self._one_row_height())

    def set_chosen(self, chosen: Collection[str]) -> None:
        """Show which options are on."""
        for name, button in self.options.items():
            button.set_chosen(name in chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the wall; contrast themes draw its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("wall"))
        if self._theme.contrast:
            painter.fillRect(0, 0, self.width(), self._theme.stroke("outline"), self._theme.color("on_wall"))

    def _option(self, name: str, label: str) -> SillButton:
        beside = self._beside or (self._theme.contrast and self._theme.text_step > 1)
        theme = self._theme.with_(text_step=min(self._theme.text_step, _LARGEST_STEP))
        button = SillButton(
            theme,
            label,
            kind="wall",
            icon=ICONS[name],
            stacked=not beside,
            title_role="label" if self._beside else None,
            height=1,
        )
        button.setObjectName(name)
        button.clicked.connect(lambda: self.option_clicked.emit(name))
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Ignored)
        return button

    def _language(self, code: str, name: str, chosen: bool) -> "LanguageButton":
        button = LanguageButton(self._theme, name, chosen)
        button.setObjectName(f"lang_{code}")
        button.clicked.connect(lambda: self.language_clicked.emit(code))
        return button

    def _margin(self) -> int:
        lying = not self._theme.metrics.portrait
        return self._theme.margin if lying and not self._beside else self._theme.near(_MARGIN_MM)

    def _one_row_height(self) -> int:
        lying = not self._theme.metrics.portrait and not self._beside
        return self._theme.mm(45.7) if lying else self._theme.touch("bar")  # 144 px at 80 dpi, picture 01b

    def _needs_two_rows(self) -> bool:
        """Add up what one row needs at least, with the tick each option may have to show."""
        buttons = [*self.options.values(), *self.languages.values()]
        gaps = self._theme.near(_GAP_MM) * len(self.options) + 2 * self._theme.near(_FRAME_PAD_MM)
        needed = sum(button.minimumSizeHint().width() for button in buttons) + gaps + 2 * self._margin()
        return needed > self._theme.metrics.width

    def _build(self) -> None:
        theme = self._theme
        gap, pad = theme.near(_GAP_MM), theme.near(_PAD_Y_MM)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(self._margin(), pad, self._margin(), pad)
        outer.setSpacing(gap)
        options = QHBoxLayout()
        options.setSpacing(gap)
        for button in self.options.values():
            options.addWidget(button, 0 if self._beside else _OPTION_SHARE)
        frame = _LanguageFrame(theme, list(self.languages.values()))
        if self._two_rows:
            outer.addLayout(options, 1)
            outer.addWidget(frame, 1)
            return
        if self._beside:
            options.addStretch(1)
        options.addWidget(frame, 0 if self._beside else _FRAME_SHARE[not theme.metrics.portrait])
        outer.addLayout(options)


class _LanguageFrame(QWidget):
    """The outline that holds the languages together."""

    def __init__(self, theme: Theme, buttons: list["LanguageButton"]) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        pad = 0 if theme.contrast else theme.near(_FRAME_PAD_MM)
        row.setContentsMargins(pad, pad, pad, pad)
        row.setSpacing(theme.near(_GAP_MM) if theme.contrast else 0)
        for button in buttons:
            row.addWidget(button, 1 if theme.types == "kiosk" else 0)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Ignored)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: outline; in contrast themes each language has its own."""
        if self._theme.contrast:
            return
        width = self._theme.stroke("outline")
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        stroke(QPainter(self), rounded(rect, self._theme.radius("control")), self._theme.color("on_wall_2"), width)


class LanguageButton(Sill):
    """A language in its own script; the one in use stands on paper with a dash under it."""

    def __init__(self, theme: Theme, name: str, chosen: bool, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, "wall", height=1, parent=parent)
        self._name = name
        self.setText(name)
        self.set_chosen(chosen)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Ignored)

    def make_content(self) -> Content:
        """Return the name, ticked in contrast themes."""
        theme = self.theme
        role = "label" if theme.types != "kiosk" else "caption"
        tick: list[Mark] = [TickMark(theme, theme.type(role).px)] if self.chosen and theme.contrast else []
        pad = theme.space("s4" if theme.types != "kiosk" else "s2")
        lines = [Line(self._name, role, 600)]
        return Content(theme, lines, tick, align="center", pad_x=pad, pad_y=theme.space("s1"), gap=theme.space("s2"))

    def sill_height(self) -> int:
        """Return 0: the frame around the languages tells that they can be pressed; contrast themes have none."""
        return super().sill_height() if self.theme.contrast else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paper under the language in use."""
        if self.theme.contrast:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        rect, look, theme = QRectF(self.rect()), self.look(), self.theme
        if self.chosen or self.isDown():
            face = theme.color(look.face if self.chosen else "wall_raised")
            fill(painter, rounded(rect, theme.radius("key")), face)
        if self.chosen:
            width, height = (theme.near(mm) for mm in _DASH_MM)
            em = theme.type("label" if theme.types != "kiosk" else "caption").px
            top = min(rect.center().y() + em * _DASH_EM, rect.bottom() - height)
            dash = QRectF(rect.center().x() - width / 2, top, width, height)
            fill(painter, rounded(dash, height / 2), theme.color("primary"))
        self._current().paint(painter, rect, look)
