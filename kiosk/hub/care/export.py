"""Rows of the journal as lines of JSON, for whoever must look at them or keep them without this program.

The first line says where the rows come from and which hash they continue, the last how many they are and which hash
they end with. In between, a row's `body` is the stored text itself, as a JSON string: whatever program writes the file
anew, the hash still covers it. Side data is not in it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from kiosk.hub.journal.chain import (
    GENESIS,
    JournalDamagedError,
    StoredRow,
    hash_at,
    head_of,
    recorded,
    stored_rows,
    unbroken,
)
from kiosk.hub.journal.query_tables import TELL_EVERY, Progress

FORM = "moi-journal/1"


class Begin(Struct, frozen=True):
    """The first line."""

    export: str
    site: str
    first: int
    """The first row's seq."""
    previous: str
    """Hash (hex) of the row before it."""


class Line(Struct, frozen=True):
    """A row."""

    seq: int
    epoch: int
    at: int
    command_id: str
    body: str
    hash: str


class End(Struct, frozen=True):
    """The last line: without it the file is not whole."""

    rows: int
    head: str


_begin, _line, _end = msgspec.json.Decoder(Begin), msgspec.json.Decoder(Line), msgspec.json.Decoder(End)
_encoder = msgspec.json.Encoder()


class NoRowsError(ValueError):
    """The journal has no such rows, with a sentence."""


def rows_of_day(db: Database, day: str) -> tuple[int, int]:
    """Return first and last seq of a service day: from its opening to the row before another day opens.

    Raises:
        NoRowsError: the journal has no such day.
        JournalDamagedError: the beginning of a day cannot be read.
    """
    opened = [
        (seq, msgspec.json.decode(body)["day"])
        for seq, body in db.execute(
            "SELECT seq, body FROM journal WHERE type GLOB 'day_opened/*' AND substr(type, 1, 4) = 'day_' ORDER BY seq"
        ).fetchall()
    ]
    own = [index for index, (_, opens) in enumerate(opened) if opens == day]
    if not own:
        raise NoRowsError(f"The journal has no day {day}.")
    following = own[-1] + 1
    last = opened[following][0] - 1 if following < len(opened) else head_of(db)[0]
    return opened[own[0]][0], last


def export(db: Database, out: BinaryIO, first: int, last: int, progress: Progress = lambda _: None) -> End:
    """Write rows, each checked against the one before it; returns the last line.

    Args:
        db: the journal.
        out: where the lines go.
        first: the first row's seq.
        last: the last row's.
        progress: told now and then how far it is.

    Raises:
        NoRowsError: there are no such rows.
        JournalDamagedError: a row is missing or was changed; what was written has no last line.
        OSError: `out` cannot be written.
    """
    newest, previous = head_of(db)[0], hash_at(db, first - 1)
    if not 1 <= first <= last <= newest or previous is None:
        raise NoRowsError(f"The journal has rows 1 to {newest}; it cannot give {first} to {last}.")
    site = db.execute("SELECT value FROM meta WHERE key = 'site_id'").fetchone()
    _write(out, Begin(FORM, site[0] if site else "", first, previous.hex()))
    for row in unbroken(stored_rows(db, first - 1, last), first - 1, previous):
        _write(out, _line_of(row))
        previous = row.hash
        if row.seq % TELL_EVERY == 0:
            progress(row.seq)
    end = End(last - first + 1, previous.hex())
    _write(out, end)
    return end


def check(path: Path, progress: Progress = lambda _: None) -> tuple[Begin, End]:
    """Check an exported file by itself: that it is whole and unbroken, and that every event can be read.

    Raises:
        JournalDamagedError: it is not, with a sentence that says where.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        begin, head = _begun(path, file.readline())
        lines, rows = _Lines(path, file), 0
        for row in unbroken(lines.rows(), begin.first - 1, head):
            recorded(row)
            rows, head = rows + 1, row.hash
            if row.seq % TELL_EVERY == 0:
                progress(row.seq)
    if lines.end is None:
        raise JournalDamagedError(f"{path} is not whole: its last line is missing.")
    if lines.end != End(rows, head.hex()):
        raise JournalDamagedError(f"{path} does not end where its last line says.")
    return begin, lines.end


def _begun(path: Path, line: bytes) -> tuple[Begin, bytes]:
    try:
        begin = _begin.decode(line)
        previous = bytes.fromhex(begin.previous)
    except ValueError as error:
        raise JournalDamagedError(f"{path} is not an exported journal: {error}.") from error
    if begin.export != FORM:
        raise JournalDamagedError(f"{path} has the form {begin.export}; this version reads {FORM}.")
    if begin.first == 1 and previous != GENESIS:
        raise JournalDamagedError(f"{path} begins with row 1 and says that there is one before it.")
    return begin, previous


class _Lines:
    """The lines after the first: rows, and the end when it has come."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self.end: End | None = None

    def rows(self) -> Iterator[StoredRow]:
        for number, line in enumerate(self._file, 2):
            if self.end is not None:
                raise JournalDamagedError(f"{self._path} goes on after its last line.")
            try:
                row = _stored(_line.decode(line))
            except ValueError:
                self.end = self._end(number, line)
            else:
                yield row

    def _end(self, number: int, line: bytes) -> End:
        try:
            return _end.decode(line)
        except ValueError as error:
            raise JournalDamagedError(f"Line {number} of {self._path} is no row of a journal.") from error


def _stored(line: Line) -> StoredRow:
    return StoredRow(line.seq, line.epoch, line.at, line.command_id, line.body.encode(), bytes.fromhex(line.hash))


def _line_of(row: StoredRow) -> Line:
    try:
        return Line(row.seq, row.epoch, row.at, row.command_id, row.body.decode(), row.hash.hex())
    except ValueError as error:
        raise JournalDamagedError(f"Row {row.seq} of the journal is no text.") from error


def _write(out: BinaryIO, line: Struct) -> None:
    out.write(_encoder.encode(line) + b"\n")
