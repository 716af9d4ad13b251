"""The hub's SQLite: the journal, what belongs to it, and the query tables that can be rebuilt from it (DESIGN §3)."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from kiosk.hub.journal import format, query_tables

DATABASE = "hub.db"
"""The journal's file in a data folder."""
PRIVATE = 0o600
"""It holds tickets' tokens: nobody but the hub's user may read it."""
migrations = Migrations("hub")


@migrations()
def m001_journal(db: Database) -> None:
    """Journal, side data, answers, and the hub's own facts."""
    db.executescript(
        """
        CREATE TABLE journal (
            seq INTEGER PRIMARY KEY,
            epoch INTEGER NOT NULL,
            at INTEGER NOT NULL,
            command_id TEXT NOT NULL,
            type TEXT NOT NULL,
            body BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE INDEX journal_day_ends ON journal (seq) WHERE type = 'day_closed/1';
        CREATE TABLE side (
            ref TEXT PRIMARY KEY,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            payload BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX side_seq ON side (seq);
        CREATE TABLE commands (
            id TEXT PRIMARY KEY,
            day TEXT NOT NULL,
            role TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            answer BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """
    )


@migrations()
def m002_query_tables(db: Database) -> None:
    """What 0.1 reported from. Today's tables take their place as soon as the file is open (`query_tables`)."""
    db.executescript(
        """
        CREATE TABLE tickets (
            id TEXT PRIMARY KEY, day TEXT NOT NULL, number TEXT NOT NULL, queue TEXT NOT NULL, procedure TEXT,
            state TEXT NOT NULL, kiosk INTEGER NOT NULL, language TEXT NOT NULL, priority_minutes INTEGER NOT NULL,
            issued_at INTEGER NOT NULL, called_at INTEGER, started_at INTEGER, finished_at INTEGER,
            counter INTEGER, staff TEXT, calls INTEGER NOT NULL, training INTEGER NOT NULL, printed INTEGER NOT NULL,
            last_seq INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tickets_last_seq ON tickets (last_seq);
        CREATE TABLE steps (
            id TEXT PRIMARY KEY, ticket_id TEXT NOT NULL, day TEXT NOT NULL, step INTEGER NOT NULL, queue TEXT NOT NULL,
            counter INTEGER NOT NULL, staff TEXT NOT NULL, called_at INTEGER NOT NULL, started_at INTEGER,
            ended_at INTEGER, outcome TEXT, last_seq INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX steps_last_seq ON steps (last_seq);
        CREATE TABLE ratings (
            id TEXT PRIMARY KEY, day TEXT NOT NULL, counter INTEGER, staff TEXT, label_set TEXT NOT NULL,
            channel TEXT NOT NULL, scope TEXT NOT NULL, ballot_ref TEXT NOT NULL, ballot_hash TEXT NOT NULL,
            rated_at INTEGER NOT NULL, last_seq INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ratings_last_seq ON ratings (last_seq);
        """
    )


@migrations()
def m003_days_and_retention(db: Database) -> None:
    """Find where a day begins and ends, and which side data is due to be forgotten."""
    db.execute("DROP INDEX journal_day_ends")
    db.execute("CREATE INDEX journal_days ON journal (seq) WHERE substr(type, 1, 4) = 'day_'")
    db.execute("CREATE INDEX side_expires_at ON side (expires_at)")


@migrations()
def m004_answers_name_their_rows(db: Database) -> None:
    """An answer given again carries the rows it made, as the first did; of earlier answers they are not known."""
    db.execute("ALTER TABLE commands ADD COLUMN rows INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE commands ADD COLUMN last_seq INTEGER NOT NULL DEFAULT 0")


@migrations()
def m005_persons(db: Database) -> None:
    """Find who took a number today, where a centre limits numbers a person."""
    db.execute("CREATE INDEX side_persons ON side (payload) WHERE kind = 'person'")


def refuse_newer(path: Path) -> None:
    """Look, without touching anything, whether a newer program wrote a journal's file.

    Raises:
        NewerFolderError: it did.
    """
    format.refuse_newer(path, migrations)


def open_for_writing(path: Path) -> Database:
    """Open the one connection that writes (DESIGN §3), with every commit on disk before it returns.

    Must be called in the thread that will use it. What an older program wrote is brought up to date.

    Raises:
        NewerFolderError: a newer program wrote the file; it was not touched.
        JournalDamagedError: its query tables are of an older form and the journal they come from is not whole.
        sqlite3.Error: the file cannot be used.
    """
    refuse_newer(path)
    path.touch(mode=PRIVATE)
    path.chmod(PRIVATE)
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    database = Database(connection)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")  # what is to be forgotten is overwritten, not only let go
        migrations.apply(database)
        format.note_vocabulary(database)
        query_tables.bring_up_to_date(database)
    except BaseException:
        connection.close()
        raise
    return database


def open_for_reading(path: Path) -> Database:
    """Open a read-only connection; keep its reads shorter than a second, or the log file cannot be folded back."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    return Database(connection)
