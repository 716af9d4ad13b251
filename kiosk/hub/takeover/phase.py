"""What a machine with a journal is doing: deciding, following, recovering, or nothing any more (DESIGN §6).

Written in the journal's own file, so that a machine that dies in the middle of a change knows what it was when it
comes back.
"""

import sqlite3
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from kiosk.hub.care.restore import RESTORED_HASH, RESTORED_SEQ
from kiosk.hub.journal.chain import head_of
from kiosk.hub.journal.journal import Notes
from kiosk.hub.journal.schema import open_for_reading

KEY = "phase"
PROMOTED, RESTORED, BEHIND = "promoted", "restored", "behind"
"""Why a machine recovers: it was a standby; it comes from a backup; a device has seen what it does not hold."""


class Kind(StrEnum):
    """What a machine is doing."""

    DECIDING = "deciding"
    """It is the hub."""
    FOLLOWING = "following"
    """It keeps a copy."""
    RECOVERING = "recovering"
    """It will be the hub: devices give back what it lacks, and nothing is decided."""
    STEPPED_DOWN = "stepped_down"
    """Another machine is the hub."""


class Phase(Struct, frozen=True, omit_defaults=True):
    """What a machine is doing, and what it must know to go on with it."""

    kind: Kind = Kind.DECIDING
    reason: str = ""
    """Why it recovers, as a code that stays in the journal (`PROMOTED` …)."""
    since: int = 0
    """UTC ms."""
    expected: tuple[str, ...] = ()
    """Devices to wait for in a recovery."""
    hub: str = ""
    """Address of the hub it followed."""


def phase_in(path: Path) -> Phase:
    """Read what the machine with this journal was doing.

    Args:
        path: the journal's file; where there is none, a new hub begins.

    Raises:
        OSError: the file cannot be read.
    """
    if not path.exists():
        return Phase()
    try:
        db = open_for_reading(path)
        try:
            return _phase(db)
        finally:
            db.close()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            return Phase()
        raise OSError(f"{path} cannot be read: {error}.") from error


def started_as(phase: Phase, *, follows: bool, has_rows: bool) -> Kind:
    """Say what a machine is when it starts.

    Args:
        phase: what stands in its journal's file.
        follows: it is told to follow a hub.
        has_rows: there is a journal; a new standby's file may be there and hold nothing yet.
    """
    if phase.kind is Kind.RECOVERING:
        return Kind.RECOVERING
    # Also a standby that was promoted, and is started as it always was.
    if phase.kind is Kind.DECIDING and (not follows or has_rows):
        return Kind.DECIDING
    return Kind.FOLLOWING if follows else Kind.STEPPED_DOWN


def has_rows(path: Path) -> bool:
    """Tell whether a journal's file is there and holds anything."""
    if not path.exists():
        return False
    db = open_for_reading(path)
    try:
        return head_of(db)[0] > 0
    except sqlite3.OperationalError:
        return False
    finally:
        db.close()


def to(phase: Phase) -> Notes:
    """Return the notes that bring a machine into a phase."""
    if phase.kind is Kind.DECIDING:
        return {KEY: None, RESTORED_SEQ: None, RESTORED_HASH: None}
    return {KEY: msgspec.json.encode(phase).decode()}


def _phase(db: Database) -> Phase:
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    if RESTORED_SEQ in meta:
        return Phase(Kind.RECOVERING, RESTORED)
    return msgspec.json.decode(meta[KEY], type=Phase) if KEY in meta else Phase()
