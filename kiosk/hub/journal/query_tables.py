"""The tables reports read. They say nothing the journal does not say, so they are never migrated, only made again.

Whoever changes them changes `projection`'s COLUMNS (and what it writes there); the next start drops the old ones and
fills the new ones from the whole journal. Raise `VERSION` with it: an older program then leaves the folder alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from kiosk.domain.events import Recorded
from kiosk.domain.hall import Hall
from kiosk.hub.journal.chain import PAGE, applied, chained_rows
from kiosk.hub.journal.projection import COLUMNS, rows_of
from kiosk.log.catalogue_of_data import TablesBeingMade, TablesMade
from kiosk.log.event import log

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
"""Told now and then which row of the journal was taken in."""
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
        log.note(TablesBeingMade(0))
        log.note(TablesMade(rebuild(db, lambda done: log.note(TablesBeingMade(done)))))


def rebuild(db: Database, progress: Progress = lambda _: None) -> int:
    """Make the tables anew from the whole journal, all at once or not at all; returns the journal's rows.

    Raises:
        JournalDamagedError: the journal is not whole; the tables are what they were.
    """
    seq = 0
    with db.atomic():
        for table in COLUMNS:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        for hall in made(db, chained_rows(db, 0)):
            seq = hall.seq
            if seq % TELL_EVERY == 0:
                progress(seq)
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (META_KEY, FORM))
    return seq


def made(target: Database, rows: Iterable[tuple[bytes, Recorded]]) -> Iterator[Hall]:
    """Make the tables in `target`, where there must be none, from rows of a journal; yields the hall after each.

    Raises:
        JournalDamagedError: the journal is not whole.
    """
    target.executescript(TABLES)
    hall = Hall()
    for _, recorded in rows:
        after = applied(hall, recorded)
        for row in rows_of(hall, after, recorded):
            target.execute(row.sql, row.values)
        hall = after
        yield hall


def first_difference(stored: Database, made_anew: Database, upto: int) -> str:
    """Compare tables with those made from the journal's rows up to a seq; empty where they say the same.

    What changed after that row is passed over, so that the tables of a running hub can be compared.
    """
    for table, columns in COLUMNS.items():
        ours, theirs = (_by_id(db, table) for db in (stored, made_anew))
        for key, row, wanted in _side_by_side(ours, theirs):
            if row is not None and row[-1] > upto:
                continue
            if row is None:
                return f"{table} has no row {key}, and the journal says there is one"
            if wanted is None:
                return f"{table} has a row {key} the journal does not know"
            for name, is_, should in zip(columns, row, wanted, strict=True):
                if is_ != should:
                    return f"{table}, row {key}: {name} is {is_!r}, and the journal says {should!r}"
    return ""


_Row = tuple[Any, ...]


def _by_id(db: Database, table: str) -> Iterator[_Row]:
    """Go through a table in the order of its key, page by page, so that no read is long."""
    columns = ", ".join(COLUMNS[table])
    last = ""
    while page := db.execute(
        f"SELECT {columns} FROM {table} WHERE id > ? ORDER BY id LIMIT ?", (last, PAGE)
    ).fetchall():
        yield from page
        last = page[-1][0]


def _side_by_side(ours: Iterator[_Row], theirs: Iterator[_Row]) -> Iterator[tuple[str, _Row | None, _Row | None]]:
    """Pair rows by key; None stands where one side has none."""
    row, wanted = next(ours, None), next(theirs, None)
    while row is not None or wanted is not None:
        key = min(one[0] for one in (row, wanted) if one is not None)
        mine = row if row is not None and row[0] == key else None
        other = wanted if wanted is not None and wanted[0] == key else None
        yield key, mine, other
        row = next(ours, None) if mine is not None else row
        wanted = next(theirs, None) if other is not None else wanted
