"""Digits stand in equal cells, so that 1 and 4 do not make a number jump."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage

from ui.theme import Theme
from ui.widgets import NumberLabel
from ui.widgets.number_label import glyph


def test_all_digits_have_cells_of_the_same_width(qtbot: object, any_theme: Theme) -> None:
    label = NumberLabel(any_theme, "0123456789")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    widths = [cell.width() for cell in label.cells()]
    assert max(widths) - min(widths) < 0.01


@pytest.mark.parametrize("weight", [500, 600, 700, 800])
def test_the_ink_of_a_digit_stays_in_its_cell_and_in_its_middle(qapp: object, weight: int) -> None:
    for digit in "0123456789":
        shape = glyph(digit, weight)
        ink = shape.path.boundingRect().translated(shape.shift, 0)
        assert ink.left() >= 0
        assert ink.right() <= shape.cell
        assert ink.center().x() == pytest.approx(shape.cell / 2)


def test_numbers_of_the_same_length_are_equally_wide(qtbot: object, theme: Theme) -> None:
    labels = [NumberLabel(theme, text) for text in ("A111", "A444", "A027")]
    for label in labels:
        qtbot.addWidget(label)
    assert len({label.sizeHint().width() for label in labels}) == 1


@pytest.mark.parametrize("text", ["A027", "A2-015", "8:42", "K999"])
def test_the_whole_number_is_drawn(picture: Callable[..., QImage], theme: Theme, text: str) -> None:
    image = picture(NumberLabel(theme, text, color="ink"))
    ground = image.pixel(0, 0)
    edge = [(x, y) for x in range(image.width()) for y in (0, image.height() - 1)]
    assert all(image.pixel(x, y) == ground for x, y in edge)
    assert any(image.pixel(x, image.height() // 2) != ground for x in range(image.width()))


def test_a_number_too_long_for_its_place_is_drawn_smaller_not_cut(qtbot: object, theme: Theme) -> None:
    label = NumberLabel(theme, "A2-015")
    qtbot.addWidget(label)
    label.resize(600, 300)
    assert label.sizeHint().width() > 600
    assert label.cells()[-1].right() <= 600.5


def test_a_number_with_room_keeps_its_size(qtbot: object, theme: Theme) -> None:
    label = NumberLabel(theme, "A027", align="left")
    qtbot.addWidget(label)
    label.resize(2000, 300)
    assert label.cells()[0].left() == 0
    assert label.cells()[1].width() == pytest.approx(0.674 * theme.type("number").px)
