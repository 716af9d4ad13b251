"""Every sentence a screen says exists in Vietnamese, and every Vietnamese sentence is said somewhere."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.source import ROOT, modules, name, product, tree

FILES = sorted((ROOT / "assets" / "locale").glob("*/*.po"))


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name)


def messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def said(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Go through what a module hands to `say(...)`, `self._say(...)` or `say.count(...)`: texts and names of values."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called.removesuffix(".count").split(".")[-1].lstrip("_") == "say":
            # The gallery of widgets has a `say(vi, en)` of its own for sample texts.
            texts = node.args[:2] if called.endswith(".count") else node.args[:1] if len(node.args) == 1 else []
            values = {keyword.arg for keyword in node.keywords if keyword.arg}
            yield from ((t.value, values) for t in texts if isinstance(t, ast.Constant) and isinstance(t.value, str))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_entry_is_translated_for_sure(path: Path) -> None:
    unsure = [m.id for m in messages(path) if m.fuzzy or not all(forms(m.string))]
    assert unsure == []


@pytest.fixture(scope="module")
def given() -> dict[str, set[str]]:
    """Names of the values that come with each text: a date may be said with the month's name or its number."""
    given: dict[str, set[str]] = {}
    for path in modules("kiosk", "ui"):
        for text, values in said(path):
            given.setdefault(text, set()).update(values)
    return given


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_translation_fills_in_as_much_as_its_source_and_only_what_is_given(
    path: Path, given: dict[str, set[str]]
) -> None:
    for message in messages(path):
        asked = set().union(*map(placeholders, forms(message.id)))
        for translated in map(placeholders, forms(message.string)):
            assert len(translated) >= len(asked), message.id
            assert translated <= asked | given.get(forms(message.id)[0], set()), message.id


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_text_begins_and_ends_where_its_source_does(path: Path) -> None:
    for message in messages(path):
        for source, translated in zip(forms(message.id), forms(message.string), strict=False):
            assert translated == translated.strip() or source != source.strip(), message.id


def test_every_text_that_is_said_exists_in_vietnamese() -> None:
    known = {form for path in FILES if path.parent.name == "vi" for m in messages(path) for form in forms(m.id)}
    silent = {f"{name(path)}: {text}" for path in modules("kiosk", "ui") for text, _ in said(path) if text not in known}
    assert silent == set()


def test_no_translation_is_left_over() -> None:
    literals = {
        node.value
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    left = {f"{path.stem}: {form}" for path in FILES for m in messages(path) for form in forms(m.id)[:1]} - {
        f"{path.stem}: {literal}" for path in FILES for literal in literals
    }
    assert left == set()
