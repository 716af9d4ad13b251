"""Numbers as they are said, in Vietnamese and English: whole ("hai mươi mốt") and character by character ("A, không").

The rules are the table of DOMAIN §7; the ready-made library leaves out "không trăm" in 1001 and knows no "linh".
"""

import re
from typing import Literal

from msgspec import Struct

GREATEST = 9_999
"""The greatest number that can be said: desks have at most four digits."""

_TICKET_NUMBER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")

VI_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
"""Base forms, by value."""

EN_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
"""English numbers that are one word, by value."""

EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""English tens, by their digit."""


class UnspeakableError(ValueError):
    """A number or language that cannot be said, with a sentence that names it."""


class NumberStyle(Struct, frozen=True, forbid_unknown_fields=True):
    """How Vietnamese numbers are said here; the defaults are Southern (DOMAIN §7)."""

    zero_tens: Literal["lẻ", "linh"] = "lẻ"
    """What stands for the missing tens in 101: "lẻ" in the South, "linh" in the North."""
    four_after_tens: Literal["tư", "bốn"] = "tư"
    """The 4 of 24: both are accepted, "tư" is usual."""
    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    """"ngàn" is heard in the South."""


def number_words(number: int, language: str, style: NumberStyle) -> tuple[str, ...]:
    """Say a whole number, one entry a word: 21 is ("hai", "mươi", "mốt").

    Raises:
        UnspeakableError: the number is not within 0 and `GREATEST`, or nobody taught us the language.
    """
    if not 0 <= number <= GREATEST:
        raise UnspeakableError(f"{number} cannot be said: it is not between 0 and {GREATEST}.")
    if language == "vi":
        return _vietnamese(number, style)
    if language == "en":
        return _english(number)
    raise UnspeakableError(f"Numbers cannot be said in the language {language!r}.")


def spelled(number: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Say a ticket's number character by character, in groups with a short pause between them.

    Digits take their base form ("năm", never "lăm": DOMAIN §7); a letter stays the letter it is. A hyphen is a pause
    and not a word, so an offline number "A2-015" (DESIGN §6) is (("A", "hai"), ("không", "một", "năm")).

    Raises:
        UnspeakableError: the number has something else than capital letters, digits and single hyphens between them,
            or nobody taught us the language.
    """
    if not _TICKET_NUMBER.fullmatch(number):
        raise UnspeakableError(f"The ticket number {number!r} cannot be said: only A-Z, 0-9 and hyphens can.")
    digits = {"vi": VI_DIGITS, "en": EN_SMALL}.get(language)
    if digits is None:
        raise UnspeakableError(f"Numbers cannot be said in the language {language!r}.")
    return tuple(tuple(digits[int(c)] if c.isdigit() else c for c in group) for group in number.split("-"))


def _vietnamese(number: int, style: NumberStyle) -> tuple[str, ...]:
    thousands, below = divmod(number, 1000)
    if not thousands:
        return _vi_below_thousand(below, style)
    head = (VI_DIGITS[thousands], style.thousand)
    if not below:
        return head
    # The empty hundreds are said, or 1021 would be heard as 1 thousand and a bit: "một nghìn không trăm hai mươi mốt".
    return head + (("không", "trăm") if below < 100 else ()) + _vi_below_thousand(below, style, after_hundreds=True)


def _vi_below_thousand(number: int, style: NumberStyle, *, after_hundreds: bool = False) -> tuple[str, ...]:
    hundreds, below = divmod(number, 100)
    head = (VI_DIGITS[hundreds], "trăm") if hundreds else ()
    if head and not below:
        return head
    if below < 10 and (head or after_hundreds):
        return (*head, style.zero_tens, VI_DIGITS[below])
    return head + _vi_below_hundred(below, style)


def _vi_below_hundred(number: int, style: NumberStyle) -> tuple[str, ...]:
    tens, unit = divmod(number, 10)
    if not tens:
        return (VI_DIGITS[unit],)
    head = ("mười",) if tens == 1 else (VI_DIGITS[tens], "mươi")
    if not unit:
        return head
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: style.four_after_tens, 5: "lăm"}
    return (*head, changed.get(unit, VI_DIGITS[unit]))


def _english(number: int) -> tuple[str, ...]:
    thousands, below_thousand = divmod(number, 1000)
    hundreds, below = divmod(below_thousand, 100)
    words: tuple[str, ...] = ()
    if thousands:
        words += (EN_SMALL[thousands], "thousand")
    if hundreds:
        words += (EN_SMALL[hundreds], "hundred")
    if below or not words:
        words += (("and",) if words else ()) + _en_below_hundred(below)
    return words


def _en_below_hundred(number: int) -> tuple[str, ...]:
    if number < len(EN_SMALL):
        return (EN_SMALL[number],)
    tens, unit = divmod(number, 10)
    return (EN_TENS[tens], EN_SMALL[unit]) if unit else (EN_TENS[tens],)
