"""What a standby needs beside the journal: whom to serve, and the key ballots are sealed to."""

import hashlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from kiosk.hub.access.ballot_key import PUBLIC_NAME
from kiosk.hub.access.devices import DEV_TOKENS
from kiosk.hub.access.store import NAME as ACCESS
from kiosk.hub.care.backup import content_of
from kiosk.hub.journal.private import write_private

COPIED = (ACCESS, DEV_TOKENS, PUBLIC_NAME)
"""The secret half of the ballot key is not among them: a standby may be a clerk's PC (DESIGN §9)."""
_TELLING = ("devices", "codes", "pins")
"""Tables of `access.db` that change what a device or a person may do. Wrong PINs do not, and come every day."""


def copied_files(folder: Path) -> dict[str, bytes]:
    """Read the files a standby keeps, those that are there."""
    return {name: content_of(folder / name) for name in COPIED if (folder / name).exists()}


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files a hub told, each whole or not at all; nothing may have them open.

    Raises:
        OSError: they cannot be written.
    """
    for name in COPIED:
        if name in files:
            write_private(folder / name, files[name])


def files_tag(folder: Path) -> str:
    """Return what changes when one of these files does in a way that matters."""
    digest = hashlib.sha256()
    for name, content in copied_files(folder).items():
        digest.update(name.encode())
        digest.update(_telling(content) if name == ACCESS else content)
    return digest.hexdigest()[:16]


def _telling(content: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        return repr([connection.execute(f"SELECT * FROM {table}").fetchall() for table in _TELLING]).encode()
    finally:
        connection.close()
