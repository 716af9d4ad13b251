"""What the clock brings about by itself."""

from kiosk.domain import commands as cmd
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import TicketState
from kiosk.domain.timers import command_id, due
from tests.factory import Play


def aside(play: Play, command: type[cmd.ParkTicket] | type[cmd.SendForPapers], minutes: int) -> str:
    ticket_id = play.issue("A")
    play.call(1, ticket_id)
    if command is cmd.ParkTicket:
        play.do(cmd.ParkTicket(ticket_id, 1, minutes))
    else:
        play.do(cmd.SendForPapers(ticket_id, 1, (0,), minutes))
    return ticket_id


def test_timers_run_out_in_their_order_and_not_before_their_time() -> None:
    play = Play()
    play.open(1)
    assert due(play.hall, play.now + 60 * MINUTE_MS) == []
    away, parked = aside(play, cmd.SendForPapers, 30), aside(play, cmd.ParkTicket, 10)
    ends = {ticket_id: play.ticket(ticket_id).until or 0 for ticket_id in (parked, away)}
    assert due(play.hall, ends[parked] - 1) == []
    assert due(play.hall, ends[parked]) == [cmd.TimeUp(parked, ends[parked])]
    assert due(play.hall, ends[away]) == [cmd.TimeUp(ticket_id, until) for ticket_id, until in ends.items()]


def test_what_is_due_is_due_no_more_when_it_was_done() -> None:
    play = Play()
    play.open(1)
    away, parked = aside(play, cmd.SendForPapers, 10), aside(play, cmd.ParkTicket, 10)
    play.pass_minutes(11)
    for timer in due(play.hall, play.now):
        play.do(timer)
    assert due(play.hall, play.now) == []
    assert play.ticket(parked).state is TicketState.WAITING
    assert play.ticket(away).state is TicketState.EXPIRED


def test_no_timer_runs_for_a_missed_call_or_for_a_ticket_that_was_called_again() -> None:
    play = Play()
    play.open(1)
    missed = play.issue("A")
    play.call(1)
    play.do(cmd.NoShowTicket(missed, 1))
    parked = aside(play, cmd.ParkTicket, 10)
    play.call(1, parked)
    assert due(play.hall, play.now + 60 * MINUTE_MS) == []


def test_each_timer_of_a_ticket_has_an_id_of_its_own() -> None:
    assert command_id(cmd.TimeUp("t1", 5)) != command_id(cmd.TimeUp("t1", 6)) != command_id(cmd.TimeUp("t2", 6))
