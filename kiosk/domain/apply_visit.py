"""What happens to a ticket at a counter, by its events."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.changes import held, in_line, left
from kiosk.domain.hall import DEFAULT_PACE_MS, RECENT_CALLS, Call, Hall
from kiosk.domain.ticket import Ticket, TicketState

PACE_WEIGHT = 4
"""A finished visit moves the queue's mean pace by one part in four: a few visits tell, one alone does not."""


def _called(hall: Hall, event: ev.TicketCalled, rec: ev.Recorded) -> Hall:
    before = held(hall, event.ticket_id)
    is_home = before.home == event.counter
    ticket = replace(
        before,
        state=TicketState.CALLED,
        counter=event.counter,
        staff=event.staff,
        home=None if is_home else before.home,
        home_queue="" if is_home else before.home_queue,
        calls=1,
        steps=before.steps + 1,
        first_called_at=rec.at if before.first_called_at is None else before.first_called_at,
        called_at=rec.at,
        call_seq=rec.seq,
        started_at=None,
        call_reason=event.reason,
        until=None,
    )
    hall = hall.with_ticket(ticket).with_counter(replace(hall.counter(event.counter), ticket=ticket.id))
    return _with_call(hall, ticket, rec, again=False)


def _recalled(hall: Hall, event: ev.TicketRecalled, rec: ev.Recorded) -> Hall:
    ticket = held(hall, event.ticket_id)
    ticket = replace(ticket, calls=ticket.calls + 1)
    return _with_call(hall.with_ticket(ticket), ticket, rec, again=True)


def _started(hall: Hall, event: ev.TicketStarted, rec: ev.Recorded) -> Hall:
    return hall.with_ticket(replace(held(hall, event.ticket_id), state=TicketState.SERVING, started_at=rec.at))


def _finished(hall: Hall, event: ev.TicketFinished, rec: ev.Recorded) -> Hall:
    before = held(hall, event.ticket_id)
    ticket = replace(before, state=TicketState.DONE, finished_at=rec.at, outcome=event.outcome, may_be_rated=True)
    counter = hall.counter(event.counter)
    hall = hall.with_ticket(ticket).with_counter(
        replace(counter, ticket=None, last_finished=ticket.id, served=counter.served + (0 if ticket.training else 1))
    )
    if ticket.training:
        return hall
    return _paced(replace(hall, done=hall.done + 1), before, rec)


def _step_finished(hall: Hall, event: ev.StepFinished, rec: ev.Recorded) -> Hall:
    before = held(hall, event.ticket_id)
    counter = hall.counter(event.counter)
    hall = hall.with_counter(replace(counter, ticket=None, served=counter.served + (0 if before.training else 1)))
    hall = hall if before.training else _paced(hall, before, rec)
    return hall.with_ticket(
        replace(
            in_line(before, rec),
            state=TicketState.WAITING,
            queue=event.queue,
            counter=event.to_counter,
            journey=event.journey,
            outcome=event.outcome,
            home=None,
            home_queue="",
            rank_at=event.rank_at,
            rank_seq=before.rank_seq if event.rank_at == before.rank_at else rec.seq,
            rank_reason=event.rank_reason,
        )
    )


def _no_show(hall: Hall, event: ev.TicketNoShow, _: ev.Recorded) -> Hall:
    return left(hall, held(hall, event.ticket_id), TicketState.NO_SHOW, bound_to=None)


def _parked(hall: Hall, event: ev.TicketParked, _: ev.Recorded) -> Hall:
    ticket = replace(held(hall, event.ticket_id), until=event.until)
    return left(hall, ticket, TicketState.PARKED, bound_to=event.counter)


def _sent_for_papers(hall: Hall, event: ev.TicketSentForPapers, _: ev.Recorded) -> Hall:
    before = held(hall, event.ticket_id)
    ticket = replace(before, until=event.until, missing=event.missing, papers_trips=before.papers_trips + 1)
    hall = left(hall, ticket, TicketState.AWAY, bound_to=event.counter)
    counter = hall.counter(event.counter)
    return hall if before.training else hall.with_counter(replace(counter, trips=counter.trips + 1))


def _priority_judged(hall: Hall, event: ev.PriorityJudged, rec: ev.Recorded) -> Hall:
    ticket = held(hall, event.ticket_id)
    return hall.with_ticket(
        replace(
            ticket,
            priority_confirmed=event.confirmed,
            priority_minutes=event.minutes,
            rank_at=event.rank_at,
            rank_seq=ticket.rank_seq if event.rank_at == ticket.rank_at else rec.seq,
            rank_reason=event.rank_reason,
        )
    )


def _note_taken(hall: Hall, event: ev.NoteTaken, _: ev.Recorded) -> Hall:
    return hall.with_ticket(replace(held(hall, event.ticket_id), note_ref=event.note_ref))


def _paced(hall: Hall, ticket: Ticket, rec: ev.Recorded) -> Hall:
    """Let a finished visit move its queue's pace, which is time for one dossier."""
    if ticket.started_at is None:
        return hall
    pace = hall.pace_ms.get(ticket.queue, DEFAULT_PACE_MS)
    pace += ((rec.at - ticket.started_at) // ticket.dossiers - pace) // PACE_WEIGHT
    return replace(hall, pace_ms={**hall.pace_ms, ticket.queue: pace})


def _with_call(hall: Hall, ticket: Ticket, rec: ev.Recorded, *, again: bool) -> Hall:
    assert ticket.counter is not None
    call = Call(rec.seq, rec.at, ticket.id, ticket.number, ticket.counter, again, hall.called + 1)
    others = tuple(c for c in hall.calls if c.ticket_id != ticket.id)
    return replace(hall, calls=(call, *others)[:RECENT_CALLS], called=call.nth)


APPLY: dict[type, Callable[[Hall, Any, ev.Recorded], Hall]] = {
    ev.TicketCalled: _called,
    ev.TicketRecalled: _recalled,
    ev.TicketStarted: _started,
    ev.TicketFinished: _finished,
    ev.StepFinished: _step_finished,
    ev.TicketNoShow: _no_show,
    ev.TicketParked: _parked,
    ev.TicketSentForPapers: _sent_for_papers,
    ev.PriorityJudged: _priority_judged,
    ev.NoteTaken: _note_taken,
}
