"""A folder an older program left is brought up to date without losing a byte; a newer program's is left alone."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.domain.procedure import Catalogue
from kiosk.domain.upcast import UPCASTS
from kiosk.hub.care.verify import verify
from kiosk.hub.hub import Hub
from kiosk.hub.journal.format import NewerFolderError
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.query_tables import META_KEY, VERSION
from kiosk.hub.journal.schema import DATABASE
from tests.domain.test_golden import GOLDEN, as_json, summary, without_persons
from tests.halls import FixedClock, demo_site

SITE = "s-golden"
RELEASES = sorted(path.stem.removeprefix("hub-") for path in GOLDEN.glob("hub-*.db"))
KEPT = ("journal", "side", "commands")


@pytest.fixture
def old(tmp_path: Path, release: str) -> Path:
    """A copy of the file an older release left."""
    return Path(shutil.copy(GOLDEN / f"hub-{release}.db", tmp_path / DATABASE))


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return db.execute(question).fetchall()
    finally:
        db.close()


def rows_of(path: Path, table: str) -> list[dict[str, Any]]:
    columns = [name for (name,) in ask(path, f"SELECT name FROM pragma_table_info('{table}')")]
    return [dict(zip(columns, row, strict=True)) for row in ask(path, f"SELECT * FROM {table} ORDER BY 1")]


def schema_of(path: Path) -> list[tuple[Any, ...]]:
    return ask(path, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


@pytest.mark.parametrize("release", RELEASES)
def test_opening_an_old_file_changes_no_stored_byte(old: Path) -> None:
    before = {table: rows_of(old, table) for table in KEPT}
    Journal(old, SITE).close()
    assert all(before.values())
    for table, rows in before.items():
        after = rows_of(old, table)
        assert [{name: row[name] for name in was} for row, was in zip(after, rows, strict=True)] == rows


@pytest.mark.parametrize("release", RELEASES)
def test_an_old_file_leads_to_its_hall(old: Path, release: str) -> None:
    journal = Journal(old, SITE)
    hall = journal.hall
    journal.close()
    told = (GOLDEN / f"hall-{release}.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert as_json(summary(hall, release)) == without_persons(json.loads(told))


@pytest.mark.parametrize("release", RELEASES)
def test_an_old_file_holds_the_journal_of_its_release_and_is_whole(old: Path, release: str) -> None:
    lines = (GOLDEN / f"journal-{release}.jsonl").read_text(encoding="utf-8").splitlines()
    stored = [(row["seq"], row["at"], json.loads(row["body"])) for row in rows_of(old, "journal")]
    assert stored == [(row["seq"], row["at"], row["event"]) for row in map(json.loads, lines)]
    Journal(old, SITE).close()
    report = verify(old.parent)
    assert (report.rows, report.tables) == (len(lines), True)


@pytest.mark.parametrize("release", RELEASES)
def test_an_upgraded_file_has_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Journal(old, SITE).close()
    fresh = tmp_path / "fresh.db"
    Journal(fresh, SITE).close()
    assert schema_of(old) == schema_of(fresh)


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("table", ["tickets", "steps", "ratings"])
def test_what_an_old_program_reported_is_still_reported(old: Path, table: str) -> None:
    before = rows_of(old, table)
    Journal(old, SITE).close()
    after = rows_of(old, table)
    assert before
    assert [{name: row[name] for name in was} for row, was in zip(after, before, strict=True)] == before


# --- newer folders


def in_meta(key: str, change: Callable[[str], str]) -> Callable[[sqlite3.Connection], object]:
    def to(db: sqlite3.Connection) -> None:
        (value,) = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        db.execute("UPDATE meta SET value = ? WHERE key = ?", (change(value), key))

    return to


def with_vocabulary(**more: list[str]) -> Callable[[str], str]:
    return lambda value: msgspec.json.encode({**msgspec.json.decode(value), **more}).decode()


TRACES: dict[str, Callable[[sqlite3.Connection], object]] = {
    "the schema step m999_later": lambda db: db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hub', 'm999_later', '')"
    ),
    "events of type citizen_greeted/1": in_meta("vocabulary", with_vocabulary(**{"citizen_greeted/1": ["name"]})),
    "day_opened/1 with the field moon": in_meta("vocabulary", with_vocabulary(**{"day_opened/1": ["day", "moon"]})),
    f"query tables of version {VERSION + 1}": in_meta(META_KEY, lambda _: f"{VERSION + 1} 0123456789abcdef"),
}
"""What a newer program leaves in a file, and what the refusal says about it."""


@pytest.fixture
def newer(tmp_path: Path, trace: str) -> Path:
    """A folder as a newer program leaves it after a clean end."""
    path = tmp_path / DATABASE
    Journal(path, SITE).close()
    db = sqlite3.connect(path)
    TRACES[trace](db)
    db.commit()
    db.close()
    return tmp_path


@pytest.mark.parametrize("trace", TRACES)
def test_a_newer_programs_folder_is_refused_and_not_touched(newer: Path, trace: str) -> None:
    before = {p.name: p.read_bytes() for p in newer.iterdir()}
    with pytest.raises(NewerFolderError, match=trace) as refused:
        Journal(newer / DATABASE, SITE)
    assert "Start the newer version again" in str(refused.value)
    after = {p.name: p.read_bytes() for p in newer.iterdir()}
    assert after[DATABASE] == before[DATABASE]
    assert not after.get(f"{DATABASE}-wal")


@pytest.mark.parametrize("kind", UPCASTS)
def test_an_earlier_version_of_an_event_is_no_trace_of_a_newer_program(tmp_path: Path, kind: str) -> None:
    path = tmp_path / DATABASE
    Journal(path, SITE).close()
    db = sqlite3.connect(path)
    in_meta("vocabulary", with_vocabulary(**{kind: ["ticket_id", "reason"]}))(db)
    db.commit()
    db.close()
    Journal(path, SITE).close()


@pytest.mark.parametrize("trace", list(TRACES)[:1])
def test_a_hub_makes_nothing_in_a_newer_programs_folder(newer: Path) -> None:
    with pytest.raises(NewerFolderError):
        Hub(
            newer,
            demo_site(),
            Catalogue("2026-01-01", "", "", ()),
            FixedClock(),
            public_url=str,
            on_failure=lambda _: None,
        )
    assert not {"devices.json", "pins.json", "ballot-key.public"} & {p.name for p in newer.iterdir()}
