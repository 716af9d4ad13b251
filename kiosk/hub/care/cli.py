"""`main.py journal …`: what a technician does with a data folder. Every outcome is a sentence and an exit code."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from kiosk.hub.care import export
from kiosk.hub.care.backup import backup
from kiosk.hub.care.restore import restore
from kiosk.hub.care.verify import journal_in, verify
from kiosk.hub.journal import query_tables
from kiosk.hub.journal.chain import JournalDamagedError, head_of
from kiosk.hub.journal.claim import Claim
from kiosk.hub.journal.schema import open_for_reading, open_for_writing

Write = Callable[[str], object]
"""Where a line goes, such as `print`."""

DONE = 0
FAILED = 1
"""It was looked at and does not hold."""
NOT_TRIED = 2
"""There is nothing to look at, it is in use, or it cannot be read."""

TELL_EVERY_S = 2.0
RESTORE = "Restore the folder from the standby, from central or from a backup (main.py journal restore)."


def run_verify(folder: Path, write: Write, progress: Write) -> int:
    """Check a data folder; a hub may work in it meanwhile."""

    def work() -> int:
        report = verify(folder, _teller(progress))
        for note in report.notes:
            write(note)
        write(f"The journal of {report.site} is whole: {report.rows} rows, head {report.head.hex()}.")
        tables = "The query tables agree" if report.tables else "The query tables are of another version's form"
        write(f"{tables}; {report.snapshots} snapshots agree.")
        return DONE

    return _tell_failures(work, write, RESTORE)


def run_verify_file(path: Path, write: Write, progress: Write) -> int:
    """Check an exported file by itself."""

    def work() -> int:
        begin, end = export.check(path, _teller(progress))
        write(f"{path} is whole: {end.rows} rows of {begin.site}, from row {begin.first} on.")
        write(f"They continue {begin.previous} and end with {end.head}.")
        return DONE

    return _tell_failures(work, write)


class Wanted(Struct, frozen=True):
    """Which rows to export: from first to last, or those of a service day."""

    first: int = 1
    last: int | None = None
    """None takes the newest."""
    day: str = ""
    """Such as "2026-11-23", in place of both."""


def run_export(folder: Path, out: BinaryIO, wanted: Wanted, write: Write, progress: Write) -> int:
    """Write rows of the journal as lines of JSON; a hub may work in the folder meanwhile."""

    def work() -> int:
        db = open_for_reading(journal_in(folder))
        try:
            newest = head_of(db)[0]
            first, last = wanted.first, newest if wanted.last is None else wanted.last
            if wanted.day:
                first, last = export.rows_of_day(db, wanted.day)
            end = export.export(db, out, first, last, _teller(progress))
        finally:
            db.close()
        write(f"{end.rows} rows, {first} to {last}; they end with {end.head}.")
        return DONE

    return _tell_failures(work, write)


def run_rebuild(folder: Path, write: Write, progress: Write) -> int:
    """Make the query tables anew from the journal, while no hub works in the folder."""

    def work() -> int:
        path = journal_in(folder)
        claim = Claim(folder)
        try:
            db = open_for_writing(path)
            try:
                rows = query_tables.rebuild(db, _teller(progress))
            finally:
                db.close()
        finally:
            claim.close()
        write(f"The query tables hold what {rows} rows of the journal say.")
        return DONE

    return _tell_failures(work, write, "The query tables are what they were.")


def run_backup(folder: Path, to: Path, write: Write, progress: Write) -> int:
    """Copy a data folder into one file; a hub may work in it meanwhile."""

    def work() -> int:
        report = backup(folder, to, _teller(progress))
        write(f"{report.path} holds {report.rows} rows of {report.site}, head {report.head.hex()}, and was checked.")
        write(f"It also holds {report.files} files with tokens and keys: keep it where only you can read it.")
        return DONE

    return _tell_failures(work, write)


def run_restore(file: Path, folder: Path, write: Write, progress: Write) -> int:
    """Make a data folder from a backup."""

    def work() -> int:
        report = restore(file, folder, _teller(progress))
        write(f"{folder} holds {report.rows} rows of {report.site}, head {report.head.hex()}, and was checked.")
        write("What happened after the backup was made is not in it.")
        return DONE

    return _tell_failures(work, write)


def _teller(progress: Write) -> query_tables.Progress:
    """Say how far it is, every other second."""
    told = time.monotonic()

    def tell(row: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY_S:
            told = time.monotonic()
            progress(f"… row {row}")

    return tell


def _tell_failures(work: Callable[[], int], write: Write, advice: str = "") -> int:
    try:
        return work()
    except JournalDamagedError as error:
        write(f"{error} {advice}".strip())
        return FAILED
    except sqlite3.OperationalError as error:
        write(f"The journal's file cannot be used: {error}.")
        return NOT_TRIED
    except sqlite3.DatabaseError as error:
        write(f"The journal's file cannot be read to its end: {error}. {advice}".strip())
        return FAILED
    except (OSError, export.NoRowsError) as error:
        write(str(error))
        return NOT_TRIED
