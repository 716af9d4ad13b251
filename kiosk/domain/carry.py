"""Events of another machine, entered into this hall as facts: nothing is decided again (DESIGN §6).

After a promotion devices give back rows whose predecessors are lost. What such a row says happened: a person was told
so. It is entered as it was said wherever the hall can hold it, and named as lost where it cannot.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain import events as ev
from kiosk.domain.acts import is_untouched
from kiosk.domain.apply import apply
from kiosk.domain.counter import CounterState
from kiosk.domain.day import close_day, open_day
from kiosk.domain.events import AnyEvent, Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.rules_counter import bound_to
from kiosk.domain.site import Site
from kiosk.domain.ticket import AHEAD, AT_COUNTER, Move, RankReason, Ticket

Carried = tuple[AnyEvent, ...]
Place = Callable[[int], int | None]
"""The place here of a row that had another one there; None where it is not known."""


class There(Struct, frozen=True):
    """What must be known of the centre, and of the machine the events come from."""

    site: Site
    place: Place
    """Where rows that were entered before are here."""
    late: bool = False
    """They are entered with the time of today, and no more with their own."""
    rated: Callable[[str], bool | None] = lambda _: None
    """Whether a ticket of a past day was rated; None where there is no such ticket."""


Entered = tuple[tuple[int, AnyEvent], ...]
"""Events to append, each with the place of the row it came from."""
MOVES: dict[type, tuple[Move, ...]] = {
    ev.TicketDeferred: (Move.DEFER,),
    ev.TicketArrived: (Move.ARRIVE,),
    ev.TicketCalled: (Move.CALL,),
    ev.TicketRecalled: (Move.RECALL,),
    ev.TicketStarted: (Move.START,),
    ev.TicketFinished: (Move.FINISH,),
    ev.StepFinished: (Move.NEXT_STEP,),
    ev.TicketNoShow: (Move.NO_SHOW,),
    ev.TicketParked: (Move.PARK,),
    ev.TicketSentForPapers: (Move.SEND_FOR_PAPERS,),
    ev.TicketWaiting: (Move.TRANSFER, Move.RETURN),
    ev.TicketCancelled: (Move.CANCEL,),
    ev.TicketExpired: (Move.EXPIRE,),
}
"""Which moves an event may have been."""


def carry(hall: Hall, there: There, events: tuple[Recorded, ...]) -> Entered | Refused:
    """Say what enters the hall for what one command did elsewhere: all of it or nothing.

    Args:
        hall: this hall.
        there: the machine it was done on.
        events: what the command did, at the places and times it had.

    Returns:
        The events to append, in order. None where the hall knew it all.
    """
    entered: list[tuple[int, AnyEvent]] = []
    for row in events:
        try:
            found = _CARRY.get(type(row.event), _move)(hall, row.event, there)
        except KeyError:
            return Refused("unknown_ticket")
        if isinstance(found, Refused):
            return found
        for event in found:
            bound = getattr(event, "to_counter", None)
            if bound is not None and hall.counter(bound).state is CounterState.CLOSED:
                # There it was open; here nobody would ever call to it (DESIGN §4: closing a counter releases).
                event = replace(event, to_counter=None)
            if there.late and isinstance(event, ev.TicketIssued) and event.issued_at is None:
                event = replace(event, issued_at=row.at)
            before, hall = hall, apply(hall, Recorded(hall.seq + 1, max(hall.at, row.at), event))
            taken = _number_of_another(before, hall, getattr(event, "ticket_id", ""))
            if taken is not None:
                return taken
            entered.append((row.seq, event))
    return tuple(entered)


def _number_of_another(before: Hall, after: Hall, ticket_id: str) -> Refused | None:
    """Refuse a number that was given to somebody else here: two machines gave it, each for itself."""
    ticket, was = after.ticket(ticket_id), before.ticket(ticket_id)
    if (
        ticket is None
        or not ticket.number
        or (was is not None and (was.day, was.number) == (ticket.day, ticket.number))
    ):
        return None
    others = (t for t in before.tickets.values() if t.id != ticket_id)
    if any((t.day, t.number) == (ticket.day, ticket.number) for t in others):
        return Refused("ticket_exists", {"number": ticket.number})
    return None


def _move(hall: Hall, event: Any, _: There) -> Carried | Refused:
    """Carry a move of a ticket where the table of moves allows it."""
    ticket = _held(hall, event.ticket_id)
    if all(ticket.after(move) is None for move in MOVES[type(event)]):
        return _wrong_state(ticket)
    at = getattr(event, "from_counter", None) or getattr(event, "counter", None)
    if ticket.state in AT_COUNTER and at is not None and at != ticket.counter:
        return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
    return (event,)


def _called(hall: Hall, event: ev.TicketCalled, there: There) -> Carried | Refused:
    """A call says that its clerk sat there, and that the desk was free."""
    found = _move(hall, event, there)
    if isinstance(found, Refused):
        return found
    counter = hall.counter(event.counter)
    if counter.ticket is not None:
        return Refused("counter_busy", {"counter": counter.number, "number": _number(hall, counter.ticket)})
    if counter.state is not CounterState.CLOSED:
        return found
    opened = _counter_opened(hall, ev.CounterOpened(event.counter, event.staff), there)
    return opened if isinstance(opened, Refused) else (*opened, *found)


def _issued(hall: Hall, event: ev.TicketIssued | ev.TicketBooked, there: There) -> Carried | Refused:
    """A ticket comes into the day it was given for, which is opened if need be."""
    known = hall.ticket(event.ticket_id)
    if known is not None:
        return Refused("ticket_exists", {"number": known.number})
    if isinstance(event, ev.TicketBooked) or event.deferred_until is not None:
        return (event,) if event.day >= (hall.day or hall.closed_day) else Refused("day_over", {"day": event.day})
    opened = _opened(hall, event.day, there.site)
    return opened if isinstance(opened, Refused) else (*opened, event)


def _day_opened(hall: Hall, event: ev.DayOpened, there: There) -> Carried | Refused:
    return _opened(hall, event.day, there.site)


def _day_closed(hall: Hall, event: ev.DayClosed, there: There) -> Carried | Refused:
    """A day is closed with what this hall holds, not with what the other one did."""
    return close_day(hall, there.site) if hall.day == event.day else ()


def _opened(hall: Hall, day: str, site: Site) -> Carried | Refused:
    if hall.day == day:
        return ()
    if day < (hall.day or hall.closed_day):
        return Refused("day_over", {"day": day})
    return open_day(hall, site, day)


def _arrived(hall: Hall, event: ev.TicketArrived, there: There) -> Carried | Refused:
    """Who was promised a day's first hour waits as soon as the day is opened here, and need not arrive again."""
    ticket = _held(hall, event.ticket_id)
    if event.rank_reason is RankReason.DEFERRED and ticket.day == event.day and ticket.state not in AHEAD:
        return ()
    return _move(hall, event, there)


def _about(hall: Hall, event: Any, _: There) -> Carried | Refused:
    """What became known of a ticket, in every state."""
    _held(hall, event.ticket_id)
    return (event,)


def _fact(hall: Hall, event: ev.TicketRated | ev.TicketPrinted, there: There) -> Carried | Refused:
    """What is true of a ticket even after its day (`facts`); one ballot counts."""
    ticket = hall.ticket(event.ticket_id)
    rated = there.rated(event.ticket_id) if ticket is None else ticket.rated
    if rated is None:
        return Refused("unknown_ticket")
    return () if rated and isinstance(event, ev.TicketRated) else (event,)


def _counter_opened(hall: Hall, event: ev.CounterOpened, _: There) -> Carried | Refused:
    counter = hall.counter(event.counter)
    if counter.state is not CounterState.CLOSED:
        return () if counter.staff == event.staff else Refused("counter_taken", {"counter": counter.number})
    elsewhere = next((c for c in hall.counters.values() if c.staff == event.staff), None)
    if elsewhere is not None:
        return Refused("staff_elsewhere", {"counter": elsewhere.number})
    return (event,)


def _counter_paused(hall: Hall, event: ev.CounterPaused, _: There) -> Carried | Refused:
    return _where(hall, event, CounterState.OPEN, "counter_not_open")


def _counter_resumed(hall: Hall, event: ev.CounterResumed, _: There) -> Carried | Refused:
    return _where(hall, event, CounterState.PAUSED, "counter_not_paused")


def _where(hall: Hall, event: Any, state: CounterState, code: str) -> Carried | Refused:
    return (event,) if hall.counter(event.counter).state is state else Refused(code, {"counter": event.counter})


def _counter_closed(hall: Hall, event: ev.CounterClosed, _: There) -> Carried | Refused:
    counter = hall.counter(event.counter)
    if counter.state is CounterState.CLOSED:
        return ()
    if counter.ticket is not None:
        return Refused("counter_busy", {"counter": counter.number, "number": _number(hall, counter.ticket)})
    return (replace(event, released=tuple(ticket.id for ticket in bound_to(hall, counter.number))),)


def _undone(hall: Hall, event: ev.ActionUndone, there: There) -> Carried | Refused:
    """The same action is taken back, at the place it has here."""
    act = hall.acts.get(event.counter)
    if act is None or act.seq != there.place(event.seq) or not is_untouched(hall, act):
        return Refused("nothing_to_undo", {"counter": event.counter})
    return (replace(event, seq=act.seq),)


def _as_it_was(hall: Hall, event: AnyEvent, _: There) -> Carried | Refused:
    """What may be said at any time, and twice."""
    return (event,)


def _of_that_machine(hall: Hall, event: AnyEvent, _: There) -> Carried | Refused:
    return ()


def _held(hall: Hall, ticket_id: str) -> Ticket:
    ticket = hall.ticket(ticket_id)
    if ticket is None:
        raise KeyError(ticket_id)
    return ticket


def _number(hall: Hall, ticket_id: str) -> str:
    ticket = hall.ticket(ticket_id)
    return ticket.number if ticket else ""


def _wrong_state(ticket: Ticket) -> Refused:
    return Refused("wrong_state", {"number": ticket.number, "state": ticket.state.value})


_CARRY: dict[type, Callable[[Hall, Any, There], Carried | Refused]] = {
    ev.TicketIssued: _issued,
    ev.TicketBooked: _issued,
    ev.TicketArrived: _arrived,
    ev.TicketCalled: _called,
    ev.TicketLabelled: _about,
    ev.TicketPrinted: _fact,
    ev.TicketReprintWanted: _of_that_machine,
    ev.PriorityJudged: _about,
    ev.NoteTaken: _about,
    ev.TicketRated: _fact,
    ev.DayOpened: _day_opened,
    ev.DayClosed: _day_closed,
    ev.CounterOpened: _counter_opened,
    ev.CounterPaused: _counter_paused,
    ev.CounterResumed: _counter_resumed,
    ev.CounterClosed: _counter_closed,
    ev.ActionUndone: _undone,
    ev.CounterQueuesSet: _as_it_was,
    ev.QueueClosed: _as_it_was,
    ev.QueueOpened: _as_it_was,
    ev.KioskClosed: _as_it_was,
    ev.KioskOpened: _as_it_was,
    ev.SideErased: _as_it_was,
    ev.ClockJumped: _of_that_machine,
    ev.EpochBegan: _of_that_machine,
}
