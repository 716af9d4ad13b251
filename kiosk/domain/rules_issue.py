"""How a ticket comes into being, and how it arrives (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.events import Decision, Refused, SideData
from kiosk.domain.hall import Hall
from kiosk.domain.site import DAY_MS, MINUTE_MS, Site
from kiosk.domain.ticket import RankReason, number_text
from kiosk.domain.tokens import TOKEN_KEPT_MS, TOKEN_LENGTH, hash_token

PRIORITY_KEPT_MS = DAY_MS


def issue(hall: Hall, site: Site, command: cmd.IssueTicket, now: int) -> Decision | Refused:
    """Give a number. The id and the token are the kiosk's own."""
    if site.queue(command.queue) is None:
        return Refused("unknown_queue", {"queue": command.queue})
    if hall.ticket(command.ticket_id) is not None:
        return Refused("ticket_exists", {"number": _number(hall, command.ticket_id)})
    if len(command.token) < TOKEN_LENGTH:
        return Refused("weak_token")
    token_hash = hash_token(command.token)
    if hall.by_token.get(token_hash) is not None:
        return Refused("weak_token")
    priority = site.priority_category(command.priority) if command.priority else None
    if command.priority and priority is None:
        return Refused("unknown_priority", {"priority": command.priority})
    minutes = priority.minutes if priority else 0
    ordinal = hall.ordinals.get(command.queue, 0) + 1
    token_ref = f"{command.ticket_id}/token"
    side = [SideData(token_ref, "token", command.token.encode(), now + TOKEN_KEPT_MS)]
    if priority:
        ref = f"{command.ticket_id}/priority"
        side.append(SideData(ref, "priority", priority.id.encode(), now + PRIORITY_KEPT_MS))
    event = ev.TicketIssued(
        ticket_id=command.ticket_id,
        number=number_text(command.queue, ordinal),
        queue=command.queue,
        ordinal=ordinal,
        rank_at=now - minutes * MINUTE_MS,
        rank_reason=RankReason.PRIORITY if priority else RankReason.ARRIVED,
        day=hall.day,
        token_hash=token_hash,
        token_ref=token_ref,
        procedure=command.procedure,
        missing=command.missing,
        priority_minutes=minutes,
        priority_ref=side[1].ref if priority else None,
        language=command.language,
        kiosk=command.kiosk,
        training=command.training,
    )
    return Decision((event,), tuple(side))


def _number(hall: Hall, ticket_id: str) -> str:
    ticket = hall.ticket(ticket_id)
    return ticket.number if ticket else ""


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.IssueTicket: issue,
}
