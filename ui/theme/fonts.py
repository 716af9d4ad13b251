"""The bundled fonts: loaded once, verified, never the system's."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from ui.theme.tokens import ASSETS, load_tokens

_SYNTHETIC_BOLD = 700
FONTS_DIR = ASSETS / "fonts"


class FontsMissingError(RuntimeError):
    """A bundled font could not be loaded: screens would show boxes instead of letters."""


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Load every bundled font and check that each family is there.

    Needs a QGuiApplication. Raises FontsMissingError when a file does not load or a family of the look is absent.
    """
    if QGuiApplication.instance() is None:
        raise FontsMissingError("fonts can be loaded only after the application object exists")
    loaded: set[str] = set()
    for path in sorted(FONTS_DIR.glob("*/*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise FontsMissingError(f"{path.name} does not load")
        loaded.update(QFontDatabase.applicationFontFamilies(number))
    missing = [family for family in load_tokens().fonts.families if family not in loaded]
    if missing:
        raise FontsMissingError(f"no file holds {', '.join(missing)}")


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
