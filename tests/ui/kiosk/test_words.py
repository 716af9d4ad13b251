"""Every word the kiosk shows is there in Vietnamese."""

import ast
from pathlib import Path

import pytest

from kiosk.i18n import words
from ui.kiosk import checklist_key, fields, phrases, procedure, procedure_head, ticket

SOURCES = sorted(Path(phrases.__file__).parent.glob("*.py"))
CONSTANTS = (
    *phrases.WEEKDAYS,
    *procedure.TITLES.values(),
    *ticket.NO_PAPER.values(),
    "The printer is not ready",
    procedure_head.ASSISTED,
    procedure_head.UNTIL_15,
    fields.AT_ONCE,
    checklist_key.PRINT,
    checklist_key.PRINT_SLIP,
    *checklist_key.SLIP_AFTER.values(),
    checklist_key.NOT_READY,
    *checklist_key.AFTER.values(),
    *checklist_key.NO_LIST.values(),
)
"""Texts that are looked up through a table."""


def spoken(path: Path) -> set[str]:
    """Return the texts a module gives to `say(...)` or `say.count(...)`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("say", "count") and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_text_of_a_screen_has_its_vietnamese(path: Path) -> None:
    vietnamese = words("vi", "kiosk")
    missing = [text for text in spoken(path) if vietnamese(text) == text and vietnamese.count(text, text, 1) == text]
    assert missing == []


@pytest.mark.parametrize("text", CONSTANTS)
def test_every_text_of_a_table_has_its_vietnamese(text: str) -> None:
    assert words("vi", "kiosk")(text) != text
