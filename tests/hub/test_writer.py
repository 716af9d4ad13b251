"""The writer answers after the commit, once, and never lets memory run ahead of the disk."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from sqlite_utils import Database

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.domain.decide import decide
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import Outcome
from kiosk.hub.journal import query_tables
from kiosk.hub.journal.chain import JournalDamagedError, chained_rows
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import open_for_reading
from kiosk.hub.work import Done, Request
from kiosk.hub.writer import Writer
from kiosk.ids import new_token
from tests.halls import FixedClock, demo_site, envelope, new_id

DAY_MS = 24 * 3600 * 1000


class Desk:
    """A writer on a fresh file, and short ways to speak to it."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path, self.clock = path, clock
        self.failures: list[BaseException] = []
        self.halls: list[int] = []
        self.open()

    def open(self, waiting: Sequence[Request] = ()) -> list[Done | Refused | Exception]:
        """Start a writer that finds `waiting` before it: one batch."""
        self.writer = Writer(
            self.path,
            demo_site(),
            self.clock,
            public_url=lambda: "http://hub",
            on_commit=lambda batch: self.halls.append(batch.hall.seq),
            on_failure=self.failures.append,
        )
        futures = [self.writer.submit(request) for request in waiting]
        self.writer.start()
        self.journal = self.writer.wait_ready()
        return [future.result(10) for future in futures]

    def do(
        self, command: cmd.AnyCommand, role: Role = Role.COUNTER, key: str | None = None, hash_: str = "h"
    ) -> object:
        outcome = self.writer.submit(Request(envelope(command, role, key), hash_)).result(10)
        return msgspec.json.decode(outcome.answer) if isinstance(outcome, Done) else outcome

    def issue(self, queue: str = "A", key: str | None = None) -> dict[str, str]:
        answer = self.do(cmd.IssueTicket(new_id(), new_token(), queue), Role.KIOSK, key)
        assert isinstance(answer, dict), answer
        ticket: dict[str, str] = answer["ticket"]
        return ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "hub.db", FixedClock())
    yield desk
    if desk.writer.is_alive():
        desk.writer.stop()


def test_who_scans_her_ticket_is_told_where_she_stands(desk: Desk) -> None:
    token = new_token()
    desk.do(cmd.IssueTicket(new_id(), token, "A"), Role.KIOSK)
    answer = desk.do(cmd.ScanTicket(token), Role.KIOSK)
    assert isinstance(answer, dict)
    assert (answer["ticket"]["number"], answer["ticket"]["state"]) == ("A001", "waiting")
    assert "came" not in answer["ticket"]
    seq = desk.writer.hall.seq
    assert desk.do(cmd.ScanTicket(new_token()), Role.KIOSK) == Refused("unknown_ticket")
    assert desk.writer.hall.seq == seq


def test_who_scans_a_ticket_that_is_over_is_told_how_it_ended(desk: Desk) -> None:
    token, ticket_id = new_token(), new_id()
    desk.do(cmd.IssueTicket(ticket_id, token, "A"), Role.KIOSK)
    desk.do(cmd.CancelTicket(ticket_id))
    answer = desk.do(cmd.ScanTicket(token), Role.KIOSK)
    assert isinstance(answer, dict)
    assert (answer["ticket"]["number"], answer["ticket"]["state"]) == ("A001", "cancelled")


def test_a_scan_that_lets_a_ticket_wait_again_says_why(desk: Desk) -> None:
    token, ticket_id = new_token(), new_id()
    desk.do(cmd.OpenCounter(1, "nv01"))
    desk.do(cmd.IssueTicket(ticket_id, token, "A"), Role.KIOSK)
    desk.do(cmd.CallNext(1))
    desk.do(cmd.NoShowTicket(ticket_id, 1))
    answers = [desk.do(cmd.ScanTicket(token), Role.KIOSK) for _ in range(2)]
    assert all(isinstance(answer, dict) for answer in answers)
    assert [(a["ticket"]["state"], a["ticket"].get("came")) for a in answers if isinstance(a, dict)] == [
        ("waiting", "returned"),
        ("waiting", None),
    ]


def test_numbers_are_given_in_order_and_the_page_address_holds_the_token(desk: Desk) -> None:
    token = new_token()
    first = desk.do(cmd.IssueTicket(new_id(), token, "A"), Role.KIOSK)
    assert isinstance(first, dict)
    assert (first["ticket"]["number"], first["ticket"]["url"]) == ("A001", f"http://hub/t/{token}")
    assert [desk.issue()["number"], desk.issue("B")["number"]] == ["A002", "B001"]


def test_the_same_key_is_answered_word_for_word_even_after_a_restart(desk: Desk) -> None:
    key, command = new_id(), cmd.IssueTicket(new_id(), new_token(), "C")
    first = desk.writer.submit(Request(envelope(command, Role.KIOSK, key), "h")).result(10)
    again = desk.writer.submit(Request(envelope(command, Role.KIOSK, key), "h")).result(10)
    desk.writer.stop()
    desk.open()
    later = desk.writer.submit(Request(envelope(command, Role.KIOSK, key), "h")).result(10)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert isinstance(later, Done)
    assert first.answer == again.answer == later.answer
    assert (first.repeated, again.repeated, later.repeated) == (False, True, True)
    assert desk.writer.hall.ordinals == {"C": 1}


def test_a_key_used_for_another_request_is_refused_and_changes_nothing(desk: Desk) -> None:
    key = new_id()
    desk.issue(key=key)
    before = desk.writer.hall
    assert desk.do(cmd.OpenCounter(1, "nv01"), key=key, hash_="other") == Refused("key_reused")
    assert desk.writer.hall is before


def test_a_refusal_is_not_remembered(desk: Desk) -> None:
    key = new_id()
    assert desk.do(cmd.CallNext(1), key=key) == Refused("counter_not_open", {"counter": 1})
    desk.do(cmd.OpenCounter(1, "nv01"))
    number = desk.issue()["number"]
    answer = desk.do(cmd.CallNext(1), key=key)
    assert isinstance(answer, dict)
    assert answer["ticket"]["number"] == number


def test_after_a_refusal_the_same_id_may_come_with_other_words(desk: Desk) -> None:
    """A kiosk that is asked to confirm, or offered another day, sends its wish again, changed."""
    key, wish = new_id(), cmd.IssueTicket(new_id(), new_token(), "A", priority="king")
    assert desk.do(wish, Role.KIOSK, key, hash_="first") == Refused("unknown_priority", {"priority": "king"})
    answer = desk.do(replace(wish, priority=None, confirmed=True), Role.KIOSK, key, hash_="second")
    assert isinstance(answer, dict)
    assert answer["ticket"]["number"] == "A001"


def test_a_command_that_fails_by_our_bug_fails_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(hall: Hall, site: Site, asked: cmd.Envelope, now: int) -> Decision | Refused:
        if isinstance(asked.command, cmd.OpenCounter):
            raise ZeroDivisionError
        return decide(hall, site, asked, now)

    monkeypatch.setattr("kiosk.hub.work.decide", mistaken)
    future = desk.writer.submit(Request(envelope(cmd.OpenCounter(1, "nv01")), "h"))
    with pytest.raises(ZeroDivisionError):
        future.result(10)
    assert desk.issue()["number"] == "A001"


def test_many_senders_at_once_share_commits_and_every_number_is_given_once(desk: Desk) -> None:
    numbers: list[str] = []

    def citizen() -> None:
        numbers.extend(desk.issue()["number"] for _ in range(20))

    threads = [threading.Thread(target=citizen) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 161)]
    assert desk.writer.hall.seq == 161


def test_a_restart_gives_an_equal_hall(desk: Desk) -> None:
    _a_day(desk)
    before = desk.writer.hall
    desk.writer.stop()
    desk.open()
    assert desk.writer.hall == before


def test_the_first_command_of_a_new_day_closes_the_old_one(desk: Desk) -> None:
    ticket = desk.issue()
    desk.do(cmd.OpenCounter(2, "nv02"))
    desk.clock.at += DAY_MS
    assert desk.issue()["number"] == "A001"
    reader = Reader(desk.path)
    rows = {r["id"]: r["state"] for r in reader.batch_after(0, 1000).changed["tickets"]}
    types = [msgspec.json.decode(r.body)["type"] for r in reader.rows_after(0, 100)]
    reader.close()
    assert rows[ticket["id"]] == "expired"
    assert types[-5:] == ["ticket_expired/1", "counter_closed/1", "day_closed/2", "day_opened/1", "ticket_issued/2"]
    assert desk.writer.hall.counters == {}


def test_a_day_closed_and_opened_again_goes_on_counting_even_after_a_restart(desk: Desk) -> None:
    desk.issue()
    desk.do(cmd.CloseDay(), Role.SUPERVISOR)
    closed = desk.writer.hall
    desk.writer.stop()
    desk.open()
    assert desk.writer.hall == closed
    assert desk.issue()["number"] == "A002"


def test_hall_time_never_falls_when_the_wall_clock_does(desk: Desk) -> None:
    first = desk.issue()
    desk.clock.at -= 3_600_000
    second = desk.issue()
    assert second["issued_at"] == first["issued_at"]
    assert desk.do(cmd.OpenCounter(1, "nv01")) is not None
    called = desk.do(cmd.CallNext(1))
    assert isinstance(called, dict)
    assert called["ticket"]["id"] == first["id"]


def test_query_tables_are_what_a_rebuild_from_the_journal_gives(desk: Desk) -> None:
    _a_day(desk)
    desk.writer.stop()
    db = open_for_reading(desk.path)
    stored = {t: db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in COLUMNS}
    assert rebuilt(desk.path) == stored
    assert all(stored.values())
    db.close()


def test_an_altered_row_is_noticed(desk: Desk) -> None:
    _a_day(desk)
    desk.writer.stop()
    raw = sqlite3.connect(desk.path)
    raw.execute("UPDATE journal SET body = CAST(replace(body, 'A001', 'A999') AS BLOB) WHERE seq = 3")
    raw.commit()
    raw.close()
    reader = Reader(desk.path)
    with pytest.raises(JournalDamagedError, match="row 3"):
        reader.verify()
    reader.close()


def test_the_journal_of_another_centre_is_not_opened(desk: Desk) -> None:
    desk.writer.stop()
    with pytest.raises(JournalDamagedError, match="another centre"):
        Journal(desk.path, "s-other")


def test_a_full_disk_refuses_keeps_the_hall_and_ends_when_there_is_room(desk: Desk) -> None:
    desk.issue()
    pages = _on_writer(desk, "PRAGMA page_count")
    _on_writer(desk, f"PRAGMA max_page_count = {pages}")
    before = desk.writer.hall
    refused = [desk.do(cmd.IssueTicket(new_id(), new_token(), "A"), Role.KIOSK) for _ in range(200)]
    full = [r for r in refused if r == Refused("storage_full")]
    assert full
    assert desk.writer.read_only
    assert desk.failures == []
    assert desk.writer.hall.seq == before.seq + 200 - len(full)
    _on_writer(desk, "PRAGMA max_page_count = 1000000")
    assert desk.issue()["number"] == f"A{202 - len(full):03d}"
    assert not desk.writer.read_only


def test_any_other_disk_error_leaves_the_outcome_open_and_ends_the_process(desk: Desk) -> None:
    desk.issue()
    before = desk.writer.hall
    _on_writer(desk, "PRAGMA query_only = 1")
    assert desk.do(cmd.OpenCounter(1, "nv01")) == Refused("outcome_unknown")
    assert len(desk.failures) == 1
    assert desk.writer.hall is before


def _on_writer(desk: Desk, statement: str) -> int:
    """Run a statement on the one writing connection, in its own thread, between two batches."""
    done: list[int] = []
    original = desk.writer.carry_out

    def carry_out(journal: Journal, batch: object) -> None:
        row = journal._db.execute(statement).fetchone()
        done.append(row[0] if row else 0)
        for asked in batch:  # type: ignore[attr-defined]
            asked.future.set_result(Refused("too_late"))

    desk.writer.carry_out = carry_out  # type: ignore[method-assign,assignment]
    desk.do(cmd.PauseCounter(1))
    desk.writer.carry_out = original  # type: ignore[method-assign]
    return done[0]


def _a_day(desk: Desk) -> None:
    """Let a small day happen that touches every query table."""
    desk.do(cmd.OpenCounter(1, "nv01"))
    tickets = [desk.issue(q) for q in "AABC"]
    desk.do(cmd.MarkPrinted(tickets[0]["id"], cmd.PrintResult.PRINTED), Role.KIOSK)
    desk.do(cmd.CallNext(1))
    for move in (cmd.StartTicket(tickets[0]["id"], 1), cmd.FinishTicket(tickets[0]["id"], 1, Outcome.SERVED)):
        desk.clock.at += 60_000
        desk.do(move)
    desk.do(cmd.RateTicket(tickets[0]["id"], b"sealed", "vn-legal-3/1"), Role.TABLET)
    desk.do(cmd.CallNext(1))
    desk.do(cmd.NoShowTicket(tickets[1]["id"], 1))
    desk.do(cmd.ReturnTicket(tickets[1]["id"]))
    desk.do(cmd.CancelTicket(tickets[3]["id"]))
    desk.do(cmd.CallNext(1))


def rebuilt(path: Path) -> dict[str, list[tuple[object, ...]]]:
    db, target = open_for_reading(path), Database(memory=True)
    assert [hall.seq for hall in query_tables.made(target, chained_rows(db, 0))]
    found = {t: target.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in COLUMNS}
    db.close()
    target.close()
    return found
