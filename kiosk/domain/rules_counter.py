"""What a counter may do: open, call, pause, resume, close, change its queues (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.checks import busy, known_counter, movable
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.next import Next, Tiers, next_call, serves
from kiosk.domain.refusals import wrong_counter
from kiosk.domain.rules_return import with_papers
from kiosk.domain.site import CounterSetup, Site
from kiosk.domain.ticket import CallReason, Move, Ticket, TicketState


def open_counter(hall: Hall, site: Site, command: cmd.OpenCounter, now: int) -> Decision | Refused:
    """A clerk sits down. Opening an open counter again by the same clerk changes nothing."""
    counter = known_counter(hall, site, command.counter)
    if isinstance(counter, Refused):
        return counter
    if site.staff_member(command.staff) is None:
        return Refused("unknown_staff")
    if counter.state is not CounterState.CLOSED:
        if counter.staff == command.staff:
            return Decision()
        return Refused("counter_taken", {"counter": counter.number})
    elsewhere = counter_of(hall, command.staff)
    if elsewhere is not None:
        return Refused("staff_elsewhere", {"counter": elsewhere.number})
    return Decision((ev.CounterOpened(command.counter, command.staff),))


def call_next(hall: Hall, site: Site, command: cmd.CallNext, now: int) -> Decision | Refused:
    """Call the next ticket this counter serves, or the one the clerk picked."""
    setup = site.counter(command.counter)
    counter = hall.counter(command.counter)
    if setup is None:
        return Refused("unknown_counter", {"counter": command.counter})
    if counter.state is not CounterState.OPEN:
        return Refused("counter_not_open", {"counter": counter.number})
    if (refused := busy(hall, counter)) is not None:
        return refused
    if command.ticket_id is None:
        following = next_call(hall, site, setup, now) or Refused("nobody_waiting")
    else:
        following = _chosen(hall, setup, command.ticket_id)
    if isinstance(following, Refused):
        return following
    ticket = following.ticket
    # Back on another day without a word to anyone: the number on her paper is someone else's today.
    back = with_papers(hall, site, ticket, now) if _of_another_day(hall, ticket) else None
    if isinstance(back, Refused):
        return back
    return Decision(
        (*((back,) if back else ()), ev.TicketCalled(ticket.id, counter.number, counter.staff or "", following.reason))
    )


def pause(hall: Hall, site: Site, command: cmd.PauseCounter, now: int) -> Decision | Refused:
    """Stop calling; a ticket at the counter is served to its end."""
    counter = known_counter(hall, site, command.counter)
    if isinstance(counter, Refused):
        return counter
    if counter.state is not CounterState.OPEN:
        return Refused("counter_not_open", {"counter": counter.number})
    return Decision((ev.CounterPaused(counter.number, command.reason),))


def resume(hall: Hall, site: Site, command: cmd.ResumeCounter, now: int) -> Decision | Refused:
    """Go on after a pause."""
    counter = known_counter(hall, site, command.counter)
    if isinstance(counter, Refused):
        return counter
    if counter.state is not CounterState.PAUSED:
        return Refused("counter_not_paused", {"counter": counter.number})
    return Decision((ev.CounterResumed(counter.number),))


def close(hall: Hall, site: Site, command: cmd.CloseCounter, now: int) -> Decision | Refused:
    """Leave the counter: not with a ticket at it; whoever is bound to it waits for any counter of the queue."""
    counter = known_counter(hall, site, command.counter)
    if isinstance(counter, Refused):
        return counter
    if counter.state is CounterState.CLOSED:
        return Refused("counter_not_open", {"counter": counter.number})
    if (refused := busy(hall, counter)) is not None:
        return refused
    return Decision((ev.CounterClosed(counter.number, tuple(t.id for t in bound_to(hall, counter.number))),))


def set_queues(hall: Hall, site: Site, command: cmd.SetCounterQueues, now: int) -> Decision | Refused:
    """Change what a counter serves while it is open. Whoever waits for this very counter may still be called there."""
    setup = site.counter(command.counter)
    counter = hall.counter(command.counter)
    if setup is None:
        return Refused("unknown_counter", {"counter": command.counter})
    unknown = next((q for tier in command.tiers for q in tier if site.queue(q) is None), None)
    if unknown is not None:
        return Refused("unknown_queue", {"queue": unknown})
    if counter.state is CounterState.CLOSED:
        return Refused("counter_not_open", {"counter": counter.number})
    tiers = _each_queue_once(command.tiers)
    if tiers == setup.tiers:
        tiers = ()
    return Decision() if tiers == counter.tiers else Decision((ev.CounterQueuesSet(counter.number, tiers),))


def counter_of(hall: Hall, staff: str) -> Counter | None:
    """Find the counter at which a clerk sits."""
    return next((c for c in hall.counters.values() if c.staff == staff), None)


def bound_to(hall: Hall, counter: int) -> list[Ticket]:
    """Tickets that wait for, or are parked at, one counter, in their order."""
    waiting = [hall.ticket(place[2]) for (_, bound), line in hall.lines.items() if bound == counter for place in line]
    parked = [t for t in hall.set_aside() if t.state is TicketState.PARKED and t.counter == counter]
    found = [t for t in (*waiting, *parked) if t is not None]
    return sorted(found, key=lambda t: (t.rank_at, t.rank_seq))


def _chosen(hall: Hall, setup: CounterSetup, ticket_id: str) -> Next | Refused:
    """Check that a counter may call the ticket its clerk picked."""
    ticket = movable(hall, ticket_id, Move.CALL)
    if isinstance(ticket, Refused):
        return ticket
    if ticket.counter not in (None, setup.number):
        return wrong_counter(ticket)
    if ticket.counter is None and not serves(hall, setup, ticket.queue):
        return Refused("counter_serves_not", {"counter": setup.number, "queue": ticket.queue})
    return Next(ticket, CallReason.CHOSEN)


def _of_another_day(hall: Hall, ticket: Ticket) -> bool:
    return ticket.state is TicketState.AWAY and ticket.day != hall.day


def _each_queue_once(tiers: Tiers) -> Tiers:
    """Leave out empty tiers, and a queue where it stands again."""
    seen: set[str] = set()
    kept = []
    for tier in tiers:
        kept.append(tuple(dict.fromkeys(q for q in tier if q not in seen)))
        seen.update(tier)
    return tuple(tier for tier in kept if tier)


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.OpenCounter: open_counter,
    cmd.CallNext: call_next,
    cmd.PauseCounter: pause,
    cmd.ResumeCounter: resume,
    cmd.CloseCounter: close,
    cmd.SetCounterQueues: set_queues,
}
