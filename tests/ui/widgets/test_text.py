"""Text wraps, keeps its line height, and tells its words to who cannot see them."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import Span, TextLabel, rich
from ui.widgets.text_block import TextBlock, plain

LONG = "Đăng ký khai sinh kết hợp đăng ký thường trú và cấp thẻ bảo hiểm y tế cho trẻ em dưới sáu tuổi"


def test_a_label_wraps_to_the_width_it_gets(qtbot: object, theme: Theme) -> None:
    label = TextLabel(theme, LONG)
    qtbot.addWidget(label)
    assert label.line_count(2000) == 1
    assert label.line_count(400) > 2
    assert label.heightForWidth(400) > label.heightForWidth(2000)


def test_lines_stand_at_least_138_percent_apart(any_theme: Theme) -> None:
    one, two = (TextBlock(any_theme, text, "body", 10_000) for text in ("a", "a\na"))
    assert two.height - one.height >= 1.38 * one.px - 1


def test_khmer_lines_stand_wider_apart(theme: Theme) -> None:
    latin, khmer = (TextBlock(theme, text, "body", 10_000) for text in ("a\na", "ខ្មែរ\nខ្មែរ"))
    assert khmer.height > latin.height
    assert khmer.last_baseline - khmer.first_baseline == pytest.approx(1.6 * khmer.px)


def test_a_layout_gives_a_label_the_height_its_words_need(qtbot: object, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label = TextLabel(theme, LONG, "row")
    column.addWidget(label)
    column.addStretch(1)
    page.resize(420, 900)
    page.show()
    assert label.height() >= label.heightForWidth(label.width())


def test_fits_tells_when_the_page_has_to_turn(qtbot: object, theme: Theme) -> None:
    label = TextLabel(theme, LONG)
    qtbot.addWidget(label)
    assert label.fits(400, label.heightForWidth(400))
    assert not label.fits(400, label.heightForWidth(400) - 1)
    assert not label.fits(20, 10_000)  # a word wider than the label


def test_a_question_of_too_many_lines_steps_down_one_size_and_no_further(qtbot: object, theme: Theme) -> None:
    label = TextLabel(theme, LONG, "question", max_lines=2, smaller="row")
    plain_row = TextLabel(theme, LONG, "row")
    for widget in (label, plain_row):
        qtbot.addWidget(widget)
    assert label.heightForWidth(500) == plain_row.heightForWidth(500)
    short = TextLabel(theme, "Cần làm gì?", "question", max_lines=2, smaller="row")
    qtbot.addWidget(short)
    assert short.heightForWidth(900) > plain_row.heightForWidth(5000)


def test_bold_and_underlined_words_are_written_in_the_sentence() -> None:
    assert rich("**6 quầy** đang mở, __mới__") == (
        Span("6 quầy", weight=700),
        Span(" đang mở, "),
        Span("mới", underline=True),
    )
    assert plain(rich("**6 quầy** đang mở")) == "6 quầy đang mở"


def test_a_plain_text_is_never_taken_for_markup(qtbot: object, theme: Theme) -> None:
    label = TextLabel(theme, "2 ** 3 __init__ & <b>")
    qtbot.addWidget(label)
    assert label.text() == "2 ** 3 __init__ & <b>"


def test_a_span_beyond_the_basic_plane_keeps_the_next_in_place(theme: Theme) -> None:
    block = TextBlock(theme, (Span("𝄞"), Span("b", weight=800)), "body", 1000)
    assert block.line_count == 1


def test_a_label_says_the_words_it_shows(qtbot: object, theme: Theme) -> None:
    label = TextLabel(theme, "trước")
    qtbot.addWidget(label)
    label.setText(rich("**sau**"))
    assert label.text() == "sau"
    assert label.accessibleName() == ""  # Qt then reads the text, and never a stale name


def test_centred_lines_are_about_equally_long(theme: Theme) -> None:
    text = "Hôm nay bà con cần làm việc gì?"
    usual = TextBlock(theme, text, "welcome", 900)
    balanced = TextBlock(theme, text, "welcome", 900, balance=True)
    assert balanced.line_count == usual.line_count == 2
    assert balanced.width < usual.width


def test_twenty_thousand_changes_of_text_are_survived(qtbot: object, theme: Theme) -> None:
    """PySide6 6.12.0 aborts Python 3.11 after some thousand calls; the pinned one must not (PLATFORM)."""
    label = TextLabel(theme)
    qtbot.addWidget(label)
    for number in range(20_000):
        label.setText(str(number))
    assert label.text() == "19999"
