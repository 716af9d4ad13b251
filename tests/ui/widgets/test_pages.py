"""Pages turn; what is on one stands whole above the keys that turn it."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from ui.theme import Theme
from ui.widgets import Pages, SillButton


@pytest.mark.parametrize("spare", range(0, 120, 10))
def test_rows_that_come_after_a_single_page_stand_above_the_keys(qtbot: object, theme: Theme, spare: int) -> None:
    pages = Pages(theme, next_text="Xem thêm", previous_text="Trước")
    qtbot.addWidget(pages)
    row_height = SillButton(theme, "Giấy").sizeHint().height()
    pages.resize(700, row_height * 4 + spare)
    pages.set_rows([SillButton(theme, "Giấy")])
    pages.show()
    qtbot.waitExposed(pages)
    pages.set_rows([SillButton(theme, f"Giấy {n}") for n in range(12)])
    QApplication.processEvents()
    assert pages.count > 1
    keys_begin = pages.next.mapTo(pages, QPoint(0, 0)).y()
    assert all(row.mapTo(pages, row.rect().bottomLeft()).y() < keys_begin for row in pages.rows_shown)
