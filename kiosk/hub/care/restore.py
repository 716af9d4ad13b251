"""A data folder out of a backup, whole or not at all.

What happened after the backup was made is not in it. The folder says so (`RESTORED_SEQ`, `RESTORED_HASH` in `meta`): a
hub that starts on it is behind its devices, and gets back from them, the standby and central what it lacks (DESIGN §6).
"""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from kiosk.hub.care.backup import BackupError, checked
from kiosk.hub.care.verify import Report, verify
from kiosk.hub.journal.private import write_private
from kiosk.hub.journal.query_tables import Progress
from kiosk.hub.journal.schema import DATABASE, open_for_writing

RESTORED_SEQ, RESTORED_HASH = "restored_from_seq", "restored_from_hash"
"""Keys in `meta`: the newest row the backup held, and its hash in hex."""


def restore(backup: Path, folder: Path, progress: Progress = lambda _: None) -> Report:
    """Make a data folder from a backup, and check it to its last row.

    Args:
        backup: the file.
        folder: a folder that is empty or not there yet.
        progress: told now and then which row was checked.

    Raises:
        BackupError: the file is no backup, or there is something in the folder.
        NewerFolderError: a newer program made the backup.
        JournalDamagedError: the backup is not whole.
        OSError, sqlite3.Error: it cannot be read or written. The folder is then as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty. A restore never overwrites anything: say another --data.")
    held = checked(backup, progress)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}.restoring-", dir=folder.parent))
    try:
        shutil.copyfile(backup, fresh / DATABASE)
        _unpack(fresh, held.rows, held.head)
        report = verify(fresh, progress)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return report


def _unpack(fresh: Path, seq: int, head: bytes) -> None:
    """Turn a copied backup into a data folder: its files beside it, its query tables made, and marked."""
    db = open_for_writing(fresh / DATABASE)
    try:
        _put(fresh, db.execute("SELECT name, content FROM backup_files").fetchall())
        with db.atomic():
            db.execute("DROP TABLE backup_files")
            db.execute("DROP TABLE backup")
            for key, value in ((RESTORED_SEQ, str(seq)), (RESTORED_HASH, head.hex())):
                db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
    finally:
        db.close()


def _put(fresh: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        way = PurePosixPath(name)
        if way.is_absolute() or ".." in way.parts or "\\" in name or ":" in name:
            raise BackupError(f"The backup would put a file outside the folder: {name}.")
        path = fresh / way
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, content)
