"""What may be done to a ticket wherever it is: give it up, note something, rate it, tell of its paper (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.checks import movable
from kiosk.domain.events import Decision, Refused
from kiosk.domain.facts import ballot, paper
from kiosk.domain.hall import REPRINT_MS, Hall
from kiosk.domain.notes import noted
from kiosk.domain.refusals import wrong_counter, wrong_state
from kiosk.domain.site import Site
from kiosk.domain.ticket import Move


def cancel(hall: Hall, site: Site, command: cmd.CancelTicket, now: int) -> Decision | Refused:
    """Give the number up."""
    ticket = movable(hall, command.ticket_id, Move.CANCEL)
    if isinstance(ticket, Refused):
        return ticket
    return Decision((ev.TicketCancelled(ticket.id, command.reason.value),))


def note(hall: Hall, site: Site, command: cmd.NoteTicket, now: int) -> Decision | Refused:
    """Keep a line about a ticket that is at, or belongs to, the counter."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.counter != command.counter:
        return wrong_counter(ticket)
    if not command.note:
        return Refused("note_empty")
    return noted(hall, ticket, command.note, now)


def rate(hall: Hall, site: Site, command: cmd.RateTicket, now: int) -> Decision | Refused:
    """Count a sealed ballot: one per finished visit. It stays when the clerk takes the end back."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if not ticket.may_be_rated:
        return wrong_state(ticket)
    if ticket.rated:
        return Refused("already_rated", {"number": ticket.number})
    return ballot(command, now)


def printed(hall: Hall, site: Site, command: cmd.MarkPrinted, now: int) -> Decision | Refused:
    """Keep what became of the paper, in every state: it is a fact."""
    return Refused("unknown_ticket") if hall.ticket(command.ticket_id) is None else paper(command)


def reprint(hall: Hall, site: Site, command: cmd.ReprintTicket, now: int) -> Decision | Refused:
    """Want its paper once more; a wish that is still meant, and not yet answered, is not made twice.

    From the kiosk the command names, or the ticket's own.
    """
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if command.kiosk and site.kiosk(command.kiosk) is None:
        return Refused("unknown_kiosk", {"kiosk": command.kiosk})
    kiosk = command.kiosk or ticket.kiosk
    if not kiosk:
        return Refused("no_kiosk", {"number": ticket.number})
    before = hall.reprints.get(ticket.id)
    if before is not None and not before.result and now - before.at < REPRINT_MS:
        return Decision()
    return Decision((ev.TicketReprintWanted(ticket.id, kiosk),))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.CancelTicket: cancel,
    cmd.NoteTicket: note,
    cmd.RateTicket: rate,
    cmd.MarkPrinted: printed,
    cmd.ReprintTicket: reprint,
}
