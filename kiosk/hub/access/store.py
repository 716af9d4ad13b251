"""Who may ask, on disk: devices, pairing codes, PINs and wrong PINs (docs/decisions/0008).

A file of its own beside the journal. An administrator's command line writes to it while the hub runs, which the
journal's file does not allow (DESIGN §3): it keeps SQLite's rollback journal, with which several processes may write
safely.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

NAME = "access.db"
BUSY_S = 5.0
migrations = Migrations("access")


@migrations()
def m001_access(db: Database) -> None:
    """Secrets are kept as digests only; times are UTC milliseconds."""
    db.executescript(
        """
        CREATE TABLE devices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            role TEXT NOT NULL,
            number INTEGER,
            name TEXT NOT NULL,
            token_digest BLOB NOT NULL UNIQUE,
            paired_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT;
        CREATE TABLE codes (
            code_digest BLOB PRIMARY KEY,
            role TEXT NOT NULL,
            number INTEGER,
            name TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pins (staff TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE wrong_pins (
            who TEXT PRIMARY KEY,
            tries INTEGER NOT NULL,
            free_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
    )


class AccessStore:
    """The file, usable from several threads and processes. Everything in it is small and rarely written."""

    def __init__(self, folder: Path) -> None:
        """Open or create the file in a hub's data folder; only its owner may read it.

        Raises:
            OSError: the file cannot be used.
        """
        path = folder / NAME
        # Before SQLite makes it, which would ask the umask who may read it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        try:
            self._db = Database(sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_S))
            self._db.execute("PRAGMA synchronous = FULL")
            migrations.apply(self._db)
        except sqlite3.Error as error:
            raise OSError(f"{path} cannot be used: {error}.") from error
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def change(self) -> Iterator[Database]:
        """Group writes; they are on disk when this ends.

        Raises:
            sqlite3.Error: nothing of it is stored.
        """
        with self._lock:
            # Not `atomic()`: its deferred BEGIN fails at once where another process writes between a read and a write.
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read."""
        with self._lock:
            return list(self._db.execute(sql, values).fetchall())

    def version(self) -> int:
        """Return a number that moves when another process has written."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
