"""The past that the benchmark puts behind a hub is one the hub itself could have written."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from kiosk.hub.journal.chain import chained_rows
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.query_tables import first_difference, made
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import open_for_reading
from tests.factory import DAY_MS, MORNING, SITE
from tools.bench.past import EVENTS_PER_VISIT, write_past

DAYS, TICKETS = 3, 5


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "hub.db"
    rows = write_past(path, SITE, DAYS, TICKETS, MORNING)
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert rows == db.execute("SELECT count(*) FROM journal").fetchone()[0]
    assert rows >= DAYS * TICKETS * EVENTS_PER_VISIT
    return path


def test_every_row_is_sealed_to_the_one_before_and_can_be_read(journal: Path) -> None:
    reader = Reader(journal)
    assert reader.verify() == reader.head()[0]
    reader.close()


def test_its_days_follow_one_another_and_all_are_closed(journal: Path) -> None:
    opened = Journal(journal, SITE.info.id)
    last = SITE.service_day(MORNING + (DAYS - 1) * DAY_MS)
    assert (opened.hall.day, opened.hall.closed_day) == ("", last)
    opened.close()


def test_its_tables_say_what_the_journal_says(journal: Path) -> None:
    stored, anew = open_for_reading(journal), Database(sqlite3.connect(":memory:", isolation_level=None))
    seq = [hall.seq for hall in made(anew, chained_rows(stored, 0))][-1]
    assert first_difference(stored, anew, seq) == ""
    anew.close()
    stored.close()


def test_each_day_has_its_visits(journal: Path) -> None:
    with contextlib.closing(sqlite3.connect(journal)) as db:
        days = db.execute("SELECT day, count(*), count(DISTINCT number), min(issued_at) FROM tickets GROUP BY day")
        found = days.fetchall()
        assert db.execute("SELECT count(*) FROM tickets WHERE state = 'done'").fetchone() == (DAYS * TICKETS,)
        assert db.execute("SELECT count(*) FROM side").fetchone() == (0,)
    assert [(count, numbers) for _, count, numbers, _ in found] == [(TICKETS, TICKETS)] * DAYS
    assert [day for day, *_ in found] == [SITE.service_day(first) for *_, first in found]
