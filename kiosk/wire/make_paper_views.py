"""Papers that staff wants, as kiosks and clerks are told of them; pure."""

from kiosk.domain.hall import REPRINT_MS, Hall
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.wire.paper_views import AwayTicket, PaperFate, PapersView, ReprintView


def reprints(hall: Hall, now: int) -> tuple[ReprintView, ...]:
    """Say what kiosks are to print: no list whose ticket is not away any more."""
    wanted = []
    for ticket_id, one in hall.reprints.items():
        ticket = hall.ticket(ticket_id)
        if one.result or now - one.at >= REPRINT_MS or ticket is None:
            continue
        if one.papers and ticket.state is not TicketState.AWAY:
            continue
        wanted.append(ReprintView(ticket_id, one.at, one.kiosk, _papers(ticket) if one.papers else None))
    return tuple(wanted)


def _papers(ticket: Ticket) -> PapersView:
    return PapersView(
        ticket.number,
        ticket.queue,
        ticket.procedure or "",
        ticket.missing,
        ticket.until or 0,
        ticket.counter or 0,
        ticket.language,
    )


def paper_fate(hall: Hall, ticket: Ticket, now: int, *, papers: bool) -> PaperFate | None:
    """Say what became of a paper that staff wanted: of the list (`papers`), or of the ticket itself."""
    wish = hall.reprints.get(ticket.id)
    if wish is None or wish.papers != papers or now - wish.at >= REPRINT_MS:
        return None
    return PaperFate(wish.kiosk, wish.result, wish.detail)


def away(ticket: Ticket, hall: Hall, now: int) -> AwayTicket:
    """Say who fetches papers, with what her list says and whether it came out."""
    fate = paper_fate(hall, ticket, now, papers=True)
    return AwayTicket(ticket.id, _papers(ticket), ticket.issued_at, ticket.kiosk, fate)
