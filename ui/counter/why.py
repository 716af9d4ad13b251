"""Why this number: one sentence about the ticket that was called, made of what its view says."""

from kiosk.domain.site import Site
from kiosk.domain.ticket import CallReason, RankReason
from kiosk.domain.why import Stand, Wait, why_called
from kiosk.wire.reasons import sentence
from kiosk.wire.views import TicketAtCounter


def why_this_one(ticket: TicketAtCounter, counter: int, site: Site, language: str) -> str:
    """Say why the ticket before the clerk was called and no other; the same words as on the citizen's phone."""
    call = Wait(
        since_seq=0,
        queue=ticket.queue,
        rank_at=ticket.came_at,
        rank_seq=0,
        rank_reason=RankReason(ticket.rank_reason or RankReason.ARRIVED),
        call_seq=1,
        called_at=ticket.called_at,
        counter=counter,
        call_reason=CallReason(ticket.call_reason) if ticket.call_reason else None,
    )
    came_at = ticket.came_at or ticket.issued_at
    stand = Stand(ticket.id, ticket.number, came_at, ticket.priority_confirmed, ticket.slot_at or None, (call,))
    return sentence(why_called(stand, call), site, language)
