"""What was given to the printer and what became of it, in a file: no crash prints a thing twice (DESIGN §8)."""

import sqlite3
import threading
from pathlib import Path

import msgspec
from sqlite_utils import Database, Migrations

from kiosk.domain.receipt import Receipt
from kiosk.ports import Fate, Printed, PrinterStatus, PrintJob, PrintOutcome, PrintRefused, PrintUncertain, StoredJob

KEPT_MS = 14 * 3_600_000
"""A ticket is printed again on its own day only; its paper holds its secret address, so it is kept no longer."""
INTERRUPTED = "interrupted"
"""The program ended in the middle: nobody knows how far the paper came."""
NOT_BEGUN = "not_begun"
"""The program ended before its turn came: nothing of it was sent."""

_WAITING = "waiting"
_OPEN = "open"
_OUTCOMES: dict[str, type[Printed | PrintRefused | PrintUncertain]] = {
    "printed": Printed,
    "refused": PrintRefused,
    "uncertain": PrintUncertain,
}
_NAMES = {kind: name for name, kind in _OUTCOMES.items()}

migrations = Migrations("spool")


@migrations()
def m001_jobs(db: Database) -> None:
    """Jobs in the order they came; `told` says whether the hub's fact is in the outbox."""
    db.executescript(
        """
        CREATE TABLE jobs (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            ticket TEXT NOT NULL,
            number TEXT NOT NULL,
            papers BLOB NOT NULL,
            at INTEGER NOT NULL,
            state TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT '',
            detail TEXT NOT NULL DEFAULT '',
            fact TEXT NOT NULL DEFAULT '',
            told INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        """
    )


class SpoolStore:
    """The file, usable from several threads. Every change is on the disk when its call returns."""

    def __init__(self, path: Path) -> None:
        """Open or create it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = Database(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        migrations.apply(self._db)
        self._lock = threading.Lock()

    def add(self, job: PrintJob, at: int, *, begun: bool) -> bool:
        """Note a job, and whether it may be sent at once; False where its id is known, so it must not be printed."""
        # Nobody can ask for a paper of no ticket again, and it may bear a person's name: it is not kept (DESIGN §9).
        papers = msgspec.msgpack.encode((job.receipt, job.as_copy)) if job.ticket_id else b""
        with self._lock, self._db.atomic():
            added = self._db.execute(
                "INSERT OR IGNORE INTO jobs (id, ticket, number, papers, at, state) VALUES (?, ?, ?, ?, ?, ?)",
                (job.id, job.ticket_id, job.number, papers, at, _OPEN if begun else _WAITING),
            )
        return added.rowcount == 1

    def begin(self, job_id: str) -> None:
        """Note that a job is about to be sent, maybe once more: until it has ended nobody knows its fate."""
        with self._lock, self._db.atomic():
            self._db.execute("UPDATE jobs SET state = ?, told = 0 WHERE id = ?", (_OPEN, job_id))

    def end(self, job_id: str, outcome: PrintOutcome, fact_id: str, detail: str = "") -> Fate:
        """Note what became of a job, and under which id the hub is told; returns what to tell."""
        with self._lock, self._db.atomic():
            self._db.execute(
                "UPDATE jobs SET state = ?, status = ?, detail = ?, fact = ?, told = 0 WHERE id = ?",
                (_NAMES[type(outcome)], outcome.status.value, detail, fact_id, job_id),
            )
            ticket = self._db.execute("SELECT ticket FROM jobs WHERE id = ?", (job_id,)).fetchone()[0]
        return Fate(fact_id, job_id, ticket, outcome, detail)

    def unended(self) -> list[tuple[str, bool]]:
        """Return the jobs that have no fate, and whether each was begun."""
        with self._lock:
            found = self._db.execute(
                "SELECT id, state = ? FROM jobs WHERE state IN (?, ?) ORDER BY position", (_OPEN, _OPEN, _WAITING)
            )
            return [(id_, bool(begun)) for id_, begun in found]

    def half_out(self) -> bool:
        """Tell whether the last job that was sent may have stopped in the middle of its paper.

        One whose printer took it all and said nothing has most likely come out.
        """
        with self._lock:
            last = self._db.execute(
                "SELECT state, status, detail FROM jobs WHERE state IN ('printed', 'uncertain') "
                "ORDER BY position DESC LIMIT 1"
            ).fetchone()
        return last is not None and last[0] == "uncertain" and last[1:] != (PrinterStatus.UNKNOWN.value, "")

    def untold(self) -> list[Fate]:
        """Return the fates the hub's outbox does not have yet, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT fact, id, ticket, state, status, detail FROM jobs WHERE told = 0 AND state NOT IN (?, ?) "
                "ORDER BY position",
                (_OPEN, _WAITING),
            ).fetchall()
        return [Fate(fact, id_, ticket, _OUTCOMES[state](PrinterStatus(status)), detail)
                for fact, id_, ticket, state, status, detail in rows]  # fmt: skip

    def told(self, fate: Fate) -> None:
        """Note that the outbox has a fate."""
        with self._lock, self._db.atomic():
            self._db.execute("UPDATE jobs SET told = 1 WHERE id = ? AND fact = ?", (fate.job_id, fate.fact_id))

    def of_ticket(self, ticket_id: str) -> PrintJob | None:
        """Return a ticket's own paper; None where this machine never had it, or has forgotten it.

        A list of papers to bring is told of under the same ticket and has no number: it is not the ticket.
        """
        with self._lock:
            row = self._db.execute(
                "SELECT id, number, papers FROM jobs WHERE ticket = ? AND number <> '' ORDER BY position DESC LIMIT 1",
                (ticket_id,),
            ).fetchone()
        if row is None:
            return None
        receipt, as_copy = msgspec.msgpack.decode(row[2], type=tuple[Receipt, Receipt])
        return PrintJob(row[0], receipt, as_copy, ticket_id, row[1])

    def recent(self, limit: int) -> list[StoredJob]:
        """Return the last papers of tickets, newest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, ticket, number, state, at FROM jobs WHERE number <> '' ORDER BY position DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [StoredJob(*row) for row in rows]

    def forget_before(self, at: int) -> None:
        """Forget what is older, but for what the hub has not been told."""
        with self._lock, self._db.atomic():
            self._db.execute("DELETE FROM jobs WHERE at < ? AND told = 1", (at,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
