"""What may be done to a ticket, and what comes of it (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.facts import ballot, paper
from kiosk.domain.hall import Hall
from kiosk.domain.refusals import wrong_state
from kiosk.domain.site import Site
from kiosk.domain.ticket import AT_COUNTER, Move, RankReason, Ticket, TicketState

RETURN_BEHIND = 3
"""A revived no-show waits behind this many others (DESIGN §4: "behind the next few")."""


def recall(hall: Hall, site: Site, command: cmd.RecallTicket, now: int) -> Decision | Refused:
    """Call once more."""
    return _at_counter(hall, command, Move.RECALL, lambda t: ev.TicketRecalled(t.id, command.counter))


def start(hall: Hall, site: Site, command: cmd.StartTicket, now: int) -> Decision | Refused:
    """The citizen has come."""
    return _at_counter(hall, command, Move.START, lambda t: ev.TicketStarted(t.id, command.counter))


def finish(hall: Hall, site: Site, command: cmd.FinishTicket, now: int) -> Decision | Refused:
    """The visit is over."""
    return _at_counter(
        hall,
        command,
        Move.FINISH,
        lambda t: ev.TicketFinished(t.id, command.counter, t.staff or "", command.outcome.value),
    )


def no_show(hall: Hall, site: Site, command: cmd.NoShowTicket, now: int) -> Decision | Refused:
    """Nobody came."""
    return _at_counter(hall, command, Move.NO_SHOW, lambda t: ev.TicketNoShow(t.id, command.counter))


def park(hall: Hall, site: Site, command: cmd.ParkTicket, now: int) -> Decision | Refused:
    """The citizen steps aside."""
    return _at_counter(hall, command, Move.PARK, lambda t: ev.TicketParked(t.id, command.counter))


def transfer(hall: Hall, site: Site, command: cmd.TransferTicket, now: int) -> Decision | Refused:
    """Send a ticket to another queue or counter; it keeps its rank unless the clerk says front or end."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.state in AT_COUNTER and command.counter != ticket.counter:
        return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
    if ticket.after(Move.TRANSFER) is None:
        return wrong_state(ticket)
    queue = command.queue or ticket.queue
    if site.queue(queue) is None:
        return Refused("unknown_queue", {"queue": queue})
    if command.to_counter is not None:
        target = site.counter(command.to_counter)
        if target is None:
            return Refused("unknown_counter", {"counter": command.to_counter})
        if not any(queue in tier for tier in target.tiers):
            return Refused("counter_serves_not", {"counter": command.to_counter, "queue": queue})
        if hall.counter(command.to_counter).state is CounterState.CLOSED:
            # Nobody else may call a bound ticket: at an empty desk it would wait until the day's end.
            return Refused("counter_not_open", {"counter": command.to_counter})
    elif command.queue is None:
        return Refused("transfer_where")
    rank_at, reason = _transferred_rank(hall, ticket, queue, command, now)
    event = ev.TicketWaiting(ticket.id, queue, rank_at, reason, command.to_counter, ticket.counter)
    return Decision((event,))


def cancel(hall: Hall, site: Site, command: cmd.CancelTicket, now: int) -> Decision | Refused:
    """Give the number up."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.after(Move.CANCEL) is None:
        return wrong_state(ticket)
    return Decision((ev.TicketCancelled(ticket.id, command.reason.value),))


def revive(hall: Hall, site: Site, command: cmd.ReviveTicket, now: int) -> Decision | Refused:
    """Let a citizen who missed the call wait again, behind the next few; a parked one keeps place and counter."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.after(Move.REVIVE) is None:
        return wrong_state(ticket)
    if ticket.state is TicketState.PARKED:
        return Decision(
            (ev.TicketWaiting(ticket.id, ticket.queue, ticket.rank_at, ticket.rank_reason, ticket.counter),)
        )
    line = hall.line(ticket.queue)
    behind = line[RETURN_BEHIND - 1][0] if len(line) >= RETURN_BEHIND else now
    # One who was picked out of order and did not come must not gain a place by it.
    rank_at = max(behind, ticket.rank_at)
    return Decision((ev.TicketWaiting(ticket.id, ticket.queue, rank_at, RankReason.RETURNED),))


def rate(hall: Hall, site: Site, command: cmd.RateTicket, now: int) -> Decision | Refused:
    """Count a sealed ballot: one per finished visit."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.state is not TicketState.DONE:
        return wrong_state(ticket)
    if ticket.rated:
        return Refused("already_rated", {"number": ticket.number})
    return ballot(command, now)


def printed(hall: Hall, site: Site, command: cmd.MarkPrinted, now: int) -> Decision | Refused:
    """Keep what became of the paper, in every state: it is a fact."""
    return Refused("unknown_ticket") if hall.ticket(command.ticket_id) is None else paper(command)


def _transferred_rank(
    hall: Hall, ticket: Ticket, queue: str, command: cmd.TransferTicket, now: int
) -> tuple[int, RankReason]:
    if command.place is cmd.Place.END:
        return now, RankReason.TRANSFERRED_END
    if command.place is cmd.Place.FRONT:
        first = min((line[0][0] for line in hall.lines_of(queue, command.to_counter)), default=now)
        return min(first - 1, ticket.rank_at), RankReason.TRANSFERRED_FRONT
    return ticket.rank_at, RankReason.TRANSFERRED


_CounterMove = cmd.RecallTicket | cmd.StartTicket | cmd.FinishTicket | cmd.NoShowTicket | cmd.ParkTicket


def _at_counter(
    hall: Hall, command: _CounterMove, move: Move, event: Callable[[Ticket], ev.AnyEvent]
) -> Decision | Refused:
    """Make `event` if the ticket is at the counter that asks and the move is allowed."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.after(move) is None:
        return wrong_state(ticket)
    if ticket.counter != command.counter:
        return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
    return Decision((event(ticket),))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.RecallTicket: recall,
    cmd.StartTicket: start,
    cmd.FinishTicket: finish,
    cmd.NoShowTicket: no_show,
    cmd.ParkTicket: park,
    cmd.TransferTicket: transfer,
    cmd.CancelTicket: cancel,
    cmd.ReviveTicket: revive,
    cmd.RateTicket: rate,
    cmd.MarkPrinted: printed,
}
