"""What this program can read: a data folder that holds more than that is left alone.

A program that is older than its data would drop what it does not know and build on the rest. So everything that can
grow is written down in the journal's file by whoever opens it for writing: the steps its schema took, the form of the
query tables, and every type of event with its fields.
"""

import sqlite3
from pathlib import Path
from typing import get_args

import msgspec
from sqlite_utils import Database, Migrations

from kiosk.domain.events import AnyEvent
from kiosk.domain.upcast import UPCASTS
from kiosk.hub.journal import query_tables

VOCABULARY_KEY = "vocabulary"
Vocabulary = dict[str, list[str]]
"""Fields by type of event: {"day_opened/1": ["day"]}. Earlier versions of a type are read, and no longer written."""


class NewerFolderError(OSError):
    """The data was written by a newer program than this one."""


def vocabulary() -> Vocabulary:
    """Return every type of event this program reads, with its fields."""
    return {str(kind.__struct_config__.tag): list(kind.__struct_fields__) for kind in get_args(AnyEvent)}


def refuse_newer(path: Path, migrations: Migrations) -> None:
    """Look, without touching anything, whether a newer program wrote a journal's file.

    A file that is missing, damaged or no database is left to whoever opens it.

    Raises:
        NewerFolderError: it did. Its sentence says what was found and what to do.
    """
    if not path.exists():
        return
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        unknown = _unknown(Database(connection), migrations)
    except (sqlite3.Error, ValueError):  # damage, which is not ours to judge here
        return
    finally:
        connection.close()
    if unknown:
        raise NewerFolderError(
            f"{path} was written by a newer Mời: it holds {unknown}, which this version does not know. "
            "Nothing was changed. Start the newer version again, or use another --data."
        )


def note_vocabulary(db: Database) -> None:
    """Write down which events may stand in this journal from now on."""
    known = msgspec.json.encode(vocabulary()).decode()
    with db.atomic():
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (VOCABULARY_KEY, known))


def _unknown(db: Database, migrations: Migrations) -> str:
    """Name the first thing this program does not know; empty where there is none."""
    known_steps = {migration.name for migration in migrations.pending(Database(memory=True))}
    for applied in migrations.applied(db):
        if applied.name not in known_steps:
            return f"the schema step {applied.name}"
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    if query_tables.version_in(meta) > query_tables.VERSION:
        return f"query tables of version {query_tables.version_in(meta)}"
    known = vocabulary()
    for kind, fields in msgspec.json.decode(meta.get(VOCABULARY_KEY, "{}"), type=Vocabulary).items():
        if kind in UPCASTS:
            continue
        if kind not in known:
            return f"events of type {kind}"
        if new := [name for name in fields if name not in known[kind]]:
            return f"{kind} with the field {new[0]}"
    return ""
