"""What is written for people is where they look for it and is still true."""

import re

import dev
import main
from tests.house.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FIRST_SCREEN = 24
"""Lines of a terminal."""


def test_the_two_commands_are_on_the_first_screen_of_the_readme() -> None:
    lines = README.splitlines()[:FIRST_SCREEN]
    assert [line for line in lines if line.startswith("python3 dev.py")] == [
        line for line in README.splitlines() if line.startswith("python3 dev.py")
    ]
    assert {line.split()[2] for line in lines if line.startswith("python3 dev.py")} == {"run", "test"}


def test_the_readme_names_every_command_there_is() -> None:
    assert [name for name in main.RUNS if not re.search(rf"`{name}\b", README)] == []
    assert [name for name in ("run", "test", "build", "lock") if f"dev.py {name}" not in README] == []


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DECISIONS):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_decisions_are_numbered_without_a_gap_and_say_what_why_and_what_follows() -> None:
    for number, page in enumerate(DECISIONS, start=1):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {number:04} "), page.name
        assert page.name.startswith(f"{number:04}-")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], page.name


def test_the_changelog_knows_the_version_that_runs() -> None:
    assert f"## {main.VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_setup_reads_the_lock_that_is_committed() -> None:
    assert ROOT / "requirements.lock" == dev.LOCK
