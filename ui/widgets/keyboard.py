"""Our keyboard: digits, Vietnamese letters, tones, Latin letters (picture 03). Qt's own is not free to ship."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import IconMark, Mark
from ui.widgets.typing import BACKSPACE, TONES

_DIGITS = "1234567890"
_VIETNAMESE = "ăâđêôơư"
_TONE_FACES = dict(zip(TONES, "áàảãạ", strict=True))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MARGIN_MM = 9.0  # 28 px at 80 dpi
_PAD_MM = 5.1
_GAP_MM = 3.2  # 10 px
_DIGIT_MM, _KEY_MM = 26.0, 30.0  # 83 and 95 px, sill included
_WORD_MM = 27.0
_LYING_KEY_MM = 22.0
_PIN_KEY_MM = (45.0, 4.0)  # 141 px high, 13 px apart, picture 08
_CODE_WEIGHT = 600


class Key(Sill):
    """One key. It leaves the keyboard focus where it is."""

    def __init__(
        self, theme: Theme, label: str, *, role: str = "row", icon: str | None = None, face: str | None = None
    ) -> None:
        super().__init__(theme, "plain", face=face, height=theme.touch("min"))
        self._label, self._role, self._icon = label, role, icon
        self.setText(label.replace("&", "&&"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def corner(self, rect: object) -> float:
        """Return the smaller corner of keys."""
        return self.theme.radius("key")

    def hasHeightForWidth(self) -> bool:
        """Qt: the keyboard gives the height."""
        return False

    def look(self) -> Look:
        """Return the roles; contrast themes keep all faces alike."""
        if self.theme.contrast:
            self._face = None
        return super().look()

    def make_content(self) -> Content:
        """Return the letter or the icon, as large as the type scale says whatever the text step."""
        theme = self.theme.with_(text_step=min(self.theme.text_step, 1.2))
        marks: list[Mark] = []
        if self._icon is not None:
            marks.append(IconMark(theme, self._icon, theme.type("row").px * 1.4, color="ink"))
        lines = [] if self._icon else [Line(self._label, self._role, _CODE_WEIGHT)]
        return Content(theme, lines, marks, align="center", pad_x=theme.space("s1"))


class Keyboard(Panel):
    """Emits `key` with a letter, a digit, a space, BACKSPACE or one combining tone mark; see `typing.apply_key`."""

    key = Signal(str)
    cleared = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme, *, clear: str, space: str, hide: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, "sunk", parent=parent)
        self._keys_theme = theme
        self._lying = not theme.metrics.portrait
        self.keys: dict[str, Key] = {}
        self._column = QVBoxLayout(self)
        margin = theme.margin if self._lying else theme.near(_MARGIN_MM)
        self._column.setContentsMargins(margin, theme.near(_PAD_MM), margin, theme.near(_PAD_MM))
        self._column.setSpacing(theme.near(_GAP_MM))
        digits = [self._letter(digit) for digit in _DIGITS]
        special = [self._letter(letter, "tint") for letter in _VIETNAMESE]
        special += [self._tone(name, face) for name, face in _TONE_FACES.items()]
        letters = [[self._letter(letter) for letter in row] for row in _ROWS]
        backspace = self._named("backspace", "", icon="backspace")
        backspace.setAccessibleName("⌫")
        backspace.setAutoRepeat(True)
        backspace.clicked.connect(lambda: self.key.emit(BACKSPACE))
        words = self._words(clear, space, hide)
        if self._lying:  # four rows: a lying screen has width to spare, and results must stay in sight
            self._row([*digits, *special], _LYING_KEY_MM, [2] * len([*digits, *special]))
            self._row([*letters[0], backspace], _LYING_KEY_MM, [2] * 10 + [3])
            self._row([*letters[1], *words[2:]], _LYING_KEY_MM, ([2] * 9 + [4])[: 9 + len(words[2:])], indent=1)
            self._row([words[0], *letters[2], words[1]], _LYING_KEY_MM, [4] + [2] * 7 + [5])
        else:
            self._row(digits, _DIGIT_MM, [2] * 10)
            self._row(special, _KEY_MM, [2] * 12)
            self._row(letters[0], _KEY_MM, [2] * 10)
            self._row(letters[1], _KEY_MM, [2] * 9, indent=1, outdent=1)
            self._row([*letters[2], backspace], _KEY_MM, [2] * 7 + [4], indent=2)
            self._row(words, _WORD_MM, [35, 100, 42][: len(words)])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _row(self, keys: list[Key], height_mm: float, widths: list[int], *, indent: int = 0, outdent: int = 0) -> None:
        """Add a row; widths, indent and outdent in half keys."""
        row = QHBoxLayout()
        row.setSpacing(self._keys_theme.near(_GAP_MM))
        if indent:
            row.addStretch(indent)
        for key, width in zip(keys, widths, strict=True):
            key.setFixedHeight(self._keys_theme.mm(height_mm))
            row.addWidget(key, width)
        if outdent:
            row.addStretch(outdent)
        self._column.addLayout(row)

    def _words(self, clear: str, space: str, hide: str) -> list[Key]:
        """Return the keys with words: clear, space, and hide where the keyboard can be hidden."""
        keys = []
        for name, label, action in (
            ("clear", clear, self.cleared.emit),
            ("space", space, lambda: self.key.emit(" ")),
            ("hide", hide, self.hidden.emit),
        ):
            if not label:
                continue
            key = self._named(name, label, role="label")
            key.clicked.connect(lambda _=False, act=action: act())
            keys.append(key)
        return keys

    def _letter(self, letter: str, face: str | None = None) -> Key:
        key = self._named(letter, letter, face=face)
        key.clicked.connect(lambda: self.key.emit(letter))
        return key

    def _tone(self, name: str, face: str) -> Key:
        key = self._named(name, face, face="sunk")
        key.clicked.connect(lambda: self.key.emit(TONES[name]))
        return key

    def _named(
        self, name: str, label: str, *, role: str = "row", icon: str | None = None, face: str | None = None
    ) -> Key:
        key = Key(self._keys_theme, label, role=role, icon=icon, face=face)
        key.setObjectName(f"key_{name}")
        self.keys[name] = key
        return key


class Keypad(QWidget):
    """Digits for a code or a PIN. Emits `key` with a digit or BACKSPACE."""

    key = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, *, clear: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[str, Key] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        height, gap = (theme.near(mm) for mm in _PIN_KEY_MM)
        grid.setSpacing(max(gap, theme.touch("gap_min")))
        names = [*"123456789", "clear", "0", "backspace"]
        for place, name in enumerate(names):
            icon = "backspace" if name == "backspace" else None
            label = {"clear": clear, "backspace": ""}.get(name, name)
            role = "label" if name == "clear" else "question" if theme.types == "kiosk" else "value"
            key = Key(theme, label, role=role, icon=icon)
            key.setObjectName(f"key_{name}")
            key.setMinimumHeight(max(height, theme.touch("min")))
            key.setMinimumWidth(max(theme.near(61), theme.touch("min")))
            key.clicked.connect(lambda _=False, pressed=name: self._press(pressed))
            grid.addWidget(key, place // 3, place % 3)
            self.keys[name] = key
        self.keys["backspace"].setAccessibleName("⌫")
        self.keys["backspace"].setAutoRepeat(True)

    def _press(self, name: str) -> None:
        if name == "clear":
            self.cleared.emit()
        else:
            self.key.emit(BACKSPACE if name == "backspace" else name)
