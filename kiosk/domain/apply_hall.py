"""How days, queues, kiosks and counters change by their events."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.acts import restored
from kiosk.domain.changes import higher, in_line
from kiosk.domain.counter import CounterState
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import TicketState


def _day_opened(hall: Hall, event: ev.DayOpened, _: ev.Recorded) -> Hall:
    if event.day == hall.closed_day:
        return replace(hall, day=event.day)
    ahead = {day: numbers for day, numbers in hall.ordinals_ahead.items() if day > event.day}
    promised = hall.ordinals_ahead.get(event.day, {})
    counts: dict[str, Any] = {"ordinals": promised, "given": {}, "persons": {}, "called": 0}
    return replace(hall, day=event.day, ordinals_ahead=ahead, reported=None, **counts)


def _day_closed(_hall: Hall, event: ev.DayClosed, _: ev.Recorded) -> Hall:
    hall = Hall(
        closed_day=event.day,
        ordinals=event.ordinals,
        given=event.given,
        ordinals_ahead=event.ordinals_ahead,
        persons=event.persons,
        closed_queues=event.closed_queues,
        closed_kiosks=event.closed_kiosks,
        pace_ms=event.pace_ms,
        called=event.called,
        reported=event.report,
    )
    for ticket in event.carried:
        hall = replace(hall, by_token=hall.by_token.put(ticket.token_hash, ticket.id)).with_ticket(ticket)
    return hall


def _queue_closed(hall: Hall, event: ev.QueueClosed, _: ev.Recorded) -> Hall:
    return replace(hall, closed_queues={**hall.closed_queues, event.queue: event.reason})


def _queue_opened(hall: Hall, event: ev.QueueOpened, _: ev.Recorded) -> Hall:
    return replace(hall, closed_queues={q: why for q, why in hall.closed_queues.items() if q != event.queue})


def _kiosk_closed(hall: Hall, event: ev.KioskClosed, _: ev.Recorded) -> Hall:
    return replace(hall, closed_kiosks={**hall.closed_kiosks, event.kiosk: event.reason})


def _kiosk_opened(hall: Hall, event: ev.KioskOpened, _: ev.Recorded) -> Hall:
    return replace(hall, closed_kiosks={k: why for k, why in hall.closed_kiosks.items() if k != event.kiosk})


def _counter_opened(hall: Hall, event: ev.CounterOpened, rec: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(
        replace(counter, state=CounterState.OPEN, staff=event.staff, pause_reason="", since=rec.at)
    )


def _counter_paused(hall: Hall, event: ev.CounterPaused, rec: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(replace(counter, state=CounterState.PAUSED, pause_reason=event.reason, since=rec.at))


def _counter_resumed(hall: Hall, event: ev.CounterResumed, rec: ev.Recorded) -> Hall:
    counter = hall.counter(event.counter)
    return hall.with_counter(replace(counter, state=CounterState.OPEN, pause_reason="", since=rec.at))


def _counter_closed(hall: Hall, event: ev.CounterClosed, rec: ev.Recorded) -> Hall:
    for ticket_id in event.released:
        ticket = hall.tickets.get(ticket_id)
        if ticket is None:
            raise KeyError(ticket_id)
        hall = hall.with_ticket(replace(in_line(ticket, rec), state=TicketState.WAITING, counter=None, until=None))
    counter = hall.counter(event.counter)
    return hall.with_counter(
        replace(counter, state=CounterState.CLOSED, staff=None, pause_reason="", since=rec.at, tiers=())
    )


def _counter_queues_set(hall: Hall, event: ev.CounterQueuesSet, _: ev.Recorded) -> Hall:
    return hall.with_counter(replace(hall.counter(event.counter), tiers=event.tiers))


def _undone(hall: Hall, event: ev.ActionUndone, _: ev.Recorded) -> Hall:
    return restored(hall, event.counter)


def _nothing(hall: Hall, event: ev.SideErased | ev.ClockJumped, _: ev.Recorded) -> Hall:
    return hall


def _epoch_began(hall: Hall, event: ev.EpochBegan, _: ev.Recorded) -> Hall:
    ahead = {day: higher(hall.ordinals_ahead.get(day, {}), numbers) for day, numbers in event.ahead.items()}
    return replace(
        hall,
        ordinals=higher(hall.ordinals, event.ordinals),
        ordinals_ahead={**hall.ordinals_ahead, **ahead},
    )


APPLY: dict[type, Callable[[Hall, Any, ev.Recorded], Hall]] = {
    ev.DayOpened: _day_opened,
    ev.DayClosed: _day_closed,
    ev.QueueClosed: _queue_closed,
    ev.QueueOpened: _queue_opened,
    ev.KioskClosed: _kiosk_closed,
    ev.KioskOpened: _kiosk_opened,
    ev.CounterOpened: _counter_opened,
    ev.CounterPaused: _counter_paused,
    ev.CounterResumed: _counter_resumed,
    ev.CounterClosed: _counter_closed,
    ev.CounterQueuesSet: _counter_queues_set,
    ev.ActionUndone: _undone,
    ev.SideErased: _nothing,
    ev.ClockJumped: _nothing,
    ev.EpochBegan: _epoch_began,
}
