"""Words without accents: "Sổ đỏ" typed as "so do" is the same word to a citizen in a hurry."""

import re
import unicodedata

from msgspec import Struct

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return `text` in lower case without marks; đ, which Unicode does not take apart, becomes d."""
    return "".join(_fold_letter(letter) for letter in text)


def _fold_letter(letter: str) -> str:
    base = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    # The second is the Icelandic letter that old Vietnamese keyboards put for the first; in capitals they look alike.
    return base.casefold().replace("đ", "d").replace("ð", "d")


class Word(Struct, frozen=True):
    """One word of a text, and where it stands."""

    lower: str
    folded: str
    start: int
    end: int

    @property
    def accented(self) -> bool:
        """Whether it was written with accents."""
        return self.lower != self.folded

    def end_of(self, folded_letters: int) -> int:
        """Return where the first `folded_letters` letters end in the text."""
        # A letter in NFC folds to one letter, apart from rarities like ß; never point past the word.
        return min(self.start + folded_letters, self.end)


def split(text: str) -> tuple[Word, ...]:
    """Split a text into its words. Positions are those of `text` in NFC."""
    text = unicodedata.normalize("NFC", text)
    return tuple(
        Word(found.group().casefold(), fold(found.group()), found.start(), found.end())
        for found in _WORD.finditer(text)
    )


def one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[same:], b[same:]
    swapped = len(rest_a) > 1 and rest_a[1::-1] + rest_a[2:] == rest_b
    return rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:] or swapped
