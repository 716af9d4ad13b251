"""How a ticket that was set aside comes back, by its citizen, by staff, or by the clock (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.checks import known_counter, movable
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.next import first_tier_lines
from kiosk.domain.numbers import number_of_today
from kiosk.domain.ranks import ahead_of_lines, behind_the_next, floor_of
from kiosk.domain.rules_arrive import arrival_of
from kiosk.domain.site import Site
from kiosk.domain.ticket import Move, RankReason, Ticket, TicketState
from kiosk.domain.tokens import hash_token


def return_ticket(hall: Hall, site: Site, command: cmd.ReturnTicket, now: int) -> Decision | Refused:
    """Staff sees that a citizen is back who missed her call, was parked, or fetched papers."""
    if command.counter is not None and isinstance(unknown := known_counter(hall, site, command.counter), Refused):
        return unknown
    ticket = movable(hall, command.ticket_id, Move.RETURN)
    return ticket if isinstance(ticket, Refused) else back(hall, site, ticket, now, command.counter)


def scan(hall: Hall, site: Site, command: cmd.ScanTicket, now: int) -> Decision | Refused:
    """A citizen held her ticket to the kiosk: what that means depends on where she stands.

    Where it means nothing more, because she waits, is served or was, the answer says so by her ticket's state.
    """
    ticket_id = hall.by_token.get(hash_token(command.token))
    ticket = hall.ticket(ticket_id) if ticket_id is not None else None
    if ticket is None:
        return Refused("unknown_ticket")
    if _was_away(ticket):
        return _too_late(ticket)
    if ticket.after(Move.ARRIVE) is not None and ticket.day <= hall.day:
        arrival = arrival_of(hall, site, ticket, now)
        return arrival if isinstance(arrival, Refused) else Decision((arrival,))
    if ticket.after(Move.RETURN) is not None:
        return back(hall, site, ticket, now)
    return Decision()


def time_up(hall: Hall, site: Site, command: cmd.TimeUp, now: int) -> Decision | Refused:
    """What was parked waits again; the right of what was away is over. Nothing, where it has moved since."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None or ticket.until != command.until:
        return Decision()
    if ticket.state is TicketState.PARKED:
        return back(hall, site, ticket, now)
    if ticket.state is TicketState.AWAY:
        return Decision((ev.TicketExpired(ticket.id),))
    return Decision()


def back(hall: Hall, site: Site, ticket: Ticket, now: int, by_counter: int | None = None) -> Decision | Refused:
    """Let a ticket that is set aside wait again, each kind with its own right; `by_counter` may take it back."""
    waiting: ev.TicketWaiting | Refused
    if ticket.state is TicketState.NO_SHOW:
        waiting = _missed(hall, site, ticket, now)
    elif ticket.state is TicketState.PARKED:
        rank = ticket.rank_at, RankReason.PARK_OVER
        waiting = ev.TicketWaiting(ticket.id, ticket.queue, *rank, to_counter=_still_open(hall, ticket))
    elif ticket.until is not None and now > ticket.until:
        return _too_late(ticket)
    else:
        waiting = with_papers(hall, site, ticket, now)
    if isinstance(waiting, Refused):
        return waiting
    gave_number = bool(waiting.number)  # that is not taken back
    return Decision((replace(waiting, by_counter=None if gave_number else by_counter),))


def with_papers(hall: Hall, site: Site, ticket: Ticket, now: int) -> ev.TicketWaiting | Refused:
    """Return how a ticket waits again whose citizen fetched what was missing: next where she was.

    On another day it takes a number of that day, and only its line counts: she never was before who is overdue there.
    """
    counter = _still_open(hall, ticket)
    floor = floor_of(hall, site, now)
    setup = site.counter(counter) if counter is not None else None
    lines = (
        first_tier_lines(hall, site, setup)
        if setup is not None
        else [key for key in hall.lines if key[0] == ticket.queue]
    )
    rank_at = ahead_of_lines(hall, site, lines, floor, now)
    if ticket.day == hall.day:
        rank = min(rank_at, ticket.rank_at), RankReason.PAPERS
        return ev.TicketWaiting(ticket.id, ticket.queue, *rank, to_counter=counter)
    number = number_of_today(hall, site, ticket.queue)
    if isinstance(number, Refused):
        return number
    return ev.TicketWaiting(
        ticket_id=ticket.id,
        queue=ticket.queue,
        rank_at=rank_at,
        rank_reason=RankReason.PAPERS,
        to_counter=counter,
        number=number.number,
        ordinal=number.ordinal,
        day=hall.day,
    )


def _missed(hall: Hall, site: Site, ticket: Ticket, now: int) -> ev.TicketWaiting:
    """Behind the next few. One who was picked out of order and did not come must not gain a place by it."""
    rank_at = max(behind_the_next(hall, ticket.queue, site.rules.return_behind, now), ticket.rank_at)
    return ev.TicketWaiting(ticket.id, ticket.queue, rank_at, RankReason.RETURNED)


def _still_open(hall: Hall, ticket: Ticket) -> int | None:
    """Return the counter a ticket belongs to, if anyone is there who can call it."""
    if ticket.counter is None or hall.counter(ticket.counter).state is CounterState.CLOSED:
        return None
    return ticket.counter


def _was_away(ticket: Ticket) -> bool:
    """Tell whether a ticket ended because its citizen did not bring the papers in time."""
    return ticket.state is TicketState.EXPIRED and ticket.until is not None and ticket.papers_trips > 0


def _too_late(ticket: Ticket) -> Refused:
    return Refused("papers_too_late", {"number": ticket.number})


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.ReturnTicket: return_ticket,
    cmd.ScanTicket: scan,
    cmd.TimeUp: time_up,
}
