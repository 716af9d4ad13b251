"""The strip of paper a block is drawn on: its measures in dots, and how grey becomes black or white."""

from typing import NamedTuple

from PIL import Image, ImageDraw

DOTS_PER_MM = 8
"""203 dots per inch (DOMAIN §9)."""
THRESHOLD = 140
"""Greys below become black; no dithering, which a thermal head turns into dust (tokens.json, `type_paper`)."""
WHITE = 255
BLACK = 0
SUPERSAMPLE = 4
"""Curves are drawn this many times larger and reduced: Pillow does not smooth them itself."""

SMALL, BODY, LABEL, STRONG = 24, 27, 30, 38
"""Type sizes in dots of the em: tokens.json, `type_paper`, and LABEL for headings between two of them (LOOK 07b)."""
RULE = 3
"""Thickness of a line across the paper, in dots."""


class Sheet(NamedTuple):
    """Paper of `width` printable dots: 576 on 80 mm, 384 on 58 mm (DOMAIN §9)."""

    width: int

    @property
    def narrow(self) -> bool:
        """Whether things that stand side by side on 80 mm must stand under each other."""
        return self.width < 500

    @property
    def margin(self) -> int:
        """Dots left white on either side; on 80 mm it is also the QR's quiet zone."""
        return 16 if self.narrow else 28

    @property
    def inner(self) -> int:
        """Dots between the margins."""
        return self.width - 2 * self.margin


def canvas(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return white grey-scale paper and its pen."""
    image = Image.new("L", (width, max(height, 1)), WHITE)
    return image, ImageDraw.Draw(image)


def to_dots(image: Image.Image) -> Image.Image:
    """Return the drawing as printed: black or white (mode "1")."""
    return image.point([WHITE if grey >= THRESHOLD else BLACK for grey in range(256)], "1")
