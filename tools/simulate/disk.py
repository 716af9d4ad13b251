"""Files of a machine as a sudden end leaves them: what SQLite wrote is there, what it would still have done is not."""

import shutil
from pathlib import Path

PARTS = ("", "-wal")
"""The database and its log; the index of the log (-shm) is made anew by whoever opens them."""


def as_left(path: Path, fresh: Path) -> None:
    """Copy a database that is open just as it lies there: closing it would tidy up, a `kill -9` does not."""
    for part in PARTS:
        source = path.with_name(path.name + part)
        if source.exists():
            shutil.copyfile(source, fresh.with_name(fresh.name + part))


class Disk:
    """A machine's folder. Each sudden end moves its files to a new name, as they were."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder, self._life = folder, 0

    def path(self, name: str) -> Path:
        """Return where a database of this life of the machine is."""
        return self._folder / f"{self._life}-{name}"

    def cut_power(self, *names: str) -> None:
        """Keep what is on the disk now for the next life; the old files may be closed and deleted afterwards."""
        old = [self.path(name) for name in names]
        self._life += 1
        for path, name in zip(old, names, strict=True):
            as_left(path, self.path(name))

    def drop_old(self, *names: str) -> None:
        """Delete the files of the life before."""
        for name in names:
            for part in (*PARTS, "-shm"):
                (self._folder / f"{self._life - 1}-{name}{part}").unlink(missing_ok=True)
