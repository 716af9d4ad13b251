"""`decide(hall, site, command, now) -> Decision | Refused`: what a command leads to (DESIGN §3).

Pure: `now` is given, settings come from `site`, randomness is in the command. Rules stand in `rules_issue` (how a
ticket comes and arrives), `rules_visit` (at a counter), `rules_transfer`, `rules_return`, `rules_ticket` (anywhere),
`rules_counter`, `rules_undo` and `rules_journal`; here is what holds for every command.
"""

from kiosk.domain import (
    rules_counter,
    rules_issue,
    rules_journal,
    rules_return,
    rules_ticket,
    rules_transfer,
    rules_undo,
    rules_visit,
)
from kiosk.domain.apply import replay
from kiosk.domain.commands import FACTS, CloseDay, Envelope
from kiosk.domain.counter import CounterState
from kiosk.domain.events import (
    AnyEvent,
    CounterClosed,
    DayClosed,
    DayOpened,
    Decision,
    Recorded,
    Refused,
    TicketExpired,
)
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import Move

_RULES = {
    **rules_issue.RULES,
    **rules_ticket.RULES,
    **rules_counter.RULES,
    **rules_visit.RULES,
    **rules_transfer.RULES,
    **rules_return.RULES,
    **rules_undo.RULES,
    **rules_journal.RULES,
}


def decide(hall: Hall, site: Site, envelope: Envelope, now: int) -> Decision | Refused:
    """Decide one command against a hall.

    Args:
        hall: the state all earlier commands led to.
        site: the centre's set-up.
        envelope: the command and who sent it.
        now: hall time, UTC milliseconds, never smaller than `hall.at`.

    Returns:
        The events to append, or why there are none. A decision without events is allowed: a fact that was known.
    """
    command = envelope.command
    if isinstance(command, CloseDay):
        return Decision(close_day(hall)) if hall.day else Decision()
    is_fact = isinstance(command, FACTS)
    if not is_fact and envelope.not_after is not None and now > envelope.not_after:
        return Refused("too_late")
    turn = () if is_fact else turn_of_day(hall, site, now)
    if turn:
        hall = replay(hall, (Recorded(hall.seq + n, now, event) for n, event in enumerate(turn, start=1)))
    decided = _RULES[type(command)](hall, site, command, now)
    if isinstance(decided, Refused):
        return decided
    return Decision((*turn, *decided.events), decided.side)


def turn_of_day(hall: Hall, site: Site, now: int) -> tuple[AnyEvent, ...]:
    """Return the events that close yesterday and open today, if this is the first command of a day."""
    today = site.service_day(now)
    if hall.day == today:
        return ()
    return (*(close_day(hall) if hall.day else ()), DayOpened(today))


def close_day(hall: Hall) -> tuple[AnyEvent, ...]:
    """Return the events that end a day: open tickets expire, open counters close."""
    open_tickets = sorted(
        (t for t in hall.tickets.values() if t.after(Move.EXPIRE) is not None), key=lambda t: (t.issued_at, t.id)
    )
    expired = (TicketExpired(t.id) for t in open_tickets)
    closed = (CounterClosed(c.number) for _, c in sorted(hall.counters.items()) if c.state is not CounterState.CLOSED)
    return (*expired, *closed, DayClosed(hall.day, hall.ordinals, hall.given, ordinals_ahead=hall.ordinals_ahead))
