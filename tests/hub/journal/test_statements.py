"""A batch's rows reach every table in the order they were decided."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest

from kiosk.hub.journal.statements import Statements

UPSERT = "INSERT INTO days VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET closed = excluded.closed"
CLOSE = "UPDATE days SET closed = ? WHERE id = ?"


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript("CREATE TABLE days (id PRIMARY KEY, closed); CREATE TABLE tickets (id PRIMARY KEY)")
        yield connection


def test_what_is_added_later_to_a_table_counts(db: sqlite3.Connection) -> None:
    statements = Statements()
    for sql, values in (
        (UPSERT, ("mon", 0)),
        ("INSERT INTO tickets VALUES (?)", ("a",)),
        (CLOSE, (1, "mon")),
        ("INSERT INTO tickets VALUES (?)", ("b",)),
        (UPSERT, ("mon", 0)),
        (UPSERT, ("tue", 0)),
        ("DELETE FROM tickets WHERE id IN (?, ?)", ("a", "nobody")),
    ):
        statements.add(sql, values)
    statements.run(db)
    assert db.execute("SELECT * FROM days ORDER BY id").fetchall() == [("mon", 0), ("tue", 0)]
    assert db.execute("SELECT * FROM tickets").fetchall() == [("b",)]


def test_one_that_reads_sees_what_was_there_at_its_place(db: sqlite3.Connection) -> None:
    statements = Statements()
    for sql, values in (
        (UPSERT, ("mon", 0)),
        ("INSERT INTO tickets VALUES (?)", ("a",)),
        ("INSERT INTO days SELECT id, ? FROM tickets", (7,)),
        ("INSERT INTO tickets VALUES (?)", ("b",)),
    ):
        statements.add(sql, values)
    statements.run(db)
    assert db.execute("SELECT * FROM days ORDER BY id").fetchall() == [("a", 7), ("mon", 0)]


def test_a_row_that_cannot_be_stored_is_an_error_of_the_batch(db: sqlite3.Connection) -> None:
    statements = Statements()
    for ticket in ("a", "a"):
        statements.add("INSERT INTO tickets VALUES (?)", (ticket,))
    with pytest.raises(sqlite3.IntegrityError):
        statements.run(db)


def test_a_statement_must_say_which_table_it_changes() -> None:
    with pytest.raises(ValueError, match="PRAGMA"):
        Statements().add("PRAGMA user_version = 1", ())
