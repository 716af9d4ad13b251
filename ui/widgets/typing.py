"""What a key of our keyboard does to a text: letters are added, tones go where Vietnamese writes them."""

import unicodedata

BACKSPACE = "\b"
TONES = {"acute": "\u0301", "grave": "\u0300", "hook": "\u0309", "tilde": "\u0303", "dot": "\u0323"}
_TONE_MARKS = set(TONES.values())
_VOWELS = set("aăâeêioôơuưy")
_MARKED = set("ăâêôơư")


def apply_key(text: str, key: str) -> str:
    """Return the text after a key: a letter, a space, BACKSPACE, or one combining tone mark.

    A tone goes onto the right vowel of the last word (old style: "thủy", "hòa") and replaces the one before; the same
    tone again takes it away. A word without a vowel stays as it is.
    """
    if key == BACKSPACE:
        return text[:-1]
    if key not in _TONE_MARKS:
        return text + key
    head, space, word = text.rpartition(" ")
    return head + space + _with_tone(word, key)


def _with_tone(word: str, tone: str) -> str:
    letters = [_split(letter) for letter in word]
    bare = [base.lower() for base, _ in letters]
    place = _tone_place(bare)
    if place is None:
        return word
    had = any(mark == tone for _, mark in letters)
    joined = [base for base, _ in letters]
    if not had:
        joined[place] += tone
    return "".join(unicodedata.normalize("NFC", letter) for letter in joined)


def _split(letter: str) -> tuple[str, str]:
    """Take the tone off a letter, keep its hat or horn."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in _TONE_MARKS)
    base = "".join(part for part in parts if part not in _TONE_MARKS)
    return unicodedata.normalize("NFC", base), tone


def _tone_place(letters: list[str]) -> int | None:
    """Return which letter carries the tone: a hat or horn first, else the middle or the last but one of a group."""
    vowels = _last_vowels(letters)
    if not vowels:
        return None
    marked = [place for place in vowels if letters[place] in _MARKED]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    closed = vowels[-1] < len(letters) - 1
    return vowels[1] if closed or len(vowels) > 2 else vowels[0]


def _last_vowels(letters: list[str]) -> list[int]:
    """Return the last run of vowels; the u of "qu" and the i of "gi" belong to the consonant when another follows."""
    run: list[int] = []
    for place, letter in enumerate(letters):
        if letter in _VOWELS:
            if run and run[-1] != place - 1:
                run = []
            run.append(place)
    onset = len(run) > 1 and run[0] > 0 and letters[run[0] - 1] + letters[run[0]] in ("qu", "gi")
    return run[1:] if onset else run
