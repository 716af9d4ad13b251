"""An icon alone, and an icon with a sentence. Icons never stand without words beside them (LOOK, "Don't")."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.text_block import Text
from ui.widgets.text_label import TextLabel

_EM = 1.45
_CAPITALS_EM = 0.11  # a text block leaves this much more room above its capitals' middle than below


class IconView(QWidget):
    """A drawing for the eye only; screen readers pass over it. `drop` lowers it by px, to the height of capitals."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        color: str = "primary",
        px: int | None = None,
        mm: float | None = None,
        stroke: float | None = None,
        drop: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._color, self._stroke = theme, name, color, stroke
        self._drop = drop
        self._px = px or (theme.mm(mm) if mm else round(theme.type("body").px * _EM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: square, and as much taller as keeps a lowered icon inside."""
        return QSize(self._px, self._px + 2 * self._drop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw in the middle."""
        pixmap = self._theme.icon(self._name, self._color, self._px, self._stroke)
        QPainter(self).drawPixmap((self.width() - self._px) // 2, (self.height() - self._px) // 2 + self._drop, pixmap)


class IconText(QWidget):
    """An icon and a sentence beside it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: Text,
        role: str = "body",
        *,
        color: str = "ink",
        icon_color: str = "primary",
        weight: int | None = None,
        align: str = "left",
        icon_mm: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s2"))
        em = theme.type(role).px
        px = theme.near(icon_mm) if icon_mm else round(em * _EM)
        self.icon = IconView(theme, icon, color=icon_color, px=px, drop=round(em * _CAPITALS_EM))
        self.label = TextLabel(theme, text, role, color=color, weight=weight)
        if align != "left":
            row.addStretch(1)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1 if align == "left" else 0, Qt.AlignmentFlag.AlignVCenter)
        if align == "center":
            row.addStretch(1)

    def setText(self, text: Text) -> None:
        """Show another sentence."""
        self.label.setText(text)

    def text(self) -> str:
        """The sentence."""
        return self.label.text()
