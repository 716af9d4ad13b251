"""What a queue's counters can serve: until closing, in an hour, in the first hour of a coming day (DESIGN §4).

Everything is counted in dossiers, at the pace the counters have shown.
"""

from msgspec import Struct

from kiosk.domain import calendar, numbers
from kiosk.domain.counter import CounterState
from kiosk.domain.estimate import call_at
from kiosk.domain.hall import DEFAULT_PACE_MS, Hall
from kiosk.domain.site import MINUTE_MS, Queue, Site
from kiosk.domain.takers import BETWEEN_MS
from kiosk.domain.ticket import AHEAD, ASIDE, Ticket, TicketState


class Promise(Struct, frozen=True):
    """A number for the first hour of a coming day."""

    day: str
    hour: calendar.Stretch
    number: str
    ordinal: int


def is_full(hall: Hall, site: Site, queue: Queue, now: int) -> bool:
    """Tell whether one who comes now would wait in vain.

    Only in the last `honest_minutes` before the queue closes for the day, when counters are as they will be. Whoever
    would be called before closing is served to the end, so it is the call that must fit in. Who is set aside or booked
    and will be called before her counts as ahead.
    """
    closes = calendar.closing(site, queue.id, hall.day)
    if closes is None or now < closes - site.rules.honest_minutes * MINUTE_MS:
        return False
    coming = (t for t in (*hall.set_aside(), *hall.still_to_come()) if t.queue == queue.id)
    called_at = call_at(hall, site, queue.id, now, sum(t.dossiers for t in coming if _comes_today(t, hall.day, closes)))
    return called_at is None or called_at >= closes


def promise(hall: Hall, site: Site, queue: Queue, dossiers: int) -> Promise | None:
    """Find room in the first hour of the next day that has any; None where none is in sight.

    A coming day's hour is thought to go as the same counters' pace says now; `first_hour_share` of it is promised, so
    that whoever comes that morning moves on too. One promise always fits: an hour serves at least one.
    """
    an_hour = hour_dossiers(hall, site, queue) * site.rules.first_hour_share
    coming = (t for t in hall.still_to_come() if t.state is TicketState.DEFERRED and not t.training)
    deferred = [t for t in coming if t.queue == queue.id]
    for day in calendar.open_days(site, queue.id, hall.day) if an_hour > 0 else ():
        promised = [t.dossiers for t in deferred if t.day == day]
        number = numbers.next_ahead(hall, queue, day)
        hour = calendar.first_hour(site, queue.id, day)
        if hour is None or number is None or (queue.quota is not None and len(promised) >= queue.quota):
            continue
        most = an_hour * (hour.closes - hour.opens) / calendar.HOUR_MS
        if not promised or sum(promised) + dossiers <= most:
            return Promise(day, hour, number.number, number.ordinal)
    return None


def has_room(hall: Hall, site: Site, queue: Queue, slot_at: int, dossiers: int) -> bool:
    """Tell whether an appointment fits into the clock hour of its slot: `appointment_share` of the hour is booked."""
    hour = site.local(slot_at).replace(minute=0, second=0, microsecond=0)
    booked = (t for t in hall.still_to_come() if t.state is TicketState.BOOKED and t.queue == queue.id)
    taken = sum(
        t.dossiers
        for t in booked
        if t.slot_at is not None and site.local(t.slot_at).replace(minute=0, second=0, microsecond=0) == hour
    )
    most = hour_dossiers(hall, site, queue) * site.rules.appointment_share
    return most > 0 and (not taken or taken + dossiers <= most)


def hour_dossiers(hall: Hall, site: Site, queue: Queue) -> float:
    """Return how many dossiers of a queue its counters serve in an hour.

    Those count where somebody sits now; where nobody does, all that the set-up has. A counter that serves several
    queues first gives each the same share.
    """
    counters = [(c.number, len(c.tiers[0])) for c in site.counters if queue.id in c.tiers[0]]
    if not counters:
        counters = [(c.number, sum(map(len, c.tiers))) for c in site.counters if any(queue.id in t for t in c.tiers)]
    seated = [(n, queues) for n, queues in counters if hall.counter(n).state is not CounterState.CLOSED]
    each = hall.pace_ms.get(queue.id, DEFAULT_PACE_MS) + BETWEEN_MS
    return sum(calendar.HOUR_MS / each / queues for _, queues in seated or counters)


def _comes_today(ticket: Ticket, day: str, closes: int) -> bool:
    """Tell whether one who is set aside or booked will be called today, as far as anybody knows."""
    if ticket.state in AHEAD:
        return ticket.state is TicketState.BOOKED and ticket.day == day
    return ticket.state in ASIDE and ticket.state is not TicketState.NO_SHOW and (ticket.until or closes) <= closes
