"""Whatever one command, one listener or the disk does, the writer answers everyone and never goes on in doubt."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.hub.journal.journal import ANSWERS_KEPT, Journal
from kiosk.hub.work import Done, Outcome, Request
from kiosk.hub.writer import Batch, Writer
from kiosk.ids import new_token
from tests.halls import FixedClock, demo_site, envelope, new_id

DAY_MS = 24 * 3600 * 1000
TOO_LARGE = 2**63
"""The smallest number SQLite has no integer for."""


class Desk:
    """A writer whose batches a test puts together before it starts."""

    def __init__(self, path: Path) -> None:
        self.clock = FixedClock()
        self.failures: list[BaseException] = []
        self.on_commit_fails = False
        self.writer = Writer(
            path,
            demo_site(),
            self.clock,
            public_url=lambda: "http://hub",
            on_commit=self._committed,
            on_failure=self.failures.append,
        )

    def _committed(self, _: Batch) -> None:
        if self.on_commit_fails:
            raise ZeroDivisionError

    def outcome(self, command: cmd.AnyCommand, key: str | None = None) -> Outcome:
        return self.writer.submit(Request(envelope(command, Role.KIOSK, key), "h")).result(10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "hub.db")
    yield desk
    desk.writer.stop()


def _issue(kiosk: int = 0, ticket_id: str = "") -> cmd.IssueTicket:
    return cmd.IssueTicket(ticket_id or new_id(), new_token(), "A", kiosk=kiosk)


def test_a_command_that_cannot_be_stored_fails_alone_in_its_batch(desk: Desk) -> None:
    commands = [_issue(), _issue(kiosk=TOO_LARGE), _issue()]
    futures = [desk.writer.submit(Request(envelope(c, Role.KIOSK), "h")) for c in commands]
    desk.writer.start()
    assert isinstance(futures[0].result(10), Done)
    with pytest.raises(OverflowError):
        futures[1].result(10)
    assert isinstance(futures[2].result(10), Done)
    assert desk.writer.hall.ordinals == {"A": 2}
    assert desk.failures == []


def test_one_who_stopped_waiting_does_not_take_the_others_along(desk: Desk) -> None:
    gone = desk.writer.submit(Request(envelope(_issue(), Role.KIOSK), "h"))
    there = desk.writer.submit(Request(envelope(_issue(), Role.KIOSK), "h"))
    assert gone.cancel()
    desk.writer.start()
    assert isinstance(there.result(10), Done)
    assert desk.writer.hall.ordinals == {"A": 1}


def test_a_listener_that_fails_does_not_keep_an_answer_back(desk: Desk) -> None:
    desk.on_commit_fails = True
    desk.writer.start()
    assert isinstance(desk.outcome(_issue()), Done)
    assert isinstance(desk.outcome(_issue()), Done)


def test_a_ticket_id_of_another_day_is_refused_and_the_hub_goes_on(desk: Desk) -> None:
    desk.writer.start()
    ticket_id = new_id()
    assert isinstance(desk.outcome(_issue(ticket_id=ticket_id)), Done)
    desk.clock.at += DAY_MS
    assert desk.outcome(_issue(ticket_id=ticket_id)) == Refused("ticket_exists", {"number": "A001"})
    assert isinstance(desk.outcome(_issue()), Done)
    assert desk.failures == []


def test_answers_of_past_days_that_cannot_be_dropped_stop_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(journal: Journal, day: str) -> None:
        journal._db.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr(Journal, "forget_answers", fail)
    desk.writer.start()
    assert isinstance(desk.outcome(_issue()), Done)
    desk.clock.at += DAY_MS
    assert isinstance(desk.outcome(_issue()), Done)


def test_a_fact_that_came_before_the_days_first_wish_is_done_once_though_the_day_turned(desk: Desk) -> None:
    desk.writer.start()
    ticket_id, key = new_id(), new_id()
    desk.outcome(_issue(ticket_id=ticket_id))
    desk.clock.at += DAY_MS
    fact = cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED)
    first = desk.outcome(fact, key)
    desk.outcome(_issue())  # the day turns
    seq = desk.writer.hall.seq
    again = desk.outcome(fact, key)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.answer, again.repeated) == (first.answer, True)
    assert desk.writer.hall.seq == seq


def test_answers_are_forgotten_when_no_device_can_ask_for_them_any_more(desk: Desk) -> None:
    desk.writer.start()
    key = new_id()
    desk.outcome(cmd.CloseDay(), key)
    for days in (ANSWERS_KEPT.days, 1):
        desk.clock.at += days * DAY_MS
        desk.outcome(_issue())
    again = desk.outcome(cmd.CloseDay(), key)
    assert isinstance(again, Done)
    assert not again.repeated


def test_the_day_closed_twice_under_one_id_is_closed_once(desk: Desk) -> None:
    desk.writer.start()
    desk.outcome(_issue())
    key = new_id()
    first = desk.outcome(cmd.CloseDay(), key)
    desk.outcome(_issue())
    again = desk.outcome(cmd.CloseDay(), key)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.repeated
    assert desk.writer.hall.day


def test_after_an_unknown_outcome_nothing_more_is_decided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.writer.start()
    journal = desk.writer.wait_ready()
    appended: list[object] = []

    def fail(appends: list[object]) -> None:
        appended.append(appends)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(journal, "append", fail)
    assert [desk.outcome(_issue()) for _ in range(3)] == [Refused("outcome_unknown")] * 3
    assert len(appended) == len(desk.failures) == 1
    assert desk.writer.read_only


def test_a_mistake_of_the_writer_itself_leaves_nobody_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.hub.writer.Work", None)
    desk.writer.start()
    assert [desk.outcome(_issue()) for _ in range(2)] == [Refused("outcome_unknown")] * 2
    assert [type(e) for e in desk.failures] == [TypeError]
    assert desk.writer.is_alive()
