"""What a counter may do: open, call, pause, resume, close; and who is next (DESIGN §4)."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.line import Waiting
from kiosk.domain.site import MINUTE_MS, CounterSetup, Site
from kiosk.domain.ticket import Move, Ticket, TicketState


def open_counter(hall: Hall, site: Site, command: cmd.OpenCounter, now: int) -> Decision | Refused:
    """A clerk sits down. Opening an open counter again by the same clerk changes nothing."""
    if site.counter(command.counter) is None:
        return Refused("unknown_counter", {"counter": command.counter})
    if site.staff_member(command.staff) is None:
        return Refused("unknown_staff")
    counter = hall.counter(command.counter)
    if counter.state is not CounterState.CLOSED:
        if counter.staff == command.staff:
            return Decision()
        return Refused("counter_taken", {"counter": counter.number})
    elsewhere = next((c for c in hall.counters.values() if c.staff == command.staff), None)
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
    if counter.ticket is not None:
        held = hall.ticket(counter.ticket)
        return Refused("counter_busy", {"counter": counter.number, "number": held.number if held else ""})
    ticket = hall.ticket(command.ticket_id) if command.ticket_id is not None else next_ticket(hall, site, setup, now)
    if ticket is None:
        return Refused("unknown_ticket") if command.ticket_id is not None else Refused("nobody_waiting")
    if ticket.after(Move.CALL) is None:
        return Refused("wrong_state", {"number": ticket.number, "state": ticket.state.value})
    if ticket.counter not in (None, counter.number):
        return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
    if not any(ticket.queue in tier for tier in setup.tiers) and ticket.counter != counter.number:
        return Refused("counter_serves_not", {"counter": counter.number, "queue": ticket.queue})
    return Decision((ev.TicketCalled(ticket.id, counter.number, counter.staff or ""),))


def pause(hall: Hall, site: Site, command: cmd.PauseCounter, now: int) -> Decision | Refused:
    """Stop calling; a ticket at the counter is served to its end."""
    if site.counter(command.counter) is None:
        return Refused("unknown_counter", {"counter": command.counter})
    counter = hall.counter(command.counter)
    if counter.state is not CounterState.OPEN:
        return Refused("counter_not_open", {"counter": counter.number})
    return Decision((ev.CounterPaused(counter.number, command.reason),))


def resume(hall: Hall, site: Site, command: cmd.ResumeCounter, now: int) -> Decision | Refused:
    """Go on after a pause."""
    if site.counter(command.counter) is None:
        return Refused("unknown_counter", {"counter": command.counter})
    counter = hall.counter(command.counter)
    if counter.state is not CounterState.PAUSED:
        return Refused("counter_not_paused", {"counter": counter.number})
    return Decision((ev.CounterResumed(counter.number),))


def close(hall: Hall, site: Site, command: cmd.CloseCounter, now: int) -> Decision | Refused:
    """Leave the counter: not with a ticket at it; whoever is bound to it waits for any counter of the queue."""
    if site.counter(command.counter) is None:
        return Refused("unknown_counter", {"counter": command.counter})
    counter = hall.counter(command.counter)
    if counter.state is CounterState.CLOSED:
        return Refused("counter_not_open", {"counter": counter.number})
    if counter.ticket is not None:
        held = hall.ticket(counter.ticket)
        return Refused("counter_busy", {"counter": counter.number, "number": held.number if held else ""})
    released = (
        ev.TicketWaiting(t.id, t.queue, t.rank_at, t.rank_reason, from_counter=counter.number)
        for t in _bound_to(hall, counter)
    )
    return Decision((*released, ev.CounterClosed(counter.number)))


def next_ticket(hall: Hall, site: Site, setup: CounterSetup, now: int) -> Ticket | None:
    """Find who is next for a counter: smallest rank in the first tier that has anyone.

    A ticket past its queue's waiting bound counts as first tier at every counter that can serve it.
    """
    overdue = _heads(
        hall, setup, (q for tier in setup.tiers[1:] for q in tier if _is_overdue(hall, site, setup, q, now))
    )
    for index, tier in enumerate(setup.tiers):
        heads = _heads(hall, setup, tier)
        best = min((*heads, *overdue) if index == 0 else heads, default=None)
        if best is not None:
            return hall.ticket(best[2])
    return None


def next_tickets(hall: Hall, site: Site, setup: CounterSetup, now: int, limit: int) -> list[Ticket]:
    """Say who a counter would call, one after the other, if nothing else happened."""
    found: list[Ticket] = []
    while len(found) < limit:
        ticket = next_ticket(hall, site, setup, now)
        if ticket is None:
            break
        found.append(ticket)
        hall = hall.with_ticket(replace(ticket, state=TicketState.CALLED))
    return found


def _heads(hall: Hall, setup: CounterSetup, queues: Iterable[str]) -> tuple[Waiting, ...]:
    """First of every line of these queues that this counter may call from."""
    lines = (hall.line(queue, bound) for queue in queues for bound in (None, setup.number))
    return tuple(line[0] for line in lines if line)


def _is_overdue(hall: Hall, site: Site, setup: CounterSetup, queue_id: str, now: int) -> bool:
    queue = site.queue(queue_id)
    first = min(_heads(hall, setup, (queue_id,)), default=None)
    return queue is not None and first is not None and now - first[0] > queue.max_wait_minutes * MINUTE_MS


def _bound_to(hall: Hall, counter: Counter) -> list[Ticket]:
    """Tickets that wait for, or are parked at, one counter, in their order."""
    waiting = [
        hall.ticket(place[2]) for (_, bound), line in hall.lines.items() if bound == counter.number for place in line
    ]
    parked = [t for t in hall.set_aside() if t.state is TicketState.PARKED and t.counter == counter.number]
    found = [t for t in (*waiting, *parked) if t is not None]
    return sorted(found, key=lambda t: (t.rank_at, t.rank_seq))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.OpenCounter: open_counter,
    cmd.CallNext: call_next,
    cmd.PauseCounter: pause,
    cmd.ResumeCounter: resume,
    cmd.CloseCounter: close,
}
