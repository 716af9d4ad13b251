"""On a device's disk: what its commands wrote, until the machine that would take over has it (DESIGN §6)."""

import threading
import uuid
from collections.abc import Iterable

from msgspec import Struct
from sqlite_utils import Database

from kiosk.wire.kept import order_of

MOST = 20_000
"""Parcels that are kept at most, some twenty megabytes: where no machine ever has them, the oldest go."""
TABLES = """
CREATE TABLE kept (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    epoch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    parcel TEXT NOT NULL UNIQUE,
    given_to INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX kept_at ON kept (at);
CREATE TABLE self (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
"""`at` is hub time; `given_to` the newest epoch whose hub said that it has it, or never will."""


class KeptParcel(Struct, frozen=True):
    """A parcel by its place in the order in which they came."""

    position: int
    parcel: str


class KeptStore:
    """Usable from several threads. It shares its file and its connection with the outbox."""

    def __init__(self, db: Database, lock: threading.Lock) -> None:
        """Use a store that has its tables."""
        self._db, self._lock = db, lock
        self.device = self._own("device", uuid.uuid4().hex)
        """The id of this store, made with it."""
        self.mark = self._own("mark", "")
        """The highest mark this device was told, as far as it is on the disk."""

    def keep(self, mark: str, parcel: str, copied: int) -> None:
        """Take what an answer brought; it is on the disk when this returns.

        Args:
            mark: the highest mark so far.
            parcel: to be kept; empty for none.
            copied: up to which hub time the hub of this mark says that others have everything.
        """
        epoch, at = order_of(mark)
        with self._lock, self._db.atomic():
            if parcel:
                self._db.execute("INSERT OR IGNORE INTO kept (epoch, at, parcel) VALUES (?, ?, ?)", (epoch, at, parcel))
            self._db.execute("INSERT OR REPLACE INTO self VALUES ('mark', ?)", (mark,))
            self._db.execute("DELETE FROM kept WHERE at <= ? AND max(epoch, given_to) = ?", (copied, epoch))
            self._db.execute("DELETE FROM kept WHERE position <= (SELECT max(position) FROM kept) - ?", (MOST,))
        self.mark = mark

    def remember(self, mark: str) -> None:
        """Note the highest mark."""
        with self._lock, self._db.atomic():
            self._db.execute("INSERT OR REPLACE INTO self VALUES ('mark', ?)", (mark,))
        self.mark = mark

    def all_of_them(self) -> list[KeptParcel]:
        """Return everything, in the order it came."""
        return self._found("SELECT position, parcel FROM kept ORDER BY position", ())

    def of_others(self, epoch: int) -> list[KeptParcel]:
        """Return what hubs before an epoch answered and the epoch's own has not said it has."""
        return self._found(
            "SELECT position, parcel FROM kept WHERE epoch < ? AND given_to < ? ORDER BY position", (epoch, epoch)
        )

    def given(self, positions: Iterable[int], mark: str) -> None:
        """Note that the hub of a mark has these, or never will; they are kept until others have what it has."""
        epoch, at = order_of(mark)
        with self._lock, self._db.atomic():
            for position in positions:
                self._db.execute("UPDATE kept SET given_to = ?, at = ? WHERE position = ?", (epoch, at, position))

    def _found(self, sql: str, values: tuple[int, ...]) -> list[KeptParcel]:
        with self._lock:
            return [KeptParcel(*row) for row in self._db.execute(sql, values)]

    def _own(self, key: str, value: str) -> str:
        with self._lock, self._db.atomic():
            self._db.execute("INSERT OR IGNORE INTO self VALUES (?, ?)", (key, value))
            return str(self._db.execute("SELECT value FROM self WHERE key = ?", (key,)).fetchone()[0])
