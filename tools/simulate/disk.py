"""Files of a machine as a sudden end leaves them: what SQLite wrote is there, what it would still have done is not."""

import random
import shutil
from pathlib import Path

PARTS = ("", "-wal")
"""The database and its log; the index of the log (-shm) is made anew by whoever opens them."""
SNAPSHOTS = ".snapshots"
PAGE = 4096
FRAME = PAGE + 24
WAL_HEADER = 32
"""Sizes in SQLite's log, from its file format."""


class Disk:
    """A machine's folder with one database. Each sudden end carries its files over to the next life, as they were."""

    def __init__(self, folder: Path, name: str) -> None:
        self._root, self._name, self._life = folder, name, 0
        self.folder.mkdir(parents=True)

    @property
    def folder(self) -> Path:
        """The folder of this life of the machine."""
        return self._root / str(self._life)

    @property
    def path(self) -> Path:
        """The database in it."""
        return self.folder / self._name

    def photograph(self) -> dict[str, bytes]:
        """Return what is written now; `tear` can go back to a mixture of this and what was written since."""
        return {part: path.read_bytes() for part in PARTS if (path := self._part(part)).exists()}

    def cut_power(self) -> None:
        """Keep what was written for the next life, as after `kill -9`; the old files may be closed afterwards."""
        written, snapshots = self.photograph(), self.path.with_suffix(SNAPSHOTS)
        self._life += 1
        self.folder.mkdir()
        for part, content in written.items():
            self._part(part).write_bytes(content)
        if snapshots.exists():
            shutil.copytree(snapshots, self.path.with_suffix(SNAPSHOTS))

    def tear(self, before: dict[str, bytes], rng: random.Random) -> int:
        """Undo parts of what was written to the log since a photograph, as a power cut before the sync may: any of its
        frames may have reached the disk. Call it after `cut_power`. Returns how many did not.
        """
        path, lost = self._part("-wal"), 0
        now, old = bytearray(path.read_bytes()), before.get("-wal", b"")
        for start in (0, *range(WAL_HEADER, len(now), FRAME)):
            end = min(len(now), start + (WAL_HEADER if start == 0 else FRAME))
            was = old[start:end].ljust(end - start, b"\0")
            if now[start:end] != was and rng.random() < 0.5:
                now[start:end] = was
                lost += 1
        path.write_bytes(now)
        self.path.write_bytes(before[""])
        return lost

    def replace(self) -> None:
        """Put a new disk in: what was written is lost. The old files may be closed afterwards."""
        self._life += 1
        self.folder.mkdir()

    def put_back(self, photograph: dict[str, bytes]) -> None:
        """Set the files of a machine that is off back to what they once were, as a virtual machine's snapshot does."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for part, content in photograph.items():
            self._part(part).write_bytes(content)

    def forget_past(self) -> None:
        """Delete the files of the life before."""
        shutil.rmtree(self._root / str(self._life - 1))

    def _part(self, part: str) -> Path:
        return self.path.with_name(self._name + part)
