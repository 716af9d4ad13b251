"""Paper as it comes out of a printer: what is on the line, what is on the strip, and the piece the knife cuts off.

Belongs to the decoder, and like it shares nothing with what prints (pyproject.toml, import contracts).
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

DEFAULT_LINE_DOTS = 34
"""An Epson's line spacing of 1/6 inch at 203 dots per inch."""
_LETTER = (12, 24)
"""Font A's cell in dots."""
_BASELINE = 18
WHITE = 255
BLACK = 0


class Paper(NamedTuple):
    """A piece of paper: its picture (mode "1"), the text printed as letters, and codes the printer drew itself."""

    image: Image.Image
    text: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    torn: bool = False
    """Whether it was torn off in the middle of a receipt, because its roll had ended."""


class Roll:
    """The strip under the print head. Dots are rows and columns; `width` None means as wide as what is printed."""

    def __init__(self, width: int | None = None) -> None:
        self._width = width
        self._strips: list[tuple[int, int, Image.Image]] = []
        self._texts: list[str] = []
        self._codes: list[str] = []
        self._rows = 0
        self._line: list[Image.Image] = []
        self._letters: list[tuple[str, tuple[int, int]]] = []
        self.reset()

    def reset(self) -> None:
        """ESC @: forget the unprinted line and all settings; what is on paper stays."""
        self._line.clear()
        self._letters.clear()
        self.line_dots = DEFAULT_LINE_DOTS
        self.centred = False
        self.at_right = False
        self.letter_size = (1, 1)

    def letter(self, letter: str) -> None:
        """Put a letter on the line, as large as letters are set to be (GS !)."""
        self._letters.append((letter, self.letter_size))

    def image_in_line(self, image: Image.Image) -> None:
        """Put a picture on the line, right of what is there (ESC *)."""
        self._line.append(image)

    def code(self, data: str, side_dots: int = 0) -> None:
        """Note a code the printer draws itself (GS ( k): here only a frame of its size shows where it stands."""
        self._codes.append(data)
        if side_dots:
            frame = Image.new("1", (side_dots, side_dots), WHITE)
            ImageDraw.Draw(frame).rectangle((0, 0, side_dots - 1, side_dots - 1), outline=BLACK, width=4)
            self.print_image(frame)

    def print_line(self, feed: int | None = None) -> None:
        """Print the line and feed: by the line spacing (a taller line pushes itself), or by `feed` dots."""
        if self._letters:
            self._texts.append("".join(letter for letter, _ in self._letters))
            self._line.append(_draw_letters(self._letters))
            self._letters.clear()
        x = self._left(sum(image.width for image in self._line))
        for image in self._line:
            self._strips.append((x, self._rows, image))
            x += image.width
        tallest = max((image.height for image in self._line), default=0)
        self._line.clear()
        self._rows += max(self.line_dots if feed is None else feed, tallest)

    def print_image(self, image: Image.Image) -> None:
        """Print a raster picture right here and feed by its height; a line begun before goes first."""
        if self._line or self._letters:
            self.print_line()
        self._strips.append((self._left(image.width), self._rows, image))
        self._rows += image.height

    def cut(self) -> Paper | None:
        """Cut off what is printed; None where nothing came out since the last cut."""
        if self._line or self._letters:
            self.print_line()
        if not self._rows and not self._codes:
            return None
        width = self._width or max((x + strip.width for x, _, strip in self._strips), default=1)
        image = Image.new("1", (width, max(self._rows, 1)), WHITE)
        for x, y, strip in self._strips:
            image.paste(strip, (x, y))
        paper = Paper(image, tuple(self._texts), tuple(self._codes))
        self._strips, self._texts, self._codes, self._rows = [], [], [], 0
        return paper

    def _left(self, width: int) -> int:
        room = max((self._width or width) - width, 0)
        return room if self.at_right else room // 2 if self.centred else 0


def bits(data: bytes, width: int, height: int, stretch: tuple[int, int] = (1, 1)) -> Image.Image:
    """Make a picture of rows of bits, 1 = black, each row filled up to whole bytes; `stretch` is across and down."""
    image = ImageChops.invert(Image.frombytes("1", (width, height), data)) if width and height else _nothing()
    return image if stretch == (1, 1) else image.resize((width * stretch[0], height * stretch[1]))


def columns(data: bytes, bytes_down: int, stretch: tuple[int, int] = (1, 1)) -> Image.Image:
    """Make a picture of columns of bits from top to bottom, `bytes_down` bytes each, 1 = black (ESC *)."""
    across = len(data) // bytes_down
    if not across:
        return _nothing()
    on_its_side = bits(data, bytes_down * 8, across)
    image = on_its_side.transpose(Image.Transpose.TRANSPOSE)
    return image if stretch == (1, 1) else image.resize((image.width * stretch[0], image.height * stretch[1]))


def _nothing() -> Image.Image:
    return Image.new("1", (1, 1), WHITE)


def _draw_letters(letters: list[tuple[str, tuple[int, int]]]) -> Image.Image:
    """Draw a line of letters plainly, each in its cell: good enough to read what came out."""
    height = max(size[1] for _, size in letters) * _LETTER[1]
    image = Image.new("1", (sum(size[0] for _, size in letters) * _LETTER[0], height), WHITE)
    x = 0
    for letter, (across, down) in letters:
        cell = _cell(letter).resize((_LETTER[0] * across, _LETTER[1] * down))
        image.paste(cell, (x, height - cell.height))
        x += cell.width
    return image


@lru_cache(maxsize=512)
def _cell(letter: str) -> Image.Image:
    cell = Image.new("1", _LETTER, WHITE)
    shown = letter if letter.isprintable() else " "
    ImageDraw.Draw(cell).text((_LETTER[0] / 2, _BASELINE), shown, font=_font(), fill=BLACK, anchor="ms")
    return cell


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own typeface, or one that has Vietnamese letters where the program's assets lie beside it."""
    for path in sorted((Path(__file__).parents[2] / "assets" / "fonts").rglob("*SemiBold*.ttf")):
        return ImageFont.truetype(str(path), 15, layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.load_default(15)
