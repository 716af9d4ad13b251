"""Several languages at the same time, read straight from `.po` files."""

from pathlib import Path

import pytest

from kiosk import i18n

VIETNAMESE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Please go to counter {counter}"
msgstr "Mời đến quầy {counter}"

msgid "{n} person waiting"
msgid_plural "{n} people waiting"
msgstr[0] "{n} người đang chờ"

msgid "Not translated yet"
msgstr ""

#, fuzzy
msgid "Unsure"
msgstr "Chưa chắc"
"""


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An area of its own, so that nothing kept from another test answers for it."""
    area = tmp_path.name
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / f"{area}.po").write_text(VIETNAMESE, encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    return area


def test_two_languages_speak_side_by_side(board: str) -> None:
    vi, en = i18n.words("vi", board), i18n.words("en", board)
    text = "Please go to counter {counter}"
    assert (vi(text, counter=3), en(text, counter=3)) == ("Mời đến quầy 3", "Please go to counter 3")
    assert (vi.language, en.language) == ("vi", "en")


def test_a_count_takes_the_plural_of_its_language(board: str) -> None:
    vi, en = i18n.words("vi", board), i18n.words("en", board)
    forms = "{n} person waiting", "{n} people waiting"
    assert [vi.count(*forms, n) for n in (1, 2)] == ["1 người đang chờ", "2 người đang chờ"]
    assert [en.count(*forms, n) for n in (1, 2)] == ["1 person waiting", "2 people waiting"]


@pytest.mark.parametrize("text", ["Not translated yet", "Unsure", "Never heard of"])
def test_what_is_not_surely_translated_is_said_in_english(board: str, text: str) -> None:
    assert i18n.words("vi", board)(text) == text


def test_a_language_or_area_without_a_file_speaks_english(board: str) -> None:
    assert i18n.words("km", board)("Hello") == "Hello"
    assert i18n.words("vi", f"{board}-none")("Hello") == "Hello"


def test_nothing_stays_nothing_and_does_not_become_the_header_of_the_file(board: str) -> None:
    assert i18n.words("vi", board)("") == ""


def test_braces_without_values_are_left_alone(board: str) -> None:
    assert i18n.words("en", board)("{counter}") == "{counter}"
