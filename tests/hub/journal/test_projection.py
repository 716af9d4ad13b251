"""What reports read: every fact of a ticket, its steps, the stretches at a counter and the days, exactly as it was."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.apply import apply
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import CallReason, Outcome, RankReason
from kiosk.hub.journal import query_tables
from kiosk.hub.journal.projection import COLUMNS, rows_of
from tests.factory import DAY_MS, MORNING, Play

MINUTE = 60_000
TODAY, TOMORROW = "2026-11-23", "2026-11-24"


class Desk(Play):
    """A hall whose query tables can be asked."""

    def asked(self, question: Callable[[Database], Any]) -> Any:
        """Put a question to the tables made from the journal."""
        db = Database(memory=True)
        db.executescript(query_tables.TABLES)
        db.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB, hash BLOB)")
        hall = Hall()
        for recorded in self.journal:
            db.execute("INSERT INTO journal VALUES (?, ?, ?)", (recorded.seq, msgspec.json.encode(recorded.event), b""))
            after = apply(hall, recorded)
            for row in rows_of(hall, after, recorded):
                db.execute(row.sql, row.values)
            hall = after
        found = question(db)
        db.close()
        return found

    def rows(self, table: str, where: str = "1", *values: object) -> list[dict[str, Any]]:
        def found(db: Database) -> list[dict[str, Any]]:
            db.conn.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id", values)]

        rows: list[dict[str, Any]] = self.asked(found)
        return rows

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        [row] = self.rows(table, "id = ?", row_id)
        return row

    def undo(self, counter: int = 1) -> None:
        self.happens(ev.ActionUndone(counter, self.hall.acts[counter].seq))


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    desk.open(1, 2)
    return desk


def told(desk: Desk, low: int, high: int) -> str:
    ticket_id = f"t{len(desk.journal)}"
    desk.happens(
        ev.TicketIssued(
            ticket_id, "A001", "A", 1, desk.now, RankReason.ARRIVED, TODAY, "a" * 64, f"{ticket_id}/token",
            wait_low=low, wait_high=high,
        )
    )  # fmt: skip
    return ticket_id


@pytest.mark.parametrize(("minutes", "error"), [(5, 0), (9.5, 0), (10, 0), (10.1, 1), (14, 4), (4.9, -1), (1, -4)])
def test_a_told_wait_is_held_against_the_first_call(desk: Desk, minutes: float, error: int) -> None:
    ticket_id = told(desk, 5, 10)
    desk.pass_minutes(minutes)
    desk.happens(ev.TicketCalled(ticket_id, 1, "nv01"), ev.TicketNoShow(ticket_id, 1))
    desk.pass_minutes(90)
    desk.happens(ev.TicketWaiting(ticket_id, "A", desk.now, RankReason.RETURNED), ev.TicketCalled(ticket_id, 2, "nv02"))
    row = desk.row("tickets", ticket_id)
    assert row["waited_ms"] == int(minutes * MINUTE)
    assert row["wait_error_minutes"] == error


def test_a_call_taken_back_is_no_wait_that_ended(desk: Desk) -> None:
    ticket_id = told(desk, 5, 10)
    desk.happens(ev.TicketCalled(ticket_id, 1, "nv01"))
    desk.undo()
    row = desk.row("tickets", ticket_id)
    assert (row["state"], row["waited_ms"], row["wait_error_minutes"]) == ("waiting", None, None)


def test_a_booked_citizen_waits_from_her_check_in(desk: Desk) -> None:
    desk.happens(ev.TicketBooked("t", "A", TODAY, MORNING, "b" * 64, "t/token"))
    desk.pass_minutes(60)
    desk.happens(ev.TicketArrived("t", "A001", 1, TODAY, desk.now, RankReason.APPOINTMENT_LATE))
    desk.pass_minutes(7)
    desk.happens(ev.TicketCalled("t", 1, "nv01"))
    assert desk.row("tickets", "t")["waited_ms"] == 7 * MINUTE


def test_a_step_says_why_it_was_called_whatever_the_clerk_judges_afterwards(desk: Desk) -> None:
    ticket_id = desk.issue(priority="elderly")
    rank_at = desk.ticket(ticket_id).rank_at
    desk.happens(
        ev.TicketCalled(ticket_id, 1, "nv01", CallReason.OVERDUE),
        ev.PriorityJudged(ticket_id, 1, False, 0, desk.now, RankReason.ARRIVED),
        ev.TicketStarted(ticket_id, 1),
    )
    step = desk.row("steps", f"{ticket_id}#1")
    assert (step["rank_at"], step["rank_reason"], step["call_reason"]) == (rank_at, "priority", "overdue")
    assert desk.row("tickets", ticket_id)["rank_reason"] == "arrived"


def test_every_way_a_step_ends_is_told_with_the_clerks_own_outcome(desk: Desk) -> None:
    ticket_id = desk.issue("A")
    ends: list[tuple[ev.AnyEvent, tuple[str, str | None]]] = [
        (ev.TicketParked(ticket_id, 1, desk.now), ("parked", None)),
        (ev.TicketSentForPapers(ticket_id, 1, (0,), desk.now), ("papers", None)),
        (
            ev.StepFinished(ticket_id, 1, "nv01", "guided", "B", desk.now, RankReason.NEXT_STEP),
            ("next_step", "guided"),
        ),
        (ev.TicketNoShow(ticket_id, 1), ("no_show", None)),
        (ev.TicketFinished(ticket_id, 1, "nv01", "served"), ("done", "served")),
    ]
    for event, _ in ends:
        desk.pass_minutes(1)
        desk.happens(ev.TicketCalled(ticket_id, 1, "nv01"), ev.TicketStarted(ticket_id, 1))
        desk.pass_minutes(4)
        desk.happens(event)
    steps = desk.rows("steps")
    assert [(s["outcome"], s["result"]) for s in steps] == [end for _, end in ends]
    assert [s["ended_at"] - s["started_at"] for s in steps] == [4 * MINUTE] * len(ends)
    assert desk.row("tickets", ticket_id)["papers_trips"] == 1


def test_a_call_taken_back_stays_as_an_undone_step_until_the_next_call_takes_its_place(desk: Desk) -> None:
    ticket_id = desk.issue("A")
    desk.call(1)
    desk.undo()
    step = desk.row("steps", f"{ticket_id}#1")
    assert (step["undone"], step["outcome"], step["counter"]) == (1, None, 1)
    desk.call(2)
    step = desk.row("steps", f"{ticket_id}#1")
    assert (step["undone"], step["ended_at"], step["counter"]) == (0, None, 2)


@pytest.mark.parametrize("outcome", [Outcome.SERVED, Outcome.INCOMPLETE])
def test_an_end_taken_back_leaves_rows_as_if_it_had_not_been(desk: Desk, outcome: Outcome) -> None:
    ticket_id = desk.issue("A")
    desk.call(1)
    desk.do(cmd.StartTicket(ticket_id, 1))
    before = {table: desk.rows(table) for table in ("tickets", "steps")}
    desk.do(cmd.FinishTicket(ticket_id, 1, outcome))
    desk.undo()
    after = {table: desk.rows(table) for table in ("tickets", "steps")}
    assert without_seq(after) == without_seq(before)


def test_stretches_at_a_counter_have_exact_ends_who_and_why(desk: Desk) -> None:
    desk.pass_minutes(30)
    desk.do(cmd.PauseCounter(1, "break"))
    desk.pass_minutes(10)
    desk.do(cmd.ResumeCounter(1))
    desk.pass_minutes(20)
    desk.do(cmd.CloseCounter(1))
    periods = sorted(desk.rows("periods", "counter = 1"), key=lambda p: p["started_at"])
    assert [(p["kind"], p["reason"], (p["ended_at"] - p["started_at"]) / MINUTE) for p in periods] == [
        ("open", "", 30),
        ("paused", "break", 10),
        ("open", "", 20),
    ]
    assert {(p["staff"], p["day"]) for p in periods} == {("nv01", TODAY)}
    [still_open] = desk.rows("periods", "counter = 2")
    assert still_open["ended_at"] is None


def test_a_pause_taken_back_is_marked_and_the_stretch_goes_on(desk: Desk) -> None:
    before = desk.rows("periods", "counter = 1")
    desk.pass_minutes(1)
    desk.do(cmd.PauseCounter(1, "break"))
    desk.undo()
    undone, *rest = sorted(desk.rows("periods", "counter = 1"), key=lambda p: -p["undone"])
    assert (undone["kind"], undone["undone"]) == ("paused", 1)
    assert without_seq({"periods": rest}) == without_seq({"periods": before})


def test_a_counter_that_closes_frees_its_tickets_in_the_tables_too(desk: Desk) -> None:
    ticket_id = desk.issue("A")
    desk.call(1)
    desk.happens(ev.TicketParked(ticket_id, 1, desk.now + MINUTE), ev.CounterClosed(1, (ticket_id,)))
    row = desk.row("tickets", ticket_id)
    assert (row["state"], row["counter"]) == ("waiting", None)
    desk.undo()
    row = desk.row("tickets", ticket_id)
    assert (row["state"], row["counter"]) == ("parked", 1)


def test_a_day_keeps_its_report_and_reopened_it_is_open_since_its_beginning(desk: Desk) -> None:
    opened = desk.now
    desk.pass_minutes(60)
    desk.happens(ev.DayClosed(TODAY, report=ev.DayReport(issued=9, done=5, expired=("A003", "B001"), deferred=2)))
    day = desk.row("days", TODAY)
    assert (day["opened_at"], day["closed_at"]) == (opened, desk.now)
    assert (day["issued"], day["done"], day["expired"], day["deferred"]) == (9, 5, "A003 B001", 2)
    desk.happens(ev.DayOpened(TODAY))
    day = desk.row("days", TODAY)
    assert (day["opened_at"], day["closed_at"], day["issued"]) == (opened, None, 9)


def test_a_ticket_that_goes_to_another_day_keeps_its_place_in_the_tables(desk: Desk) -> None:
    ticket_id = desk.issue("A")
    desk.happens(ev.TicketDeferred(ticket_id, "A001", 1, TOMORROW, desk.now + DAY_MS))
    row = desk.row("tickets", ticket_id)
    assert (row["day"], row["service_day"]) == (TODAY, TOMORROW)
    desk.happens(ev.DayClosed(TODAY, carried=(desk.ticket(ticket_id),)))
    desk.now += DAY_MS
    desk.happens(
        ev.DayOpened(TOMORROW), ev.TicketArrived(ticket_id, "A001", 0, TOMORROW, desk.now, RankReason.DEFERRED)
    )
    row = desk.row("tickets", ticket_id)
    assert (row["day"], row["service_day"], row["state"]) == (TODAY, TOMORROW, "waiting")


def test_facts_that_come_after_their_day_find_their_ticket_in_the_tables(desk: Desk) -> None:
    ticket_id = desk.serve() if desk.issue("A") else ""
    desk.happens(ev.DayClosed(TODAY))
    desk.happens(
        ev.TicketPrinted(ticket_id, "printed"),
        ev.TicketRated(ticket_id, f"{ticket_id}/ballot", "0" * 64, "legal", "tablet", "visit"),
    )
    rating = desk.row("ratings", ticket_id)
    assert (rating["day"], rating["counter"], rating["staff"], rating["rated_at"]) == (TODAY, 1, "nv01", desk.now)
    row = desk.row("tickets", ticket_id)
    assert (row["printed"], row["state"], row["last_seq"]) == (1, "done", desk.hall.seq - 1)


def test_practice_is_marked_in_every_table_that_speaks_of_tickets(desk: Desk) -> None:
    ticket_id = desk.issue("A", training=True)
    desk.serve()
    desk.happens(ev.TicketRated(ticket_id, f"{ticket_id}/ballot", "0" * 64, "legal", "tablet", "visit"))
    assert {table: desk.rows(table)[0]["training"] for table in ("tickets", "steps", "ratings")} == {
        "tickets": 1,
        "steps": 1,
        "ratings": 1,
    }


def test_nothing_that_must_be_forgettable_has_a_column() -> None:
    names = {name for columns in COLUMNS.values() for name in columns}
    assert not names & {"person", "token", "token_hash", "note", "note_ref", "priority", "priority_ref", "dossier"}


def without_seq(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{k: v for k, v in row.items() if k != "last_seq"} for row in rows] for table, rows in tables.items()
    }
