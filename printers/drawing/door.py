"""Doorways on paper: the number in its tall door, words in a low one, the queue's small one with its letter (LOOK)."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw

from kiosk.domain.receipt import NumberBlock, QueueBlock
from printers.drawing.fonts import CAP_HEIGHT_EM, Face, Weight
from printers.drawing.icon import icon
from printers.drawing.lines import Paragraph, draw_stack, largest_that_fits, paragraph, stack_height
from printers.drawing.sheet import BLACK, BODY, LABEL, STRONG, SUPERSAMPLE, WHITE, Sheet, canvas, to_dots

DOOR_TITLE = 44
"""Words in the low door, where they stand on one line (picture 07b)."""
NUMBER = 168
"""Largest size of a ticket's number: tokens.json, `type_paper`."""
_NUMBER_SMALLEST = 64
"""What must be set smaller than this to stand on one line is words, not a number."""
FOOT = 14
"""The door's sill (LOOK, picture 07)."""
_WALL = 7
_ARCH = 0.2
"""Height of the arch by the door's width, as in picture 07."""
_DIGIT_CELL_EM = 0.674
"""The typeface has no tabular figures: each digit stands in an equal cell (tokens.json, `tabular`)."""
_LOW_ARCH = 0.15
_CAPTION_WIDTH = 0.66
"""A caption stands where the arch is still narrow: its room by the door's width."""
_TITLE_STEPS = ((STRONG, 1), (34, 1), (STRONG, 2), (34, 3), (LABEL, 4), (BODY, 0))
"""Sizes a title steps down through, and the most lines it may take at each."""


def draw_number(block: NumberBlock, sheet: Sheet) -> Image.Image:
    """Draw the number in its door, as large as the paper allows; words take a lower door."""
    text = unicodedata.normalize("NFC", block.number).strip()
    size = 0 if any(letter.isspace() for letter in text) else _number_size(text, sheet.inner - 2 * (_WALL + 16))
    return _draw_figures(text, size, block.caption, sheet) if size else _draw_words(text, block.caption, sheet)


@lru_cache(maxsize=64)
def draw_queue(block: QueueBlock, sheet: Sheet) -> Image.Image:
    """Draw the queue's doorway and what the ticket is for beside it."""
    token = _queue_token(block.letter, block.icon)
    gap = 20 if not sheet.narrow else 14
    left = sheet.margin + token.width + gap
    width = sheet.width - sheet.margin - left
    title = largest_that_fits(block.title, _TITLE_STEPS, Weight.EXTRA_BOLD, width)
    words = (title, paragraph(block.text, Face(BODY), width))
    height = max(token.height, stack_height(words))
    image, draw = canvas(sheet.width, height)
    image.paste(token, (sheet.margin, 0 if stack_height(words) > token.height else (height - token.height) // 2))
    # Letters sit low in their line: half of the room kept for marks is given back, so the words look centred.
    draw_stack(words, draw, left, (height - stack_height(words)) / 2)
    return to_dots(image)


def _number_size(text: str, width: float) -> int:
    """Return the size at which the figures fill `width`, 0 if that would be too small for a number."""
    at_largest = sum(wide for _, wide in _cells(text, NUMBER))
    size = min(NUMBER, int(NUMBER * width / max(at_largest, 1)))
    return size if size >= _NUMBER_SMALLEST else 0


def _cells(text: str, size: int) -> Iterator[tuple[str, float]]:
    """Yield each letter with the room it takes: digits all the same, so that 111 stands like 444."""
    face = Face(size, Weight.EXTRA_BOLD)
    for letter in text:
        yield letter, size * _DIGIT_CELL_EM if letter.isdigit() else face.width(letter)


def _draw_figures(text: str, size: int, caption: str, sheet: Sheet) -> Image.Image:
    face, cap = Face(size, Weight.EXTRA_BOLD), round(size * CAP_HEIGHT_EM)
    above = paragraph(caption, Face(LABEL), sheet.inner * _CAPTION_WIDTH, centred=True)
    top = _WALL + round(sheet.inner * 0.03)
    baseline = max(top + above.height, round(sheet.inner * _ARCH * 0.6)) + (20 if caption else 0) + cap
    height = baseline + 30 + FOOT
    image = _door(sheet, height, _ARCH).copy()
    draw = ImageDraw.Draw(image)
    above.draw(draw, sheet.margin, top, sheet.inner)
    cells = list(_cells(text, size))
    x = (sheet.width - sum(wide for _, wide in cells)) / 2
    for letter, wide in cells:
        _draw_in_cell(draw, face, letter, x, baseline, wide)
        x += wide
    return to_dots(image)


def _draw_in_cell(draw: ImageDraw.ImageDraw, face: Face, letter: str, x: float, baseline: float, wide: float) -> None:
    face.draw(draw, x + (wide - face.width(letter)) / 2, baseline, letter)


def _draw_words(text: str, caption: str, sheet: Sheet) -> Image.Image:
    width = sheet.inner - 2 * (_WALL + 18)
    above = paragraph(caption, Face(LABEL), sheet.inner * _CAPTION_WIDTH, centred=True)
    title = largest_that_fits(text, ((DOOR_TITLE, 1), *_TITLE_STEPS), Weight.EXTRA_BOLD, width, centred=True)
    words: tuple[Paragraph, ...] = (above, title)
    top = _WALL + round(sheet.inner * (0.045 if caption else 0.08))
    image = _door(sheet, top + stack_height(words) + 18 + FOOT, _LOW_ARCH).copy()
    draw_stack(words, ImageDraw.Draw(image), sheet.margin + _WALL + 18, top, width)
    return to_dots(image)


@lru_cache(maxsize=16)
def _door(sheet: Sheet, height: int, rise: float) -> Image.Image:
    """Draw an empty door across the paper, its foot at the bottom; kept, so callers copy it before drawing in it."""
    door = _arch(sheet.inner, height, _WALL, round(sheet.inner * rise))
    ImageDraw.Draw(door).rectangle((0, height - FOOT, door.width, height), fill=BLACK)
    image, _ = canvas(sheet.width, height)
    image.paste(door, (sheet.margin, 0))
    return image


@lru_cache(maxsize=32)
def _queue_token(letter: str, icon_name: str) -> Image.Image:
    """Draw the one-bit doorway: the icon in it and the letter on its sill, or the letter alone in it."""
    width, height, sill = 72, 96, 30
    image = _arch(width, height, 5, width // 2)
    draw = ImageDraw.Draw(image)
    face = Face(25, Weight.EXTRA_BOLD)
    sign = icon(icon_name, 42, 3)
    if sign is None:
        draw.rectangle((0, height - 9, width, height), fill=BLACK)
        large = Face(56, Weight.EXTRA_BOLD)
        large.draw(draw, (width - large.width(letter)) / 2, height - 22, letter)
        return image
    draw.rectangle((0, height - sill, width, height), fill=BLACK)
    face.draw(draw, (width - face.width(letter)) / 2, height - sill / 2 + 25 * CAP_HEIGHT_EM / 2, letter, fill=WHITE)
    image.paste(sign, ((width - sign.width) // 2, height - sill - 2 - sign.height))
    return image


def _arch(width: int, height: int, wall: int, rise: int) -> Image.Image:
    """Draw a doorway's outline: upright walls under half an ellipse `rise` dots high."""
    rise = min(rise, height)
    large = Image.new("L", (width * SUPERSAMPLE, height * SUPERSAMPLE), WHITE)
    draw = ImageDraw.Draw(large)
    for inset, fill in ((0, BLACK), (wall, WHITE)):
        left, top = inset * SUPERSAMPLE, inset * SUPERSAMPLE
        right, bottom = (width - inset) * SUPERSAMPLE - 1, height * SUPERSAMPLE
        draw.ellipse((left, top, right, 2 * rise * SUPERSAMPLE - top), fill=fill)
        draw.rectangle((left, rise * SUPERSAMPLE, right, bottom), fill=fill)
    return large.reduce(SUPERSAMPLE)
