"""An icon alone, and an icon with a sentence. Icons never stand without words beside them (LOOK, "Don't")."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.text_block import Text
from ui.widgets.text_label import TextLabel

_EM = 1.45


class IconView(QWidget):
    """A drawing for the eye only; screen readers pass over it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        color: str = "primary",
        px: int | None = None,
        mm: float | None = None,
        stroke: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._color, self._stroke = theme, name, color, stroke
        self._px = px or (theme.mm(mm) if mm else round(theme.type("body").px * _EM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, color: str | None = None) -> None:
        """Show another icon."""
        self._name, self._color = name, color or self._color
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: square."""
        return QSize(self._px, self._px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw in the middle."""
        pixmap = self._theme.icon(self._name, self._color, self._px, self._stroke)
        QPainter(self).drawPixmap((self.width() - self._px) // 2, (self.height() - self._px) // 2, pixmap)


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s2"))
        self.icon = IconView(theme, icon, color=icon_color, px=round(theme.type(role).px * _EM))
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
