"""Icons: one outline SVG each, coloured and stroked at load, kept as pixmaps."""

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.tokens import ASSETS

ICONS_DIR = ASSETS / "icons" / "tabler"
_STROKE = re.compile(r'stroke-width="[^"]*"')


class IconMissingError(KeyError):
    """No icon of that name is bundled."""


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = ICONS_DIR / f"{name}.svg"
    if not path.is_file():
        raise IconMissingError(name)
    return path.read_text(encoding="utf-8")


def icon_svg(name: str, color: str, stroke: float) -> QByteArray:
    """Return the SVG with its colour (hex) and stroke (of a 24 grid) filled in. Raises IconMissingError."""
    svg = _STROKE.sub(f'stroke-width="{stroke}"', _source(name), count=1)
    return QByteArray(svg.replace("currentColor", color).encode())


@lru_cache(maxsize=512)
def icon_pixmap(name: str, color: str, px: int, stroke: float) -> QPixmap:
    """Return the icon as a square pixmap of `px`. Raises IconMissingError."""
    drawing = QSvgRenderer(icon_svg(name, color, stroke))  # first: an error must not leave a painter on a dead pixmap
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap
