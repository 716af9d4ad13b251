"""The service day: how it begins, and what its end leaves behind (DESIGN §3)."""

from collections import Counter as Tally

from kiosk.domain.counter import CounterState
from kiosk.domain.events import AnyEvent, CounterClosed, DayClosed, DayOpened, DayReport, TicketArrived, TicketExpired
from kiosk.domain.hall import Hall
from kiosk.domain.site import MINUTE_MS, Site
from kiosk.domain.ticket import AHEAD, Move, RankReason, Ticket, TicketState


def turn_of_day(hall: Hall, site: Site, now: int) -> tuple[AnyEvent, ...]:
    """Return the events that close yesterday and open today, if this is the first command of a day."""
    today = site.service_day(now)
    return () if hall.day == today else open_day(hall, site, today)


def open_day(hall: Hall, site: Site, day: str) -> tuple[AnyEvent, ...]:
    """Return the events that begin a day, after the end of the one that is open.

    Whoever was promised this day's first hour waits from its beginning on, in the order of the promises. Appointments
    stay booked until their citizens check in.
    """
    arrived = (
        TicketArrived(t.id, t.number, 0, day, promised_rank(t), RankReason.DEFERRED)
        for t in hall.still_to_come()
        if t.state is TicketState.DEFERRED and t.day == day and not t.training
    )
    return (*(close_day(hall, site) if hall.day else ()), DayOpened(day), *arrived)


def promised_rank(ticket: Ticket) -> int:
    """Return from when a ticket counts that was promised the first hour of a day: from the day's opening."""
    return (ticket.until or ticket.rank_at) - ticket.priority_minutes * MINUTE_MS


def close_day(hall: Hall, site: Site) -> tuple[AnyEvent, ...]:
    """Return the events that end a day: what is still open expires, counters close, what was promised is carried."""
    still_open = sorted((t for t in hall.tickets.values() if t.after(Move.EXPIRE) is not None), key=_by_issue)
    carried = tuple(t for t in still_open if _outlives(t, hall.day, site))
    kept = {t.id for t in carried}
    expired = [t for t in still_open if t.id not in kept]
    closed = (CounterClosed(c.number) for _, c in sorted(hall.counters.items()) if c.state is not CounterState.CLOSED)
    last = DayClosed(
        day=hall.day,
        ordinals=hall.ordinals,
        given=hall.given,
        carried=carried,
        ordinals_ahead=hall.ordinals_ahead,
        closed_queues=hall.closed_queues,
        closed_kiosks=hall.closed_kiosks,
        report=_report(hall, carried, expired),
        persons=hall.persons,
        pace_ms=hall.pace_ms,
        called=hall.called,
    )
    return (*(TicketExpired(t.id) for t in expired), *closed, last)


def _outlives(ticket: Ticket, day: str, site: Site) -> bool:
    """Tell whether a ticket was promised something beyond a day; practice never was."""
    if ticket.training:
        return False
    if ticket.state in AHEAD:
        return ticket.day > day
    return ticket.state is TicketState.AWAY and ticket.until is not None and site.service_day(ticket.until) > day


def _by_issue(ticket: Ticket) -> tuple[int, int, str]:
    return ticket.issued_at, ticket.rank_seq, ticket.id


def _report(hall: Hall, carried: tuple[Ticket, ...], expired: list[Ticket]) -> DayReport:
    """Sum a day up; one that was closed before and opened again goes on from its report."""
    before = hall.reported or DayReport()
    ended = Tally(t.state for t in hall.tickets.values() if not t.training)
    kept = Tally(t.state for t in carried)
    gone = [t for t in expired if not t.training and t.state is not TicketState.NO_SHOW]
    return DayReport(
        issued=before.issued + hall.issued,
        done=before.done + hall.done,
        no_shows=before.no_shows + ended[TicketState.NO_SHOW],
        cancelled=before.cancelled + ended[TicketState.CANCELLED],
        expired=(*before.expired, *(t.number for t in gone if t.number)),
        not_come=before.not_come + sum(t.state is TicketState.BOOKED for t in gone),
        deferred=kept[TicketState.DEFERRED],
        away=kept[TicketState.AWAY],
        booked=kept[TicketState.BOOKED],
    )
