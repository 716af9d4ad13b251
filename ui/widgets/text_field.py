"""An entry for staff with a real keyboard or a scanner: Qt's line edit in our frame."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.icon_view import IconView
from ui.widgets.panel import Panel

_EDIT_EM = 1.9  # Qt centres a line of 1.265 em and cuts at the edge; Ẳ rises 0.23 em above that line
_HEIGHT_MM = 29.6  # 56 px at 96 dpi (x 0.5), picture 14b


class TextField(Panel):
    """`submitted` with the trimmed text on Enter (a scanner ends with Enter), `changed` while it is typed."""

    submitted = Signal(str)
    changed = Signal(str)

    def __init__(
        self, theme: Theme, placeholder: str, *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", radius=theme.radius("control"), outline="edge", parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("s4"), 0, theme.space("s4"), 0)
        row.setSpacing(theme.space("s4"))
        if icon is not None:
            row.addWidget(IconView(theme, icon), 0, Qt.AlignmentFlag.AlignVCenter)
        self.edit = QLineEdit()
        self.edit.setFont(theme.font("body"))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFrame(False)
        self.edit.setMinimumHeight(round(theme.type("body").px * _EDIT_EM))
        self.edit.setAccessibleName(placeholder)
        self.edit.returnPressed.connect(lambda: self.submitted.emit(self.edit.text().strip()))
        self.edit.textChanged.connect(self.changed)
        self.edit.installEventFilter(self)
        row.addWidget(self.edit, 1)
        self.setMinimumHeight(max(theme.near(_HEIGHT_MM), theme.touch("min")))
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def setText(self, text: str) -> None:
        """Show a text."""
        self.edit.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the frame tells where the keyboard is."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.set_outline("primary" if event.type() == QEvent.Type.FocusIn else "edge")
        return False
