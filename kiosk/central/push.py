"""One step of sending: what to send from where central stands, and what its answer means (0004_push.sql)."""

import json
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from kiosk.central.connecting import Connection
from kiosk.central.failures import DivergedError
from kiosk.ports import JournalRow, JournalSource, PushBatch

GENESIS = "00" * 32
"""The hash before the first row."""

_PUSH = """
    SELECT status, seq, encode(hash, 'hex'), epoch, refresh_after, quarantined FROM moi.push(
        %s::bigint, %b::bytea,
        %s::bigint[], %s::bigint[], %s::text[], %b::bytea[], %b::bytea[],
        %s::bigint[], %s::text[], %s::text[], %b::bytea[], %s::bigint[],
        %s::text[], %s::text[]
    )
"""


class Cursor(Struct, frozen=True):
    """The newest row central holds of this site; `hash` in lowercase hex."""

    seq: int
    hash: str
    epoch: int
    refresh_after: int | None
    """Not None after a fork: query rows last changed after this seq are missing there."""


class Answer(Struct, frozen=True):
    """What central said to a push."""

    status: str
    cursor: Cursor
    quarantined: int


class Step(Struct, frozen=True):
    """What one step came to."""

    cursor: Cursor
    sent: int = 0
    """Journal rows stored by this step; 0 with an unmoved cursor means that central holds everything."""
    quarantined: int = 0
    agreed: bool = True
    """Whether central's rows up to the cursor are known to be this hub's."""


def ask(connection: Connection) -> Cursor:
    """Ask where central stands.

    Raises:
        psycopg.Error: see `failures.failure_of`.
    """
    return _call(connection, None, GENESIS, (), {}).cursor


def step(connection: Connection, source: JournalSource, cursor: Cursor, limit: int) -> Step:
    """Send what comes next after where central was last known to stand.

    Safe to repeat after any failure: rows count only where they continue the cursor, so a batch whose answer was lost
    finds the cursor gone on and is not stored twice.

    Args:
        connection: to central, as this site.
        source: the hub's journal.
        cursor: from `ask`, or from the step before.
        limit: most rows to send at once.

    Raises:
        DivergedError: central's history is not this hub's.
        psycopg.Error: see `failures.failure_of`.
    """
    from_seq, from_hash = _start(source, cursor)
    if cursor.refresh_after is not None and from_seq == cursor.seq:
        changed = _changed_between(source, cursor.refresh_after, cursor.seq, limit)
        answer = _call(connection, from_seq, from_hash, (), changed)
    else:
        batch = source.batch_after(from_seq, limit)
        if not batch.rows:
            return Step(cursor)
        _check_gapless(batch, from_seq)
        answer = _call(connection, from_seq, from_hash, batch.rows, batch.changed)
    if answer.status == "ok":
        return Step(answer.cursor, answer.cursor.seq - from_seq, answer.quarantined)
    if answer.status == "diverged" and answer.cursor != cursor:
        return Step(answer.cursor, agreed=False)
    raise DivergedError(_reason(answer, from_seq))


def last_seq_where(source: JournalSource, good: Callable[[JournalRow], bool], start: int) -> int:
    """Return the newest seq from `start` on whose row is good, where good rows come before all others.

    Looks at few rows of many: doubles its stride, then halves it.

    Args:
        source: the journal.
        good: what to ask of a row; a row that does not exist is not good.
        start: a seq known to be good, or 0 for before the first row.
    """

    def holds(seq: int) -> bool:
        row = source.row_at(seq)
        return row is not None and good(row)

    stride = 1
    while holds(start + stride):
        start += stride
        stride *= 2
    while stride > 1:
        stride //= 2
        if holds(start + stride):
            start += stride
    return start


def _start(source: JournalSource, cursor: Cursor) -> tuple[int, str]:
    """Return the row to continue from: the cursor's, or the one before a promoted hub's own where it forks off."""
    here = source.row_at(cursor.seq)
    if cursor.seq == 0 or (here is not None and here.hash == cursor.hash):
        return cursor.seq, cursor.hash
    fork = last_seq_where(source, lambda row: row.epoch <= cursor.epoch, 0)
    if fork >= cursor.seq or source.row_at(fork + 1) is None:
        raise DivergedError(
            f"Central holds a row {cursor.seq} of epoch {cursor.epoch} that is not this hub's"
            f" ({'another hash' if here else 'there is none here'}). Was the hub restored from a backup, or is"
            " another one running? Nothing more is sent until the hub is reconciled."
        )
    before = source.row_at(fork)
    return fork, before.hash if before else GENESIS


def _changed_between(source: JournalSource, after: int, to: int, limit: int) -> dict[str, list[dict[str, Any]]]:
    """Gather query rows last changed in a stretch of the journal, however long."""
    changed: dict[str, list[dict[str, Any]]] = {}
    while after < to:
        batch = source.batch_after(after, min(limit, to - after))
        if not batch.rows:
            break
        for kind, rows in batch.changed.items():
            changed.setdefault(kind, []).extend(rows)
        after = batch.rows[-1].seq
    return changed


def _check_gapless(batch: PushBatch, from_seq: int) -> None:
    for expected, row in enumerate(batch.rows, from_seq + 1):
        if row.seq != expected:
            raise DivergedError(f"The journal has row {row.seq} where row {expected} should be. Nothing more is sent.")


def _reason(answer: Answer, from_seq: int) -> str:
    if answer.status == "broken":
        return f"The journal's hashes do not hold after row {from_seq}: a row was changed. Nothing more is sent."
    return (
        f"Central is at row {answer.cursor.seq} of epoch {answer.cursor.epoch} and does not take rows after row"
        f" {from_seq}: its history is not this hub's. Nothing more is sent until the hub is reconciled."
    )


def _call(
    connection: Connection,
    from_seq: int | None,
    from_hash: str,
    rows: tuple[JournalRow, ...],
    changed: dict[str, Any],
) -> Answer:
    side = [(row.seq, s) for row in rows for s in row.side]
    # Rows travel as text, each for itself: one that is no JSON for PostgreSQL (a zero byte, half a surrogate) must not
    # take the whole batch along. What is no JSON at all becomes its own description, for the quarantine to show.
    told = [(kind, json.dumps(row, default=repr)) for kind, some in changed.items() for row in some]
    parameters = (
        from_seq,
        bytes.fromhex(from_hash),
        [row.epoch for row in rows],
        [row.at for row in rows],
        [row.command_id for row in rows],
        [row.body for row in rows],
        [bytes.fromhex(row.hash) for row in rows],
        [seq for seq, _ in side],
        [s.ref for _, s in side],
        [s.kind for _, s in side],
        [s.payload for _, s in side],
        [s.expires_at for _, s in side],
        [kind for kind, _ in told],
        [text for _, text in told],
    )
    row = connection.execute(_PUSH, parameters).fetchone()
    if row is None:
        raise DivergedError("Central answered a push with nothing. Nothing more is sent.")
    status, seq, held, epoch, refresh_after, quarantined = row
    return Answer(status, Cursor(seq, held, epoch, refresh_after), quarantined)
