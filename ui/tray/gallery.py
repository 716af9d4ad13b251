"""The demo's paper tray for the gallery."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui.scene import Scene
from ui.theme import Theme
from ui.tray.dock import TROUBLES
from ui.tray.window import TrayWindow

SIZE = (460, 760)
SIZE_LANDSCAPE = (960, 540)
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


def _builder(
    numbers: tuple[str, ...], states: frozenset[str], held: int, dock: bool
) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        window = TrayWindow(theme, on_wish=lambda name, begins: None, language=language)
        for number in numbers:
            window.receive(_paper(theme, number))
        window.show_state(states, held)
        window.open_dock(dock)
        return window

    return build


def scenes() -> Iterable[Scene]:
    """Return all scenes."""
    three, out = ("A026", "B031", "A027"), frozenset({"paper_out"})
    everything = frozenset((*TROUBLES, "paper_out"))
    for name, numbers, states, held, dock in (
        ("empty", (), frozenset[str](), 0, False),
        ("papers", three, frozenset[str](), 0, False),
        ("no-roll", (), out, 54_609, False),
        ("dock", three, frozenset[str](), 0, True),
        ("dock-troubles", three, frozenset({"cover_open", "slow", "paper_out"}), 54_609, True),
        ("dock-everything", (), everything, 1_048_576, True),
    ):
        yield Scene(name, _builder(numbers, states, held, dock), SIZE, dpi=96.0, types="clerk")
    wide = _builder(three, frozenset({"cover_open", "slow"}), 54_609, True)
    yield Scene("dock-landscape", wide, SIZE_LANDSCAPE, dpi=96.0, types="clerk")
