"""Back, what comes between, help: one row that stands at the same place in every screen and language."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.sill_button import SillButton

_COMPACT_MM = (35.0, 27.0)  # riding on the keyboard; standing 111 px at 80 dpi, picture 03
_LYING_MM = 39.0  # 123 px, picture 04b


class NavRow(QWidget):
    """Back at the left, help at the right, the next step or a sentence in the middle."""

    back_clicked = Signal()
    help_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        back: str | None = None,
        help: str | None = None,
        back_icon: str = "arrow-left",
        help_icon: str = "bell-ringing",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lying = not theme.metrics.portrait and theme.types == "kiosk"
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space("s3"))
        self._middle: QWidget | None = None
        self.back = self._square(back, back_icon, "ink", "back", 0)
        if self.back is not None:
            self.back.clicked.connect(lambda: self.back_clicked.emit())
        self._row.addStretch(1)
        self.help = self._square(help, help_icon, "primary", "help", -1)
        if self.help is not None:
            self.help.clicked.connect(lambda: self.help_clicked.emit())
        self._compact = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def middle(self) -> QWidget | None:
        """What stands between."""
        return self._middle

    def set_middle(self, widget: QWidget | None) -> None:
        """Put a widget between back and help; the one before is deleted."""
        position = 1 if self.back is not None else 0
        item = self._row.takeAt(position)
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._middle = widget
        if widget is None:
            self._row.insertStretch(position, 1)
        else:
            self._row.insertWidget(position, widget, 1)

    def set_compact(self, compact: bool) -> None:
        """Be lower, to ride on the keyboard."""
        self._compact = compact
        for square in (self.back, self.help):
            if square is not None:
                square.set_stacked(not (compact and self._lying))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Qt: larger text needs more."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the usual height, or what larger text or a longer language needs."""
        usual = self._theme.mm(_LYING_MM) if self._lying else self._theme.touch("next")
        if self._compact:
            usual = self._theme.near(_COMPACT_MM[self._lying])
        squares = [square for square in (self.back, self.help) if square is not None]
        room = width - sum(square.minimumSizeHint().width() + self._row.spacing() for square in squares)
        needs = [square.heightForWidth(square.minimumSizeHint().width()) for square in squares]
        if self._middle is not None and self._middle.hasHeightForWidth():
            needs.append(self._middle.heightForWidth(room) if not self._compact else 0)
        return max(usual, *needs, 0)

    def sizeHint(self) -> QSize:
        """Qt: the usual height."""
        return QSize(self._theme.metrics.width, self.heightForWidth(self._theme.metrics.width))

    def _square(self, text: str | None, icon: str, color: str, name: str, position: int) -> SillButton | None:
        if text is None:
            return None
        button = SillButton(self._theme, text, kind="square", icon=icon, icon_color=color, height=1)
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Ignored)
        self._row.insertWidget(position, button)
        return button
