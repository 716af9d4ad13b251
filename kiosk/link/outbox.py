"""Facts that wait for the hub: stored before they are sent, gone when answered, never dropped (DESIGN §6)."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlite_utils import Database, Migrations

from kiosk.link import kept_store
from kiosk.link.kept_store import KeptStore

migrations = Migrations("outbox")


@migrations()
def m001_outbox(db: Database) -> None:
    """Facts in the order they happened; `refused` holds what the hub said to one it could not place."""
    db.executescript(
        """
        CREATE TABLE facts (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            command_id TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL,
            body BLOB NOT NULL,
            refused TEXT
        ) STRICT;
        """
    )


@migrations()
def m002_kept(db: Database) -> None:
    """What this device's commands wrote, and what it is itself."""
    db.executescript(kept_store.TABLES)


@migrations()
def m003_tries(db: Database) -> None:
    """How often a fact that was kept aside has been offered again."""
    db.execute("ALTER TABLE facts ADD COLUMN tries INTEGER NOT NULL DEFAULT 0")


TRIES = 20
"""How often a fact is offered again that the hub could not place yet: as often as what was kept (`keeper`)."""
MAY_FIND_ITS_PLACE = ("unknown_ticket", "wrong_number", "wrong_state")
"""Refusals of a fact that may be right tomorrow: another machine gave the ticket, called it or ended its visit, and
whoever keeps that has not given it back yet."""


class Fact(Struct, frozen=True):
    """One stored fact."""

    command_id: str
    path: str
    body: dict[str, Any]


class Outbox:
    """A device's stored facts, usable from several threads."""

    def __init__(self, path: Path) -> None:
        """Open or create the store."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = Database(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        migrations.apply(self._db)
        self._lock = threading.Lock()
        self.kept = KeptStore(self._db, self._lock)
        """What this device keeps for the hub, in the same file."""

    def put(self, fact: Fact) -> None:
        """Store a fact; it is on disk when this returns. The same id again changes nothing."""
        with self._lock, self._db.atomic():
            self._db.execute(
                "INSERT OR IGNORE INTO facts (command_id, path, body) VALUES (?, ?, ?)",
                (fact.command_id, fact.path, msgspec.json.encode(fact.body)),
            )

    def first(self) -> Fact | None:
        """Return the oldest fact that still waits."""
        with self._lock:
            row = self._db.execute(
                "SELECT command_id, path, body FROM facts WHERE refused IS NULL ORDER BY position LIMIT 1"
            ).fetchone()
        return Fact(row[0], row[1], msgspec.json.decode(row[2])) if row else None

    def answered(self, command_id: str) -> None:
        """Remove a fact the hub has taken."""
        with self._lock, self._db.atomic():
            self._db.execute("DELETE FROM facts WHERE command_id = ?", (command_id,))

    def quarantine(self, command_id: str, reason: str) -> None:
        """Keep a fact the hub cannot place aside, for diagnostics."""
        with self._lock, self._db.atomic():
            self._db.execute("UPDATE facts SET refused = ? WHERE command_id = ?", (reason, command_id))

    def offer_again(self) -> bool:
        """Let facts wait again that the hub could not place: after a machine took over, it may know more by now.

        Returns:
            Whether there are any.
        """
        with self._lock, self._db.atomic():
            codes = " OR ".join("instr(refused, ?) > 0" for _ in MAY_FIND_ITS_PLACE)
            found = self._db.execute(
                f"UPDATE facts SET refused = NULL, tries = tries + 1 WHERE tries < ? AND ({codes})",
                (TRIES, *(f'"{code}"' for code in MAY_FIND_ITS_PLACE)),
            )
            return found.rowcount > 0

    def quarantined(self) -> list[tuple[str, str]]:
        """Return (command id, reason) of everything kept aside."""
        with self._lock:
            return [
                (row[0], row[1])
                for row in self._db.execute(
                    "SELECT command_id, refused FROM facts WHERE refused IS NOT NULL ORDER BY position"
                )
            ]

    def counts(self) -> tuple[int, int]:
        """Return how many facts wait, and how many are kept aside."""
        with self._lock:
            waiting, aside = self._db.execute("SELECT count(*) - count(refused), count(refused) FROM facts").fetchone()
        return waiting, aside

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            self._db.close()
