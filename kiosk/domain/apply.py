"""`apply(hall, recorded) -> hall`: the only way a hall changes. It reads nothing but the event (DESIGN §3)."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.counter import CounterState
from kiosk.domain.hall import DEFAULT_PACE_MS, RECENT_CALLS, Call, Hall
from kiosk.domain.ticket import AT_COUNTER, Ticket, TicketState

PACE_WEIGHT = 4
"""A finished visit moves the queue's mean pace by one part in four: a few visits tell, one alone does not."""


def apply(hall: Hall, recorded: ev.Recorded) -> Hall:
    """Fold one event into the hall.

    Raises:
        KeyError: the event names a ticket the hall does not hold; the journal is then not this hall's.
    """
    changed = _APPLY[type(recorded.event)](hall, recorded.event, recorded)
    return replace(changed, seq=recorded.seq, at=recorded.at)


def replay(hall: Hall, journal: Iterable[ev.Recorded]) -> Hall:
    """Fold a stretch of journal into the hall."""
    for recorded in journal:
        hall = apply(hall, recorded)
    return hall


def _day_opened(hall: Hall, event: ev.DayOpened, _: ev.Recorded) -> Hall:
    return replace(hall, day=event.day, ordinals=hall.ordinals if event.day == hall.closed_day else {})


def _day_closed(_hall: Hall, event: ev.DayClosed, _: ev.Recorded) -> Hall:
    return Hall(closed_day=event.day, ordinals=event.ordinals)


def _issued(hall: Hall, event: ev.TicketIssued, rec: ev.Recorded) -> Hall:
    ticket = Ticket(
        id=event.ticket_id,
        number=event.number,
        queue=event.queue,
        state=TicketState.WAITING,
        rank_at=event.rank_at,
        rank_seq=rec.seq,
        rank_reason=event.rank_reason,
        day=event.day,
        issued_at=rec.at,
        token_hash=event.token_hash,
        procedure=event.procedure,
        missing=event.missing,
        language=event.language,
        kiosk=event.kiosk,
        priority_minutes=event.priority_minutes,
        training=event.training,
    )
    hall = replace(
        hall,
        ordinals={**hall.ordinals, event.queue: event.ordinal},
        by_token=hall.by_token.put(event.token_hash, event.ticket_id),
        issued=hall.issued + (0 if event.training else 1),
    )
    return hall.with_ticket(ticket)


def _counter_opened(hall: Hall, event: ev.CounterOpened, _: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(replace(counter, state=CounterState.OPEN, staff=event.staff, pause_reason=""))


def _counter_paused(hall: Hall, event: ev.CounterPaused, _: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(replace(counter, state=CounterState.PAUSED, pause_reason=event.reason))


def _counter_resumed(hall: Hall, event: ev.CounterResumed, _: ev.Recorded) -> Hall:
    return hall.with_counter(replace(hall.counter(event.counter), state=CounterState.OPEN, pause_reason=""))


def _counter_closed(hall: Hall, event: ev.CounterClosed, _: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(replace(counter, state=CounterState.CLOSED, staff=None, pause_reason=""))


def _called(hall: Hall, event: ev.TicketCalled, rec: ev.Recorded) -> Hall:
    ticket = replace(
        _held(hall, event.ticket_id),
        state=TicketState.CALLED,
        counter=event.counter,
        staff=event.staff,
        calls=1,
        steps=_held(hall, event.ticket_id).steps + 1,
        called_at=rec.at,
        started_at=None,
    )
    hall = hall.with_ticket(ticket).with_counter(replace(hall.counter(event.counter), ticket=ticket.id))
    return _with_call(hall, ticket, rec, again=False)


def _recalled(hall: Hall, event: ev.TicketRecalled, rec: ev.Recorded) -> Hall:
    ticket = _held(hall, event.ticket_id)
    ticket = replace(ticket, calls=ticket.calls + 1)
    return _with_call(hall.with_ticket(ticket), ticket, rec, again=True)


def _started(hall: Hall, event: ev.TicketStarted, rec: ev.Recorded) -> Hall:
    return hall.with_ticket(replace(_held(hall, event.ticket_id), state=TicketState.SERVING, started_at=rec.at))


def _finished(hall: Hall, event: ev.TicketFinished, rec: ev.Recorded) -> Hall:
    ticket = replace(_held(hall, event.ticket_id), state=TicketState.DONE, finished_at=rec.at)
    counter = hall.counter(event.counter)
    hall = hall.with_ticket(ticket).with_counter(
        replace(counter, ticket=None, last_finished=ticket.id, served=counter.served + (0 if ticket.training else 1))
    )
    if ticket.training:
        return hall
    hall = replace(hall, done=hall.done + 1)
    if ticket.started_at is None:
        return hall
    pace = hall.pace_ms.get(ticket.queue, DEFAULT_PACE_MS)
    pace += (rec.at - ticket.started_at - pace) // PACE_WEIGHT
    return replace(hall, pace_ms={**hall.pace_ms, ticket.queue: pace})


def _no_show(hall: Hall, event: ev.TicketNoShow, _: ev.Recorded) -> Hall:
    return _left(hall, _held(hall, event.ticket_id), TicketState.NO_SHOW, bound_to=None)


def _parked(hall: Hall, event: ev.TicketParked, _: ev.Recorded) -> Hall:
    return _left(hall, _held(hall, event.ticket_id), TicketState.PARKED, bound_to=event.counter)


def _waiting(hall: Hall, event: ev.TicketWaiting, rec: ev.Recorded) -> Hall:
    ticket = _held(hall, event.ticket_id)
    hall = _freed(hall, ticket)
    return hall.with_ticket(
        replace(
            ticket,
            state=TicketState.WAITING,
            queue=event.queue,
            counter=event.to_counter,
            rank_at=event.rank_at,
            rank_seq=ticket.rank_seq if event.rank_at == ticket.rank_at else rec.seq,
            rank_reason=event.rank_reason,
        )
    )


def _cancelled(hall: Hall, event: ev.TicketCancelled, _: ev.Recorded) -> Hall:
    return _left(hall, _held(hall, event.ticket_id), TicketState.CANCELLED, bound_to=None)


def _expired(hall: Hall, event: ev.TicketExpired, _: ev.Recorded) -> Hall:
    return _left(hall, _held(hall, event.ticket_id), TicketState.EXPIRED, bound_to=None)


def _rated(hall: Hall, event: ev.TicketRated, _: ev.Recorded) -> Hall:
    return hall.with_ticket(replace(_held(hall, event.ticket_id), rated=True))


def _printed(hall: Hall, event: ev.TicketPrinted, _: ev.Recorded) -> Hall:
    ticket = _held(hall, event.ticket_id)
    return hall.with_ticket(replace(ticket, printed=ticket.printed or event.result == "printed"))


def _held(hall: Hall, ticket_id: str) -> Ticket:
    ticket = hall.tickets.get(ticket_id)
    if ticket is None:
        raise KeyError(ticket_id)
    return ticket


def _freed(hall: Hall, ticket: Ticket) -> Hall:
    """Empty the counter a ticket stands at, if it stands at one."""
    if ticket.state not in AT_COUNTER or ticket.counter is None:
        return hall
    return hall.with_counter(replace(hall.counter(ticket.counter), ticket=None))


def _left(hall: Hall, ticket: Ticket, state: TicketState, bound_to: int | None) -> Hall:
    return _freed(hall, ticket).with_ticket(replace(ticket, state=state, counter=bound_to))


def _with_call(hall: Hall, ticket: Ticket, rec: ev.Recorded, *, again: bool) -> Hall:
    assert ticket.counter is not None
    call = Call(rec.seq, rec.at, ticket.id, ticket.number, ticket.counter, again)
    others = tuple(c for c in hall.calls if c.ticket_id != ticket.id)
    return replace(hall, calls=(call, *others)[:RECENT_CALLS])


_APPLY: dict[type, Callable[[Hall, Any, ev.Recorded], Hall]] = {
    ev.DayOpened: _day_opened,
    ev.DayClosed: _day_closed,
    ev.TicketIssued: _issued,
    ev.CounterOpened: _counter_opened,
    ev.CounterPaused: _counter_paused,
    ev.CounterResumed: _counter_resumed,
    ev.CounterClosed: _counter_closed,
    ev.TicketCalled: _called,
    ev.TicketRecalled: _recalled,
    ev.TicketStarted: _started,
    ev.TicketFinished: _finished,
    ev.TicketNoShow: _no_show,
    ev.TicketParked: _parked,
    ev.TicketWaiting: _waiting,
    ev.TicketCancelled: _cancelled,
    ev.TicketExpired: _expired,
    ev.TicketRated: _rated,
    ev.TicketPrinted: _printed,
}
