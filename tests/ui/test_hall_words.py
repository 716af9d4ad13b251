"""Every word the screens of the hall say has its Vietnamese, and the catalogues hold nothing else."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]

TITLES = ("TROUBLES", "_OUT_OF_PAPER", "_KEYS")
"""Tables from a name to a title that is said later."""


def spoken(area: str) -> set[str]:
    """Collect the texts given to `say`, as literals or from a table of titles, so that no word can hide."""
    found = set()
    for file in (ROOT / "ui" / area).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("say", "_say", "count"):
                found |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
            elif isinstance(node, ast.Call) and ast.unparse(node).startswith("words(language,"):
                found |= {arg.value for arg in node.args[2:] if isinstance(arg, ast.Constant)}
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("WEEKDAYS", "LANGUAGES"):
                found |= {leaf.value for leaf in ast.walk(node.value) if isinstance(leaf, ast.Constant)} - {
                    "vi",
                    "en",
                    "km",
                }
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in TITLES:
                assert isinstance(node.value, ast.Dict)
                found |= {title.value for title in node.value.values if isinstance(title, ast.Constant)}
    return found


@pytest.mark.parametrize("area", ["counter", "board", "tablet", "tray", "supervisor"])
def test_every_word_has_its_vietnamese_and_none_is_left_over(area):
    with (ROOT / "assets" / "locale" / "vi" / f"{area}.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    known = set()
    for message in catalogue:
        if message.id:
            known |= set(message.id) if isinstance(message.id, tuple) else {message.id}
            assert message.string, message.id

    assert spoken(area) == known
