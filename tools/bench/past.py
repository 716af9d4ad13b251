"""A hub's years behind it: one day played through the real writer, then repeated day after day as valid, chained rows.

A million visits through the writer would take the better part of an hour and store the same rows.
"""

import contextlib
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Envelope, Role
from kiosk.domain.site import Site
from kiosk.domain.ticket import Outcome as Visit
from kiosk.hub.journal.chain import row_hash
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.work import Done, Outcome, Request
from kiosk.hub.writer import Writer

DAY_MS = 24 * 3600 * 1000
EVENTS_PER_VISIT = 4
"""Issued, called, started, finished."""
STEP_MS = 200
SMALLEST_TIME = 10**12
"""Whole numbers of this size in a row are moments, in UTC milliseconds."""
_INTO_JOURNAL = "INSERT INTO journal (seq, epoch, at, command_id, type, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_MOMENT = r"(?<![0-9a-f])1[0-9]{12}(?![0-9a-f])"
_MOMENT_IN_BODY, _MOMENT_IN_TEXT = re.compile(_MOMENT.encode()), re.compile(_MOMENT)


def write_past(path: Path, site: Site, days: int, tickets: int, first_ms: int) -> int:
    """Write so many closed days of so many finished visits into a journal that does not exist yet.

    Args:
        path: the journal's file.
        site: the centre.
        days: how many; all alike but for ids, days and times.
        tickets: visits a day.
        first_ms: when the first visit begins, UTC milliseconds; the last day must be before today.

    Returns:
        How many rows the journal has.
    """
    _play_day(path, site, tickets, first_ms)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("DELETE FROM side")  # what was to be forgotten has been, or the hub would begin with that
        return _repeat(db, date.fromisoformat(site.service_day(first_ms)), days)


class _Stepping:
    """A clock on which every look is a moment later."""

    def __init__(self, start_ms: int) -> None:
        self._now = start_ms

    def now_ms(self) -> int:
        self._now += STEP_MS
        return self._now


def _play_day(path: Path, site: Site, tickets: int, first_ms: int) -> None:
    """Play one day through the writer and close it."""

    def failed(error: BaseException) -> None:
        raise error

    writer = Writer(
        path, site, _Stepping(first_ms), public_url=lambda: "", on_commit=lambda batch: None, on_failure=failed
    )
    writer.start()
    writer.wait_ready()
    try:
        asked = [writer.submit(Request(Envelope(i, role, c), "")) for i, role, c in _day(site, tickets)]
        for one in asked:
            _carried_out(one)
    finally:
        writer.stop()


def _day(site: Site, tickets: int) -> "list[tuple[str, Role, cmd.AnyCommand]]":
    counter, queue, clerk = site.counters[0].number, site.counters[0].tiers[0][0], site.staff[0].id
    day: list[tuple[str, Role, cmd.AnyCommand]] = [(_id(0, 0), Role.COUNTER, cmd.OpenCounter(counter, clerk))]
    for n in range(1, tickets + 1):
        ticket = _id(n, 0)
        day += [
            (_id(n, 1), Role.KIOSK, cmd.IssueTicket(ticket, f"{n:020d}", queue, confirmed=True)),
            (_id(n, 2), Role.COUNTER, cmd.CallNext(counter)),
            (_id(n, 3), Role.COUNTER, cmd.StartTicket(ticket, counter)),
            (_id(n, 4), Role.COUNTER, cmd.FinishTicket(ticket, counter, Visit.SERVED)),
        ]
    return [*day, (_id(tickets + 1, 0), Role.SUPERVISOR, cmd.CloseDay())]


def _carried_out(asked: "Future[Outcome]") -> None:
    outcome = asked.result()
    if not isinstance(outcome, Done):
        raise RuntimeError(f"the past was refused: {outcome}")


def _prefix(day: int) -> str:
    """What all ids of a day begin with, and nothing else does."""
    return f"{0x0190_0000 + day:08x}"


def _id(number: int, which: int) -> str:
    return f"{_prefix(0)}-{which:04x}-7000-8000-{number:012x}"


def _repeat(db: sqlite3.Connection, first: date, days: int) -> int:
    """Append the first day again and again under later days, every row sealed to the one before."""
    journal = db.execute("SELECT seq, epoch, at, command_id, type, body, hash FROM journal ORDER BY seq").fetchall()
    others = {table: _table(db, table) for table in COLUMNS}
    head: bytes = journal[-1][-1]
    length = len(journal)
    for day in range(1, days):
        moved, later = _Moved(first, day, length), []
        for seq, epoch, at, command_id, kind, body, _ in journal:
            moved_body = moved.body(body)
            place, moment, command = seq + moved.rows, at + moved.ms, moved.text(command_id)
            head = row_hash(head, epoch, place, moment, command, moved_body)
            later.append((place, epoch, moment, command, kind, moved_body, head))
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO journal (seq, epoch, at, command_id, type, body, hash) VALUES (?,?,?,?,?,?,?)", later
        )
        for table, (columns, rows) in others.items():
            into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            moves = [moved.seq if column.endswith("seq") else moved.value for column in columns]
            db.executemany(into, (moved.row(moves, row) for row in rows))
        db.execute("COMMIT")
    return length * days


def _table(db: sqlite3.Connection, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = db.execute(f"SELECT * FROM {table}")
    return [column[0] for column in found.description], found.fetchall()


class _Moved:
    """How a row of the first day looks so many days later."""

    def __init__(self, first: date, day: int, length: int) -> None:
        self.rows, self.ms = day * length, day * DAY_MS
        later = (first + timedelta(days=day)).isoformat()
        self._texts = ((_prefix(0), _prefix(day)), (first.isoformat(), later))
        self._bytes = tuple((old.encode(), new.encode()) for old, new in self._texts)

    def text(self, text: str) -> str:
        for old, new in self._texts:
            text = text.replace(old, new)
        return _MOMENT_IN_TEXT.sub(lambda found: str(int(found[0]) + self.ms), text)

    def body(self, body: bytes) -> bytes:
        for old, new in self._bytes:
            body = body.replace(old, new)
        return _MOMENT_IN_BODY.sub(lambda found: b"%d" % (int(found[0]) + self.ms), body)

    def seq(self, seq: Any) -> Any:
        return seq + self.rows if seq else seq

    def value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        return value + self.ms if isinstance(value, int) and value > SMALLEST_TIME else value

    def row(self, moves: list[Callable[[Any], Any]], row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(move(value) for move, value in zip(moves, row, strict=True))
