"""How tickets come into the hall, wait, and leave it, by their events."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.changes import freed, given_back, held, in_line, left, numbered, promised
from kiosk.domain.hall import REPRINT_MS, Hall, Reprint
from kiosk.domain.numbers import PRACTICE
from kiosk.domain.ticket import RankReason, Ticket, TicketState


def _booked(hall: Hall, event: ev.TicketBooked, rec: ev.Recorded) -> Hall:
    ticket = Ticket(
        id=event.ticket_id,
        number="",
        queue=event.queue,
        state=TicketState.BOOKED,
        rank_at=event.slot_at,
        rank_seq=rec.seq,
        rank_reason=RankReason.APPOINTMENT,
        day=event.day,
        issued_at=rec.at,
        token_hash=event.token_hash,
        procedure=event.procedure,
        language=event.language,
        slot_at=event.slot_at,
        dossiers=event.dossiers,
        journey=event.journey,
        competent=event.competent,
        training=event.training,
    )
    return replace(hall, by_token=hall.by_token.put(event.token_hash, event.ticket_id)).with_ticket(ticket)


def _issued(hall: Hall, event: ev.TicketIssued, rec: ev.Recorded) -> Hall:
    deferred = event.deferred_until is not None
    ticket = Ticket(
        id=event.ticket_id,
        number=event.number,
        queue=event.queue,
        state=TicketState.DEFERRED if deferred else TicketState.WAITING,
        rank_at=event.rank_at,
        rank_seq=rec.seq,
        rank_reason=event.rank_reason,
        day=event.day,
        issued_at=rec.at if event.issued_at is None else event.issued_at,
        waiting_at=None if deferred else rec.at,
        waiting_seq=0 if deferred else rec.seq,
        token_hash=event.token_hash,
        procedure=event.procedure,
        missing=event.missing,
        language=event.language,
        kiosk=event.kiosk,
        priority_minutes=event.priority_minutes,
        priority_ref=event.priority_ref,
        training=event.training,
        counter=event.to_counter,
        until=event.deferred_until,
        dossiers=event.dossiers,
        journey=event.journey,
        competent=event.competent,
        person_ref=event.person_ref,
        wait_low=event.wait_low,
        wait_high=event.wait_high,
    )
    hall = replace(
        hall,
        by_token=hall.by_token.put(event.token_hash, event.ticket_id),
        last_issues={**hall.last_issues, f"{event.kiosk}/{event.queue}": (ticket.issued_at, ticket.id)},
    )
    if event.person_ref is not None and not event.training:
        hall = replace(hall, persons={**hall.persons, event.person_ref: hall.persons.get(event.person_ref, 0) + 1})
    hall = _practised(hall, training=event.training)
    if deferred:
        hall = promised(hall, event.day, event.queue, event.ordinal)
    else:
        hall = numbered(hall, event.queue, event.ordinal, counts=not event.training and event.day == hall.day)
    return hall.with_ticket(ticket)


def _practised(hall: Hall, *, training: bool) -> Hall:
    if not training:
        return hall
    return replace(hall, ordinals={**hall.ordinals, PRACTICE: hall.ordinals.get(PRACTICE, 0) + 1})


def _deferred(hall: Hall, event: ev.TicketDeferred, rec: ev.Recorded) -> Hall:
    ticket = held(hall, event.ticket_id)
    deferred = replace(
        ticket,
        state=TicketState.DEFERRED,
        number=event.number,
        day=event.day,
        until=event.until,
        counter=None,
        rank_at=event.until,
        rank_seq=rec.seq,
        rank_reason=RankReason.DEFERRED,
    )
    return promised(hall, event.day, ticket.queue, event.ordinal).with_ticket(deferred)


def _arrived(hall: Hall, event: ev.TicketArrived, rec: ev.Recorded) -> Hall:
    ticket = held(hall, event.ticket_id)
    hall = numbered(hall, ticket.queue, event.ordinal, counts=not ticket.training)
    hall = _practised(hall, training=ticket.training)
    return hall.with_ticket(
        replace(
            ticket,
            state=TicketState.WAITING,
            number=event.number,
            day=event.day,
            rank_at=event.rank_at,
            rank_seq=rec.seq,
            rank_reason=event.rank_reason,
            arrived_at=rec.at,
            waiting_at=rec.at,
            waiting_seq=rec.seq,
            until=None,
        )
    )


def _labelled(hall: Hall, event: ev.TicketLabelled, _: ev.Recorded) -> Hall:
    ticket = held(hall, event.ticket_id)
    calls = tuple(replace(c, number=event.number) if c.ticket_id == ticket.id else c for c in hall.calls)
    return replace(hall, calls=calls).with_ticket(replace(ticket, number=event.number, rank_at=event.rank_at))


def _waiting(hall: Hall, event: ev.TicketWaiting, rec: ev.Recorded) -> Hall:
    ticket = in_line(held(hall, event.ticket_id), rec)
    hall = freed(hall, held(hall, event.ticket_id))
    if event.ordinal:
        hall = numbered(hall, event.queue, event.ordinal, counts=not ticket.training)
    return hall.with_ticket(
        replace(
            ticket,
            state=TicketState.WAITING,
            queue=event.queue,
            counter=event.to_counter,
            rank_at=event.rank_at,
            rank_seq=ticket.rank_seq if event.rank_at == ticket.rank_at else rec.seq,
            rank_reason=event.rank_reason,
            home=ticket.home if event.home is None else event.home,
            home_queue=ticket.home_queue if event.home is None else ticket.queue,
            until=None,
            number=event.number or ticket.number,
            day=event.day or ticket.day,
        )
    )


def _cancelled(hall: Hall, event: ev.TicketCancelled, _: ev.Recorded) -> Hall:
    ticket = replace(held(hall, event.ticket_id), cancel_reason=event.reason)
    if event.reason == "no_paper":
        hall = given_back(hall, ticket)
    return left(hall, ticket, TicketState.CANCELLED, bound_to=None)


def _expired(hall: Hall, event: ev.TicketExpired, _: ev.Recorded) -> Hall:
    return left(hall, held(hall, event.ticket_id), TicketState.EXPIRED, bound_to=None)


def _rated(hall: Hall, event: ev.TicketRated, _: ev.Recorded) -> Hall:
    """Count a ballot; one that comes after its day is about a ticket the hall holds no more."""
    ticket = hall.tickets.get(event.ticket_id)
    return hall if ticket is None else hall.with_ticket(replace(ticket, rated=True))


def _printed(hall: Hall, event: ev.TicketPrinted, _: ev.Recorded) -> Hall:
    """Note the paper's fate; news that comes after its day is about a ticket the hall holds no more."""
    ticket = hall.tickets.get(event.ticket_id)
    wish = hall.reprints.get(event.ticket_id)
    if wish is not None:
        told = replace(wish, result=event.result, detail=event.detail)
        hall = replace(hall, reprints={**hall.reprints, event.ticket_id: told})
    if ticket is None:
        return hall
    printed = ticket.printed or event.result == "printed"
    return hall.with_ticket(replace(ticket, printed=printed, paper_lost=not printed and event.result == "refused"))


def _reprint_wanted(hall: Hall, event: ev.TicketReprintWanted, rec: ev.Recorded) -> Hall:
    """Remember the wish, and no older one whose time is over. The paper of one who fetches papers is their list."""
    meant = {ticket_id: one for ticket_id, one in hall.reprints.items() if rec.at - one.at < REPRINT_MS}
    ticket = hall.tickets.get(event.ticket_id)
    papers = ticket is not None and ticket.state is TicketState.AWAY
    return replace(hall, reprints={**meant, event.ticket_id: Reprint(rec.at, event.kiosk, papers)})


APPLY: dict[type, Callable[[Hall, Any, ev.Recorded], Hall]] = {
    ev.TicketBooked: _booked,
    ev.TicketIssued: _issued,
    ev.TicketDeferred: _deferred,
    ev.TicketArrived: _arrived,
    ev.TicketLabelled: _labelled,
    ev.TicketWaiting: _waiting,
    ev.TicketCancelled: _cancelled,
    ev.TicketExpired: _expired,
    ev.TicketRated: _rated,
    ev.TicketReprintWanted: _reprint_wanted,
    ev.TicketPrinted: _printed,
}
