"""What a clerk may do to the ticket at her counter (DESIGN §4)."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from typing import Any

from kiosk.domain import calendar
from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.checks import at_counter
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.notes import with_note
from kiosk.domain.refusals import wrong_counter, wrong_state
from kiosk.domain.site import MINUTE_MS, Site
from kiosk.domain.ticket import AT_COUNTER, Move, Outcome, RankReason, Ticket

_ENDS_JOURNEY = frozenset({Outcome.INCOMPLETE, Outcome.ELSEWHERE, Outcome.WITHDRAWN})
"""Outcomes after which the next desks of a journey have nothing to do."""
_GIVEN_ANEW = frozenset(
    {RankReason.TRANSFERRED_FRONT, RankReason.TRANSFERRED_END, RankReason.RETURNED, RankReason.PAPERS}
)
"""Reasons of a rank that does not come from when she came, so that a struck priority does not change it."""


def recall(hall: Hall, site: Site, command: cmd.RecallTicket, now: int) -> Decision | Refused:
    """Call once more, as often as the centre allows; after that she did not come."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.RECALL)
    if isinstance(ticket, Refused):
        return ticket
    if ticket.calls > site.rules.recall_limit:
        return Refused("recall_limit", {"number": ticket.number, "times": ticket.calls})
    return Decision((ev.TicketRecalled(ticket.id, command.counter),))


def start(hall: Hall, site: Site, command: cmd.StartTicket, now: int) -> Decision | Refused:
    """The citizen has come."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.START)
    return ticket if isinstance(ticket, Refused) else Decision((ev.TicketStarted(ticket.id, command.counter),))


def no_show(hall: Hall, site: Site, command: cmd.NoShowTicket, now: int) -> Decision | Refused:
    """Nobody came."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.NO_SHOW)
    return ticket if isinstance(ticket, Refused) else Decision((ev.TicketNoShow(ticket.id, command.counter),))


def finish(hall: Hall, site: Site, command: cmd.FinishTicket, now: int) -> Decision | Refused:
    """The visit at this counter is over: back to who sent her, on to the next desk of her journey, or home."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.FINISH)
    if isinstance(ticket, Refused):
        return ticket
    following = _sent_back(hall, ticket, command) or _next_step(site, ticket, command)
    if following is not None:
        return Decision((following,))
    return Decision((ev.TicketFinished(ticket.id, command.counter, ticket.staff or "", command.outcome.value),))


def park(hall: Hall, site: Site, command: cmd.ParkTicket, now: int) -> Decision | Refused:
    """The citizen steps aside; when the time is over she waits for this counter again."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.PARK)
    if isinstance(ticket, Refused):
        return ticket
    until = now + (command.minutes or site.rules.park_minutes) * MINUTE_MS
    return with_note(hall, ticket, ev.TicketParked(ticket.id, command.counter, until), command.note, now, until)


def send_for_papers(hall: Hall, site: Site, command: cmd.SendForPapers, now: int) -> Decision | Refused:
    """Let the citizen fetch what is missing (bổ sung giấy tờ): her ticket keeps its right for minutes, or for days."""
    ticket = at_counter(hall, command.ticket_id, command.counter, Move.SEND_FOR_PAPERS)
    if isinstance(ticket, Refused):
        return ticket
    if not command.missing and not command.note:
        return Refused("papers_which")
    until = _right_until(hall, site, ticket, command, now)
    if isinstance(until, Refused):
        return until
    missing = tuple(sorted(set(command.missing)))
    event = ev.TicketSentForPapers(ticket.id, command.counter, missing, until)
    sent = with_note(hall, ticket, event, command.note, now, until)
    if not (command.print_list and missing and ticket.kiosk):
        return sent
    return Decision((*sent.events, ev.TicketReprintWanted(ticket.id, ticket.kiosk)), sent.side)


def judge_priority(hall: Hall, site: Site, command: cmd.JudgePriority, now: int) -> Decision | Refused:
    """The clerk saw the proof of what was declared at the kiosk, or strikes it: it then never counted (DOMAIN §5)."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None:
        return Refused("unknown_ticket")
    if ticket.state not in AT_COUNTER:
        return wrong_state(ticket)
    if ticket.counter != command.counter:
        return wrong_counter(ticket)
    if not ticket.priority_minutes:
        return Refused("no_priority", {"number": ticket.number})
    if command.confirmed:
        minutes, rank_at, reason = ticket.priority_minutes, ticket.rank_at, ticket.rank_reason
    else:
        minutes, (rank_at, reason) = 0, _unprivileged(ticket)
    return Decision((ev.PriorityJudged(ticket.id, command.counter, command.confirmed, minutes, rank_at, reason),))


def _sent_back(hall: Hall, ticket: Ticket, command: cmd.FinishTicket) -> ev.StepFinished | None:
    """Return to the counter that said "and come back to me"; closed, to whoever takes its queue now."""
    if ticket.home is None or command.outcome is Outcome.WITHDRAWN:
        return None
    is_open = hall.counter(ticket.home).state is not CounterState.CLOSED
    return _step(
        ticket, command, ticket.home_queue, RankReason.CAME_BACK, ticket.journey, ticket.home if is_open else None
    )


def _next_step(site: Site, ticket: Ticket, command: cmd.FinishTicket) -> ev.StepFinished | None:
    """Go on to the next desk of the journey, where there is one and something to do there."""
    steps = tuple(queue for queue in ticket.journey if site.queue(queue) is not None)
    if not steps or command.outcome in _ENDS_JOURNEY:
        return None
    return _step(ticket, command, steps[0], RankReason.NEXT_STEP, steps[1:], None)


def _step(
    ticket: Ticket, command: cmd.FinishTicket, queue: str, reason: RankReason, rest: tuple[str, ...], to: int | None
) -> ev.StepFinished:
    return ev.StepFinished(
        ticket_id=ticket.id,
        counter=command.counter,
        staff=ticket.staff or "",
        outcome=command.outcome.value,
        queue=queue,
        rank_at=ticket.rank_at,
        rank_reason=reason,
        journey=rest,
        to_counter=to,
    )


def _right_until(hall: Hall, site: Site, ticket: Ticket, command: cmd.SendForPapers, now: int) -> int | Refused:
    """Return how long the right to come back lasts: for minutes, or to the end of a day on which she can be served."""
    if command.days is None:
        return now + (command.minutes or site.rules.away_minutes) * MINUTE_MS
    if command.minutes is not None:
        return Refused("papers_how_long")
    if command.days > site.rules.away_days:
        return Refused("papers_too_many_days", {"days": site.rules.away_days})
    until = _end_of_open_day(hall, site, ticket.queue, command.days)
    return Refused("no_day_ahead", {"queue": ticket.queue}) if until is None else until


def _end_of_open_day(hall: Hall, site: Site, queue: str, count: int) -> int | None:
    """Return the last millisecond of the `count`th coming day on which a queue is open; None where none is in sight."""
    day = next(islice(calendar.open_days(site, queue, hall.day), count - 1, None), None)
    if day is None:
        return None
    return calendar.start_of_day(site, (date.fromisoformat(day) + timedelta(days=1)).isoformat()) - 1


def _unprivileged(ticket: Ticket) -> tuple[int, RankReason]:
    """Return the rank a ticket would have without its priority."""
    if ticket.rank_reason in _GIVEN_ANEW:
        return ticket.rank_at, ticket.rank_reason
    reason = RankReason.ARRIVED if ticket.rank_reason is RankReason.PRIORITY else ticket.rank_reason
    return max(ticket.rank_at, ticket.issued_at), reason


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.RecallTicket: recall,
    cmd.StartTicket: start,
    cmd.NoShowTicket: no_show,
    cmd.FinishTicket: finish,
    cmd.ParkTicket: park,
    cmd.SendForPapers: send_for_papers,
    cmd.JudgePriority: judge_priority,
}
