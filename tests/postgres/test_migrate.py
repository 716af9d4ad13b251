import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.central.migrate import MIGRATIONS_DIR, MigrationError, migrate, read_migrations
from tests.postgres.conftest import Central

NAMES = [migration.name for migration in read_migrations(MIGRATIONS_DIR)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations that a test may change."""
    return Path(shutil.copytree(MIGRATIONS_DIR, tmp_path / "migrations"))


def test_an_empty_database_gets_every_migration_in_order_and_a_second_run_does_nothing(empty: Central) -> None:
    assert migrate(empty.admin) == NAMES
    assert migrate(empty.admin) == []
    assert empty.query("SELECT name FROM moi.migrations ORDER BY applied_at") == [(name,) for name in NAMES]


def test_a_new_file_is_applied_to_a_database_that_has_the_older_ones(empty: Central, folder: Path) -> None:
    migrate(empty.admin)
    name = f"{len(NAMES) + 1:04d}_more.sql"
    (folder / name).write_text("CREATE TABLE moi.more (n integer);")

    assert migrate(empty.admin, folder) == [name]
    assert empty.query("SELECT * FROM moi.more") == []


def test_what_hubs_had_forgotten_before_central_could_obey_is_forgotten_by_the_migration(
    empty: Central, folder: Path
) -> None:
    for name in NAMES[6:]:
        (folder / name).unlink()
    migrate(empty.admin, folder)
    empty.query(
        "INSERT INTO moi.journal VALUES ('s', 2, 1, 0, 'c', %s, '')", b'{"type":"side_erased/1","refs":["t1/token"]}'
    )
    empty.query(
        "INSERT INTO moi.side VALUES ('s', 't1/token', 1, 'token', 'secret', 0), ('s', 'else', 1, 'token', 'x', 0)"
    )
    migrate(empty.admin)
    assert empty.query("SELECT ref, payload FROM moi.side ORDER BY ref") == [("else", b"x"), ("t1/token", None)]


def test_a_file_changed_after_it_was_applied_is_refused(central: Central, folder: Path) -> None:
    with (folder / NAMES[0]).open("a") as file:
        file.write("\n-- a second thought\n")

    with pytest.raises(MigrationError, match=rf"{NAMES[0]} was changed after it had been applied"):
        migrate(central.admin, folder)


def test_other_line_ends_are_no_change(central: Central, folder: Path) -> None:
    for name in NAMES:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert migrate(central.admin, folder) == []


def test_a_database_of_a_newer_program_is_refused(central: Central, folder: Path) -> None:
    (folder / NAMES[-1]).unlink()

    with pytest.raises(MigrationError, match=rf"{NAMES[-1]}, which this program does not know"):
        migrate(central.admin, folder)


def test_a_file_that_fails_changes_nothing_and_those_before_it_stay(empty: Central, folder: Path) -> None:
    name = f"{len(NAMES) + 1:04d}_bad.sql"
    (folder / name).write_text("CREATE TABLE moi.half (n integer); SELECT no_such_thing();")

    with pytest.raises(MigrationError, match=rf"{name} failed and was undone: .*no_such_thing"):
        migrate(empty.admin, folder)

    assert empty.value("SELECT to_regclass('moi.half')") is None
    assert migrate(empty.admin) == []


def test_two_machines_migrating_at_once_apply_each_file_once(empty: Central) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: migrate(empty.admin), range(4)))

    assert sorted(applied) == [[], [], [], NAMES]


def test_numbers_without_gaps_are_asked_for(folder: Path) -> None:
    (folder / NAMES[1]).unlink()

    with pytest.raises(MigrationError, match=rf"{NAMES[2]} is out of order: number 0002"):
        read_migrations(folder)


def test_a_database_that_cannot_hold_every_language_is_refused(empty: Central) -> None:
    empty.query("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'")

    with pytest.raises(MigrationError, match="encoding is SQL_ASCII"):
        migrate(empty.server.dsn("ascii"))
