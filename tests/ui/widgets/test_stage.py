"""The stage changes screens; a finger that changed one leaves no keyboard's ring on the next."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import SillButton, Stage
from ui.widgets.focus_ring import ring_of

LEFT = Qt.MouseButton.LeftButton


def _screen(theme: Theme) -> tuple[QWidget, SillButton, SillButton]:
    screen = QWidget()
    column = QVBoxLayout(screen)
    first, second = SillButton(theme, "Quay lại"), SillButton(theme, "Lấy số")
    column.addWidget(first)
    column.addWidget(second)
    return screen, first, second


def test_a_touch_that_changes_the_screen_leaves_no_ring_and_tab_still_brings_one(qtbot: object, theme: Theme) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage)
    stage.resize(800, 800)
    before, button, _ = _screen(theme)
    after, first, _ = _screen(theme)
    button.clicked.connect(lambda: stage.show_screen(after, "cut"))
    stage.show_screen(before, "cut")
    stage.show()
    stage.activateWindow()
    qtbot.waitUntil(stage.isActiveWindow)
    qtbot.mouseClick(button, LEFT)
    assert stage.screen is after
    assert ring_of(stage).target is None
    QTest.keyClick(stage.windowHandle(), Qt.Key.Key_Tab)
    assert ring_of(stage).target is first
