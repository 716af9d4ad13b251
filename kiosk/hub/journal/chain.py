"""The chain of rows: each seals the one before, over the bytes as stored (docs/decisions/0006)."""

import hashlib
import struct
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from kiosk.domain.apply import apply
from kiosk.domain.events import DayClosed, Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.upcast import event_of

GENESIS = bytes(32)
"""What the first row seals."""
PAGE = 2000
"""Rows to a read: some milliseconds, so that a whole journal can be read beside a busy writer (DESIGN §3)."""


_numbers = struct.Struct(">QQQ").pack


class JournalDamagedError(OSError):
    """The stored rows do not form one unbroken chain: nothing may be built on them."""


class StoredRow(Struct, frozen=True):
    """A row as it lies on the disk."""

    seq: int
    epoch: int
    at: int
    command_id: str
    body: bytes
    hash: bytes


def row_hash(previous: bytes, epoch: int, seq: int, at: int, command_id: str, body: bytes) -> bytes:
    """Hash a row together with the hash before it, over the stored bytes."""
    row = b"%b%b%b\0%b" % (previous, _numbers(epoch, seq, at), command_id.encode(), body)
    return hashlib.sha256(row).digest()


def stored_rows(db: Database, after: int, upto: int | None = None, page: int | None = None) -> Iterator[StoredRow]:
    """Read rows after a seq in order, page by page: no read is open while the caller works.

    Args:
        db: the journal.
        after: the seq before the first row wanted.
        upto: the last seq wanted; None reads until there is no more, also what is written meanwhile.
        page: rows to a read; None takes `PAGE`.
    """
    page = page or PAGE
    while upto is None or after < upto:
        found = db.execute(
            "SELECT seq, epoch, at, command_id, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, page if upto is None else min(page, upto - after)),
        ).fetchall()
        if not found:
            return
        for row in found:
            yield StoredRow(*row)
        after = found[-1][0]


def unbroken(rows: Iterable[StoredRow], after: int, previous: bytes) -> Iterator[StoredRow]:
    """Pass rows on, each checked against the one before it.

    Args:
        rows: rows in order.
        after: the seq before the first of them.
        previous: that row's hash.

    Raises:
        JournalDamagedError: a row is missing, changed, or is no row at all.
    """
    for row in rows:
        after += 1
        try:
            whole = row.seq == after and row.hash == row_hash(
                previous, row.epoch, row.seq, row.at, row.command_id, row.body
            )
        except (TypeError, ValueError, struct.error, AttributeError):  # whatever else may stand there after damage
            whole = False
        if not whole:
            raise JournalDamagedError(f"The journal's chain is broken at row {after}.")
        yield row
        previous = row.hash


def recorded(row: StoredRow) -> Recorded:
    """Return the event a row holds.

    Raises:
        JournalDamagedError: its body cannot be read.
    """
    try:
        return Recorded(row.seq, row.at, event_of(row.body))
    except msgspec.MsgspecError as error:
        raise JournalDamagedError(f"Row {row.seq} of the journal cannot be read: {error}") from error


def applied(hall: Hall, there: Recorded) -> Hall:
    """Return the hall a stored event leads to.

    Raises:
        JournalDamagedError: it cannot have happened in this hall: rows before it are not those that led to it.
    """
    try:
        return apply(hall, there)
    except LookupError as error:
        raise JournalDamagedError(f"Row {there.seq} of the journal does not fit those before it.") from error


def chained_rows(
    db: Database, after: int, upto: int | None = None, page: int | None = None
) -> Iterator[tuple[bytes, Recorded]]:
    """Read hash and event of the rows after a seq in order, each checked against the one before it.

    Raises:
        JournalDamagedError: a row is missing, changed, or cannot be read.
    """
    for row in unbroken(stored_rows(db, after, upto, page), after, hash_at(db, after) or GENESIS):
        yield row.hash, recorded(row)


def hash_at(db: Database, seq: int) -> bytes | None:
    """Return the hash of a row, that of row 0 being `GENESIS`; None where there is no such row."""
    if seq == 0:
        return GENESIS
    row = db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return bytes(row[0]) if row else None


def head_of(db: Database) -> tuple[int, bytes]:
    """Return seq and hash of the newest row."""
    row = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)


def last_day_end(db: Database) -> int:
    """Return the seq of the newest row that closed a day; 0 where none did.

    Raises:
        JournalDamagedError: the row that is filed as one is none: a hall built from there would lack what was before.
    """
    # The second condition is the index's own, word for word: without it SQLite would go through the whole journal.
    row = db.execute(
        "SELECT seq, body FROM journal WHERE type GLOB 'day_closed/*' AND substr(type, 1, 4) = 'day_' "
        "ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return 0
    if not isinstance(recorded(StoredRow(row[0], 0, 0, "", row[1], b"")).event, DayClosed):
        raise JournalDamagedError(f"Row {row[0]} of the journal is filed as the end of a day and is none.")
    return int(row[0])


def mislabelled(db: Database, after: int, upto: int) -> int | None:
    """Return the first row whose `type` is not its event's: the hash does not cover that column, and lookups use it."""
    row = db.execute(
        "SELECT seq FROM journal WHERE seq > ? AND seq <= ? AND type IS NOT json_extract(CAST(body AS TEXT), '$.type') "
        "ORDER BY seq LIMIT 1",
        (after, upto),
    ).fetchone()
    return row[0] if row else None
