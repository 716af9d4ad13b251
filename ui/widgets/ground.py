"""The ground of a screen: the mangrove wall with its prop roots, and the arched sheet of paper standing in it."""

from functools import lru_cache
from math import sqrt

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.shapes import arch, fill

SHAPES = ("high", "low", "lowered", "none")
_RISE_MM = {"low": 17.0, "lowered": 27.0, "none": 0.0}
_RISE_HIGH_MM = (92.0, 54.0)  # standing, lying
_BODY_SHARE = {"high": (0.31, 0.20), "lowered": (0.3, 0.3)}  # of the rise, down to the first text
_ROOT_MM = 0.8
# Groups of roots: centre and half width as shares of the unit, height of the tallest, how many inside each other.
_ROOTS = ((0.2075, 0.139, 1.0, 4), (0.088, 0.125, 0.79, 4), (-0.045, 0.2, 1.12, 3))
_STEP_HEIGHT, _STEP_WIDTH = 0.235, 0.2


@lru_cache(maxsize=16)
def _roots(width: int, height: int, top: int, base: int, line: float, wall: str, root: str) -> QPixmap:
    """Return the wall with roots growing from `base` up to about `top` on both sides, mirrored."""
    pixmap = QPixmap(width, height)
    pixmap.fill(QColor(wall))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(root), line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tall = (base - top) / max(group[2] for group in _ROOTS)
    unit = min(width, height * 0.75)
    unit *= min(1.1, max(0.5, 0.72 + (tall / unit - 0.26) * 1.33))
    for centre, half, share, count in _ROOTS:
        for inner in range(count):
            rise = tall * share * (1 - _STEP_HEIGHT * inner)
            reach = unit * half * (1 - _STEP_WIDTH * inner)
            for x in (unit * centre, width - unit * centre):
                painter.drawArc(QRectF(x - reach, base - rise, 2 * reach, 2 * rise), 0, 180 * 16)
    painter.end()
    return pixmap


class RootArches(QWidget):
    """The wall. Roots grow only where `set_roots` says, never behind text; contrast themes have none."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._span: tuple[int, int] | None = None

    def set_roots(self, top: int, base: int) -> None:
        """Let roots grow from y `base` up to y `top`, in px; none where there is no height."""
        self._span = (top, base) if base > top else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: wall, then roots from the cache."""
        painter = QPainter(self)
        theme = self._theme
        if self._span is None or theme.contrast:
            painter.fillRect(self.rect(), theme.color("wall"))
            return
        line = max(2.0, float(theme.near(_ROOT_MM)))
        wall, root = theme.hex("wall"), theme.hex("wall_root")
        painter.drawPixmap(0, 0, _roots(self.width(), self.height(), *self._span, line, wall, root))


class DoorSheet(QWidget):
    """A sheet of warm paper with an arched top. Give it children; the corners outside the arch stay transparent.

    "high" where something is asked or given, "low" while one is busy, "lowered" below the reach line, "none" straight.
    """

    def __init__(
        self, theme: Theme, shape: str = "low", *, ground: str = "paper", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if shape not in SHAPES:
            raise ValueError(f"no shape of a sheet {shape!r}")
        self._theme = theme
        self._shape = shape
        self._ground = ground
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def shape(self) -> str:
        """One of SHAPES."""
        return self._shape

    @property
    def arch_height(self) -> int:
        """How far the arch rises over its shoulders, in px; 0 in contrast themes."""
        if self._theme.contrast:
            return 0
        lying = not self._theme.metrics.portrait
        return self._theme.near(_RISE_HIGH_MM[lying] if self._shape == "high" else _RISE_MM[self._shape])

    def arch_y(self, x: float) -> float:
        """Return how far below the top the paper begins at `x` px from the left."""
        half = self.width() / 2
        if not half:
            return 0.0
        share = min(1.0, abs(x - half) / half)
        return self.arch_height * (1 - sqrt(1 - share * share))

    def body_top(self, margin: int) -> int:
        """Return where content may begin: below the shoulders of a low arch, inside the crown of a high one."""
        if self._shape in _BODY_SHARE and not self._theme.contrast:
            return round(self.arch_height * _BODY_SHARE[self._shape][not self._theme.metrics.portrait])
        return round(self.arch_y(margin)) + self._theme.space("s1")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the paper."""
        fill(QPainter(self), self._path(), self._theme.color(self._ground))

    def _path(self) -> QPainterPath:
        rect = QRectF(self.rect())
        if self.arch_height:
            return arch(rect, self.arch_height)
        path = QPainterPath()
        path.addRect(rect)
        return path
