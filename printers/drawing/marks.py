"""What stands across the whole paper: a centre's logo, and the marks that show whether a head prints its full width."""

import io
from functools import lru_cache

from PIL import Image

from kiosk.domain.receipt import LogoBlock
from printers.drawing.fonts import Face
from printers.drawing.sheet import BLACK, DOTS_PER_MM, SMALL, Sheet, canvas, to_dots

_MARK_MM = 10
_MARK = 16
_EDGE = 40
"""Heights of a mark and of the two at the ends, in dots."""


@lru_cache(maxsize=8)
def draw_logo(block: LogoBlock, sheet: Sheet) -> Image.Image:
    """Draw a logo in the middle, dot for dot: it is never enlarged, reduced or dithered.

    Raises:
        ValueError: it is wider than the paper; the set-up's check lets none in that is (`kiosk.catalogue.logo`).
    """
    with Image.open(io.BytesIO(block.picture)) as opened:
        logo = opened.convert("L")
    if logo.width > sheet.inner:
        raise ValueError(f"The logo is {logo.width} dots wide and the paper has room for {sheet.inner}.")
    image, _ = canvas(sheet.width, logo.height)
    image.paste(logo, ((sheet.width - logo.width) // 2, 0))
    return to_dots(image)


@lru_cache(maxsize=4)
def draw_width(sheet: Sheet) -> Image.Image:
    """Draw a line from the first dot to the last one, with a mark each 10 mm and a tall one at both ends."""
    face = Face(SMALL)
    image, draw = canvas(sheet.width, _EDGE + face.line_height("0"))
    draw.rectangle((0, 0, sheet.width - 1, 2), fill=BLACK)
    for x in (0, sheet.width - 3):
        draw.rectangle((x, 0, x + 2, _EDGE), fill=BLACK)
    step = _MARK_MM * DOTS_PER_MM
    for n, x in enumerate(range(step, sheet.width - step // 2, step), start=1):
        draw.rectangle((x - 1, 0, x + 1, _MARK), fill=BLACK)
        text = str(n * _MARK_MM)
        face.draw(draw, x - face.width(text) / 2, _MARK + face.baseline(text), text)
    return to_dots(image)
