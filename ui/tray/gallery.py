"""The demo's paper tray for the gallery."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui.scene import Scene
from ui.theme import Theme
from ui.tray.window import TrayWindow

SIZE = (460, 760)
_DOTS = (576, 980)


def _paper(theme: Theme, number: str) -> QImage:
    """Return something like a ticket; the real paper is drawn elsewhere."""
    image = QImage(*_DOTS, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont(theme.font("number"))
    font.setPixelSize(168)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, number)
    painter.end()
    return image


def _builder(numbers: tuple[str, ...], roll: bool) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        window = TrayWindow(theme, on_paper=lambda there: None, language=language)
        for number in numbers:
            window.receive(_paper(theme, number))
        if not roll:
            window.change_roll()
        return window

    return build


def scenes() -> Iterable[Scene]:
    """Return all scenes."""
    for name, numbers, roll in (
        ("empty", (), True),
        ("papers", ("A026", "B031", "A027"), True),
        ("no-roll", (), False),
    ):
        yield Scene(name, _builder(numbers, roll), SIZE, dpi=96.0, types="clerk")
