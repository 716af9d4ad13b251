"""Rows are read page by page, each against the one before, and nobody who reads a whole journal stands in the way."""

from pathlib import Path

import pytest

from kiosk.domain.hall import Hall
from kiosk.hub.journal import chain
from kiosk.hub.journal.chain import (
    GENESIS,
    JournalDamagedError,
    StoredRow,
    applied,
    chained_rows,
    hash_at,
    stored_rows,
    unbroken,
)
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.schema import open_for_reading
from tests.factory import SITE
from tests.hub.plays import made, played, steps_of

DAY = played(steps_of(7, 60))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal of many pages."""
    monkeypatch.setattr(chain, "PAGE", 7)
    return made(tmp_path, DAY)


@pytest.mark.parametrize(("after", "upto"), [(0, None), (0, 7), (3, 24), (13, 14), (5, 5), (20, None), (10**6, None)])
def test_pages_join_without_gap_or_overlap(path: Path, after: int, upto: int | None) -> None:
    db = open_for_reading(path)
    found = [[row.seq for row in stored_rows(db, after, upto, page)] for page in (None, 1, 10**6)]
    db.close()
    assert found == [list(range(after + 1, (len(DAY.rows) if upto is None else upto) + 1))] * 3


def test_between_two_pages_no_read_is_open(path: Path) -> None:
    journal, db = Journal(path, SITE.info.id), open_for_reading(path)
    rows = chained_rows(db, 0)
    for _ in range(20):
        next(rows)
    assert not db.conn.in_transaction
    journal._db.execute("INSERT INTO meta VALUES ('something', 'new')")
    assert journal._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert len(list(rows)) == len(DAY.rows) - 20
    db.close()
    journal.close()


def test_rows_from_the_middle_continue_the_hash_before_them(path: Path) -> None:
    db = open_for_reading(path)
    before = hash_at(db, 9)
    rows = list(stored_rows(db, 9))
    db.close()
    assert before is not None
    assert list(unbroken(rows, 9, before)) == rows
    with pytest.raises(JournalDamagedError, match="row 10"):
        list(unbroken(rows, 9, GENESIS))


@pytest.mark.parametrize(
    "row",
    [
        StoredRow("1", 1, 1, "c", b"{}", b""),  # type: ignore[arg-type]
        StoredRow(1, -1, 1, "c", b"{}", b""),
        StoredRow(1, 1, 2**70, "c", b"{}", b""),
        StoredRow(1, 1, 1, None, b"{}", b""),  # type: ignore[arg-type]
        StoredRow(1, 1, 1, "\ud800", b"{}", b""),
        StoredRow(1, 1, 1, "c", "text", b""),  # type: ignore[arg-type]
    ],
)
def test_whatever_stands_in_a_damaged_row_it_is_damage_and_no_bug(row: StoredRow) -> None:
    with pytest.raises(JournalDamagedError, match="row 1"):
        list(unbroken([row], 0, GENESIS))


def test_an_event_that_cannot_have_happened_is_damage() -> None:
    called = next(row for row in DAY.rows if type(row.event).__name__ == "TicketCalled")
    with pytest.raises(JournalDamagedError, match=f"Row {called.seq} .* does not fit"):
        applied(Hall(), called)
