"""The whole truth about a data folder: is the journal unbroken, and does all that was made from it agree with it?"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from sqlite_utils import Database

from kiosk.domain.events import Recorded, SideErased
from kiosk.hub.journal import query_tables, snapshots
from kiosk.hub.journal.chain import PAGE, JournalDamagedError, chained_rows, head_of, mislabelled
from kiosk.hub.journal.query_tables import Progress
from kiosk.hub.journal.schema import DATABASE, open_for_reading, refuse_newer


class Report(Struct, frozen=True):
    """What was found."""

    site: str
    rows: int
    head: bytes
    snapshots: int
    """How many were compared; those another program made are not, a hub does not use them either."""
    tables: bool
    """Whether the query tables were compared: those of an older program are made anew at the next start."""
    notes: tuple[str, ...] = ()


def journal_in(folder: Path) -> Path:
    """Return the journal's file in a data folder.

    Raises:
        FileNotFoundError: there is none.
        NewerFolderError: a newer program wrote it.
    """
    path = folder / DATABASE
    if not path.exists():
        raise FileNotFoundError(f"There is no journal in {folder}. Say where it is with --data.")
    refuse_newer(path)
    return path


def verify(folder: Path, progress: Progress = lambda _: None) -> Report:
    """Check a folder, whether or not a hub works in it; nothing in it is changed.

    The journal is replayed from its first row: chain, every body, every snapshot, every row of the query tables, and
    that what was to be forgotten is gone. All reads are short.

    Raises:
        FileNotFoundError, NewerFolderError: see `journal_in`.
        JournalDamagedError: something does not hold, with a sentence that says what and where.
    """
    path = journal_in(folder)
    db = open_for_reading(path)
    try:
        return _verified(db, snapshots.folder_of(path), progress)
    finally:
        db.close()


def _verified(db: Database, folder: Path, progress: Progress) -> Report:
    kept, notes = _snapshots(folder, db)
    seq, head = head_of(db)
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        fresh = Database(Path(scratch) / "made.db")
        fresh.execute("PRAGMA journal_mode = OFF")
        fresh.execute("PRAGMA synchronous = OFF")
        with fresh.atomic():
            for hall in query_tables.made(fresh, _forgotten(db, chained_rows(db, 0, seq))):
                if hall.seq in kept and snapshots.hall_of(kept[hall.seq]) != hall:
                    raise JournalDamagedError(f"The snapshot at row {hall.seq} does not agree with the journal.")
                if hall.seq % query_tables.TELL_EVERY == 0:
                    progress(hall.seq)
                if hall.seq % PAGE == 0 or hall.seq == seq:
                    _labels(db, hall.seq - PAGE, hall.seq)
        current = meta.get(query_tables.META_KEY) == query_tables.FORM
        difference = query_tables.first_difference(db, fresh, seq) if current else ""
        fresh.close()
    if difference:
        raise JournalDamagedError(f"The query tables do not agree with the journal: {difference}.")
    return Report(meta.get("site_id", ""), seq, head, len(kept), current, notes)


def _snapshots(folder: Path, db: Database) -> tuple[dict[int, snapshots.Snapshot], tuple[str, ...]]:
    """Return the snapshots a hub would use by their row, and why it would not use the others."""
    kept, notes = {}, []
    for path in snapshots.files(folder):
        try:
            snapshot = snapshots.checked(path, db)
            kept[snapshot.seq] = snapshot
        except (OSError, snapshots.UselessError) as error:
            notes.append(f"The snapshot {path.name} is not used: {error}.")
    return kept, tuple(notes)


def _labels(db: Database, after: int, upto: int) -> None:
    wrong = mislabelled(db, after, upto)
    if wrong is not None:
        raise JournalDamagedError(f"Row {wrong} of the journal is filed under a type that is not its event's.")


def _forgotten(db: Database, rows: Iterable[tuple[bytes, Recorded]]) -> Iterator[tuple[bytes, Recorded]]:
    """Pass rows on; side data that one of them says was forgotten must be gone (DESIGN §9)."""
    for stored, recorded in rows:
        if isinstance(recorded.event, SideErased):
            refs = recorded.event.refs
            marks = ", ".join("?" * len(refs))
            if db.execute(f"SELECT 1 FROM side WHERE ref IN ({marks}) LIMIT 1", refs).fetchone():
                raise JournalDamagedError(f"Row {recorded.seq} says side data was forgotten, and it is still there.")
        yield stored, recorded
