"""`journal verify` finds every kind of damage there can be in a data folder, and says where it is."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.apply import replay
from kiosk.domain.events import Recorded, SideErased
from kiosk.domain.hall import Hall
from kiosk.hub.care import cli
from kiosk.hub.journal import snapshots
from kiosk.hub.journal.chain import hash_at
from kiosk.hub.journal.query_tables import META_KEY
from kiosk.hub.journal.schema import DATABASE, open_for_reading
from tests.hub.plays import Played, made, played, steps_of

DAY = played(steps_of(2, 200, nights=2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three days, with two snapshots of the last."""
    path = made(tmp_path, DAY)
    for seq in (len(DAY.rows) - 40, len(DAY.rows) - 10):
        keep(path, seq, replay(Hall(), DAY.rows[:seq]))
    return tmp_path


def keep(path: Path, seq: int, hall: Hall) -> None:
    db = open_for_reading(path)
    row_hash = hash_at(db, seq)
    db.close()
    assert row_hash is not None
    snapshots.save(snapshots.folder_of(path), hall, row_hash)


def told(folder: Path) -> tuple[int, str]:
    lines: list[str] = []
    return cli.run_verify(folder, lines.append, lines.append), "\n".join(lines)


def change(folder: Path, *statements: str) -> None:
    db = sqlite3.connect(folder / DATABASE)
    for statement in statements:
        assert db.execute(statement).rowcount > 0, statement
    db.commit()
    db.close()


def test_a_whole_folder_is_said_to_be_whole(folder: Path) -> None:
    code, words = told(folder)
    assert code == cli.DONE
    assert f"The journal of s-test is whole: {len(DAY.rows)} rows" in words
    assert "The query tables agree; 2 snapshots agree." in words


def test_looking_changes_nothing(folder: Path) -> None:
    before = {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    told(folder)
    after = {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert {name: after[name] for name in before} == before


ONE = "(SELECT min(id) FROM tickets)"
DAMAGE: dict[str, tuple[str, str]] = {
    "a body": ("UPDATE journal SET body = CAST(body || ' ' AS BLOB) WHERE seq = 5", "broken at row 5"),
    "a moment": ("UPDATE journal SET at = at + 1 WHERE seq = 5", "broken at row 5"),
    "a moment before time": ("UPDATE journal SET at = -1 WHERE seq = 5", "broken at row 5"),
    "a command": ("UPDATE journal SET command_id = 'other' WHERE seq = 5", "broken at row 5"),
    "an epoch": ("UPDATE journal SET epoch = 2 WHERE seq = 5", "broken at row 5"),
    "a hash": ("UPDATE journal SET hash = zeroblob(32) WHERE seq = 5", "broken at row 5"),
    "a type": ("UPDATE journal SET type = 'day_closed/1' WHERE seq = 50", "Row 50 .* is filed under a type"),
    "a missing row": ("DELETE FROM journal WHERE seq = 5", "broken at row 5"),
    "a missing first row": ("DELETE FROM journal WHERE seq = 1", "broken at row 1"),
    "a changed ticket": (f"UPDATE tickets SET kiosk = 77 WHERE id = {ONE}", "tickets, row .*: kiosk is 77"),
    "a lost ticket": (f"DELETE FROM tickets WHERE id = {ONE}", "tickets has no row t"),
    "an invented ticket": (
        f"UPDATE tickets SET id = 'invented' WHERE id = {ONE}",
        "tickets has a row invented the journal does not know",
    ),
    "a changed step": ("UPDATE steps SET ended_at = ended_at + 1", "steps, row .*: ended_at is"),
    "a changed rating": ("UPDATE ratings SET staff = 'nv99'", "ratings, row .*: staff is 'nv99'"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_found_and_named(folder: Path, what: str) -> None:
    statement, sentence = DAMAGE[what]
    change(folder, statement)
    code, words = told(folder)
    assert code == cli.FAILED
    assert re.search(sentence, words), words


def test_side_data_that_should_be_forgotten_and_is_not_is_damage(tmp_path: Path) -> None:
    last = DAY.rows[-1]
    ref = next(iter(DAY.side.values()))[0].ref
    made(tmp_path, Played([*DAY.rows, Recorded(last.seq + 1, last.at, SideErased((ref,)))], DAY.side))
    assert told(tmp_path)[0] == cli.DONE
    change(tmp_path, f"INSERT INTO side VALUES ('{ref}', 1, 'token', x'00', 0)")
    code, words = told(tmp_path)
    assert code == cli.FAILED
    assert f"Row {last.seq + 1} says side data was forgotten, and it is still there" in words


def test_a_snapshot_that_disagrees_with_the_journal_is_damage(folder: Path) -> None:
    seq = len(DAY.rows) - 10
    keep(folder / DATABASE, seq, replay(Hall(), DAY.rows[: seq - 1]))
    hall = replay(Hall(), DAY.rows[:seq])
    keep(folder / DATABASE, seq, Hall(seq=seq, day=hall.day))
    assert told(folder)[0] == cli.FAILED
    assert f"The snapshot at row {seq} does not agree with the journal" in told(folder)[1]


def test_a_snapshot_no_hub_would_use_is_told_and_is_no_damage(folder: Path) -> None:
    newest = snapshots.files(snapshots.folder_of(folder / DATABASE))[0]
    newest.write_bytes(newest.read_bytes()[:-1])
    code, words = told(folder)
    assert code == cli.DONE
    assert f"The snapshot {newest.name} is not used: it is not whole" in words
    assert "1 snapshots agree" in words


def test_tables_of_an_older_program_are_not_compared(folder: Path) -> None:
    change(folder, f"UPDATE meta SET value = '0 old' WHERE key = '{META_KEY}'", "DELETE FROM tickets")
    code, words = told(folder)
    assert code == cli.DONE
    assert "The query tables are of another version's form" in words


def test_a_torn_file_is_damage(folder: Path) -> None:
    path = folder / DATABASE
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(content)
    code, words = told(folder)
    assert code == cli.FAILED
    assert "Restore the folder" in words


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: None, "There is no journal in"),
        (lambda folder: (folder / DATABASE).write_bytes(b"no database" * 500), "cannot be read"),
    ],
)
def test_a_folder_without_a_journal_is_said_to_be_one(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    make(tmp_path)
    code, words = told(tmp_path)
    assert code != cli.DONE
    assert sentence in words
