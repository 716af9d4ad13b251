"""What happened is kept whenever it is told: a fact about a ticket whose day is over finds its rows."""

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.domain.ticket import Outcome
from kiosk.hub.journal.projection import COLUMNS
from kiosk.hub.journal.schema import open_for_reading
from kiosk.hub.work import Done, Request
from tests.halls import envelope
from tests.hub.test_writer import DAY_MS, Desk, desk, rebuilt

__all__ = ["desk"]


def _served(desk: Desk) -> str:
    """Serve one ticket to its end; returns its id."""
    ticket = desk.issue()
    desk.do(cmd.OpenCounter(1, "nv01"))
    desk.do(cmd.CallNext(1))
    desk.do(cmd.StartTicket(ticket["id"], 1))
    desk.do(cmd.FinishTicket(ticket["id"], 1, Outcome.SERVED))
    return str(ticket["id"])


def test_a_ballot_and_the_papers_news_that_come_after_their_day_are_kept(desk: Desk) -> None:
    ticket_id = _served(desk)
    desk.do(cmd.CloseDay(), Role.SUPERVISOR)
    desk.clock.at += DAY_MS
    desk.issue()
    assert isinstance(desk.do(cmd.RateTicket(ticket_id, b"sealed", "legal"), Role.TABLET), dict)
    assert isinstance(desk.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED), Role.KIOSK), dict)
    db = open_for_reading(desk.path)
    assert db.execute("SELECT day, counter, staff FROM ratings").fetchall() == [("2026-11-23", 1, "nv01")]
    assert db.execute("SELECT printed FROM tickets WHERE id = ?", (ticket_id,)).fetchall() == [(1,)]
    assert db.execute("SELECT payload FROM side WHERE kind = 'ballot'").fetchall() == [(b"sealed",)]
    stored = {t: db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in COLUMNS}
    db.close()
    assert rebuilt(desk.path) == stored


def test_a_second_late_ballot_is_known_already_and_one_for_nobody_is_refused(desk: Desk) -> None:
    ticket_id = _served(desk)
    desk.do(cmd.CloseDay(), Role.SUPERVISOR)
    for ballot in (b"first", b"other"):
        assert isinstance(desk.do(cmd.RateTicket(ticket_id, ballot, "legal"), Role.TABLET), dict)
    assert desk.do(cmd.RateTicket("nobody", b"sealed", "legal"), Role.TABLET) == Refused("unknown_ticket")
    db = open_for_reading(desk.path)
    assert db.execute("SELECT payload FROM side WHERE kind = 'ballot'").fetchall() == [(b"first",)]
    db.close()


def test_two_late_ballots_of_one_batch_count_once(desk: Desk) -> None:
    ticket_id = _served(desk)
    desk.do(cmd.CloseDay(), Role.SUPERVISOR)
    both = [
        Request(envelope(cmd.RateTicket(ticket_id, ballot, "legal"), Role.TABLET), "h") for ballot in (b"one", b"two")
    ]
    desk.writer.stop()
    answers = desk.open(both)
    assert all(isinstance(answer, Done) for answer in answers)
    db = open_for_reading(desk.path)
    assert db.execute("SELECT count(*) FROM ratings").fetchall() == [(1,)]
    db.close()
