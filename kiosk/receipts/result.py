"""The number of whoever comes for a result: straight to the lane where results are handed out."""

from collections.abc import Iterator

from kiosk.domain.paper import Template
from kiosk.domain.receipt import AnyBlock, NumberBlock, QueueBlock, Receipt, RuleBlock, TableBlock, TextBlock
from kiosk.domain.site import Site
from kiosk.receipts.both import compose
from kiosk.receipts.ticket import TicketFacts, where_and_when
from kiosk.receipts.voice import Voice

DOSSIER_SHOWN = 4
"""Last digits of a dossier's code on the slip: enough for her to know it, too few for whoever finds it (DESIGN §9)."""


def result_receipt(
    site: Site,
    machine: int,
    facts: TicketFacts,
    language: str,
    *,
    dossier: str = "",
    icon: str = "",
    copy: bool = False,
) -> Receipt:
    """Make the slip of a number in the lane of results.

    Args:
        site: the centre.
        machine: number of the machine that prints.
        facts: the ticket.
        language: of the citizen.
        dossier: the dossier's code; only its end is printed.
        icon: the queue's icon.
        copy: printed again.
    """

    def make(voice: Voice) -> Iterator[AnyBlock]:
        queue, say = site.queue(facts.queue), voice.say
        voice.about(facts.number, queue)
        yield from voice.header(copy=copy)
        yield NumberBlock(facts.number, say("Your number"))
        if voice.shows("what_for"):
            yield QueueBlock(facts.queue, say("Collect a result"), _dossier(dossier, voice) or voice.name(queue), icon)
        columns = where_and_when(facts, voice)
        if columns:
            yield from (RuleBlock(), TableBlock(columns))
        yield from (RuleBlock(), TextBlock(say("Have your dossier receipt at hand."), bold=True))
        yield from voice.extra()
        yield from voice.code(facts.url, say("Scan this code"), say("to see your turn"))
        yield from voice.footer()

    return compose(site, machine, Template.RESULT, language, facts.issued_at, make)


def _dossier(code: str, voice: Voice) -> str:
    return voice.say("dossier ending in {digits}", digits=code[-DOSSIER_SHOWN:]) if code else ""
