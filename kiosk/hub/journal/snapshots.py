"""Halls kept beside the journal, so that a restart late in a long day replays some thousand rows and not all of them.

A snapshot is a cache: it says nothing the journal does not say and may be deleted at any time. So it is a file and not
a table. In the journal's file a hall of 5,000 tickets (2.8 MB) cost the writer 48 ms in a commit, measured; here a
thread of its own writes it and nobody waits.

It is believed only if this very program made it (`rules_hash`), it is whole, and the row it was made at still has the
hash it had.
"""

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from kiosk.domain.hall import Hall
from kiosk.domain.pmap import PMap
from kiosk.hub.journal.chain import hash_at
from kiosk.hub.journal.program import rules_hash
from kiosk.log.catalogue_of_data import SnapshotDropped, SnapshotNotKept, SnapshotUnusable
from kiosk.log.event import Failure, log

EVERY = 2000
"""Rows between two snapshots, at least: replaying so many takes a tenth of a second."""
TICKETS_PER_ROW = 2
"""A snapshot writes every ticket of the day, so it is made once in half as many rows as there are tickets: a row costs
no more late in a day of 30,000 than it does early (without this, an eighth of the hub's time there, measured)."""
KEPT = 2
PIECE = 256
"""Entries encoded at a time: a whole hall at once would hold up every other thread of the hub for 8 ms, measured."""
BREATH_S = 0.001
"""Between two pieces: a thread that only computes gives the interpreter's lock away every 5 ms, and whoever writes or
answers would wait as long after each of its own reads and writes."""


class Snapshot(Struct, frozen=True, array_like=True):
    """A hall on disk. Its large maps are apart, in pieces of some entries each."""

    rules: bytes
    seq: int
    row_hash: bytes
    digest: bytes
    """SHA-256 over `hall` and all pieces: files are not synced, so a power cut may leave half of one."""
    hall: bytes
    maps: dict[str, list[bytes]]


class UselessError(ValueError):
    """A snapshot that may not be used, with the reason."""


def folder_of(path: Path) -> Path:
    """Return where a journal's snapshots are."""
    return path.with_suffix(".snapshots")


def seq_of(path: Path) -> int:
    """Return the row a snapshot was made at, by its file's name; 0 where the name is another."""
    return int(path.stem) if path.stem.isdecimal() else 0


def save(folder: Path, hall: Hall, row_hash: bytes) -> None:
    """Keep a hall, and delete what is older than the newest few.

    Args:
        folder: the snapshots' folder, made if it is not there.
        hall: a committed hall.
        row_hash: hash of the row it is the fold up to.

    Raises:
        OSError: there is no room, or the folder cannot be used.
    """
    maps = {name: value for name in Hall.__struct_fields__ if isinstance(value := getattr(hall, name), PMap)}
    pieces = {name: list(_pieces(value)) for name, value in maps.items()}
    bare = _encoder.encode(replace(hall, **dict.fromkeys(maps, PMap())))
    whole = Snapshot(rules_hash(), hall.seq, row_hash, _digest(bare, pieces), bare, pieces)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hall.seq:012}.hall"
    fresh = path.with_suffix(".new")
    fresh.write_bytes(_encoder.encode(whole))
    fresh.replace(path)
    for old in (*files(folder)[KEPT:], *folder.glob("*.new")):
        old.unlink()


def newest(folder: Path, db: Database, after: int) -> tuple[Hall, bytes] | None:
    """Return the newest hall that may be used with the hash of its row, and drop the snapshots that may not be used.

    Args:
        folder: the snapshots' folder.
        db: the journal they are to fit.
        after: the row from which a replay could begin without a snapshot; older ones are of no use.
    """
    for path in files(folder):
        try:
            snapshot = checked(path, db)
            if snapshot.seq > after:
                return hall_of(snapshot), snapshot.row_hash
        except (OSError, UselessError) as error:
            log.note(SnapshotDropped(seq_of(path), Failure.of(error)))
            path.unlink(missing_ok=True)
        except Exception as error:
            log.exception(SnapshotUnusable(seq_of(path), Failure.of(error)))
    return None


def checked(path: Path, db: Database) -> Snapshot:
    """Read a snapshot that fits a journal.

    Raises:
        UselessError: another program made it, it is not whole, or the journal's row is not the one it was made at.
        OSError: the file cannot be read.
    """
    try:
        snapshot = _decoder.decode(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise UselessError(f"it is not whole ({error})") from error
    if snapshot.rules != rules_hash():
        raise UselessError("a program with other rules made it")
    if snapshot.digest != _digest(snapshot.hall, snapshot.maps):
        raise UselessError("it is not whole")
    if hash_at(db, snapshot.seq) != snapshot.row_hash:
        raise UselessError(f"row {snapshot.seq} of this journal is another")
    return snapshot


def hall_of(snapshot: Snapshot) -> Hall:
    """Return the hall a checked snapshot holds."""
    hall = msgspec.msgpack.decode(snapshot.hall, type=Hall, dec_hook=lambda kind, _: kind())
    kinds = get_type_hints(Hall)
    filled: dict[str, PMap[Any]] = {}
    for name, pieces in snapshot.maps.items():
        entries = msgspec.msgpack.Decoder(dict[str, get_args(kinds[name])[0]])  # type: ignore[misc]  # from the hint
        filled[name] = PMap.of(entry for piece in pieces for entry in entries.decode(piece).items())
    return replace(hall, **filled)


class Keeper(threading.Thread):
    """Saves a hall now and then, in a thread of its own: a commit only hands it over."""

    def __init__(self, folder: Path, seq: int) -> None:
        """Prepare; `start()` begins.

        Args:
            folder: the snapshots' folder.
            seq: the row from which a restart would have to replay now.
        """
        super().__init__(name="snapshots", daemon=True)
        self._folder, self._last = folder, seq
        self._waiting: queue.SimpleQueue[tuple[Hall, bytes] | None] = queue.SimpleQueue()

    def committed(self, hall: Hall, row_hash: bytes) -> None:
        """Hear of a commit; called in the writer's thread."""
        if hall.day and hall.seq - self._last >= max(EVERY, len(hall.tickets) // TICKETS_PER_ROW):
            self._last = hall.seq
            self._waiting.put((hall, row_hash))

    def close(self) -> None:
        """Save what waits and end."""
        self._waiting.put(None)
        self.join()

    def run(self) -> None:
        """Save until closed. Called by `start`."""
        while (waiting := self._waiting.get()) is not None:
            try:
                save(self._folder, *waiting)
            except Exception as error:
                log.exception(SnapshotNotKept(Failure.of(error)))


def _bare(value: object) -> None:
    """Stand for a map that is apart."""
    if not isinstance(value, PMap):
        raise NotImplementedError(f"a snapshot cannot keep {type(value)}")


_encoder = msgspec.msgpack.Encoder(enc_hook=_bare)
_decoder = msgspec.msgpack.Decoder(Snapshot)


def _pieces(entries: PMap[Any]) -> Iterator[bytes]:
    rest = entries.items()
    while piece := dict(islice(rest, PIECE)):
        yield _encoder.encode(piece)
        time.sleep(BREATH_S)


def _digest(hall: bytes, maps: dict[str, list[bytes]]) -> bytes:
    digest = hashlib.sha256(hall)
    for name, pieces in sorted(maps.items()):
        digest.update(name.encode())
        for piece in pieces:
            digest.update(piece)
    return digest.digest()


def files(folder: Path) -> list[Path]:
    """Return the snapshots, newest first."""
    return sorted(folder.glob("*.hall"), reverse=True)
