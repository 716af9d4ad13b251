"""Breaking text into lines for a width of paper. Nothing is ever cut off or shrunk: a line too many is a line more."""

import unicodedata
from collections.abc import Iterator

from printers.drawing.fonts import Face

ZERO_WIDTH_SPACE = "\u200b"
"""Khmer has no spaces between words; where a text marks word ends, it is with this."""
_COENG = "\u17d2"
"""Khmer's sign that the next consonant hangs under this one: never a place to break."""
_NO_BREAK_SPACE = "\u00a0"
_BALANCE_STEPS = 7
_JOINTS = "-/.:"
"""In codes and addresses: a dossier's number is read in its parts."""


def wrap(text: str, face: Face, width: float) -> list[str]:
    """Break `text` into lines no wider than `width` dots; line breaks in it are kept.

    A word wider than the paper is broken between letters, never between a letter and its marks. The text is made NFC:
    some rows of the catalogue are decomposed (DOMAIN §2.4), and only NFC has the marks where the typeface means them.
    """
    return [line for paragraph in _paragraphs(text) for line in _wrap_paragraph(paragraph, face, width)]


def wrap_balanced(text: str, face: Face, width: float) -> list[str]:
    """Break as few lines as `wrap` would, each about as long as the others: for centred text and titles."""
    return [line for paragraph in _paragraphs(text) for line in _balance(paragraph, face, width)]


def widest_word(text: str, face: Face) -> float:
    """Return the dots below which a word of `text` would be broken."""
    return max((face.width(word) for paragraph in _paragraphs(text) for word, _ in _words(paragraph)), default=0.0)


def _paragraphs(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split("\n")


def _balance(paragraph: str, face: Face, width: float) -> list[str]:
    """Find the narrowest width at which the paragraph needs no more lines than at `width`, and no word is broken."""
    best = _wrap_paragraph(paragraph, face, width)
    if len(best) == 1:
        return best
    widest = max(face.width(word) for word, _ in _words(paragraph))
    narrow, wide = max(width / len(best), min(widest, width) - 1), width
    for _ in range(_BALANCE_STEPS):
        middle = (narrow + wide) / 2
        lines = _wrap_paragraph(paragraph, face, middle)
        if len(lines) > len(best) or middle < widest <= width:
            narrow = middle
        else:
            wide, best = middle, lines
    return best


def _wrap_paragraph(paragraph: str, face: Face, width: float) -> list[str]:
    space = face.width(" ")
    lines: list[str] = []
    line, used = "", 0.0
    for word, spaced in _words(paragraph):
        gap = space if spaced and line else 0.0
        wide = face.width(word)
        if line and used + gap + wide > width:
            lines.append(line)
            line, used, gap = "", 0.0, 0.0
        if wide > width:
            *full, word = _break_word(word, face, width)
            lines.extend(full)
            wide = face.width(word)
        line += (" " if gap else "") + word
        used += gap + wide
    return [*lines, line]


def _words(paragraph: str) -> Iterator[tuple[str, bool]]:
    """Yield each unbreakable piece and whether a space stands before it."""
    for spaced in paragraph.split(" "):
        for index, piece in enumerate(spaced.split(ZERO_WIDTH_SPACE)):
            if piece:
                yield piece.replace(_NO_BREAK_SPACE, " "), index == 0


def _break_word(word: str, face: Face, width: float) -> list[str]:
    """Cut a word wider than the paper: after a sign between its parts where one stands, else between letters."""
    pieces = [""]
    for cluster in _clusters(word):
        if pieces[-1] and face.width(pieces[-1] + cluster) > width:
            kept, rest = _at_joint(pieces[-1])
            pieces[-1:] = [kept, rest]
        pieces[-1] += cluster
    return pieces


def _at_joint(piece: str) -> tuple[str, str]:
    """Split after the last joint of a piece; all of it stays where that would leave a line less than half full."""
    joint = max(piece.rfind(sign) for sign in _JOINTS) + 1
    return (piece[:joint], piece[joint:]) if joint > len(piece) / 2 else (piece, "")


def _clusters(word: str) -> Iterator[str]:
    """Yield letters with all marks that belong to them."""
    cluster = ""
    for letter in word:
        joins = unicodedata.category(letter).startswith("M") or cluster.endswith(_COENG)
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster
