"""What many rules ask first: is it known, is it here, is the move allowed (DESIGN §4)."""

from kiosk.domain.counter import Counter
from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.refusals import wrong_counter, wrong_state
from kiosk.domain.site import Site
from kiosk.domain.ticket import Move, Ticket


def movable(hall: Hall, ticket_id: str, *moves: Move) -> Ticket | Refused:
    """Find a ticket that may make one of these moves."""
    ticket = hall.ticket(ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if all(ticket.after(move) is None for move in moves):
        return wrong_state(ticket)
    return ticket


def at_counter(hall: Hall, ticket_id: str, counter: int, *moves: Move) -> Ticket | Refused:
    """Find a ticket that may make one of these moves and is at the counter that asks for it."""
    ticket = movable(hall, ticket_id, *moves)
    if isinstance(ticket, Refused) or ticket.counter == counter:
        return ticket
    return wrong_counter(ticket)


def known_counter(hall: Hall, site: Site, number: int) -> Counter | Refused:
    """Find a counter of the set-up."""
    if site.counter(number) is None:
        return Refused("unknown_counter", {"counter": number})
    return hall.counter(number)


def busy(hall: Hall, counter: Counter) -> Refused | None:
    """Say which ticket a counter must finish first, if there is one."""
    if counter.ticket is None:
        return None
    ticket = hall.ticket(counter.ticket)
    return Refused("counter_busy", {"counter": counter.number, "number": ticket.number if ticket else ""})
