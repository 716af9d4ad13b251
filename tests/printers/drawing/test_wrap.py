import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from printers.drawing.fonts import Face
from printers.drawing.wrap import wrap, wrap_balanced
from tests.printers.samples import LONG_NAME

FACE = Face(27)
WORDS = st.lists(st.text("abcĐẤỄỘỮưzộ1.,/-", min_size=1, max_size=30), min_size=1, max_size=30)


@given(WORDS, st.integers(min_value=60, max_value=520))
def test_no_letter_is_lost_and_no_line_is_wider_than_the_paper(words: list[str], width: int) -> None:
    text = unicodedata.normalize("NFC", " ".join(words))
    for lines in (wrap(text, FACE, width), wrap_balanced(text, FACE, width)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(FACE.width(line) <= width + 1 for line in lines)


@given(WORDS, st.integers(min_value=60, max_value=520))
def test_balanced_lines_are_as_few_as_plain_ones(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert len(wrap_balanced(text, FACE, width)) == len(wrap(text, FACE, width))


def test_the_longest_name_of_the_catalogue_keeps_every_word() -> None:
    assert " ".join(wrap(LONG_NAME, FACE, 300)) == LONG_NAME


def test_line_breaks_in_the_text_stay_even_empty_lines() -> None:
    assert wrap("Mời\n\ntới quầy", FACE, 400) == ["Mời", "", "tới quầy"]


def test_a_balanced_title_leaves_no_lost_word() -> None:
    lines = wrap_balanced("Đăng ký khai sinh", FACE, FACE.width("Đăng ký khai"))
    assert lines == ["Đăng ký", "khai sinh"]


def test_words_bound_by_a_no_break_space_stay_on_one_line() -> None:
    assert wrap("Quầy\u00a012 hoặc\u00a013", FACE, FACE.width("Quầy 12 hoặc")) == ["Quầy 12", "hoặc 13"]


def test_decomposed_text_is_drawn_as_composed() -> None:
    assert wrap(unicodedata.normalize("NFD", "Hộ tịch"), FACE, 400) == ["Hộ tịch"]


def test_khmer_breaks_at_zero_width_spaces_and_never_between_a_letter_and_its_marks() -> None:
    text = "សូម\u200bរង់ចាំ\u200bលេខ"
    assert "".join(wrap(text, FACE, FACE.width("សូមរង់ចាំ"))) == text.replace("\u200b", "")
    for line in wrap("សូមរង់ចាំលេខរបស់អ្នកនៅលើអេក្រង់", FACE, 60):
        assert not unicodedata.category(line[0]).startswith("M")
        assert not line.endswith("\u17d2")


def test_a_code_too_long_for_the_paper_is_cut_where_its_parts_meet() -> None:
    assert wrap("000.00.06.H12-261123-0361", FACE, 280) == ["000.00.06.H12-", "261123-0361"]
    assert wrap("a" * 30 + "-b", FACE, 200)[0] == "a" * 11
