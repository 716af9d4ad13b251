"""Views made from the committed hall; one function for each role, pure."""

from itertools import islice

from kiosk.domain.commands import Undo
from kiosk.domain.estimate import ANY, OPEN, Outlook, outlook, outlook_now
from kiosk.domain.events import Refused
from kiosk.domain.hall import Call, Hall
from kiosk.domain.next import next_tickets, tiers_of
from kiosk.domain.rules_undo import undo
from kiosk.domain.site import CounterSetup, Queue, Site
from kiosk.domain.takers import serving
from kiosk.domain.ticket import AT_COUNTER, Ticket, TicketState
from kiosk.wire import views as v
from kiosk.wire.make_paper_views import away, paper_fate, reprints
from kiosk.wire.once import once_per_hall

BOARD_CALLS = 8
UPCOMING = 5
MISSED = 12
"""Those called last of all who missed their call; who comes still later, the kiosk brings back."""
SECOND_MS = 1000


def kiosk_view(hall: Hall, site: Site, now: int | None = None) -> v.KioskView:
    """Make the kiosks' view; `now` as in `_queues`."""
    queues, closed = _queues(hall, site, now), _closed_kiosks(hall)
    at = hall.at if now is None else now
    return v.KioskView(site.info.name, site.info.province, queues, hall.day, closed, reprints(hall, at))


def board_view(hall: Hall, site: Site, now: int | None = None) -> v.BoardView:
    """Make the boards' view; `now` as in `_queues`."""
    calls = tuple(c for c in (_call(hall, call) for call in hall.calls) if c is not None)[:BOARD_CALLS]
    counters = {
        str(c.number): v.CounterOnBoard(hall.counter(c.number).state.value, _number_at(hall, c.number))
        for c in site.counters
    }
    return v.BoardView(site.info.name, _queues(hall, site, now), calls, counters)


def counter_view(hall: Hall, site: Site, number: int, now: int) -> v.CounterView:
    """Make one counter's view.

    Raises:
        KeyError: the site has no such counter.
    """
    setup = site.counter(number)
    if setup is None:
        raise KeyError(number)
    counter = hall.counter(number)
    ticket = hall.ticket(counter.ticket) if counter.ticket else None
    staff = site.staff_member(counter.staff) if counter.staff else None
    tiers = tiers_of(hall, setup)
    kept = _set_aside(hall, site)
    return v.CounterView(
        site_name=site.info.name,
        counter=number,
        state=counter.state.value,
        queues=_queues(hall, site, now),
        serves=tiers,
        staff={s.id: s.name for s in site.staff if "clerk" in s.roles},
        staff_id=counter.staff or "",
        staff_name=staff.name if staff else "",
        pause_reason=counter.pause_reason,
        ticket=_at_counter(ticket, hall, now) if ticket else None,
        upcoming=_next(hall, site, _alike(hall, setup), now),
        no_shows=_missed(hall, site, frozenset(q for tier in tiers for q in tier)),
        parked=tuple(_upcoming(t) for t in kept if t.state is TicketState.PARKED and t.counter == number),
        away=tuple(away(t, hall, now) for t in kept if t.state is TicketState.AWAY and t.counter == number),
        undo=_undo(hall, site, number),
        since=counter.since or 0,
        recall_limit=site.rules.recall_limit,
        served_today=counter.served,
        papers_trips=counter.trips,
    )


def tablet_view(hall: Hall, site: Site, number: int, ballot_key: str) -> v.TabletView:
    """Make the view of one counter's rating tablet.

    Raises:
        KeyError: the site has no such counter.
    """
    if site.counter(number) is None:
        raise KeyError(number)
    counter = hall.counter(number)
    staff = site.staff_member(counter.staff) if counter.staff else None
    ticket = hall.ticket(counter.ticket) if counter.ticket else None
    finished = hall.ticket(counter.last_finished) if counter.last_finished else None
    to_rate = finished if finished is not None and not finished.rated else None
    return v.TabletView(
        site_name=site.info.name,
        counter=number,
        state=counter.state.value,
        staff_name=staff.name if staff else "",
        number=ticket.number if ticket else "",
        serving=ticket is not None and ticket.state is TicketState.SERVING,
        language=ticket.language if ticket else "vi",
        rating_ticket=to_rate.id if to_rate else "",
        rating_number=to_rate.number if to_rate else "",
        rating_language=to_rate.language if to_rate else "vi",
        ballot_key=ballot_key,
    )


def supervisor_view(hall: Hall, site: Site, now: int) -> v.SupervisorView:
    """Make the supervisor's view."""
    return v.SupervisorView(
        site_name=site.info.name,
        day=hall.day,
        queues=_queues(hall, site, now),
        counters={str(c.number): counter_view(hall, site, c.number, now) for c in site.counters},
        closed_day=hall.closed_day,
        closed_kiosks=_closed_kiosks(hall),
        waiting_since=_waiting_since(hall, site),
        issued_today=hall.issued,
        done_today=hall.done,
        still_to_come=sum(not ticket.training for ticket in hall.still_to_come()),
        set_aside=sum(not ticket.training for ticket in hall.set_aside()),
        papers_trips=sum(counter.trips for counter in hall.counters.values()),
    )


def ticket_answer(hall: Hall, site: Site, ticket: Ticket) -> v.TicketAnswer:
    """Say where a ticket stands, for the one who asked about it."""
    waits = ticket.state is TicketState.WAITING
    queue = site.queue(ticket.queue)
    told = outlook(hall, site, ticket, hall.at) if waits else Outlook(0)
    return v.TicketAnswer(
        id=ticket.id,
        number=ticket.number,
        queue=ticket.queue,
        state=ticket.state.value,
        ahead=told.ahead,
        wait_low=told.low,
        wait_high=told.high,
        counter=ticket.counter if ticket.state in AT_COUNTER else None,
        counters=_where(hall, site, queue, ticket) if queue and waits else (),
        issued_at=ticket.issued_at,
        day="" if ticket.day == hall.day else ticket.day,
        until=ticket.until,
        slot_at=ticket.slot_at,
        missing=ticket.missing,
        procedure=ticket.procedure or "",
    )


@once_per_hall
def _waiting_since(hall: Hall, site: Site) -> dict[str, int]:
    since: dict[str, int] = {}
    for (queue, _), line in hall.lines.items():
        for _, _, ticket_id in line:
            ticket = hall.ticket(ticket_id)
            assert ticket is not None
            at = ticket.issued_at if ticket.waiting_at is None else ticket.waiting_at
            since[queue] = min(at, since.get(queue, at))
    return since


def _closed_kiosks(hall: Hall) -> dict[str, str]:
    return {str(number): reason for number, reason in sorted(hall.closed_kiosks.items())}


@once_per_hall
def _set_aside(hall: Hall, site: Site) -> list[Ticket]:
    """Tickets that are set aside, those called last first."""
    return sorted(hall.set_aside(), key=lambda t: t.called_at or 0, reverse=True)


@once_per_hall
def _missed(hall: Hall, site: Site, queues: frozenset[str]) -> tuple[v.WaitingTicket, ...]:
    missed = (t for t in _set_aside(hall, site) if t.state is TicketState.NO_SHOW and t.queue in queues)
    return tuple(_upcoming(t) for t in islice(missed, MISSED))


def _undo(hall: Hall, site: Site, counter: int) -> v.UndoView | None:
    """Offer what can be taken back; until when, the screen sees to, for no row is written when the time is over."""
    act = hall.acts.get(counter)
    if act is None or isinstance(undo(hall, site, Undo(counter), act.at), Refused):
        return None
    number = act.ticket_after[0].number if act.ticket_after else ""
    return v.UndoView(act.kind, act.at + site.rules.undo_ms, number)


@once_per_hall
def _next(hall: Hall, site: Site, setup: CounterSetup, now: int) -> tuple[v.WaitingTicket, ...]:
    return tuple(_upcoming(t) for t in next_tickets(hall, site, setup, now, UPCOMING))


def _alike(hall: Hall, setup: CounterSetup) -> CounterSetup:
    """Return one set-up for all counters that would call the same tickets: of the same tiers, nobody bound to them."""
    bound = any(counter == setup.number for _, counter in hall.lines)
    return setup if bound else CounterSetup(0, "", tiers_of(hall, setup))


def _where(hall: Hall, site: Site, queue: Queue, ticket: Ticket) -> tuple[int, ...]:
    """Counters she will be called to: the one she is bound to, or those open now, or while none is, all that could."""
    if ticket.counter is not None:
        return (ticket.counter,)
    return _open_counters(hall, site, queue.id) or _counters(hall, site, queue.id)


@once_per_hall
def _queues(hall: Hall, site: Site, now: int | None) -> dict[str, v.QueueView]:
    """Make the lines as citizens see them.

    A screen that is watched gives the time, to the second. The hall's own moves with every row: what is said of waits
    would then tell a clerk at which moment somebody rated.
    """
    return {queue.id: _queue(hall, site, queue, now) for queue in site.queues}


def _queue(hall: Hall, site: Site, queue: Queue, now: int | None) -> v.QueueView:
    if now is None:
        told = outlook_now(hall, site, queue.id, hall.at)
    else:
        told = outlook_now(hall, site, queue.id, now, now + SECOND_MS)  # behind all who came within this second
    return v.QueueView(
        name=queue.name,
        waiting=hall.waiting_count(queue.id),
        open_counters=_open_counters(hall, site, queue.id),
        counters=_counters(hall, site, queue.id),
        wait_low=told.low,
        wait_high=told.high,
        closed=hall.closed_queues.get(queue.id, ""),
    )


def _counters(hall: Hall, site: Site, queue: str) -> tuple[int, ...]:
    """Counters that serve a queue first, or where there is none, those that serve it at all."""
    return serving(hall, site, queue, ANY)


def _open_counters(hall: Hall, site: Site, queue: str) -> tuple[int, ...]:
    """Open counters that will call a queue: those that serve it first, or where none of these is open, who helps."""
    return serving(hall, site, queue, OPEN)


def _number_at(hall: Hall, counter: int) -> str:
    ticket_id = hall.counter(counter).ticket
    ticket = hall.ticket(ticket_id) if ticket_id else None
    return ticket.number if ticket else ""


def _call(hall: Hall, call: Call) -> v.CallView | None:
    """A call stays on the board while its ticket is at that counter, or was served there."""
    ticket = hall.ticket(call.ticket_id)
    if ticket is None or ticket.counter != call.counter:
        return None
    if ticket.state not in (*AT_COUNTER, TicketState.DONE):
        return None
    serving = ticket.state is not TicketState.CALLED
    return v.CallView(call.nth, call.at, call.number, call.counter, ticket.queue, call.again, serving)


def _at_counter(ticket: Ticket, hall: Hall, now: int) -> v.TicketAtCounter:
    return v.TicketAtCounter(
        reprint=paper_fate(hall, ticket, now, papers=False),
        id=ticket.id,
        number=ticket.number,
        queue=ticket.queue,
        state=ticket.state.value,
        issued_at=ticket.issued_at,
        procedure=ticket.procedure or "",
        missing=ticket.missing,
        calls=ticket.calls,
        called_at=ticket.called_at or 0,
        started_at=ticket.started_at or 0,
        rank_reason=ticket.rank_reason.value,
        came_at=ticket.issued_at if ticket.arrived_at is None else ticket.arrived_at,
        slot_at=ticket.slot_at or 0,
        priority_minutes=ticket.priority_minutes,
        priority_confirmed=ticket.priority_confirmed,
        call_reason=ticket.call_reason.value if ticket.call_reason else "",
        note=ticket.note_ref is not None,
        dossiers=ticket.dossiers,
        competent=ticket.competent,
        journey=ticket.journey,
        home=ticket.home or 0,
        papers_trips=ticket.papers_trips,
        language=ticket.language,
    )


def _upcoming(ticket: Ticket) -> v.WaitingTicket:
    return v.WaitingTicket(
        ticket.id, ticket.number, ticket.queue, ticket.procedure or "", ticket.issued_at, ticket.until or 0
    )
