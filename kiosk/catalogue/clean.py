"""Text as it comes out of portals and spreadsheets, made comparable.

Some published records hold decomposed Unicode ("ă" as two code points): they look the same and are equal to nothing,
so a field would find no queue and a search no procedure.
"""

import re
import unicodedata

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Return `text` in Unicode NFC, without invisible characters, every run of spaces as one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def clean_tree(value: object) -> object:
    """Clean every text of a decoded JSON value, names included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_tree(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(str(name)): clean_tree(item) for name, item in value.items()}
    return value


def is_decomposed(value: object) -> bool:
    """Whether any text in a decoded JSON value is not in NFC."""
    if isinstance(value, str):
        return not unicodedata.is_normalized("NFC", value)
    if isinstance(value, list):
        return any(is_decomposed(item) for item in value)
    if isinstance(value, dict):
        return any(is_decomposed(item) for item in (*value.keys(), *value.values()))
    return False
