"""How a number is given: for today, for a coming day, by the hub or by a kiosk that stood alone (DESIGN §4, §6)."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from kiosk.domain import calendar, capacity, estimate, numbers
from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.ranks import no_earlier
from kiosk.domain.site import MINUTE_MS, Queue, Site
from kiosk.domain.ticket import ENDED, RankReason, Ticket, TicketState
from kiosk.domain.tokens import TOKEN_LENGTH, hash_token
from kiosk.domain.visit import Visit, priority_minutes, ref_of, refused_as_new, side_of, visit_of, way_on

NOT_CALLED_YET = (TicketState.WAITING, TicketState.DEFERRED)


class _Given(Struct, frozen=True):
    """A number, and what comes with it."""

    number: numbers.Numbered
    rank_at: int
    reason: RankReason
    day: str
    until: int | None = None
    to_counter: int | None = None
    told: estimate.Outlook = estimate.Outlook(0)


def issue(hall: Hall, site: Site, command: cmd.IssueTicket, now: int) -> Decision | Refused:
    """Give a number. The id and the token are the kiosk's own."""
    visit = visit_of(
        hall, site, queue=command.queue, procedure=command.procedure, journey=command.journey, dossier=command.dossier
    )
    if isinstance(visit, Refused):
        return visit
    queue, token_hash = visit.queue, hash_token(command.token)
    refused = (
        refused_as_new(hall, command.ticket_id, command.token, token_hash)
        or _unknown(site, command)
        or _closed(hall, queue, command.kiosk)
        or _not_confirmed(hall, site, queue, command, now)
        or _too_many(hall, site, queue, command)
        or (None if command.defer or command.training else _not_today(hall, site, queue, command.dossiers, now))
    )
    if refused is not None:
        return refused
    minutes = priority_minutes(site, command.priority, queue)
    practice = numbers.number_of_practice(hall) if command.training else None
    given = (
        _for_a_coming_day(hall, site, queue, command.dossiers, practice)
        if command.defer
        else _for_today(hall, site, visit, practice, minutes, now)
    )
    if isinstance(given, Refused):
        return given
    event = ev.TicketIssued(
        ticket_id=command.ticket_id,
        number=given.number.number,
        queue=queue.id,
        ordinal=given.number.ordinal,
        rank_at=given.rank_at,
        rank_reason=given.reason,
        day=given.day,
        token_hash=token_hash,
        token_ref=ref_of(command.ticket_id, "token"),
        procedure=command.procedure,
        missing=command.missing,
        priority_minutes=minutes,
        priority_ref=ref_of(command.ticket_id, "priority") if command.priority else None,
        language=command.language,
        kiosk=command.kiosk,
        training=command.training,
        deferred_until=given.until,
        to_counter=given.to_counter,
        dossiers=command.dossiers,
        dossier_ref=ref_of(command.ticket_id, "dossier") if command.dossier else None,
        journey=visit.journey,
        competent=command.competent or "",
        person_ref=command.person or None,
        wait_low=given.told.low,
        wait_high=given.told.high,
    )
    visit_at = given.until or now
    side = (
        *side_of(command.ticket_id, "token", command.token, visit_at),
        *side_of(command.ticket_id, "priority", command.priority, visit_at),
        *side_of(command.ticket_id, "dossier", command.dossier, visit_at),
    )
    return Decision((event,), side)


def _for_today(
    hall: Hall, site: Site, visit: Visit, practice: numbers.Numbered | None, minutes: int, now: int
) -> _Given | Refused:
    """Give the next number, or the one of practice, with what she is told about her wait."""
    number = practice or numbers.number_of_today(hall, site, visit.queue.id)
    if isinstance(number, Refused):
        return number
    rank_at = no_earlier(hall, site, now - minutes * MINUTE_MS, now)
    told = estimate.outlook_now(hall, site, visit.queue.id, now, rank_at, visit.to_counter)
    reason = RankReason.PRIORITY if minutes else RankReason.ARRIVED
    return _Given(number, rank_at, reason, hall.day, to_counter=visit.to_counter, told=told)


def _for_a_coming_day(
    hall: Hall, site: Site, queue: Queue, dossiers: int, practice: numbers.Numbered | None
) -> _Given | Refused:
    """Promise the first hour of the next day that has room; she said that she takes it."""
    promise = capacity.promise(hall, site, queue, dossiers)
    if promise is None:
        return Refused("no_day_ahead", {"queue": queue.id})
    number = practice or numbers.Numbered(promise.number, promise.ordinal)
    return _Given(number, promise.hour.opens, RankReason.DEFERRED, promise.day, promise.hour.opens)


def _unknown(site: Site, command: cmd.IssueTicket) -> Refused | None:
    if command.priority and site.priority_category(command.priority) is None:
        return Refused("unknown_priority", {"priority": command.priority})
    if command.competent and site.agency(command.competent) is None:
        return Refused("unknown_agency", {"agency": command.competent})
    return None


def _closed(hall: Hall, queue: Queue, kiosk: int) -> Refused | None:
    if kiosk in hall.closed_kiosks:
        return Refused("kiosk_closed", {"kiosk": kiosk, "reason": hall.closed_kiosks[kiosk]})
    if queue.id in hall.closed_queues:
        return Refused("queue_closed", {"queue": queue.id, "reason": hall.closed_queues[queue.id]})
    return None


def _not_confirmed(hall: Hall, site: Site, queue: Queue, command: cmd.IssueTicket, now: int) -> Refused | None:
    """Ask once more where the same kiosk gave a number of the same queue just now: no ghost numbers.

    Not where that number is given up or called already; and not for staff, who have no kiosk (0).
    """
    at, earlier_id = hall.last_issues.get(f"{command.kiosk}/{queue.id}", (0, ""))
    earlier = hall.ticket(earlier_id)
    if command.confirmed or not command.kiosk or earlier is None or earlier.state not in NOT_CALLED_YET:
        return None
    seconds = (now - at) // 1000
    if seconds >= site.rules.confirm_within_s:
        return None
    return Refused("confirm_number", {"number": earlier.number, "seconds": seconds})


def _too_many(hall: Hall, site: Site, queue: Queue, command: cmd.IssueTicket) -> Refused | None:
    """Keep to what a person may take and what a queue may give in a day; practice takes nothing."""
    quota = site.rules.person_quota
    if command.training:
        return None
    if quota is not None and command.person and hall.persons.get(command.person, 0) >= quota:
        return Refused("person_quota_reached", {"quota": quota})
    if queue.quota is not None and not command.defer and hall.given.get(queue.id, 0) >= queue.quota:
        return Refused("quota_reached", {"queue": queue.id, "quota": queue.quota})
    return None


def _not_today(hall: Hall, site: Site, queue: Queue, dossiers: int, now: int) -> Refused | None:
    """Give no number outside the queue's hours, nor one that cannot be served: offer another day instead."""
    if not site.info.hours.enforced:
        return None
    if not calendar.gives_numbers(site, queue.id, hall.day, now):
        opens = calendar.next_opening(site, queue.id, now)
        if opens is None:
            return Refused("queue_has_no_hours", {"queue": queue.id})
        return Refused("queue_shut", {"day": site.service_day(opens), "opens": calendar.clock_text(site, opens)})
    if not capacity.is_full(hall, site, queue, now):
        return None
    promise = capacity.promise(hall, site, queue, dossiers)
    if promise is None:
        return Refused("no_day_ahead", {"queue": queue.id})
    hour = promise.hour
    return Refused(
        "day_is_full",
        {
            "day": promise.day,
            "from": calendar.clock_text(site, hour.opens),
            "to": calendar.clock_text(site, hour.closes),
        },
    )


def record(hall: Hall, site: Site, command: cmd.RecordTicket, now: int) -> Decision:
    """Take in a ticket that a kiosk issued by itself: a fact, so that nothing refuses it.

    It counts from the time on its paper. One whose day is over is kept and expires at once: nobody waits for it.
    """
    known = hall.ticket(command.ticket_id)
    if known is not None:
        return _labelled(known, command, now)
    issued_at = min(command.issued_at, now)
    day = site.service_day(issued_at)
    queue = _queue_on_paper(site, command)
    minutes = priority_minutes(site, command.priority, queue)
    token_hash = hash_token(command.token)
    if len(command.token) < TOKEN_LENGTH or hall.by_token.get(token_hash) is not None:
        # The paper is out, the number counts; but whoever guessed or copied a token must not get at another's page.
        token_hash = hash_token(f"{command.ticket_id}/{command.token}")
    ticket = ev.TicketIssued(
        ticket_id=command.ticket_id,
        number=command.number,
        queue=queue.id,
        ordinal=0,
        rank_at=no_earlier(hall, site, issued_at - minutes * MINUTE_MS, issued_at),
        rank_reason=RankReason.PRIORITY if minutes else RankReason.OFFLINE,
        day=day,
        token_hash=token_hash,
        token_ref=ref_of(command.ticket_id, "token"),
        procedure=command.procedure,
        missing=command.missing,
        priority_minutes=minutes,
        priority_ref=ref_of(command.ticket_id, "priority") if command.priority else None,
        language=command.language,
        kiosk=command.kiosk,
        training=command.training,
        issued_at=issued_at,
        dossiers=command.dossiers,
        journey=way_on(site, command.procedure, queue.id),
    )
    over = () if day == hall.day else (ev.TicketExpired(command.ticket_id),)
    side = (
        *side_of(command.ticket_id, "token", command.token, now),
        *side_of(command.ticket_id, "priority", command.priority, now),
    )
    return Decision((ticket, *over), side)


def _labelled(ticket: Ticket, command: cmd.RecordTicket, now: int) -> Decision:
    """The hub had issued it after all, under another number: the paper wins (DESIGN §6).

    Who was called by a number she does not hold did not miss her call: she stands again where she stood.
    """
    if ticket.number == command.number:
        return Decision()
    came_at = min(ticket.issued_at, command.issued_at, now) - ticket.priority_minutes * MINUTE_MS
    missed = ticket.state is TicketState.NO_SHOW
    behind = ticket.state is TicketState.WAITING and ticket.rank_reason is RankReason.RETURNED
    first = ticket.rank_reason in (RankReason.ARRIVED, RankReason.PRIORITY) and ticket.state not in ENDED
    rank_at = min(ticket.rank_at, came_at) if missed or behind or first else ticket.rank_at
    label = ev.TicketLabelled(ticket.id, command.number, rank_at)
    if not missed:
        return Decision((label,))
    return Decision((label, ev.TicketWaiting(ticket.id, ticket.queue, rank_at, RankReason.OFFLINE)))


def _queue_on_paper(site: Site, command: cmd.RecordTicket) -> Queue:
    """Find the queue of a paper; where the set-up has it no more, the one its number begins with, or the first."""
    lettered = next((q for q in site.queues if command.number.startswith(numbers.prefix_of(q))), site.queues[0])
    return site.queue(command.queue) or lettered


def abandon(hall: Hall, site: Site, command: cmd.AbandonTicket, now: int) -> Decision:
    """Give up a number whose paper never came out and whose holder left; one that is in use stays."""
    ticket = hall.ticket(command.ticket_id)
    if ticket is None or ticket.printed or ticket.state not in NOT_CALLED_YET:
        return Decision()
    return Decision((ev.TicketCancelled(ticket.id, cmd.CancelReason.NO_PAPER.value),))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.IssueTicket: issue,
    cmd.RecordTicket: record,
    cmd.AbandonTicket: abandon,
}
