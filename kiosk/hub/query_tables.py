"""The tables reports read. They say nothing the journal does not say, so they are never migrated, only made again.

Whoever changes them changes `projection`'s COLUMNS (and what it writes there); the next start drops the old ones and
fills the new ones from the whole journal. Raise `VERSION` with it: an older program then leaves the folder alone.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping

from sqlite_utils import Database

from kiosk.domain.apply import apply
from kiosk.domain.hall import Hall
from kiosk.hub.chain import chained_rows
from kiosk.hub.projection import COLUMNS, rows_of

log = logging.getLogger(__name__)
VERSION = 2
TABLES = (
    "".join(
        f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())}) STRICT, WITHOUT ROWID;"
        f"CREATE INDEX {table}_last_seq ON {table} (last_seq);"
        for table, columns in COLUMNS.items()
    )
    + "CREATE INDEX tickets_service_day ON tickets (service_day);CREATE INDEX steps_day ON steps (day);"
)
"""What makes them. A day is found without going through a year."""
META_KEY = "query_tables"
FORM = f"{VERSION} {hashlib.sha256(TABLES.encode()).hexdigest()[:16]}"
"""What stands in `meta` beside tables of today's form."""
Progress = Callable[[int], object]
"""Told now and then how many rows of the journal were taken in."""
TELL_EVERY = 10_000


def version_in(meta: Mapping[str, str]) -> int:
    """Return the version of the tables in a file; 0 where they are from before they had one."""
    return int(meta.get(META_KEY, "0").partition(" ")[0])


def bring_up_to_date(db: Database) -> None:
    """Make the tables anew if they are not of today's form: a first start, or the first one after an upgrade.

    Raises:
        JournalDamagedError: the journal they would be made from is not whole; the old tables stay.
    """
    row = db.execute("SELECT value FROM meta WHERE key = ?", (META_KEY,)).fetchone()
    if row is None or row[0] != FORM:
        log.info("the query tables are made from the journal")
        rows = rebuild(db, lambda done: log.info("%d rows of the journal taken in", done))
        log.info("the query tables hold what %d rows of the journal say", rows)


def rebuild(db: Database, progress: Progress = lambda _: None) -> int:
    """Make the tables anew from the whole journal, all at once or not at all; returns the journal's rows.

    Raises:
        JournalDamagedError: the journal is not whole.
    """
    with db.atomic():
        for table in COLUMNS:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        rows = make(db, db, progress)
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (META_KEY, FORM))
    return rows


def make(target: Database, journal: Database, progress: Progress = lambda _: None) -> int:
    """Make the tables in `target`, where there must be none, from a journal; returns the journal's rows.

    Raises:
        JournalDamagedError: the journal is not whole.
    """
    target.executescript(TABLES)
    hall = Hall()
    for _, recorded in chained_rows(journal, 0):
        after = apply(hall, recorded)
        for row in rows_of(hall, after, recorded):
            target.execute(row.sql, row.values)
        hall = after
        if hall.seq % TELL_EVERY == 0:
            progress(hall.seq)
    return hall.seq
