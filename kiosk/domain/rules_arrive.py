"""Tickets for a later hour or day: how they are promised, and how their citizens arrive (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import calendar, capacity, numbers
from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.day import promised_rank
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.ranks import no_earlier
from kiosk.domain.refusals import wrong_state
from kiosk.domain.site import DAY_MS, MINUTE_MS, Queue, Site
from kiosk.domain.ticket import Move, RankReason, Ticket, TicketState
from kiosk.domain.tokens import hash_token
from kiosk.domain.visit import ref_of, refused_as_new, side_of, visit_of

BOOKED_AHEAD_MS = 366 * DAY_MS
"""Nobody knows the hours of a day that is further away."""


def book(hall: Hall, site: Site, command: cmd.BookTicket, now: int) -> Decision | Refused:
    """Make an appointment; its number is given when its citizen comes."""
    visit = visit_of(hall, site, queue=command.queue, procedure=command.procedure, journey=command.journey)
    if isinstance(visit, Refused):
        return visit
    queue, token_hash = visit.queue, hash_token(command.token)
    refused = refused_as_new(hall, command.ticket_id, command.token, token_hash)
    refused = refused or _no_slot(hall, site, queue, command, now)
    if refused is not None:
        return refused
    booked = ev.TicketBooked(
        ticket_id=command.ticket_id,
        queue=queue.id,
        day=site.service_day(command.slot_at),
        slot_at=command.slot_at,
        token_hash=token_hash,
        token_ref=ref_of(command.ticket_id, "token"),
        procedure=command.procedure,
        language=command.language,
        dossiers=command.dossiers,
        competent=command.competent or "",
        journey=visit.journey,
        channel=command.channel,
        training=command.training,
    )
    return Decision((booked,), side_of(command.ticket_id, "token", command.token, command.slot_at))


def _no_slot(hall: Hall, site: Site, queue: Queue, command: cmd.BookTicket, now: int) -> Refused | None:
    """Say why a slot cannot be booked: it must lie ahead, within the queue's hours, in an hour that has room."""
    if command.competent and site.agency(command.competent) is None:
        return Refused("unknown_agency", {"agency": command.competent})
    if queue.id in hall.closed_queues:
        return Refused("queue_closed", {"queue": queue.id, "reason": hall.closed_queues[queue.id]})
    if not now < command.slot_at <= now + BOOKED_AHEAD_MS:
        return Refused("slot_not_ahead")
    day, clock = site.service_day(command.slot_at), calendar.clock_text(site, command.slot_at)
    hours = calendar.stretches(site, queue.id, day)
    if site.info.hours.enforced and not any(s.opens <= command.slot_at < s.closes for s in hours):
        return Refused("slot_shut", {"day": day, "time": clock})
    if not capacity.has_room(hall, site, queue, command.slot_at, command.dossiers):
        return Refused("slot_full", {"day": day, "time": clock})
    return None


def arrive(hall: Hall, site: Site, command: cmd.ArriveTicket, now: int) -> Decision | Refused:
    """Staff checks a citizen in."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    arrival = arrival_of(hall, site, ticket, now)
    return arrival if isinstance(arrival, Refused) else Decision((arrival,))


def arrival_of(hall: Hall, site: Site, ticket: Ticket, now: int) -> ev.TicketArrived | Refused:
    """Let a booked or deferred ticket wait from now on, at whatever screen its citizen checks in.

    An appointment counts from its slot minus its credit, or from the check-in where that is earlier; who comes too
    late for it counts from the check-in. A deferred ticket arrives by itself as its day begins; one whose day went by
    with doors shut still counts from that day's opening, under a number of this day. No right passes who is overdue.
    """
    if ticket.after(Move.ARRIVE) is None:
        return wrong_state(ticket)
    if ticket.day > hall.day:
        return Refused("not_today", {"day": ticket.day})
    practice = numbers.number_of_practice(hall) if ticket.training else None
    number = practice or numbers.number_of_today(hall, site, ticket.queue)
    if isinstance(number, Refused):
        return number
    rank_at, reason = _arrived_rank(site, ticket, hall.day, now)
    rank_at = no_earlier(hall, site, rank_at, now)
    return ev.TicketArrived(ticket.id, number.number, number.ordinal, hall.day, rank_at, reason)


def _arrived_rank(site: Site, ticket: Ticket, today: str, now: int) -> tuple[int, RankReason]:
    if ticket.state is TicketState.DEFERRED:
        return min(now, promised_rank(ticket)), RankReason.DEFERRED
    slot_at = ticket.slot_at or now
    if ticket.day != today or now > slot_at + site.rules.appointment_late_minutes * MINUTE_MS:
        return now, RankReason.APPOINTMENT_LATE
    due = slot_at - site.rules.appointment_credit_minutes * MINUTE_MS
    return min(now, due), RankReason.APPOINTMENT


def defer(hall: Hall, site: Site, command: cmd.DeferTicket, now: int) -> Decision | Refused:
    """Promise a waiting ticket the first hour of the next working day, because today cannot serve it."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.after(Move.DEFER) is None:
        return wrong_state(ticket)
    queue = site.queue(ticket.queue)
    if queue is None:
        return Refused("unknown_queue", {"queue": ticket.queue})
    promise = capacity.promise(hall, site, queue, ticket.dossiers)
    if promise is None:
        return Refused("no_day_ahead", {"queue": queue.id})
    number, ordinal = (ticket.number, 0) if ticket.training else (promise.number, promise.ordinal)
    return Decision((ev.TicketDeferred(ticket.id, number, ordinal, promise.day, promise.hour.opens),))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.BookTicket: book,
    cmd.ArriveTicket: arrive,
    cmd.DeferTicket: defer,
}
