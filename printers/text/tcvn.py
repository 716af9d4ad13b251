"""Vietnamese as TCVN-3 bytes: small letters on one code page of the printer, capitals on another (DOMAIN §9).

Places of the letters: TCVN 5712:1993, VN3, which the pages follow; the capitals Ă, Â and Đ stand at A1, A2 and A7, the
others where their small letters are on the first page (tables of `receipt-print-hq/escpos-printer-db`, MIT).
"""

import unicodedata

SMALL_PAGE, CAPITAL_PAGE = 30, 31
"""Their numbers for ESC t on every model that is known to have them."""

_RUNS = (
    (0xA8, "ăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_SMALL = {letter: first + step for first, letters in _RUNS for step, letter in enumerate(letters)}
_CAPITAL = {**{letter.upper(): byte for letter, byte in _SMALL.items()}, "Ă": 0xA1, "Â": 0xA2, "Đ": 0xA7}
_ALIKE = str.maketrans("–—−“”‘’•\N{NO-BREAK SPACE}", "---\"\"''* ", "") | {ord("…"): "..."}
"""What stands in the pages' place for signs that they lack and a reader does not miss."""


class NotSayableError(ValueError):
    """A letter that these pages do not have, or no letter at all: this part must be a picture."""


def plain(text: str) -> str:
    """Return text in the signs the pages have, composed letter by letter (NFC).

    Raises:
        NotSayableError: it has a letter, such as a Khmer one, that they lack.
    """
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    for letter in text:
        if not (" " <= letter <= "~" or letter in _SMALL or letter in _CAPITAL):
            raise NotSayableError(f"{letter!r} (U+{ord(letter):04X}) is on no page of TCVN-3")
    return text


def encode(text: str) -> bytes:
    """Return `plain` text as bytes, with the page chosen before the first letter that needs it and SMALL_PAGE at last.

    Raises:
        NotSayableError: as `plain`.
    """
    said, page = bytearray(), SMALL_PAGE
    for letter in plain(text):
        wanted = SMALL_PAGE if letter in _SMALL else CAPITAL_PAGE if letter in _CAPITAL else page
        if wanted != page:
            said += choose(wanted)
            page = wanted
        said.append(_SMALL.get(letter) or _CAPITAL.get(letter) or ord(letter))
    return bytes(said) + (choose(SMALL_PAGE) if page != SMALL_PAGE else b"")


def choose(page: int) -> bytes:
    """Return the command that chooses a code page (ESC t)."""
    return b"\x1bt" + bytes((page,))
