"""What holds for every command: wishes expire, facts do not, days turn by themselves (DESIGN §3)."""

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.events import CounterClosed, DayClosed, DayOpened, DayReport, Decision, Refused, TicketExpired
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import TicketState
from tests.factory import DAY_MS, MORNING, Play, token_of


def test_the_first_command_opens_the_day_and_the_next_does_not() -> None:
    play = Play()
    play.issue("A")
    play.issue("A")
    days = [rec.event for rec in play.journal if isinstance(rec.event, DayOpened)]
    assert days == [DayOpened("2026-11-23")]


def test_the_first_command_of_a_new_day_closes_the_old_one_in_order() -> None:
    play = Play()
    play.open(1, 2)
    first, second = play.issue("A"), play.issue("B")
    play.call(1)
    play.now += DAY_MS
    events = play.do(cmd.IssueTicket("new", token_of("new"), "A"))
    assert events[:-1] == (
        TicketExpired(first),
        TicketExpired(second),
        CounterClosed(1),
        CounterClosed(2),
        DayClosed(
            "2026-11-23",
            {"A": 1, "B": 1},
            {"A": 1, "B": 1},
            report=DayReport(issued=2, expired=("A001", "B001")),
            called=1,
        ),
        DayOpened("2026-11-24"),
    )


def test_a_new_day_counts_from_one_and_has_forgotten_yesterday() -> None:
    play = Play()
    play.open(1)
    old = play.issue("A")
    play.serve(1)
    play.now += DAY_MS
    new = play.issue("A")
    assert play.ticket(new).number == "A001"
    assert play.hall.ticket(old) is None
    assert play.hall.calls == ()
    assert play.hall.seq == len(play.journal)


def test_the_day_is_the_centres_own_and_not_that_of_greenwich() -> None:
    play = Play()
    play.issue("A")
    play.now = MORNING + 16 * 60 * 60_000 + 29 * 60_000  # 23:59 in Vietnam, 16:59 in Greenwich
    play.issue("A")
    assert play.hall.day == "2026-11-23"
    play.now += 60_000
    play.issue("A")
    assert play.hall.day == "2026-11-24"


def test_a_refused_first_command_does_not_turn_the_day() -> None:
    play = Play()
    play.issue("A")
    play.now += DAY_MS
    assert play.refusal(cmd.CallNext(1)) == "counter_not_open"
    assert play.hall.day == "2026-11-23"


def test_closing_the_day_twice_is_allowed_and_does_nothing_the_second_time() -> None:
    play = Play()
    play.issue("A")
    assert isinstance(play.do(cmd.CloseDay())[-1], DayClosed)
    assert play.do(cmd.CloseDay()) == ()


def test_a_command_after_closing_time_reopens_the_day_and_gives_no_number_twice() -> None:
    play = Play()
    play.issue("A")
    play.do(cmd.CloseDay())
    assert len(play.hall.tickets) == 0
    assert play.ticket(play.issue("A")).number == "A002"
    assert play.hall.day == "2026-11-23"


def test_a_closed_day_needs_nothing_from_before_its_end() -> None:
    play = Play()
    play.issue("A")
    play.do(cmd.CloseDay())
    assert replay(Hall(), play.journal[-1:]) == play.hall


def test_a_wish_is_refused_after_its_time_and_allowed_at_it() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    assert play.try_(cmd.CallNext(1), not_after=play.now - 1) == Refused("too_late")
    assert isinstance(play.try_(cmd.CallNext(1), not_after=play.now), Decision)


def test_a_fact_never_comes_too_late() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    play.serve(1)
    for fact in (cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED), cmd.RateTicket(ticket_id, b"x", "2025")):
        assert isinstance(play.try_(fact, not_after=0), Decision)


def test_a_fact_after_midnight_still_finds_its_ticket_and_does_not_turn_the_day() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    play.serve(1)
    play.now += DAY_MS
    play.do(cmd.RateTicket(ticket_id, b"x", "2025"))
    assert play.ticket(ticket_id).rated
    assert play.ticket(ticket_id).state is TicketState.DONE
    assert play.hall.day == "2026-11-23"
