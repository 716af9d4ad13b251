import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from ui.theme import Metrics, Theme
from ui.tray.dock import CUT, TROUBLES
from ui.tray.window import Mouth, TrayWindow


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
    window = TrayWindow(theme, on_wish=lambda *wish: told.append(wish))
    qtbot.addWidget(window)
    window.resize(480, 720)
    window.show()
    return window


def text(tray, name):
    return tray.findChild(QWidget, name).text()


def key(tray, name):
    return tray.findChild(QWidget, f"trouble_{name}")


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
    tray.show_state({"paper_out"}, 0)
    touch(qtbot, tray, "paper_roll")

    assert told == [("paper_out", True), ("paper_out", False)]


def test_the_window_shows_what_the_printer_is_like_and_what_it_holds(tray):
    assert text(tray, "printer_state") == "Sẵn sàng"
    tray.show_state({"paper_out", "cover_open"}, 54609)

    assert text(tray, "printer_state") == "Hết giấy · Mở nắp · đang giữ 54609 byte"
    assert text(tray, "paper_roll") == "Có giấy lại"


def test_the_dock_opens_on_demand_and_has_a_key_for_every_trouble(qtbot, tray, told):
    assert not key(tray, "cover_open").isVisible()
    touch(qtbot, tray, "troubles")
    for name in (*TROUBLES, CUT):
        touch(qtbot, tray, f"trouble_{name}")

    assert told == [(name, True) for name in (*TROUBLES, CUT)]


def test_a_key_is_chosen_while_its_trouble_holds_and_then_mends_it(qtbot, tray, told):
    tray.open_dock()
    touch(qtbot, tray, "trouble_overheated")
    assert not key(tray, "overheated").chosen  # nothing has come of it yet
    tray.show_state({"overheated"}, 0)
    assert key(tray, "overheated").chosen
    touch(qtbot, tray, "trouble_overheated")

    assert told == [("overheated", True), ("overheated", False)]


def test_the_keys_of_the_dock_are_large_enough_to_be_touched_and_none_is_cut_off(tray):
    tray.open_dock()
    tray.show_state(set(TROUBLES), 1_048_576)
    for name in (*TROUBLES, CUT):
        assert min(key(tray, name).width(), key(tray, name).height()) >= 48  # 12.7 mm at 96 dpi
        assert tray.rect().contains(key(tray, name).geometry())


def test_on_a_wide_window_the_keys_stand_beside_the_paper(tray):
    tray.resize(960, 540)
    tray.open_dock()
    tray.grab()
    mouth = tray.findChild(Mouth)
    assert mouth.height() > 540 / 2
    assert key(tray, "cover_open").mapTo(tray, QPoint()).x() > mouth.geometry().right()


def test_a_full_tray_drops_the_oldest(tray):
    for _ in range(25):
        tray.receive(paper())

    assert tray.papers == 20
