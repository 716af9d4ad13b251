"""The bundled fonts: loaded once, verified, never the system's."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.typefaces import KHMER, LATIN, SHOWN, TypefaceError, letters
from ui.theme.tokens import load_tokens

_SYNTHETIC_BOLD = 700


class FontsMissingError(TypefaceError):
    """A bundled font could not be loaded: screens would show boxes instead of letters."""


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Load every bundled font and check that each family is there.

    Needs a QGuiApplication. Raises TypefaceError when a file is missing or lost anything, FontsMissingError when Qt
    does not load it or a family of the look is absent.
    """
    if QGuiApplication.instance() is None:
        raise FontsMissingError("fonts can be loaded only after the application object exists")
    loaded: set[str] = set()
    for path in (*SHOWN, *LATIN, KHMER):
        letters(path)  # Qt takes a file without its end, and shows boxes
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise FontsMissingError(f"The typeface {path} does not load. Install Mời again.")
        loaded.update(QFontDatabase.applicationFontFamilies(number))
    missing = [family for family in load_tokens().fonts.families if family not in loaded]
    if missing:
        raise FontsMissingError(f"No file in {KHMER.parent.parent} holds {', '.join(missing)}. Install Mời again.")


def make_font(px: int, weight: int) -> QFont:
    """Return our font at a pixel size and a weight of 400 to 800, with Khmer behind it.

    Hinting is off so that a text has the same width at any position and its ink can be compared in tests.
    """
    font = QFont()
    font.setFamilies(load_tokens().fonts.families)
    font.setPixelSize(max(1, px))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if weight < _SYNTHETIC_BOLD:  # the Khmer file is variable; Qt thickens it by itself from bold on, and not before
        font.setVariableAxis(QFont.Tag("wght"), weight)
    return font
