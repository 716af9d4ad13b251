"""What the clock brings about: parked tickets come back, rights to return end (DESIGN §3: timers are commands).

Whoever owns the clock asks `due` now and then and hands what it says to `decide`; nothing here waits.
"""

from kiosk.domain.commands import TimeUp
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import TicketState

_TIMED = frozenset({TicketState.PARKED, TicketState.AWAY})


def due(hall: Hall, now: int) -> list[TimeUp]:
    """Return the timers that have run out at hall time `now`, the first to run out first."""
    return [TimeUp(ticket_id, until) for until, ticket_id in _running(hall) if until <= now]


def command_id(timer: TimeUp) -> str:
    """Return the id of a timer's command: the same timer never does its work twice, however often it is sent."""
    return f"timer-{timer.until}-{timer.ticket_id}"


def _running(hall: Hall) -> list[tuple[int, str]]:
    tickets = (hall.ticket(ticket_id) for ticket_id in hall.aside)
    return sorted((t.until, t.id) for t in tickets if t is not None and t.until is not None and t.state in _TIMED)
