"""Every sentence of this area exists in Vietnamese, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import kiosk
from kiosk.catalogue.sentence import SentenceError, sentence
from kiosk.i18n import LOCALE_DIR

CODE = Path(kiosk.__file__).parent
AREAS = {
    "catalogue": (*sorted((CODE / "catalogue").glob("*.py")), CODE / "domain" / "procedure_words.py"),
    "paper": tuple(sorted((CODE / "receipts").glob("*.py"))),
}
KEYWORDS = {"sentence": None, "say": None, "say.count": (1, 2), "count": (1, 2)}


def in_code(area: str) -> set[str]:
    found = (extract_from_file("python", path, keywords=KEYWORDS) for path in AREAS[area])
    messages = (message for file in found for _, message, _, _ in file)
    return {message if isinstance(message, str) else message[0] for message in messages}


def in_vietnamese(area: str) -> dict[str, str]:
    with (LOCALE_DIR / "vi" / f"{area}.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): (m.string if isinstance(m.string, str) else m.string[0])
        for m in messages
    }


@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_translated_and_no_translation_is_left_over(area: str) -> None:
    nested = {","} if area == "catalogue" else set()
    assert in_code(area) | nested == set(in_vietnamese(area))
    assert all(in_vietnamese(area).values())


@pytest.mark.parametrize("area", AREAS)
def test_a_translation_fills_the_same_placeholders(area: str) -> None:
    for english, vietnamese in in_vietnamese(area).items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", vietnamese)), english


def test_a_long_value_is_quoted_in_part_and_braces_in_it_are_only_letters() -> None:
    assert sentence("The level is missing; use {levels}.", levels="{x}").say() == "The level is missing; use {x}."
    assert len(sentence("{value}", value="a" * 1000).say()) == 60


def test_an_error_says_its_sentences_in_the_language_asked_for() -> None:
    error = SentenceError(sentence("The centre has no id."), sentence("The centre has no queue."))
    assert str(error) == "The centre has no id.\nThe centre has no queue."
    assert error.say("vi") == "Trung tâm chưa có mã.\nTrung tâm chưa có hàng chờ nào."
