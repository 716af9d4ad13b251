"""`journal rebuild` makes the query tables again, byte for byte, and never leaves half of them."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings

from kiosk.hub.care import cli
from kiosk.hub.journal.claim import Claim
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.schema import DATABASE
from tests.hub.plays import STEPS, made, played, steps_of

DAY = played(steps_of(3, 200, nights=1))


def rebuilt(folder: Path) -> tuple[int, str]:
    lines: list[str] = []
    return cli.run_rebuild(folder, lines.append, lines.append), "\n".join(lines)


def dump(folder: Path) -> list[str]:
    """Say all that is in the file, as SQL."""
    db = sqlite3.connect(folder / DATABASE)
    try:
        return sorted(db.iterdump())
    finally:
        db.close()


def change(folder: Path, *statements: str) -> None:
    db = sqlite3.connect(folder / DATABASE)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_tables_made_anew_are_those_the_writer_wrote(
    steps: list[tuple[int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hub")
    made(folder, played(steps))
    before = dump(folder)
    assert rebuilt(folder)[0] == cli.DONE
    assert dump(folder) == before


def test_lost_and_changed_rows_come_back(tmp_path: Path) -> None:
    made(tmp_path, DAY)
    before = dump(tmp_path)
    change(tmp_path, "DELETE FROM steps", "UPDATE tickets SET state = 'done'", "DROP TABLE ratings")
    assert rebuilt(tmp_path) == (cli.DONE, f"The query tables hold what {len(DAY.rows)} rows of the journal say.")
    assert dump(tmp_path) == before
    assert all(any(f'INSERT INTO "{table}"' in line for line in before) for table in COLUMNS)


def test_a_broken_journal_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    made(tmp_path, DAY)
    change(tmp_path, f"UPDATE journal SET at = at + 1 WHERE seq = {len(DAY.rows) - 2}", "DELETE FROM steps")
    before = dump(tmp_path)
    code, words = rebuilt(tmp_path)
    assert code == cli.FAILED
    assert "The query tables are what they were." in words
    assert dump(tmp_path) == before


def test_a_folder_a_hub_works_in_is_left_alone(tmp_path: Path) -> None:
    made(tmp_path, DAY)
    before = dump(tmp_path)
    claim = Claim(tmp_path)
    code, words = rebuilt(tmp_path)
    claim.close()
    assert code == cli.NOT_TRIED
    assert "Another hub works in" in words
    assert dump(tmp_path) == before


def test_an_empty_folder_stays_empty(tmp_path: Path) -> None:
    assert rebuilt(tmp_path)[0] == cli.NOT_TRIED
    assert list(tmp_path.iterdir()) == []
