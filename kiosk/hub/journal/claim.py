"""One hub to a data folder: two writers on one journal would tear it apart (DESIGN §3)."""

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "hub.lock"


class FolderInUseError(OSError):
    """Another hub works in this folder."""


class Claim:
    """Holds a folder until it is closed or the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Claim a folder.

        Raises:
            FolderInUseError: another hub has it.
        """
        self._file = (folder / NAME).open("ab")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise FolderInUseError(f"Another hub works in {folder}. End it first, or choose another --data.") from error

    def close(self) -> None:
        """Give the folder back."""
        self._file.close()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
