"""Several languages at the same time: gettext catalogues by area, read from `.po` files without a build step.

English is the source text; `assets/locale/<language>/<area>.po` holds the rest. Areas keep a screen's words beside
each other ("kiosk", "counter", "board", "tablet", "paper", "problems", "phone").
"""

import gettext
import io
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parent.parent / "assets" / "locale"
SOURCE_LANGUAGE = "en"


class Words:
    """The words of one area in one language. Call it with the English text; `count` asks for a plural."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, text: str, **values: object) -> str:
        """Translate `text` and fill its `{placeholders}`."""
        # gettext keeps a catalogue's header under the empty text.
        translated = self._translations.gettext(text) if text else ""
        return translated.format(**values) if values else translated

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate a text that depends on a number; `{n}` is filled with it."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)


@lru_cache(maxsize=64)
def words(language: str, area: str) -> Words:
    """Return the words of an area; a language without a catalogue speaks English, the source text."""
    path = LOCALE_DIR / language / f"{area}.po"
    if language == SOURCE_LANGUAGE or not path.exists():
        return Words(language, gettext.NullTranslations())
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))
