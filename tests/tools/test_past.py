"""The past that the benchmark puts behind a hub is one the hub itself could have written."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from kiosk.hub.journal import Journal
from kiosk.hub.reader import Reader
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


def test_query_rows_tell_of_each_day_what_they_tell_of_the_first(journal: Path) -> None:
    with contextlib.closing(sqlite3.connect(journal)) as db:
        days = db.execute(
            "SELECT day, count(*), count(DISTINCT number), min(issued_at) FROM tickets GROUP BY day"
        ).fetchall()
        assert db.execute("SELECT count(DISTINCT id), count(*) FROM steps").fetchone() == (
            DAYS * TICKETS,
            DAYS * TICKETS,
        )
        assert db.execute("SELECT count(*) FROM tickets WHERE state = 'done'").fetchone() == (DAYS * TICKETS,)
        assert db.execute(
            "SELECT count(*) FROM tickets t JOIN journal j ON j.seq = t.last_seq WHERE j.type LIKE 'ticket_finished/%'"
        ).fetchone() == (DAYS * TICKETS,)
    assert [(count, numbers) for _, count, numbers, _ in days] == [(TICKETS, TICKETS)] * DAYS
    assert [day for day, *_ in days] == [SITE.service_day(first) for *_, first in days]
