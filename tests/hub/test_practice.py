"""Practice leaves no trace in any figure: a day with it reports what the same day without it does."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.events import DayClosed
from kiosk.domain.ticket import Outcome
from kiosk.hub.journal import history
from kiosk.wire.make_views import supervisor_view
from kiosk.wire.reports import DayAnswer
from tests.factory import SITE
from tests.hub.journal.test_projection import Desk

TODAY = "2026-11-23"
PERSON = "t0/person"
SUPERVISOR = ("issued_today", "done_today", "still_to_come", "set_aside", "papers_trips")
"""The figures a supervisor sees live."""


def finished(desk: Desk, ticket_id: str) -> None:
    desk.do(cmd.StartTicket(ticket_id, 3))
    desk.pass_minutes(0.5)
    desk.do(cmd.FinishTicket(ticket_id, 3, Outcome.SERVED))
    desk.do(cmd.RateTicket(ticket_id, b"sealed", "legal"))


def sent_for_papers(desk: Desk, ticket_id: str) -> None:
    desk.do(cmd.SendForPapers(ticket_id, 3, (0,), days=1))


PRACTICE: dict[str, Callable[[Desk, str], object]] = {
    "finished and rated": finished,
    "sent for papers": sent_for_papers,
    "absent": lambda desk, t: desk.do(cmd.NoShowTicket(t, 3)),
    "cancelled": lambda desk, t: desk.do(cmd.CancelTicket(t)),
    "left open": lambda desk, t: desk.do(cmd.StartTicket(t, 3)),
}


def told(desk: Desk) -> DayAnswer:
    """Return what is said of the day, but for the journal's newest row: practice has rows too."""
    answer = desk.asked(lambda db: history.day(db, TODAY))
    assert answer is not None
    return msgspec.structs.replace(answer, head_seq=0, head_hash="")


def day(practice: Callable[[Desk, str], object] | None) -> dict[str, Any]:
    """Play a day, with someone practising at counter 3 or nobody; returns every figure there is of it."""
    desk = Desk()
    desk.open(1, 2, 3)
    for _ in range(4):
        desk.issue("A", person=PERSON)
    served = desk.serve(1)
    desk.do(cmd.RateTicket(served, b"sealed", "legal"))
    if practice is not None:
        at = desk.now
        ticket_id = desk.issue("A", "practice", training=True, person=PERSON)
        desk.do(cmd.CallNext(3, ticket_id))
        practice(desk, ticket_id)
        desk.now = max(desk.hall.at, at)
    desk.pass_minutes(60 - (desk.now - desk.journal[0].at) / 60_000)
    away = desk.call(2)
    desk.do(cmd.SendForPapers(away, 2, (0,), minutes=60))
    desk.do(cmd.NoShowTicket(desk.call(1), 1))
    hall = desk.hall
    view = msgspec.to_builtins(supervisor_view(hall, SITE, desk.now))
    figures: dict[str, Any] = {
        "hall": (hall.issued, hall.done, hall.given, hall.persons, hall.pace_ms),
        "counters": [(c.number, c.served, c.trips) for c in hall.counters.values()],
        "supervisor": {k: v for k, v in view.items() if k in SUPERVISOR},
        "open day": told(desk),
        "waits": desk.asked(lambda db: history.waits(db, TODAY)),
    }
    desk.do(cmd.CloseDay())
    [closed] = [r.event for r in desk.journal if isinstance(r.event, DayClosed)]
    return {
        **figures,
        "report": closed.report,
        "closed day": msgspec.structs.replace(told(desk), closed_at=None),
        "carried": [t.id for t in closed.carried],
        "ratings": [r["id"] for r in desk.rows("ratings", "NOT training")],
    }


@pytest.mark.parametrize("kind", PRACTICE)
def test_practice_changes_no_figure(kind: str) -> None:
    assert day(PRACTICE[kind]) == day(None)


def test_practice_leaves_no_gap_in_the_numbers_citizens_hold_today_or_on_a_coming_day() -> None:
    desk = Desk()
    desk.open(1)
    for n in range(6):
        desk.issue("A", f"t{n}", training=n % 2 == 0, defer=n > 3, kiosk=0)
    tickets = sorted(desk.hall.tickets.values(), key=lambda t: t.id)
    assert [t.number for t in tickets if not t.training] == ["A001", "A002", "A001"]
    assert [t.number for t in tickets if t.training] == ["TAP-001", "TAP-002", "TAP-003"]
    desk.do(cmd.DeferTicket("t2"))
    practised = desk.hall.ticket("t2")
    assert practised is not None
    assert (practised.number, desk.hall.ordinals_ahead) == ("TAP-002", {"2026-11-24": {"A": 1}})


def test_the_day_it_is_compared_with_has_figures() -> None:
    figures = day(None)
    assert figures["report"] == ev.DayReport(issued=4, done=1, no_shows=1, expired=figures["report"].expired)
    assert figures["waits"].papers
    assert figures["ratings"]
    assert figures["hall"][3] == {PERSON: 4}
