import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.fold import fold, one_letter_apart, split


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sổ đỏ", "so do"),
        ("ĐƯỜNG", "duong"),
        ("Ễ Ộ Ữ", "e o u"),
        ("\u00d0ăng", "dang"),
        ("giấy", "giay"),
        ("abc 1", "abc 1"),
    ],
)
def test_folding_leaves_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_know_where_they_stand_and_how_they_are_written() -> None:
    words = split("Cấp đổi, sổ")
    assert [(w.lower, w.folded, w.start, w.end, w.accented) for w in words] == [
        ("cấp", "cap", 0, 3, True),
        ("đổi", "doi", 4, 7, True),
        ("sổ", "so", 9, 11, True),
    ]


@pytest.mark.parametrize("other", ["thuong", "thuongg", "thwong", "htuong", "thuogn", "hthuong"])
def test_one_letter_is_forgiven(other: str) -> None:
    assert one_letter_apart("thuong", other) is (other != "thuong")


@pytest.mark.parametrize("other", ["thuo", "hutong", "thong1", "thuongxx", ""])
def test_two_letters_are_not(other: str) -> None:
    assert not one_letter_apart("thuong", other)


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_typo_is_a_typo_both_ways(a: str, b: str) -> None:
    assert one_letter_apart(a, b) == one_letter_apart(b, a)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
