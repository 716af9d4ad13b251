"""A copy of a data folder in one file, made while the hub works.

SQLite's own ways do not fit a hub that must not be disturbed. Its backup in steps begins anew whenever another
connection has written, so beside a busy hub it never ends. In one step, or as `VACUUM INTO`, it is a single read of the
whole file, and as long as a read lasts the log file cannot be folded back (DESIGN §3: a second at most). But the
journal only grows: so its rows are copied page by page, each read some milliseconds, each row checked against the one
before, and what changes in place is read at the end, with the last rows, in one short transaction. The query tables are
not copied: they are made again from the journal.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from sqlite_utils import Database

from kiosk.domain.events import SideErased
from kiosk.hub.care.verify import journal_in
from kiosk.hub.journal.chain import (
    GENESIS,
    PAGE,
    JournalDamagedError,
    StoredRow,
    chained_rows,
    head_of,
    recorded,
    unbroken,
)
from kiosk.hub.journal.claim import NAME as LOCK
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.query_tables import META_KEY, TELL_EVERY, Progress
from kiosk.hub.journal.schema import DATABASE, open_for_reading, refuse_newer

SUFFIX = ".moi"
FORM = "moi-backup/1"
TABLES = """
CREATE TABLE backup (form TEXT NOT NULL, site TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE backup_files (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""
"""What a backup has beside a journal's own tables: what it is, and the folder's other files."""
GROWING = ("journal", "side")
"""Tables whose rows belong to a row of the journal; all others but the query tables are small and copied whole."""


class BackupError(OSError):
    """No backup was made, or a file is none, with a sentence that says why."""


class Report(Struct, frozen=True):
    """What a backup holds."""

    path: Path
    site: str
    rows: int
    head: bytes
    files: int


def backup(folder: Path, to: Path, progress: Progress = lambda _: None) -> Report:
    """Copy a data folder into one file, whether or not a hub works in it, and check the copy.

    Args:
        folder: the data folder.
        to: a file that is not there yet, or a folder in which one is made, named after the site and the newest row.
        progress: told now and then which row was copied.

    Raises:
        BackupError: there is such a file already, or it would lie in the data folder itself.
        JournalDamagedError: the journal is not whole; there is no backup then.
        OSError, sqlite3.Error: it cannot be read or written.
    """
    path = journal_in(folder)
    source = open_for_reading(path)
    try:
        out = _named(to, source)
        if out.exists():
            raise BackupError(f"{out} is there already. A backup never overwrites another.")
        if out.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"{out} lies in the data folder and would be lost with it. Say another place with --to.")
        part = out.with_name(f"{out.name}.part")
        try:
            _write(part, source, folder, progress)
            report = checked(part)
            _to_disk(part)
            part.rename(out)
        finally:
            part.unlink(missing_ok=True)
    finally:
        source.close()
    return Report(out, report.site, report.rows, report.head, report.files)


def checked(path: Path, progress: Progress = lambda _: None) -> Report:
    """Check a backup to its last row.

    Raises:
        BackupError: it is no backup.
        JournalDamagedError: it is not whole.
    """
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    refuse_newer(path)
    db = open_for_reading(path)
    try:
        return _checked(path, db, progress)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) or error.sqlite_errorname == "SQLITE_NOTADB":
            raise BackupError(f"{path} is no backup, or it cannot be read: {error}.") from error
        raise JournalDamagedError(f"{path} is damaged: {error}.") from error
    finally:
        db.close()


def _checked(path: Path, db: Database, progress: Progress) -> Report:
    stamp = db.execute("SELECT form, site, seq, hash FROM backup").fetchone()
    if stamp is None or stamp[0] != FORM:
        raise BackupError(f"{path} has another form of backup; this version reads {FORM}.")
    _, site, seq, row_hash = stamp
    if (found := db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise JournalDamagedError(f"{path} is damaged: {found}.")
    for _, one in chained_rows(db, 0):
        if one.seq % TELL_EVERY == 0:
            progress(one.seq)
    if head_of(db) != (seq, row_hash):
        raise JournalDamagedError(f"{path} does not end with the row it was made at.")
    (files,) = db.execute("SELECT count(*) FROM backup_files").fetchone()
    return Report(path, site, seq, row_hash, files)


def _named(to: Path, source: Database) -> Path:
    if not to.is_dir():
        return to
    return to / f"{_site(source)}-{head_of(source)[0]:012}{SUFFIX}"


def _site(source: Database) -> str:
    row = source.execute("SELECT value FROM meta WHERE key = 'site_id'").fetchone()
    return str(row[0]) if row else ""


def _write(part: Path, source: Database, folder: Path, progress: Progress) -> None:
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # it will hold tokens and keys
    target = Database(sqlite3.connect(part, isolation_level=None))
    try:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")  # synced as a whole at the end
        with target.atomic():
            _copy(source, target, progress)
            target.conn.executemany("INSERT INTO backup_files VALUES (?, ?)", _files(folder))
    finally:
        target.close()


def _copy(source: Database, target: Database, progress: Progress) -> None:
    """Copy all rows the journal has, and the rest as it is at the last of them."""
    names = _make_tables(source, target)
    last, head = 0, GENESIS
    while head_of(source)[0] - last > PAGE:
        last, head = _copy_rows(source, target, last, head)
        if last // TELL_EVERY != (last - PAGE) // TELL_EVERY:
            progress(last)
    with _one_moment(source):
        while head_of(source)[0] > last:
            last, head = _copy_rows(source, target, last, head)
        for name in names:
            rows = source.execute(f"SELECT * FROM {name}").fetchall()
            if rows:
                target.conn.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        target.execute("INSERT INTO backup VALUES (?, ?, ?, ?)", (FORM, _site(source), last, head))
    target.execute("DELETE FROM meta WHERE key = ?", (META_KEY,))  # the first to open it makes the query tables


@contextlib.contextmanager
def _one_moment(source: Database) -> Iterator[None]:
    """See the journal as it is now, until the end."""
    source.execute("BEGIN")
    try:
        yield
    finally:
        source.execute("COMMIT")


def _make_tables(source: Database, target: Database) -> list[str]:
    """Make the tables as they are in the source; return those that are copied whole."""
    made = source.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
        "ORDER BY type = 'table' DESC"
    ).fetchall()
    for _, _, sql in made:
        target.execute(sql)
    target.executescript(TABLES)
    return [name for kind, name, _ in made if kind == "table" and name not in (*GROWING, *COLUMNS)]


def _copy_rows(source: Database, target: Database, after: int, head: bytes) -> tuple[int, bytes]:
    """Copy a page of rows with their side data; return the last one's seq and hash."""
    found = source.execute(
        "SELECT seq, epoch, at, command_id, type, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        (after, PAGE),
    ).fetchall()
    rows = [StoredRow(seq, epoch, at, command, body, stored) for seq, epoch, at, command, _, body, stored in found]
    for row in unbroken(rows, after, head):
        head = row.hash
    last = rows[-1].seq
    side = source.execute("SELECT * FROM side WHERE seq > ? AND seq <= ?", (after, last)).fetchall()
    target.conn.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", found)
    target.conn.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?)", side)
    for row in rows:
        event = recorded(row).event
        if isinstance(event, SideErased):  # its side data may have been copied with an earlier page
            target.conn.executemany("DELETE FROM side WHERE ref = ?", [(ref,) for ref in event.refs])
    return last, head


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Read everything else the folder holds: devices, PINs, keys. What can be made again is left out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        derived = name.startswith(DATABASE) or ".snapshots/" in name or name == LOCK
        passing = path.suffix in (".new", ".part") or name.endswith(("-journal", "-wal", "-shm"))
        if path.is_file() and not derived and not passing:
            yield name, content_of(path)


def content_of(path: Path) -> bytes:
    """Read a file; of a database, a copy as it is between two changes."""
    content = path.read_bytes()
    if not content.startswith(b"SQLite format 3\0"):
        return content
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return connection.serialize()
    finally:
        connection.close()


def _to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
