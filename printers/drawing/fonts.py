"""The bundled typefaces on paper: which one draws which letter, how wide a text is, where its baseline stands.

Be Vietnam Pro holds no Khmer and Noto Sans Khmer little else, so a line is cut into runs by script (PLATFORM §2).
Raqm shapes both: the basic engine would print Khmer letters one after the other, knows no kerning, and measured slower.
All sizes are dots (8 per millimetre) of the em, as in tokens.json, `type_paper`.
"""

import math
import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from kiosk.settings import ASSETS_DIR

FONT_DIR = ASSETS_DIR / "fonts"
LINE_HEIGHT_EM = 1.38
"""tokens.json, `min_multiline_line_height`."""
BASELINE_EM = 1.1
"""From a line's top to its baseline: Ỏ is 1.08 em high as drawn, Ỵ 0.27 deep (measured, weights 600 to 800)."""
STACKED_EM = 0.18
"""What a line with two marks over a capital needs above that: Ẳ is 1.26 em high as drawn, which is more than the
tokens' 1.141, because a heavy weight on a grid of dots grows.
"""
KHMER_LINE_HEIGHT_EM = 1.6
KHMER_BASELINE_EM = 1.16
KHMER_WIDTH_AXIS = 100
CAP_HEIGHT_EM = 0.74
_BLEED = 2
"""Dots around letters for what smoothing adds."""

_KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff][\u1780-\u17ff\u19e0-\u19ff\u200c\u200d]*")
_STACKED = re.compile("[ẤẦẨẪẮẰẲẴẾỀỂỄỐỒỔỖ]")
_RUNS = re.compile(f"(?P<khmer>{_KHMER.pattern})|(?P<latin>[^\u1780-\u17ff\u19e0-\u19ff]+)")


class Weight(IntEnum):
    """Stroke weights that survive one bit and a cheap head: 600 and up (tokens.json, `weight_min`)."""

    SEMI_BOLD = 600
    BOLD = 700
    EXTRA_BOLD = 800


_FILES = {Weight.SEMI_BOLD: "SemiBold", Weight.BOLD: "Bold", Weight.EXTRA_BOLD: "ExtraBold"}


@lru_cache(maxsize=64)
def _latin(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    path = FONT_DIR / "be-vietnam-pro" / f"BeVietnamPro-{_FILES[weight]}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=64)
def _khmer(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    path = FONT_DIR / "noto-sans-khmer" / "NotoSansKhmer.ttf"
    font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
    by_name = {b"Weight": float(weight), b"Width": float(KHMER_WIDTH_AXIS)}
    font.set_variation_by_axes([by_name[axis["name"]] for axis in font.get_variation_axes()])
    return font


class Face(NamedTuple):
    """A size in dots and a weight: all that a line on paper can choose."""

    size: int
    weight: Weight = Weight.SEMI_BOLD

    def width(self, text: str) -> float:
        """Return the advance of a single line, in dots."""
        return _width(self, text)

    def line_height(self, text: str) -> int:
        """Return the height that no mark of this line leaves, in dots."""
        em = KHMER_LINE_HEIGHT_EM if _KHMER.search(text) else LINE_HEIGHT_EM
        return round(self.size * em) + self._room_for_stacked_marks(text)

    def baseline(self, text: str) -> int:
        """Return the distance from the line's top to its baseline, in dots."""
        em = KHMER_BASELINE_EM if _KHMER.search(text) else BASELINE_EM
        return round(self.size * em) + self._room_for_stacked_marks(text)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, baseline: float, text: str, fill: int = 0) -> None:
        """Draw a single line from `x` on a baseline."""
        for khmer, run in _runs(text):
            whole_x, whole_y = math.floor(x), math.floor(baseline)
            ink = _inked(self, khmer, run, x - whole_x, baseline - whole_y)
            draw.bitmap((whole_x + ink.left, whole_y + ink.top), ink.mask, fill)
            x += self.font(khmer=khmer).getlength(run)

    def font(self, *, khmer: bool) -> ImageFont.FreeTypeFont:
        """Return the typeface of a script."""
        return _khmer(self.size, self.weight) if khmer else _latin(self.size, self.weight)

    def _room_for_stacked_marks(self, text: str) -> int:
        return math.ceil(self.size * STACKED_EM) if _STACKED.search(text) else 0


class _Ink(NamedTuple):
    """Letters as drawn, and where they stand from the point on the baseline they begin at."""

    mask: Image.Image
    left: int
    top: int


def _runs(text: str) -> list[tuple[bool, str]]:
    """Cut a line by script: whether it is Khmer, and the letters."""
    return [(bool(match["khmer"]), match[0]) for match in _RUNS.finditer(text)]


@lru_cache(maxsize=512)
def _inked(face: Face, khmer: bool, run: str, fraction_x: float, fraction_y: float) -> _Ink:
    """Draw letters once: labels and digits come again with every ticket (about 8 KB each)."""
    font = face.font(khmer=khmer)
    left, top, right, bottom = font.getbbox(run, anchor="ls")
    left, top = math.floor(left) - _BLEED, math.floor(top) - _BLEED
    mask = Image.new("L", (math.ceil(right) + _BLEED - left + 1, math.ceil(bottom) + _BLEED - top + 1))
    ImageDraw.Draw(mask).text((fraction_x - left, fraction_y - top), run, font=font, fill=255, anchor="ls")
    return _Ink(mask, left, top)


@lru_cache(maxsize=8192)
def _width(face: Face, text: str) -> float:
    """Measure once: lines are broken by trying, word by word, and most words come again with the next ticket."""
    return sum(face.font(khmer=khmer).getlength(run) for khmer, run in _runs(text))
