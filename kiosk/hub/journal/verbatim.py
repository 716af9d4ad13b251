"""Rows of another machine that continue this journal are appended as they are, byte by byte (DESIGN §6)."""

from msgspec import Struct

from kiosk.domain.apply import apply
from kiosk.domain.events import Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.upcast import tag_of
from kiosk.hub.journal.chain import GENESIS, StoredRow, recorded, row_hash
from kiosk.hub.journal.journal import Append, Draft
from kiosk.hub.journal.projection import Row, rows_of
from kiosk.wire.kept import KeptRow, Mark, Parcel


class Stand(Struct, frozen=True):
    """How far a journal goes: the hall its rows lead to, the hash and the epoch of the newest."""

    hall: Hall = Hall()
    head: bytes = GENESIS
    epoch: int = 1

    def mark(self) -> Mark:
        """Return what devices are told of it."""
        h = self.hall
        return Mark(self.epoch, h.seq, h.at, self.head, h.day or h.closed_day, h.ordinals, h.ordinals_ahead)


def continues(stand: Stand, parcel: Parcel) -> bool:
    """Tell whether a parcel's rows are the next ones of a journal, whole and unchanged."""
    if not parcel.rows or parcel.epoch < stand.epoch:
        return False
    seq, head = stand.hall.seq, stand.head
    for row in parcel.rows:
        seq += 1
        if row.seq != seq or row.hash != row_hash(head, parcel.epoch, seq, row.at, parcel.command_id, row.body):
            return False
        head = row.hash
    return True


def continued(stand: Stand, parcel: Parcel) -> tuple[Stand, Append]:
    """Return where a parcel that continues a journal leads to, and what must be written.

    Raises:
        JournalDamagedError: an event in it is not known to this program.
        KeyError: an event in it names a ticket the hall does not hold: these are not the rows that led here.
    """
    hall = stand.hall
    drafts: list[Draft] = []
    changed: list[Row] = []
    for row in parcel.rows:
        there = event_in(parcel, row)
        after = apply(hall, there)
        drafts.append(Draft(there, parcel.epoch, parcel.command_id, row.body, row.hash, tag_of(row.body)))
        changed.extend(rows_of(hall, after, there))
        hall = after
    append = Append(
        parcel.command_id,
        parcel.role,
        parcel.request_hash,
        parcel.answer,
        parcel.day,
        tuple(drafts),
        parcel.side,
        tuple(changed),
    )
    return Stand(hall, parcel.rows[-1].hash, parcel.epoch), append


def event_in(parcel: Parcel, row: KeptRow) -> Recorded:
    """Return the event a row holds.

    Raises:
        JournalDamagedError: it is not known to this program.
    """
    return recorded(StoredRow(row.seq, parcel.epoch, row.at, parcel.command_id, row.body, row.hash))


def parcel_of(append: Append) -> Parcel:
    """Return everything one command wrote, to be kept elsewhere."""
    return Parcel(
        append.drafts[0].epoch if append.drafts else 0,
        append.command_id,
        tuple(KeptRow(d.recorded.seq, d.recorded.at, d.body, d.hash) for d in append.drafts),
        append.side,
        append.day,
        append.role,
        append.request_hash,
        append.answer,
    )
