"""Refusals that several rules share."""

from kiosk.domain.events import Refused
from kiosk.domain.ticket import Ticket


def wrong_state(ticket: Ticket) -> Refused:
    """Refuse a move the table does not have (DESIGN §4)."""
    return Refused("wrong_state", {"number": ticket.number, "state": ticket.state.value})


def wrong_counter(ticket: Ticket) -> Refused:
    """Refuse what only the counter it is at, or bound to, may do."""
    return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
