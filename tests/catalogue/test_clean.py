import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.clean import clean_text, clean_tree, is_decomposed


def test_invisible_letters_and_runs_of_spaces_go() -> None:
    assert clean_text("  Đăng\u00a0 ký\n khai\u200b sinh\ufeff ") == "Đăng ký khai sinh"


@given(st.text())
def test_clean_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean_text(clean) == clean


def test_every_text_of_a_tree_is_cleaned_and_nothing_else_is_touched() -> None:
    ou = unicodedata.normalize("NFD", "ở")
    tree = {ou: [ou, 1, None, {"a": f" {ou} "}]}
    assert is_decomposed(tree)
    assert clean_tree(tree) == {"ở": ["ở", 1, None, {"a": "ở"}]}
    assert not is_decomposed(clean_tree(tree))
