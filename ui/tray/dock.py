"""The dock of the paper tray: a key for each trouble a printer can have, all of which hold at once until mended."""

from collections.abc import Callable, Set

from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.i18n import Words
from ui.theme import Theme
from ui.widgets import SillButton

TROUBLES = {
    "paper_low": "Paper low",
    "cover_open": "Cover open",
    "cutter_jammed": "Knife stuck",
    "overheated": "Too hot",
    "offline": "Off-line",
    "mute": "Says nothing",
    "slow": "Slow line",
    "off": "No power",
}
"""What can be the matter, by the name it has towards the printer; the roll has a key of its own, "paper_out"."""
CUT = "cut"
"""Not a state but an event: the line is cut, and can be used again."""
_KEYS = {**TROUBLES, CUT: "Cut the line"}
_OUT_OF_PAPER = {"paper_out": "Out of paper"}
_COLUMNS = 3


class Dock(QWidget):
    """Keys for `TROUBLES`, chosen while the trouble holds, and one that cuts the line.

    `on_wish` is told a trouble's name and whether it shall begin; the keys themselves follow `show_state`.
    """

    def __init__(self, theme: Theme, say: Words, on_wish: Callable[[str, bool], None]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.touch("gap_min"))
        self._keys: dict[str, SillButton] = {}
        for place, (name, title) in enumerate(_KEYS.items()):
            key = SillButton(theme, say(title), kind="wall", height=theme.touch("min"))
            key.setObjectName(f"trouble_{name}")
            key.clicked.connect(lambda _=False, name=name: on_wish(name, not self._keys[name].chosen))
            self._keys[name] = key
            grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def show_state(self, states: Set[str]) -> None:
        """Mark the troubles that hold."""
        for name, key in self._keys.items():
            key.set_chosen(name in states)


def state_words(say: Words, states: Set[str], held: int) -> str:
    """Return what a printer's display would say: what is the matter, and how many bytes it holds back."""
    words = [say(title) for name, title in {**_OUT_OF_PAPER, **TROUBLES}.items() if name in states]
    if held:
        words.append(say("holds {n} bytes", n=held))
    return " · ".join(words or [say("Ready")])
