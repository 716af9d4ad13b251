"""What is installed is named exactly, hashed, and free of the place it was fetched from."""

import re
import tomllib

from tests.house.source import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", LOCK, re.MULTILINE))


def wanted() -> list[str]:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return [re.split(r"[\[<>=~! ;]", text)[0].lower().replace("_", "-") for text in asked]


def test_everything_asked_for_is_in_the_lock() -> None:
    assert [project for project in wanted() if project not in PINNED] == []


def test_every_file_in_the_lock_is_hashed() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK.strip())
    assert len(entries) == len(re.findall(r"==", re.sub(r"(?<=;).*", "", LOCK)))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_does_not_say_where_it_was_resolved() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*--(index|extra|find|trusted)", LOCK, re.MULTILINE)


def test_qt_is_the_version_that_was_tested() -> None:
    assert PINNED["pyside6-essentials"] == "6.11.3"


def test_the_printer_library_is_not_the_other_one_of_the_same_import_name() -> None:
    assert "python-escpos" in PINNED
    assert "escpos" not in PINNED


def test_continuous_integration_runs_what_a_person_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", "set -euo pipefail", "python3 dev.py test"]
