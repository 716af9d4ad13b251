"""What was scanned, and what the hub says of it, as events of the flow."""

import logging

import msgspec

from kiosk.domain.ticket import AHEAD, RankReason, TicketState
from kiosk.flows.kiosk_events import ScanAnswered, Scanned
from kiosk.flows.scan import Scan, ScanKind, Slip, read_code
from kiosk.ports import Answered
from kiosk.wire.views import Answer, TicketAnswer
from ui.kiosk.hub_words import SERVER_ERROR

_log = logging.getLogger(__name__)
_DID = {
    RankReason.RETURNED: ScanKind.RETURNED,
    RankReason.PAPERS: ScanKind.PAPERS,
    RankReason.PARK_OVER: ScanKind.BACK,
    RankReason.APPOINTMENT: ScanKind.CHECKED_IN,
    RankReason.APPOINTMENT_LATE: ScanKind.LATE,
    RankReason.DEFERRED: ScanKind.PROMISED,
}
"""What a scan did, by why its ticket waits from now on."""
_STANDS = {
    TicketState.CALLED: ScanKind.CALLED,
    TicketState.SERVING: ScanKind.SERVING,
    TicketState.DONE: ScanKind.DONE,
    TicketState.CANCELLED: ScanKind.CANCELLED,
    TicketState.EXPIRED: ScanKind.EXPIRED,
    **dict.fromkeys(AHEAD, ScanKind.AHEAD),
}
"""What is said where a scan did nothing; one that is in none of these waits."""
_REFUSED = {
    "unknown_ticket": ScanKind.UNKNOWN,
    "bad_json": ScanKind.UNKNOWN,
    "papers_too_late": ScanKind.PAPERS_LATE,
}


def scanned_event(text: str, command_id: str, query: str | None, *, results: bool) -> Scanned:
    """Return the event of a scan; a dossier's code means something only where results have a lane (`results`)."""
    code = read_code(text)
    return Scanned(command_id, code.token, code.dossier if results else "", query)


def scan_event(answered: Answered, command_id: str, *, with_sentence: bool) -> ScanAnswered:
    """Turn the hub's answer to a scan into an event.

    Args:
        answered: the link's word.
        command_id: the question's.
        with_sentence: whether the hub's sentence is in the citizen's language.
    """
    return ScanAnswered(command_id, _scan(answered, with_sentence=with_sentence))


def _scan(answered: Answered, *, with_sentence: bool) -> Scan:
    if answered.status == 0 or answered.status >= SERVER_ERROR:
        return Scan(ScanKind.UNREACHABLE)
    if not answered.ok:
        kind = _REFUSED.get(str(answered.body.get("code", "")), ScanKind.REFUSED)
        detail = answered.body.get("detail", "")
        return Scan(kind, sentence=detail if with_sentence and isinstance(detail, str) else "")
    try:
        ticket = msgspec.convert(answered.body, Answer).ticket
    except msgspec.ValidationError:
        _log.exception("The hub's answer to a scan is not one of ours")
        ticket = None
    return Scan(ScanKind.UNREACHABLE) if ticket is None else _of(ticket)


def _of(ticket: TicketAnswer) -> Scan:
    did = next((kind for reason, kind in _DID.items() if ticket.came == reason), None)
    stands = next((kind for state, kind in _STANDS.items() if ticket.state == state), ScanKind.WAITING)
    return Scan(
        did or stands,
        number=ticket.number,
        ahead=ticket.ahead,
        wait_low=ticket.wait_low,
        wait_high=ticket.wait_high,
        counters=ticket.counters if ticket.counter is None else (ticket.counter,),
        at=(ticket.slot_at or ticket.until or 0) if stands is ScanKind.AHEAD else 0,
        slip=_slip(ticket) if stands is ScanKind.AHEAD and did is None else None,
    )


def _slip(ticket: TicketAnswer) -> Slip:
    return Slip(ticket.queue, ticket.procedure, ticket.url, booked=ticket.slot_at is not None)
