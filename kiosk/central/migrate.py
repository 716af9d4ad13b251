"""Brings central's database to the shape this program knows: numbered SQL files, each applied once."""

import hashlib
from pathlib import Path

import psycopg
from msgspec import Struct

from kiosk.central.connecting import Connection, connect

MIGRATIONS_DIR = Path(__file__).resolve().parent / "migrations"

_OLDEST_SERVER = 150000
"""PostgreSQL 15 (DESIGN §10), as `server_version_num`."""

_LOCK = 0x6D6F_6900_0000_0001
"""Key of the advisory lock: "moi" and a number."""

_BOOK = """
    CREATE SCHEMA IF NOT EXISTS moi;
    CREATE TABLE IF NOT EXISTS moi.migrations (
        name text PRIMARY KEY,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
"""


class MigrationError(Exception):
    """The database cannot be brought up to date, with a sentence that says why; the file it names changed nothing."""


class Migration(Struct, frozen=True):
    """One numbered file."""

    name: str
    sql: bytes
    checksum: str


def migrate(dsn: str, folder: Path = MIGRATIONS_DIR) -> list[str]:
    """Apply what is missing, each file in a transaction of its own, and return the names of what was applied.

    Safe to run again and from several machines at once: an advisory lock lets one go first, and the others find
    nothing left to do.

    Raises:
        DsnError: the DSN cannot be read.
        MigrationError: the server is too old, the database has a wrong encoding, was made by a newer program, or a
            file that was applied has since been changed, or a file failed.
        psycopg.OperationalError: no connection.
    """
    migrations = read_migrations(folder)
    with connect(dsn) as connection:
        _check_server(connection)
        # Held by the session, so that it spans the transactions; it ends with the connection whatever happens.
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        with connection.transaction():
            connection.execute(_BOOK)
        missing = _missing(connection, migrations)
        for migration in missing:
            _apply(connection, migration)
    return [migration.name for migration in missing]


def read_migrations(folder: Path) -> list[Migration]:
    """Read the numbered files in order; a name is `0001_what.sql`.

    Raises:
        MigrationError: the numbers are not 1, 2, 3 …
    """
    found = []
    for number, path in enumerate(sorted(folder.glob("*.sql")), 1):
        if not path.name.startswith(f"{number:04d}_"):
            raise MigrationError(f"Migration {path.name} is out of order: number {number:04d} should come here.")
        # A checkout may change line ends; that is no change of the migration.
        sql = path.read_bytes().replace(b"\r\n", b"\n")
        found.append(Migration(path.name, sql, hashlib.sha256(sql).hexdigest()))
    if not found:
        raise MigrationError(f"There are no migrations in {folder}: the program is not completely installed.")
    return found


def _check_server(connection: Connection) -> None:
    version = connection.info.server_version
    if version < _OLDEST_SERVER:
        raise MigrationError(f"Central needs PostgreSQL 15 or newer; this server is {version // 10000}.")
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise MigrationError(f"The database's encoding is {encoding}. Make one with ENCODING 'UTF8' and use that.")


def _missing(connection: Connection, migrations: list[Migration]) -> list[Migration]:
    rows = connection.execute("SELECT name, checksum FROM moi.migrations ORDER BY name").fetchall()
    applied: dict[str, str] = dict(rows)
    known = {migration.name for migration in migrations}
    for name in applied:
        if name not in known:
            raise MigrationError(f"The database has {name}, which this program does not know. Use a newer program.")
    for migration in migrations:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            raise MigrationError(
                f"{migration.name} was changed after it had been applied to this database. Restore the file as it was"
                " and put the change into a new one."
            )
    return [migration for migration in migrations if migration.name not in applied]


def _apply(connection: Connection, migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO moi.migrations (name, checksum) VALUES (%s, %s)", (migration.name, migration.checksum)
            )
    except psycopg.DatabaseError as error:
        if isinstance(error, psycopg.OperationalError):
            raise
        raise MigrationError(f"{migration.name} failed and was undone: {str(error).strip()}") from error
