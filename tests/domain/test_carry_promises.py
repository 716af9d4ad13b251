"""A day that another machine's rows open lets those arrive who were promised it, once (DESIGN §6)."""

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.carry import There, carry
from kiosk.domain.events import DayOpened, Recorded, Refused, TicketArrived, TicketIssued
from kiosk.domain.ticket import TicketState
from tests.domain.moments import TUESDAY, at
from tests.factory import OFFICE, Play, token_of

THERE = There(OFFICE, lambda seq: seq)


def promised() -> tuple[Play, Play]:
    """Return two machines that know of the same promise; on Tuesday the first one opens the day alone."""
    here, there = Play(OFFICE, at("14:00")), Play(OFFICE, at("14:00"))
    for play in (here, there):
        play.issue("A", "d", defer=True)
    there.now = at("07:10", TUESDAY)
    return here, there


def enter(here: Play, rows: list[Recorded]) -> list[object]:
    """Enter rows of the other machine; returns their events as they were entered."""
    found = carry(here.hall, THERE, tuple(rows))
    assert not isinstance(found, Refused), found
    made = [Recorded(here.hall.seq + n, rows[-1].at, event) for n, (_, event) in enumerate(found, start=1)]
    here.hall = replay(here.hall, made)
    return [row.event for row in made]


def test_the_row_that_opened_the_day_brings_the_promised_in_and_its_own_arrival_adds_nothing() -> None:
    here, there = promised()
    known = len(there.journal)
    there.issue("A", "w")
    events = enter(here, there.journal[known:])
    assert [type(e) for e in events if isinstance(e, DayOpened | TicketArrived | TicketIssued)] == [
        DayOpened,
        TicketArrived,
        TicketIssued,
    ]
    assert here.line("A") == there.line("A") == ["d", "w"]


def test_where_the_row_that_opened_the_day_is_lost_the_promised_arrive_with_the_first_that_is_not() -> None:
    here, there = promised()
    there.issue("A", "lost")
    known = len(there.journal)
    there.issue("A", "w")
    enter(here, there.journal[known:])
    assert here.line("A") == ["d", "w"]
    assert here.ticket("d").state is TicketState.WAITING


def test_a_day_that_is_closed_here_too_keeps_what_was_promised() -> None:
    here, there = promised()
    known = len(there.journal)
    there.do(cmd.BookTicket("b", token_of("b"), "A", at("09:00", TUESDAY)))
    there.do(cmd.CloseDay())
    enter(here, there.journal[known:])
    assert here.hall.day == ""
    assert len(here.hall.tickets) == len(there.hall.tickets)
