"""The paper of a ticket: the number, what for, where to go and when, what is missing, the code (LOOK 07)."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kiosk.domain.paper import Template
from kiosk.domain.procedure import Procedure
from kiosk.domain.receipt import AnyBlock, NumberBlock, QueueBlock, Receipt, RuleBlock, TableBlock, TextBlock
from kiosk.domain.site import Queue, Site
from kiosk.domain.text import DEFAULT_LANGUAGE
from kiosk.receipts.both import compose
from kiosk.receipts.voice import Voice, clock, date

MISSING_NAMED = 3
"""Missing papers a ticket names; the page behind its QR and the clerk's screen have them all."""


class TicketFacts(Struct, frozen=True):
    """What a ticket's paper says about the ticket; the kiosk takes it from the hub's answer, or makes it offline."""

    number: str
    queue: str
    issued_at: int
    """UTC milliseconds."""
    url: str = ""
    """The ticket's own page; without one there is no QR."""
    counters: tuple[int, ...] = ()
    """Counters that will call it."""
    ahead: int | None = None
    """People in front; None where nobody knows (a ticket made offline)."""
    wait_low: int | None = None
    wait_high: int | None = None
    """Minutes, from and to; None where nobody knows."""
    promised_at: int = 0
    """When the hour begins that it is promised for on a coming day (UTC ms); 0 for a ticket that waits now."""


def ticket_receipt(
    site: Site,
    kiosk: int,
    facts: TicketFacts,
    language: str,
    *,
    procedure: Procedure | None = None,
    missing: Sequence[int] = (),
    icon: str = "",
    copy: bool = False,
) -> Receipt:
    """Make the paper of a ticket.

    Args:
        site: the centre, for its name, zones, clock and set-up of paper.
        kiosk: number of the machine that prints.
        facts: the ticket.
        language: of the citizen.
        procedure: what the ticket is for; None where only a field was chosen.
        missing: positions (from 0) in the procedure's papers that the citizen said she lacks.
        icon: the queue's icon (`QueueBlock.icon`).
        copy: printed again; the paper says so.
    """

    def make(voice: Voice) -> Iterator[AnyBlock]:
        queue, say = site.queue(facts.queue), voice.say
        voice.about(facts.number, queue)
        yield from voice.header(copy=copy)
        yield NumberBlock(facts.number, say("Your number"))
        if voice.shows("what_for"):
            yield what_for(voice, facts.queue, procedure, icon)
        columns = where_and_when(facts, voice)
        if columns:
            yield from (RuleBlock(), TableBlock(columns))
        if voice.shows("missing"):
            yield from _missing(procedure, missing, voice)
        yield from voice.extra()
        yield from voice.code(facts.url, say("Scan this code"), say("to see your turn and your papers"))
        yield from voice.footer()

    return compose(site, kiosk, Template.TICKET, language, facts.issued_at, make)


def what_for(voice: Voice, queue_id: str, procedure: Procedure | None, icon: str) -> QueueBlock:
    """Say what a number is for, beside its queue's doorway."""
    queue_name = voice.name(voice.site.queue(queue_id))
    if procedure is None:
        return QueueBlock(queue_id, queue_name, icon=icon)
    # Under an English title stands the Vietnamese one, for whoever is asked the way.
    text = queue_name if voice.language == DEFAULT_LANGUAGE else procedure.short
    return QueueBlock(queue_id, title_of(procedure, voice.language), text, icon)


def title_of(procedure: Procedure, language: str) -> str:
    """Name a procedure as briefly as its language has it."""
    return procedure.short if language == DEFAULT_LANGUAGE else procedure.name_en or procedure.short


def where_and_when(facts: TicketFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Say where she will be called to, and how many stand before her; or when to come, where that is another day."""
    if facts.promised_at:
        return _promised(facts, voice)
    columns, say = [], voice.say
    places = where(facts.counters, voice.site.queue(facts.queue), voice)
    if places and voice.shows("where"):
        columns.append((say("You will be called to"), places))
    if facts.ahead is not None and voice.shows("ahead"):
        people = say.count("{n} person", "{n} people", facts.ahead) if facts.ahead else say("Nobody")
        columns.append((say("Ahead of you"), "\n".join(text for text in (people, _wait(facts, voice)) if text)))
    return tuple(columns)


def where(counters: tuple[int, ...], queue: Queue | None, voice: Voice) -> str:
    """Name counters and zone, a line each; "" where neither is known."""
    return "\n".join(filter(None, (voice.counters(counters), voice.zone(queue))))


def _promised(facts: TicketFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Say when to come, instead of who is ahead: on that day this is all that counts."""
    at, say = voice.site.local(facts.promised_at), voice.say
    then = say("you stand in line then")
    return (
        (say("Come back on"), f"{voice.weekday(at)}\n{date(at)}"),
        (say("From"), f"{clock(at)}\n{then}"),
    )


def _wait(facts: TicketFacts, voice: Voice) -> str:
    low, high, say = facts.wait_low, facts.wait_high, voice.say
    if low is None or high is None:
        return ""
    if high <= 0:
        return say("very soon")
    if low <= 0:
        return say("wait up to {high} minutes", high=high)
    if low == high:
        return say("wait about {high} minutes", high=high)
    return say("wait {low}–{high} minutes", low=low, high=high)


def _missing(procedure: Procedure | None, missing: Sequence[int], voice: Voice) -> Iterator[AnyBlock]:
    names, say = missing_names(procedure, missing), voice.say
    if not names:
        return
    named, more = "; ".join(names[:MISSING_NAMED]), len(names) - MISSING_NAMED
    yield RuleBlock()
    if more > 0:
        yield TextBlock(say("Still missing: {papers}; and {n} more.", papers=named, n=more), bold=True)
    else:
        yield TextBlock(say("Still missing: {papers}.", papers=named), bold=True)
    yield TextBlock(say("Ask at the counter how to add it."))


def missing_names(procedure: Procedure | None, missing: Sequence[int]) -> list[str]:
    """Name the papers at these positions, each once; positions nobody knows are passed over."""
    if procedure is None:
        return []
    return [procedure.documents[i].name for i in sorted(set(missing)) if 0 <= i < len(procedure.documents)]
