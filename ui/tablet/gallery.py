"""The tablet's screens for the gallery."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from kiosk.flows.tablet import Phase
from kiosk.wire.ballots import LEGAL_3
from ui.scene import Scene
from ui.tablet import screens
from ui.tablet.look import Look
from ui.tablet.window import LARGER_STEP
from ui.theme import Theme

SIZE, DPI = (1280, 800), 149.0
"""A 10.1-inch tablet (tokens, type_tablet)."""
_LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
_LOOK = Look(Phase.IDLE, 2, "vi", _LANGUAGES, staff_name="Nguyễn Thị Hồng Đào")
_STATES: dict[str, Look] = {
    "idle": _LOOK,
    "closed": replace(_LOOK, open=False, staff_name=""),
    "called": replace(_LOOK, phase=Phase.CALLED, number="A027"),
    "called-offline": replace(_LOOK, phase=Phase.CALLED, number="A2-015", counter=12),
    "serving": replace(_LOOK, phase=Phase.SERVING, number="A027"),
    "serving-offline": replace(_LOOK, phase=Phase.SERVING, number="A2-015", counter=12),
    "rating": replace(_LOOK, phase=Phase.RATING, number="A027"),
    "thanks": replace(_LOOK, phase=Phase.THANKS, number="A027", sent=True),
    "skipped": replace(_LOOK, phase=Phase.THANKS, number="A027", sent=False),
}


class _Nobody:
    """Stands for the window: nothing happens in a picture."""

    def choose(self, choice: str) -> None:
        """Nothing."""

    def skip(self) -> None:
        """Nothing."""

    def choose_language(self, language: str) -> None:
        """Nothing."""

    def touch_option(self, option: str) -> None:
        """Nothing."""


def _builder(look: Look) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        options = set()
        if theme.contrast:
            options.add("contrast")
        if theme.text_step > 1:
            options.add("text_size")
        shown = replace(look, language=language, options=frozenset(options))
        screen = screens.build(theme, shown, LEGAL_3, _Nobody())
        screen.show_clock("8:42")
        return screen

    return build


def scenes() -> Iterable[Scene]:
    """Return all scenes, in contrast and with larger text too."""
    everywhere: dict[str, Any] = {"themes": ("light", "hc_dark"), "text_steps": (1.0, LARGER_STEP)}
    for name, look in _STATES.items():
        yield Scene(name, _builder(look), SIZE, dpi=DPI, types="tablet", **everywhere)
