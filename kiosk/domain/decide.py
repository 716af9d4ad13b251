"""`decide(hall, site, command, now) -> Decision | Refused`: what a command leads to (DESIGN §3).

Pure: `now` is given, settings come from `site`, randomness is in the command. Rules stand in `rules_issue` (how a
ticket comes into being), `rules_arrive` (how it arrives on a later hour or day), `rules_visit` (at a counter),
`rules_transfer`, `rules_return`, `rules_ticket` (anywhere), `rules_counter`, `rules_undo`, `rules_hall` and
`rules_journal`; here is what holds for every command.
"""

from kiosk.domain import (
    rules_arrive,
    rules_counter,
    rules_hall,
    rules_issue,
    rules_journal,
    rules_return,
    rules_ticket,
    rules_transfer,
    rules_undo,
    rules_visit,
)
from kiosk.domain.apply import replay
from kiosk.domain.commands import FACTS, AnyCommand, Envelope, RecordTicket
from kiosk.domain.day import turn_of_day
from kiosk.domain.events import Decision, Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site

_RULES = {
    **rules_issue.RULES,
    **rules_arrive.RULES,
    **rules_ticket.RULES,
    **rules_counter.RULES,
    **rules_visit.RULES,
    **rules_transfer.RULES,
    **rules_return.RULES,
    **rules_undo.RULES,
    **rules_hall.RULES,
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
    is_fact = isinstance(command, FACTS)
    if not is_fact and envelope.not_after is not None and now > envelope.not_after:
        return Refused("too_late")
    turn = turn_of_day(hall, site, now) if _begins_day(hall, site, command, now) else ()
    if turn:
        hall = replay(hall, (Recorded(hall.seq + n, now, event) for n, event in enumerate(turn, start=1)))
    decided = _RULES[type(command)](hall, site, command, now)
    if isinstance(decided, Refused):
        return decided
    return Decision((*turn, *decided.events), decided.side)


def _begins_day(hall: Hall, site: Site, command: AnyCommand, now: int) -> bool:
    """Tell whether a command opens the day it comes on: every wish does, and one fact.

    A citizen who holds a paper of today waits today, though the hub has heard of nothing else yet; but a day that was
    closed stays closed for a paper that comes after it. A ticket the hall holds begins nothing: with its day gone, it
    would be taken for a new one.
    """
    if isinstance(command, RecordTicket):
        if hall.ticket(command.ticket_id) is not None:
            return False
        today = site.service_day(now)
        return hall.closed_day != today and site.service_day(min(command.issued_at, now)) == today
    return not isinstance(command, FACTS)
