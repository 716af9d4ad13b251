"""Paper as a PNG that people can look at: the strip with the margins a printer cannot reach."""

from io import BytesIO

from PIL import Image, ImageOps

_DPI = 203
_PAPER_WIDTHS = {576: 640, 384: 464}
"""Printable dots to the paper's own width in dots: 80 mm and 58 mm at 8 dots per millimetre."""
_OTHER_MARGIN = 32
_TOP_AND_BOTTOM = 40


def to_png(image: Image.Image) -> bytes:
    """Return a piece of paper as a 1-bit PNG with white around it, at the printer's 203 dots per inch."""
    paper_width = _PAPER_WIDTHS.get(image.width, image.width + 2 * _OTHER_MARGIN)
    side = (paper_width - image.width) // 2
    png = BytesIO()
    bordered = ImageOps.expand(image.convert("1"), (side, _TOP_AND_BOTTOM, side, _TOP_AND_BOTTOM), fill=255)
    bordered.save(png, "PNG", dpi=(_DPI, _DPI))
    return png.getvalue()
