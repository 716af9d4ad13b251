"""Keeps the catalogue in one readable JSON file that is always whole: the old one, or the new one."""

import contextlib
import json
import os
from pathlib import Path

import msgspec

from kiosk.catalogue.importer import CatalogueError
from kiosk.catalogue.sentence import sentence
from kiosk.domain.procedure import Catalogue


def load(path: Path) -> Catalogue:
    """Read a catalogue.

    Raises:
        CatalogueError: the file is missing or is not a catalogue.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Catalogue)
    except OSError as error:
        raise CatalogueError(
            sentence("Cannot read the catalogue {path}: {why}. Check the path.", path=path, why=error.strerror)
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(
            sentence("{path} is not a catalogue: {why}. Import it again.", path=path.name, why=error)
        ) from error


def encode(catalogue: Catalogue) -> bytes:
    """Return the bytes of the file: indented and unescaped, so that a person can read it and compare two of them."""
    text = json.dumps(msgspec.to_builtins(catalogue), ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def save(path: Path, catalogue: Catalogue) -> None:
    """Put a catalogue in place of the old one, on disk before it is seen.

    A power cut or an error leaves the old file as it was, byte for byte.

    Raises:
        CatalogueError: the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(encode(catalogue))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_directory(path.parent)
    except OSError as error:
        raise CatalogueError(
            sentence("Cannot write the catalogue {path}: {why}.", path=path, why=error.strerror)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _sync_directory(folder: Path) -> None:
    """Make the rename itself survive a power cut; Windows cannot open a directory and needs no such step."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
