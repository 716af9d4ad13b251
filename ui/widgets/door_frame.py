"""A whole citizen's screen put together, so that header, sheet, way on and bar stand at the same place everywhere."""

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.access_bar import AccessBar
from ui.widgets.ground import DoorSheet, RootArches
from ui.widgets.nav_row import NavRow
from ui.widgets.wall_header import WallHeader

# Where the sheet begins, mm: standing and lying kiosk (pictures 01, 02, 01b, 02b).
_TOP_MM = {"high": (62.5, 37.5), "low": (33.0, 29.2), "lowered": (254.0, 120.0), "none": (33.0, 29.2)}
_TOP_TABLET_MM = 11.3  # 66 px at 149 dpi, picture 13c
_NAV_ABOVE_BAR_MM = (8.9, 6.3)  # 28 px, lying 20 px at 80 dpi
_NAV_ABOVE_TRAY_MM = 3.2
_SLIDE_MM = 30.0


class DoorFrame(RootArches):
    """Wall and roots, header, arched sheet with `body`, way on, keyboard tray, bar.

    Reading stands above, hands below (LOOK, principle 3): way on and bar never move; only a tray lifts the way on.
    """

    def __init__(
        self,
        theme: Theme,
        shape: str,
        *,
        header: WallHeader | None = None,
        nav: NavRow | None = None,
        bar: AccessBar | None = None,
        tray: QWidget | None = None,
        top: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._top = top
        self._slide: QPropertyAnimation | None = None
        self.header, self.nav, self.bar = header, nav, bar
        self.sheet = DoorSheet(theme, shape, parent=self)
        self.tray: QWidget | None = None
        self._content = QWidget(self)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.space("s3"))
        for part in (header, nav, bar):
            if part is not None:
                part.setParent(self)
        self.set_tray(tray)

    def set_tray(self, tray: QWidget | None) -> None:
        """Put a keyboard between the way on and the bar, or take it away; the one before is deleted."""
        if self.tray is not None and self.tray is not tray:
            self.tray.hide()
            self.tray.deleteLater()
        self.tray = tray
        if tray is not None:
            tray.setParent(self)
            tray.show()
        if self.nav is not None:
            self.nav.set_compact(tray is not None)
        self._place()

    def body_size(self) -> QSize:
        """Return the room of the body in px, for deciding how much a page holds."""
        return self._content.size()

    def sheet_top(self) -> int:
        """Return where the sheet begins, in px."""
        if self._top is not None:
            return self._top
        if self._theme.types == "tablet":
            return self._theme.mm(_TOP_TABLET_MM)
        usual = self._theme.near(_TOP_MM[self.sheet.shape][not self._theme.metrics.portrait])
        if self.header is None or self._theme.text_step == 1.0:
            return usual
        return max(usual, self.header.heightForWidth(self.width()) + self._theme.space("s2"))

    def slide_in(self, move: str, length: int) -> None:
        """Let the body come in from below ("forward") or above ("back") in `length` ms. It can be touched meanwhile."""
        rest = self._content.pos()
        away = self._theme.near(_SLIDE_MM) * (1 if move == "forward" else -1)
        self._slide = QPropertyAnimation(self._content, b"pos", self)
        self._slide.setDuration(length)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.setStartValue(rest + QPoint(0, away))
        self._slide.setEndValue(rest)
        self._slide.start()

    def settle(self) -> None:
        """End a slide where it leads."""
        if self._slide is not None:
            self._slide.setCurrentTime(self._slide.duration())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: place every part."""
        super().resizeEvent(event)
        if self._slide is not None:
            self._slide.stop()
        self._place()

    def _place(self) -> None:
        width, height, theme = self.width(), self.height(), self._theme
        margin, top = theme.margin, self.sheet_top()
        floor = height
        if self.bar is not None:
            floor -= self.bar.height()
            self.bar.setGeometry(0, floor, width, self.bar.height())
        self.sheet.setGeometry(0, top, width, max(0, floor - top))
        if self.tray is not None:
            tall = self.tray.sizeHint().height()
            floor -= tall
            self.tray.setGeometry(0, floor, width, tall)
        floor -= self._nav_gap()
        if self.nav is not None:
            tall = self._nav_height(width - 2 * margin)
            floor -= tall
            self.nav.setGeometry(margin, floor, width - 2 * margin, tall)
            floor -= theme.space("s3")
        if self.header is not None:
            self.header.setGeometry(QRect(0, 0, width, max(top, self.header.heightForWidth(width))))
        first = top + self.sheet.body_top(margin)
        self._content.setGeometry(margin, first, width - 2 * margin, max(0, floor - first))
        for part in (self.header, self._content, self.nav, self.tray, self.bar):
            if part is not None:
                part.raise_()
        self._place_roots(top)

    def _place_roots(self, top: int) -> None:
        """Let roots fill the corners beside the arch, below the header's words; a low arch leaves them no room."""
        rise = self.sheet.arch_height
        if self.sheet.shape == "high":
            crown = top - self._theme.near(4) if self._theme.metrics.portrait else top + round(rise * 0.26)
            self.set_roots(crown, top + rise + self._theme.near(8))
        elif self.sheet.shape == "lowered":
            self.set_roots(round(top * 0.37), top + rise + self._theme.near(16))

    def _nav_height(self, width: int) -> int:
        return self.nav.heightForWidth(width) if self.nav is not None else 0

    def _nav_gap(self) -> int:
        if self.tray is not None:
            return self._theme.near(_NAV_ABOVE_TRAY_MM)
        return self._theme.near(_NAV_ABOVE_BAR_MM[not self._theme.metrics.portrait])
