"""What every clip says: the reading list for whoever records a voice, and the clip behind every word.

File names are plain ASCII words, because "một" and "mốt" would become the same name without their accents, and a name
with accents does not survive every archive and file system unchanged.
"""

import string
import unicodedata

from kiosk.voice.numbers import EN_SMALL, EN_TENS, VI_DIGITS

CHIME = "chime"
"""The one sound that is not speech; it lies above the languages."""

_VI_WORDS = {
    **{str(value): word for value, word in enumerate(VI_DIGITS)},
    "10": "mười",
    "tens": "mươi",
    "1-after-tens": "mốt",
    "4-after-tens": "tư",
    "5-after-tens": "lăm",
    "hundred": "trăm",
    "zero-tens-le": "lẻ",
    "zero-tens-linh": "linh",
    "thousand-nghin": "nghìn",
    "thousand-ngan": "ngàn",
}
_EN_WORDS = {
    **{str(value): word for value, word in enumerate(EN_SMALL)},
    **{str(10 * digit): word for digit, word in enumerate(EN_TENS) if word},
    "hundred": "hundred",
    "thousand": "thousand",
    "and": "and",
}

# D is "đê", as people say it: "dê" would sound like "giê" (G) and means a goat. G is "gờ" for the same reason.
_VI_LETTERS = (
    *("a", "bê", "xê", "đê", "e", "ép phờ", "gờ", "hát", "i", "gi", "ca", "e lờ", "em mờ"),
    *("en nờ", "o", "pê", "quy", "e rờ", "ét sì", "tê", "u", "vê", "vê kép", "ích xì", "i dài", "dét"),
)

SCRIPT: dict[str, dict[str, str]] = {
    "vi": {
        "lead-cong-dan": "Mời công dân số",
        "lead": "Mời số",
        "to-counter": "đến quầy số",
        **{f"letter-{c}": name for c, name in zip(string.ascii_lowercase, _VI_LETTERS, strict=True)},
        **_VI_WORDS,
    },
    "en": {
        "lead": "Ticket",
        "to-counter": "please go to counter",
        **{f"letter-{c}": c.upper() for c in string.ascii_lowercase},
        **_EN_WORDS,
    },
}
"""Language to clip name to the words to be spoken in it."""

_CLIP_OF_WORD = {
    language: {word: clip for clip, word in words.items()} for language, words in (("vi", _VI_WORDS), ("en", _EN_WORDS))
}


def clip_of(word: str, language: str) -> str:
    """Return the clip that says a number word or a capital letter as `numbers` gives them ("mốt", "A")."""
    return f"letter-{word.lower()}" if word in string.ascii_uppercase else _CLIP_OF_WORD[language][word]


def lead_clip(address: str) -> str:
    """Return the clip a call opens with; `address` is what people are called ("công dân"), "" for nothing.

    A centre that wants another word records it: "khách hàng" asks for `lead-khach-hang.wav`.
    """
    plain = unicodedata.normalize("NFD", address.lower().replace("đ", "d"))
    words = "".join(c for c in plain if not unicodedata.combining(c)).split()
    return "-".join(["lead", *words])
