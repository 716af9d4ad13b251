"""Who has the keyboard: the window whose keys do everything, not the last key that was touched."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.widgets.paper_row import PaperRow


def keep_focus_on_window(screen: QWidget) -> None:
    """Touching a key does not take the keyboard from the window: Enter after a touch must not press that key again."""
    for button in screen.findChildren(QAbstractButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for row in screen.findChildren(PaperRow):
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
