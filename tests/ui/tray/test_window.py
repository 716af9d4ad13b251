import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from ui.theme import Metrics, Theme
from ui.tray.window import TrayWindow


def paper(color: str = "white") -> QImage:
    image = QImage(576, 900, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


@pytest.fixture
def told():
    return []


@pytest.fixture
def tray(qtbot, told):
    theme = Theme("light", Metrics.from_dpi(96, 480, 720), types="clerk", reduced_motion=True)
    window = TrayWindow(theme, on_paper=told.append)
    qtbot.addWidget(window)
    window.resize(480, 720)
    window.show()
    return window


def text(tray, name):
    return tray.findChild(QWidget, name).text()


def touch(qtbot, tray, name):
    qtbot.mouseClick(tray.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def test_a_paper_from_another_thread_comes_out(qtbot, tray):
    thread = threading.Thread(target=tray.receive, args=(paper(),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: tray.papers == 1)

    assert text(tray, "paper_count") == "1 phiếu"


def test_the_newest_lies_on_top_and_is_taken_first(qtbot, tray):
    tray.receive(paper("red"))
    tray.receive(paper("blue"))
    assert tray.grab().toImage().pixelColor(240, 360).name() == QColor("blue").name()

    touch(qtbot, tray, "take_paper")
    assert tray.papers == 1
    assert tray.grab().toImage().pixelColor(240, 360).name() == QColor("red").name()


def test_an_empty_tray_has_nothing_to_take(qtbot, tray):
    touch(qtbot, tray, "take_paper")

    assert tray.papers == 0


def test_the_roll_can_be_taken_out_and_put_back(qtbot, tray, told):
    touch(qtbot, tray, "paper_roll")
    touch(qtbot, tray, "paper_roll")

    assert told == [False, True]


def test_a_full_tray_drops_the_oldest(tray):
    for _ in range(25):
        tray.receive(paper())

    assert tray.papers == 20
