"""The last action at each counter: remembered as it happens, so that it can be taken back (DESIGN §4, undo)."""

from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.counter import Counter
from kiosk.domain.hall import RECENT_CALLS, Act, Call, Hall
from kiosk.domain.ticket import AT_COUNTER, Ticket

_AT_COUNTER_ACTS = (
    ev.TicketCalled,
    ev.TicketRecalled,
    ev.TicketStarted,
    ev.TicketFinished,
    ev.StepFinished,
    ev.TicketNoShow,
    ev.TicketParked,
    ev.TicketSentForPapers,
    ev.TicketWaiting,
    ev.TicketCancelled,
    ev.PriorityJudged,
)
_COUNTER_ACTS = (ev.CounterOpened, ev.CounterPaused, ev.CounterResumed, ev.CounterClosed)


def remembered(before: Hall, after: Hall, recorded: ev.Recorded) -> Hall:
    """Return `after` with the action remembered, if the event was one of a clerk at a counter."""
    event = recorded.event
    if isinstance(event, _COUNTER_ACTS):
        number, ids = event.counter, getattr(event, "released", ())
    elif isinstance(event, _AT_COUNTER_ACTS) and not _is_citizens(event):
        found = event.by_counter if isinstance(event, ev.TicketWaiting) else None
        found = _counter_of(before, after, event.ticket_id) if found is None else found
        if found is None:
            return after
        number, ids = found, (event.ticket_id,)
    else:
        return after
    act = Act(
        seq=recorded.seq,
        at=recorded.at,
        kind=str(type(event).__struct_config__.tag).partition("/")[0],
        counter_before=before.counter(number),
        counter_after=after.counter(number),
        ticket_before=_tickets(before, ids),
        ticket_after=_tickets(after, ids),
        calls_before=tuple(c for c in before.calls if c not in after.calls),
        done=after.done - before.done,
        pace=_pace_moved(before, after, ids),
    )
    return replace(after, acts={**after.acts, number: act})


def is_untouched(hall: Hall, act: Act) -> bool:
    """Tell whether counter and tickets are still as the action left them; ballot, note and paper do not touch."""
    counter = act.counter_after
    return hall.counter(counter.number) == counter and all(
        (now := hall.ticket(t.id)) is not None and _with_facts(t, now) == now for t in act.ticket_after
    )


def restored(hall: Hall, counter: int) -> Hall:
    """Return the hall with a counter's last action taken back; what became known since (ballot, paper) stays.

    Raises:
        KeyError: there is no such action, or its ticket is not held.
    """
    act = hall.acts[counter]
    for ticket in act.ticket_before:
        now = hall.tickets.get(ticket.id)
        if now is None:
            raise KeyError(ticket.id)
        hall = hall.with_ticket(_with_facts(ticket, now))
    hall = replace(
        hall.with_counter(_counter_again(act)),
        calls=_calls_without(hall.calls, act),
        done=hall.done - act.done,
        acts={n: other for n, other in hall.acts.items() if n != counter},
    )
    if act.pace is None or hall.pace_ms.get(act.pace[0]) != act.pace[2]:
        return hall
    queue, before, _ = act.pace
    paces = {q: pace for q, pace in hall.pace_ms.items() if q != queue}
    return replace(hall, pace_ms=paces if before is None else {**paces, queue: before})


def _is_citizens(event: ev.AnyEvent) -> bool:
    """Tell whether it was not the clerk who did it: hers alone to take back."""
    return isinstance(event, ev.TicketCancelled) and event.reason == "citizen"


def _counter_again(act: Act) -> Counter:
    """Return the counter as it was; but the question about the visit before was over when this one ended."""
    return replace(act.counter_before, last_finished=None) if act.kind == "ticket_finished" else act.counter_before


def _counter_of(before: Hall, after: Hall, ticket_id: str) -> int | None:
    """Return the counter a ticket stood at before or stands at now."""
    for hall in (before, after):
        ticket = hall.tickets.get(ticket_id)
        if ticket is not None and ticket.state in AT_COUNTER:
            return ticket.counter
    return None


def _tickets(hall: Hall, ids: tuple[str, ...]) -> tuple[Ticket, ...]:
    return tuple(t for t in (hall.tickets.get(i) for i in ids) if t is not None)


def _pace_moved(before: Hall, after: Hall, ids: tuple[str, ...]) -> tuple[str, int | None, int] | None:
    if before.pace_ms is after.pace_ms:
        return None
    queue = _tickets(before, ids)[0].queue
    return queue, before.pace_ms.get(queue), after.pace_ms[queue]


def _with_facts(ticket: Ticket, now: Ticket) -> Ticket:
    """Give a ticket what became known of another of its states: none of it is a clerk's action to be taken back."""
    return replace(
        ticket,
        may_be_rated=now.may_be_rated,
        rated=now.rated,
        printed=now.printed,
        paper_lost=now.paper_lost,
        note_ref=now.note_ref,
    )


def _calls_without(calls: tuple[Call, ...], act: Act) -> tuple[Call, ...]:
    """Take the undone call off the board's list, and put the one before it back in its place."""
    ids = {t.id for t in act.ticket_after}
    if act.kind not in ("ticket_called", "ticket_recalled"):
        return calls
    others = [c for c in calls if c.ticket_id not in ids]
    return tuple(sorted((*others, *act.calls_before), key=lambda c: c.seq, reverse=True)[:RECENT_CALLS])
