"""Sending a ticket to another queue, counter or clerk (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.checks import movable
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.next import serves
from kiosk.domain.notes import with_note
from kiosk.domain.ranks import ahead_of_lines, floor_of
from kiosk.domain.refusals import wrong_counter, wrong_state
from kiosk.domain.rules_counter import counter_of
from kiosk.domain.site import Site
from kiosk.domain.ticket import AT_COUNTER, Move, RankReason, Ticket, TicketState


class _Target(Struct, frozen=True):
    """Where a ticket goes: a queue, and the counter it is bound to there or None."""

    queue: str
    counter: int | None


def transfer(hall: Hall, site: Site, command: cmd.TransferTicket, now: int) -> Decision | Refused:
    """Send a ticket elsewhere; it keeps its rank unless the clerk says front or end."""
    ticket = movable(hall, command.ticket_id, Move.TRANSFER)
    if isinstance(ticket, Refused):
        return ticket
    if ticket.state in AT_COUNTER and command.counter != ticket.counter:
        return wrong_counter(ticket)
    if command.come_back and (refused := _cannot_come_back(ticket)) is not None:
        return refused
    target = _target(hall, site, ticket, command)
    if isinstance(target, Refused):
        return target
    rank_at, reason = _rank(hall, site, ticket, target, command.place, now)
    event = ev.TicketWaiting(
        ticket_id=ticket.id,
        queue=target.queue,
        rank_at=rank_at,
        rank_reason=reason,
        to_counter=target.counter,
        from_counter=ticket.counter,
        home=ticket.counter if command.come_back else None,
    )
    return with_note(hall, ticket, event, command.note, now)


def _cannot_come_back(ticket: Ticket) -> Refused | None:
    """Only a counter that has the ticket can want it back, and only one counter at a time."""
    if ticket.state not in AT_COUNTER:
        return wrong_state(ticket)
    if ticket.home is not None:
        return Refused("comes_back_already", {"number": ticket.number, "counter": ticket.home})
    return None


def _target(hall: Hall, site: Site, ticket: Ticket, command: cmd.TransferTicket) -> _Target | Refused:
    queue, number = command.queue or ticket.queue, command.to_counter
    if site.queue(queue) is None:
        return Refused("unknown_queue", {"queue": queue})
    if command.to_staff is not None:
        found = _counter_of_staff(hall, site, command.to_staff)
        if isinstance(found, Refused):
            return found
        if number not in (None, found):
            return Refused("transfer_where")
        number = found
    if number is None:
        return _Target(queue, None) if command.queue is not None else Refused("transfer_where")
    setup = site.counter(number)
    if setup is None:
        return Refused("unknown_counter", {"counter": number})
    if not serves(hall, setup, queue):
        return Refused("counter_serves_not", {"counter": number, "queue": queue})
    if hall.counter(number).state is CounterState.CLOSED:
        # Nobody else may call a bound ticket: at an empty desk it would wait until the day's end.
        return Refused("counter_not_open", {"counter": number})
    return _Target(queue, number)


def _counter_of_staff(hall: Hall, site: Site, staff_id: str) -> int | Refused:
    staff = site.staff_member(staff_id)
    if staff is None:
        return Refused("unknown_staff")
    counter = counter_of(hall, staff_id)
    return Refused("staff_not_here", {"name": staff.name}) if counter is None else counter.number


def _rank(
    hall: Hall, site: Site, ticket: Ticket, target: _Target, place: cmd.Place, now: int
) -> tuple[int, RankReason]:
    if place is cmd.Place.END:
        return now, RankReason.TRANSFERRED_END
    if place is cmd.Place.KEEP:
        return ticket.rank_at, RankReason.TRANSFERRED
    if ticket.state is TicketState.WAITING:
        hall = hall.with_ticket(replace(ticket, state=TicketState.CALLED))  # nobody stands in front of herself
    lines = [
        (queue, bound)
        for queue, bound in hall.lines
        if queue == target.queue and (target.counter is None or bound in (None, target.counter))
    ]
    floor = floor_of(hall, site, now)
    return min(ticket.rank_at, ahead_of_lines(hall, site, lines, floor, now)), RankReason.TRANSFERRED_FRONT


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {cmd.TransferTicket: transfer}
