"""Stored rows, put together again to what each command wrote: for a standby, and for an answer given again."""

from itertools import groupby
from typing import Any

from sqlite_utils import Database

from kiosk.domain.events import SideData
from kiosk.wire.kept import KeptRow, Parcel

_ROWS = "SELECT seq, epoch, at, command_id, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"
_ANSWERS = (
    "SELECT id, day, role, request_hash, answer FROM commands WHERE id IN"
    " (SELECT command_id FROM journal WHERE seq > ? AND seq <= ?)"
)


def after(db: Database, seq: int, limit: int) -> tuple[Parcel, ...]:
    """Return what commands wrote after a row, in order. No command is cut: one that does not fit is left out.

    Args:
        db: the journal.
        seq: the row before the first wanted.
        limit: most rows at once; a single command may have more.
    """
    found = db.execute(_ROWS, (seq, limit + 1)).fetchall()
    while len(found) > limit:
        whole = [row for row in found if _command(row) != _command(found[-1])]
        if whole:
            found = whole
            break
        limit *= 2
        found = db.execute(_ROWS, (seq, limit + 1)).fetchall()
    if not found:
        return ()
    last = found[-1][0]
    side: dict[int, list[SideData]] = {}
    for at, *data in db.execute(
        "SELECT seq, ref, kind, payload, expires_at FROM side WHERE seq > ? AND seq <= ? ORDER BY seq, ref", (seq, last)
    ):
        side.setdefault(at, []).append(SideData(*data))
    answers = {row[0]: row[1:] for row in db.execute(_ANSWERS, (seq, last))}
    parcels = []
    for (epoch, command_id), rows in groupby(found, _command):
        kept = tuple(KeptRow(s, at, body, stored) for s, _, at, _, body, stored in rows)
        with_it = tuple((row.seq, data) for row in kept for data in side.get(row.seq, ()))
        parcels.append(Parcel(epoch, command_id, kept, with_it, *answers.get(command_id, ())))
    return tuple(parcels)


def _command(row: Any) -> tuple[int, str]:
    return row[1], row[3]
