"""Tickets that nobody gets: what a printer draws before the hall opens, so that the first citizen waits no longer."""

from kiosk.domain.receipt import Receipt
from kiosk.domain.site import Site
from kiosk.receipts.ticket import TicketFacts, ticket_receipt

_ADDRESS = "https://example.invalid/"
_LENGTHS = (40, 50, 60, 80)
"""Letters of ticket addresses as centres have them: the sizes of code these make are got ready."""


def specimens(site: Site, kiosk: int, language: str) -> list[Receipt]:
    """Return a ticket for each queue, with all that a ticket may say in a language.

    Args:
        site: the centre.
        kiosk: number of the machine that prints.
        language: the one most citizens have.
    """
    made = []
    for n, queue in enumerate(site.queues):
        address = _ADDRESS.ljust(_LENGTHS[n % len(_LENGTHS)], "a")
        counters = tuple(counter.number for counter in site.counters if any(queue.id in tier for tier in counter.tiers))
        digits = "0123456789"[n % 8 :][:3]
        facts = TicketFacts(f"{queue.id}{digits}", queue.id, 0, address, counters, n, 10 * n, 20 * n)
        made.append(ticket_receipt(site, kiosk, facts, language))
    return made
