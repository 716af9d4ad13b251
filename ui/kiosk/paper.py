"""From a ticket to paper: what is printed, and what its end means. Runs in the background, for printers block."""

from msgspec.structs import replace

from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.flows.kiosk_events import PaperEnded, PrintTicket
from kiosk.ports import Printed, Printer, PrintRefused
from kiosk.receipts import TicketFacts, ticket_receipt


def print_ticket(printer: Printer, wish: PrintTicket, site: Site, kiosk: int, icon: str) -> PaperEnded:
    """Print a ticket and say how it ended. Blocking; never raises for a printer's trouble.

    Args:
        printer: where the paper comes from.
        wish: the ticket and what it is for.
        site: the centre.
        kiosk: this machine's number, which stands on the paper.
        icon: the queue's icon.
    """
    ticket = wish.ticket
    facts = TicketFacts(
        number=ticket.number,
        queue=ticket.queue,
        issued_at=ticket.issued_at,
        url=ticket.url,
        ahead=ticket.ahead,
        wait_low=ticket.wait_low,
        wait_high=ticket.wait_high,
        counters=ticket.counters,
        promised_at=ticket.promised_at,
    )
    receipt = ticket_receipt(
        site, kiosk, facts, wish.language, procedure=wish.procedure, missing=wish.missing, icon=icon
    )
    outcome = printer.print(replace(receipt, job=ticket.id))
    if isinstance(outcome, Printed):
        return PaperEnded(ticket.id, PrintResult.PRINTED, outcome.status.value)
    result = PrintResult.REFUSED if isinstance(outcome, PrintRefused) else PrintResult.UNCERTAIN
    return PaperEnded(ticket.id, result, outcome.status.value)
