"""Wrapped text as something that has a size and can be set on paper."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import ImageDraw

from printers.drawing.fonts import Face, Weight
from printers.drawing.wrap import widest_word, wrap, wrap_balanced

Wrapper = Callable[[str, Face, float], list[str]]


class Paragraph(NamedTuple):
    """Lines of one face, already broken."""

    face: Face
    lines: tuple[str, ...]
    centred: bool = False

    @property
    def height(self) -> int:
        """Dots from the first line's top to the last one's bottom."""
        return sum(self.face.line_height(line) for line in self.lines)

    @property
    def width(self) -> float:
        """Dots of the widest line."""
        return max((self.face.width(line) for line in self.lines), default=0.0)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, y: float, width: float = 0.0) -> float:
        """Set the lines from their top left; centred ones in `width`. Return where the next thing may begin."""
        for line in self.lines:
            left = x + (width - self.face.width(line)) / 2 if self.centred else x
            self.face.draw(draw, left, y + self.face.baseline(line), line)
            y += self.face.line_height(line)
        return y


def paragraph(text: str, face: Face, width: float, *, centred: bool = False, balanced: bool = False) -> Paragraph:
    """Break a text for `width` dots; no text, no lines. Titles are balanced, so that no line holds one lost word."""
    if not text:
        return Paragraph(face, (), centred)
    wrapper: Wrapper = wrap_balanced if centred or balanced else wrap
    return Paragraph(face, tuple(wrapper(text, face, width)), centred)


def largest_that_fits(
    text: str, steps: Sequence[tuple[int, int]], weight: Weight, width: float, *, centred: bool = False
) -> Paragraph:
    """Take the first (size, most lines) that holds the text with every word whole.

    The last size is taken as it comes: with as many lines as it needs, and a word that is too wide even there broken.
    """
    for size, most_lines in steps:
        face = Face(size, weight)
        fitted = paragraph(text, face, width, centred=centred, balanced=True)
        if len(fitted.lines) <= most_lines and widest_word(text, face) <= width:
            break
    return fitted


def stack_height(paragraphs: Sequence[Paragraph]) -> int:
    """Return the height in dots of paragraphs set one under the other."""
    return sum(one.height for one in paragraphs)


def draw_stack(
    paragraphs: Sequence[Paragraph], draw: ImageDraw.ImageDraw, x: float, y: float, width: float = 0.0
) -> float:
    """Set paragraphs one under the other; return the bottom."""
    for one in paragraphs:
        y = one.draw(draw, x, y, width)
    return y
