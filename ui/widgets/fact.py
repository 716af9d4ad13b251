"""Facts: what a citizen reads before touching anything."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.icon_view import IconView
from ui.widgets.text_block import Text
from ui.widgets.text_label import TextLabel

_ROW_ICON_EM = 1.35
_STACK_ICON_EM = 1.4


class Fact(QWidget):
    """An icon, what is meant, how much: fee, time, people ahead.

    "row": icon, label over value (picture 04). "stack": icon, value over label, centred (picture 06).
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        label: Text,
        value: Text,
        *,
        layout: str = "row",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        stack = layout == "stack"
        align = "center" if stack else "left"
        em = theme.type("value").px
        self.icon = IconView(theme, icon, px=round(em * (_STACK_ICON_EM if stack else _ROW_ICON_EM)))
        self.label = TextLabel(theme, label, "caption", color="ink_2", align=align)
        self.value = TextLabel(theme, value, "value", align=align)
        outer = QVBoxLayout(self) if stack else QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0 if stack else theme.space("s3"))
        outer.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter if stack else Qt.AlignmentFlag.AlignVCenter)
        if stack:
            outer.addWidget(self.value)
            outer.addWidget(self.label)
            outer.addStretch(1)
            return
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.label)
        words.addWidget(self.value)
        words.addStretch(1)
        outer.addLayout(words, 1)

    def setValue(self, value: Text) -> None:
        """Show another value."""
        self.value.setText(value)

    def setLabel(self, label: Text) -> None:
        """Show another label."""
        self.label.setText(label)
