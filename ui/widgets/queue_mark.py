"""The mark of a queue: a doorway with icon and letter in the queue's colour, and the letter alone where it is small.

Never colour alone (LOOK, principle 4): in contrast themes and on paper the same marks stand without colour.
"""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.number_label import number_width, paint_number
from ui.widgets.shapes import arch, fill
from ui.widgets.text_block import CAP_EM

TOKEN_ASPECT = 96 / 127  # picture 02
CHIP_ASPECT = 46 / 55  # picture 02
MODES = ("colour", "one_bit", "inverted")
_BAND = 0.29  # share of the height that carries the letter
_WALL = 0.062  # width of the door frame, share of the width
_FOOT = 0.1  # tokens radius.token
_ICON = 0.60
_LETTER = 0.245  # em of the letter, share of the height
_CHIP_LETTER = 0.50
_LETTER_WEIGHT = 800
_DEFAULT_TOKEN_MM = 40.3  # 127 px at 80 dpi
_DEFAULT_CHIP_MM = 17.5


def token_mode(theme: Theme) -> str:
    """Return how a token is drawn in a theme."""
    return {"light": "colour", "hc_dark": "inverted", "hc_light": "one_bit"}[theme.name]


def paint_token(
    painter: QPainter, rect: QRectF, theme: Theme, letter: str, mode: str = "colour", icon: str | None = None
) -> None:
    """Draw a queue's doorway. `one_bit` is black on white (paper), `inverted` white on black."""
    look = theme.queue(letter)
    body = {"colour": look.color, "one_bit": QColor("black"), "inverted": QColor("white")}[mode]
    inside = QColor("black") if mode == "inverted" else QColor("white")
    wall = rect.width() * _WALL
    fill(painter, arch(rect, rect.width() / 2, rect.width() * _FOOT), body)
    band = rect.height() * _BAND
    opening = QRectF(rect.left() + wall, rect.top() + wall, rect.width() - 2 * wall, rect.height() - wall - band)
    fill(painter, arch(opening, opening.width() / 2), inside)
    px = round(rect.width() * _ICON)
    from_icons = theme.icon_in(icon or look.icon, body, px)
    centre = QPointF(opening.center().x(), opening.top() + opening.height() * 0.55)
    painter.drawPixmap(round(centre.x() - px / 2), round(centre.y() - px / 2), from_icons)
    floor = QRectF(rect.left(), rect.bottom() - band, rect.width(), band)
    _paint_letter(painter, floor, letter, rect.height() * _LETTER, inside)


def paint_chip(painter: QPainter, rect: QRectF, theme: Theme, letter: str, on_wall: bool = False) -> None:
    """Draw the letter in its doorway; on the wall the doorway is paper and the letter has the colour."""
    look = theme.queue(letter)
    body, ink = (theme.color("on_wall"), look.color) if on_wall else (look.color, theme.color("surface"))
    if on_wall and theme.contrast:
        ink = theme.color("wall")
    fill(painter, arch(rect, rect.width() / 2, rect.width() * _FOOT), body)
    below_arch = rect.adjusted(0, rect.height() * 0.10, 0, 0)
    _paint_letter(painter, below_arch, letter, rect.height() * _CHIP_LETTER, ink)


def _paint_letter(painter: QPainter, rect: QRectF, letter: str, px: float, color: QColor) -> None:
    left = rect.center().x() - number_width(letter, px, _LETTER_WEIGHT) / 2
    baseline = rect.center().y() + CAP_EM * px / 2
    paint_number(painter, letter, left, baseline, px, _LETTER_WEIGHT, color)


class _Mark(QWidget):
    """A picture of fixed size that says its letter to a screen reader."""

    def __init__(self, theme: Theme, letter: str, height: int, aspect: float, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._size = QSize(round(height * aspect), height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(letter)

    @property
    def letter(self) -> str:
        """The queue's letter."""
        return self._letter

    def set_letter(self, letter: str) -> None:
        """Show another queue."""
        self._letter = letter
        self.setAccessibleName(letter)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: fixed."""
        return self._size


class QueueToken(_Mark):
    """Doorway, icon and letter of a queue. Contrast themes draw it without colour unless a mode is given."""

    def __init__(
        self,
        theme: Theme,
        letter: str,
        *,
        mode: str | None = None,
        icon: str | None = None,
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, letter, height or theme.near(_DEFAULT_TOKEN_MM), TOKEN_ASPECT, parent)
        self._mode = mode or token_mode(theme)
        self._icon = icon

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        paint_token(QPainter(self), QRectF(self.rect()), self._theme, self._letter, self._mode, self._icon)


class Chip(_Mark):
    """The letter of a queue alone, for rows too small for an icon."""

    def __init__(
        self,
        theme: Theme,
        letter: str,
        *,
        on_wall: bool = False,
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, letter, height or theme.near(_DEFAULT_CHIP_MM), CHIP_ASPECT, parent)
        self._on_wall = on_wall

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        paint_chip(QPainter(self), QRectF(self.rect()), self._theme, self._letter, self._on_wall)
