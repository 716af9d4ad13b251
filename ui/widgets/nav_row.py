"""Back, what comes between, help: one row that stands at the same place in every screen and language."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.sill_button import SillButton

_COMPACT_MM = 35.0  # 111 px at 80 dpi, riding on the keyboard (picture 03)


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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_compact(False)

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
        lying = not self._theme.metrics.portrait and self._theme.types == "kiosk"
        full = self._theme.mm(39) if lying else self._theme.touch("next")
        self.setFixedHeight(self._theme.near(_COMPACT_MM) if compact else full)

    def _square(self, text: str | None, icon: str, color: str, name: str, position: int) -> SillButton | None:
        if text is None:
            return None
        button = SillButton(self._theme, text, kind="square", icon=icon, icon_color=color, height=1)
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Ignored)
        self._row.insertWidget(position, button)
        return button
