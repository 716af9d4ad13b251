"""The hash of the rules is the same in every process, and another as soon as a rule is."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.hub.journal.program import _content, rules_hash

ASK = "from kiosk.hub.journal.program import rules_hash; print(rules_hash().hex())"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_comes_to_the_same_hash(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env={"PYTHONHASHSEED": seed},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == rules_hash().hex()


RULE = "def leave(hall, ticket):\n    return hall.get(ticket, default=3) if ticket in {'a', 'b', 'c'} else None\n"


def content(source: str) -> object:
    return _content(compile(source, "rules.py", "exec"))


@pytest.mark.parametrize(
    ("was", "now"), [("3", "4"), ("hall.get", "hall.put"), ("default", "other"), ("'c'", "'d'"), ("None", "hall")]
)
def test_a_changed_rule_changes_it(was: str, now: str) -> None:
    assert content(RULE.replace(was, now)) != content(RULE)


def test_a_comment_or_an_empty_line_does_not() -> None:
    assert content("\n# why\n" + RULE) == content(RULE)
