"""How a wish for a number is put to the hub, and what its answer means to the flow."""

import logging
from typing import Any

import msgspec

from kiosk.domain.ticket import TicketState
from kiosk.flows.kiosk_events import Event, HubRefused, HubUnreachable, Issue, IssuedTicket, TicketIssued
from kiosk.ports import Answered
from kiosk.wire.views import Answer, TicketAnswer

_log = logging.getLogger(__name__)
SERVER_ERROR = 500


def issue_body(wish: Issue, kiosk: int) -> dict[str, Any]:
    """Return the command's fields as the hub takes them (`kiosk.domain.commands.IssueTicket`)."""
    body: dict[str, Any] = {
        "ticket_id": wish.attempt.ticket_id,
        "token": wish.attempt.token,
        "queue": wish.queue,
        "missing": list(wish.missing),
        "language": wish.language,
        "kiosk": kiosk,
    }
    answers = {"confirmed": wish.confirmed, "defer": wish.defer}
    body |= {name: True for name, yes in answers.items() if yes}
    named = {"procedure": wish.procedure, "dossier": wish.dossier}
    return body | {name: value for name, value in named.items() if value}


def event_of(answered: Answered, *, with_sentence: bool) -> Event:
    """Turn an answer into an event.

    Args:
        answered: the link's word.
        with_sentence: whether the hub's sentence is in the citizen's language, and may be shown to her.

    Returns:
        A number, a refusal, or "nobody knows": an answer of the hub that it cannot explain itself leaves the outcome
        open, and so does one that cannot be read.
    """
    if answered.status == 0 or answered.status >= SERVER_ERROR:
        return HubUnreachable()
    if not answered.ok:
        detail = answered.body.get("detail", "")
        code = str(answered.body.get("code", ""))
        _log.warning("The hub refused a number: %s", code or answered.status)
        return HubRefused(detail if with_sentence and isinstance(detail, str) else "", code)
    try:
        ticket = msgspec.convert(answered.body, Answer).ticket
    except msgspec.ValidationError:
        _log.exception("The hub's answer is not one of ours")
        return HubUnreachable()
    if ticket is None:
        _log.error("The hub answered a wish for a number without a ticket")
        return HubUnreachable()
    return TicketIssued(issued(ticket))


def issued(ticket: TicketAnswer) -> IssuedTicket:
    """Return the hub's word of a ticket as screen and paper need it."""
    return IssuedTicket(
        id=ticket.id,
        number=ticket.number,
        queue=ticket.queue,
        url=ticket.url,
        ahead=ticket.ahead,
        wait_low=ticket.wait_low,
        wait_high=ticket.wait_high,
        counters=ticket.counters,
        issued_at=ticket.issued_at,
        promised_at=(ticket.until or 0) if ticket.state == TicketState.DEFERRED else 0,
    )


def log_answer(answered: Answered) -> None:
    """Note that the hub did not take a fact; the link keeps it (DESIGN §6)."""
    if not answered.ok:
        _log.warning("The hub did not take what became of a ticket: %s %s", answered.status, answered.body)
