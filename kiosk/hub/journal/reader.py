"""Read-only looks into the journal: for followers, for central, for an outcome asked by id (DESIGN §3, §7)."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from kiosk.domain.events import SideData
from kiosk.domain.visit import PERSON
from kiosk.hub.journal import parcels, recovery_log
from kiosk.hub.journal.chain import GENESIS, chained_rows, hash_at, head_of
from kiosk.hub.journal.journal import KnownAnswer
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.recovery_log import Recoveries
from kiosk.hub.journal.schema import open_for_reading
from kiosk.ports import JournalRow, PushBatch
from kiosk.wire.kept import Parcel

T = TypeVar("T")
WORK_ROWS, REST_S = 50, 0.002
"""How a check of the whole journal shares the process with those who wait for answers."""


class CheckStoppedError(Exception):
    """A check was given up before its end: nothing is known."""


class Reader:
    """One read-only connection, shared under a lock; every read is short."""

    def __init__(self, path: Path) -> None:
        """Open the journal's file, which the writer has made."""
        self._path = path
        self._db = open_for_reading(path)
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def close(self) -> None:
        """Close the connection, and stop a check that is going on."""
        self._closing.set()
        with self._lock:
            self._db.close()

    def answer_to(self, command_id: str) -> KnownAnswer | None:
        """Return what a command was answered, if it was carried out and is of these days."""
        with self._lock:
            row = self._db.execute(
                "SELECT role, request_hash, answer, rows, last_seq FROM commands WHERE id = ?", (command_id,)
            ).fetchone()
        return KnownAnswer(*row) if row else None

    def ask(self, question: Callable[[Database], T]) -> T:
        """Put a short question to the tables and return its answer."""
        with self._lock:
            return question(self._db)

    def side(self, ref: str) -> bytes | None:
        """Return side data that is not forgotten."""
        with self._lock:
            row = self._db.execute("SELECT payload FROM side WHERE ref = ?", (ref,)).fetchone()
        return bytes(row[0]) if row else None

    def rows_after(self, seq: int, limit: int) -> tuple[JournalRow, ...]:
        """Return up to `limit` rows after `seq`, each with its side data, but for who took a number: that is for the
        machine that would take over alone (`parcels_after`).
        """
        with self._lock:
            return _rows(self._db, seq, limit)

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of a row; None where there is none."""
        with self._lock:
            return hash_at(self._db, seq)

    def at_of(self, seq: int) -> int | None:
        """Return the hall time of a row; None where there is none."""
        with self._lock:
            row = self._db.execute("SELECT at FROM journal WHERE seq = ?", (seq,)).fetchone()
        return row[0] if row else None

    def parcels_after(self, seq: int, limit: int) -> tuple[Parcel, ...]:
        """Return what commands wrote after a row, each command whole; see `parcels.after`."""
        with self._lock:
            return parcels.after(self._db, seq, limit)

    def parcel_of(self, known: KnownAnswer) -> Parcel | None:
        """Return what a command wrote; None where it wrote nothing, or it is not known any more."""
        found = self.parcels_after(known.last_seq - known.rows, known.rows) if known.rows else ()
        return found[0] if found else None

    def has(self, parcel: Parcel) -> bool:
        """Tell whether the journal has what a command wrote: as it was, entered as a fact, or answered today."""
        with self._lock:
            last = parcel.rows[-1]
            if hash_at(self._db, last.seq) == last.hash:
                return True
            known = self._db.execute("SELECT 1 FROM commands WHERE id = ?", (parcel.command_id,)).fetchone()
            return known is not None or parcel.command_id in recovery_log.entered_in(self._db)

    def recoveries(self) -> Recoveries:
        """Return what is known of recoveries."""
        with self._lock:
            return recovery_log.recoveries_in(self._db)

    def shared_with_others(self, epoch: int) -> tuple[int, bytes]:
        """Return seq and hash of the newest row before an epoch: what came before was carried on, not begun here."""
        with self._lock:
            row = self._db.execute(
                "SELECT seq, hash FROM journal WHERE epoch < ? ORDER BY seq DESC LIMIT 1", (epoch,)
            ).fetchone()
        return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)

    def row_at(self, seq: int) -> JournalRow | None:
        """Return one row; None where there is none."""
        rows = self.rows_after(seq - 1, 1)
        return rows[0] if rows and rows[0].seq == seq else None

    def batch_after(self, seq: int, limit: int) -> PushBatch:
        """Return rows after `seq` and the query rows whose last change is among exactly them.

        Both are read in one transaction, so that a row is never older than the journal that comes with it. A query row
        that changed again later is sent with that later batch.
        """
        with self._lock:
            self._db.execute("BEGIN")
            try:
                rows = _rows(self._db, seq, limit)
                last = rows[-1].seq if rows else seq
                changed = {table: _changed(self._db, table, seq, last) for table in COLUMNS}
            finally:
                self._db.execute("COMMIT")
        return PushBatch(rows, changed)

    def side_due(self, now_ms: int, limit: int) -> tuple[str, ...]:
        """Return refs of side data whose time is over by a moment (UTC ms), the longest overdue first."""
        with self._lock:
            found = self._db.execute(
                "SELECT ref FROM side WHERE expires_at <= ? ORDER BY expires_at LIMIT ?", (now_ms, limit)
            ).fetchall()
        return tuple(ref for (ref,) in found)

    def verify(self) -> int:
        """Check the whole chain on a connection of its own; returns the number of rows.

        It rests more than it works: the interpreter runs one thread at a time, and beside a check that never let go an
        answer took 13 ms in place of 4, measured. A million rows take a minute and a half.

        Raises:
            JournalDamagedError: a row is missing, changed, or cannot be read.
            CheckStoppedError: the reader was closed meanwhile.
        """
        db, rows = open_for_reading(self._path), 0
        try:
            for _ in chained_rows(db, 0, page=WORK_ROWS):
                rows += 1
                if rows % WORK_ROWS == 0 and self._closing.wait(REST_S):
                    raise CheckStoppedError
        finally:
            db.close()
        return rows

    def head(self) -> tuple[int, bytes]:
        """Return seq and hash of the newest row."""
        with self._lock:
            return head_of(self._db)


def _rows(db: Database, seq: int, limit: int) -> tuple[JournalRow, ...]:
    found = db.execute(
        "SELECT seq, epoch, at, command_id, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()
    side: dict[int, list[SideData]] = {}
    if found:
        for at_seq, ref, kind, payload, expires_at in db.execute(
            f"SELECT seq, ref, kind, payload, expires_at FROM side WHERE seq > ? AND seq <= ? AND kind <> '{PERSON}'",
            (seq, found[-1][0]),
        ):
            side.setdefault(at_seq, []).append(SideData(ref, kind, payload, expires_at))
    return tuple(
        JournalRow(s, epoch, at, command_id, body, stored.hex(), tuple(side.get(s, ())))
        for s, epoch, at, command_id, body, stored in found
    )


def _changed(db: Database, table: str, after: int, last: int) -> tuple[dict[str, Any], ...]:
    columns = COLUMNS[table]
    rows = db.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE last_seq > ? AND last_seq <= ?", (after, last)
    ).fetchall()
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)
