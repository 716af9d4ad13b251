"""What a citizen was sent to fetch (bổ sung): the papers, until when, to which counter.

It is a memory aid and says so: the request itself, form 02, only an officer issues (DOMAIN §1.3).
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kiosk.domain.paper import Template
from kiosk.domain.procedure import Procedure
from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    NumberBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
)
from kiosk.domain.site import Site
from kiosk.receipts.both import compose
from kiosk.receipts.checklist import document_rows
from kiosk.receipts.ticket import what_for, where
from kiosk.receipts.voice import Voice, clock, date


class MorePapersFacts(Struct, frozen=True):
    """A ticket that went to fetch papers. Times are UTC milliseconds."""

    number: str
    queue: str
    sent_at: int
    until: int
    """Up to then the right to come back holds."""
    counter: int | None = None
    """Where she was served."""
    url: str = ""


def more_papers_receipt(
    site: Site,
    machine: int,
    facts: MorePapersFacts,
    language: str,
    *,
    procedure: Procedure,
    missing: Sequence[int],
    icon: str = "",
    copy: bool = False,
) -> Receipt:
    """Make the list of papers to bring.

    Args:
        site: the centre.
        machine: number of the machine that prints; 0 for a counter's.
        facts: the ticket.
        language: of the citizen.
        procedure: whose papers.
        missing: positions (from 0) of those to bring; positions nobody knows are passed over, so that nothing beyond
            the published list can be asked.
        icon: the queue's icon.
        copy: printed again.
    """
    positions = [i for i in missing if 0 <= i < len(procedure.documents)]

    def make(voice: Voice) -> Iterator[AnyBlock]:
        queue, say, until = site.queue(facts.queue), voice.say, site.local(facts.until)
        voice.about(facts.number, queue)
        yield from voice.header(copy=copy)
        yield NumberBlock(facts.number, say("Papers to bring"))
        if voice.shows("what_for"):
            yield what_for(voice, facts.queue, procedure, icon)
        counters = () if facts.counter is None else (facts.counter,)
        place = where(counters, queue, voice)
        columns = [(say("Come back by"), f"{clock(until)}\n{voice.weekday(until)} {date(until)}")]
        yield from (RuleBlock(), TableBlock((*columns, *(((say("Come to"), place),) if place else ()))))
        if positions:
            yield from (RuleBlock(), ChecklistBlock(document_rows(procedure, positions, (), voice)))
        yield RuleBlock()
        yield TextBlock(say("Keep this number: you need no new one when you are back."), bold=True)
        yield TextBlock("" if facts.url else say("Bring your ticket too: the machine reads its code."))
        yield from voice.extra()
        yield from voice.code(
            facts.url, say("Hold this code to the machine"), say("when you are back with your papers")
        )
        yield TextBlock(say("No paper beyond the published list may be asked of you."), align=Align.CENTRE, bold=True)
        yield TextBlock(say("A guide; it does not replace an officer's paper."), Size.SMALL, Align.CENTRE)
        yield from voice.footer()

    return compose(site, machine, Template.MORE_PAPERS, language, facts.sent_at, make)
