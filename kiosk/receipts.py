"""What stands on paper: a ticket, and a checklist to take home, as plain blocks (DESIGN §8; LOOK 07, 07b).

Neither ever holds a name or a priority: a ticket is thrown away where anybody can read it (DOMAIN §5, LOOK).
Papers keep their official Vietnamese names in every language.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.domain.procedure_words import copies_in_words, fee_in_words, fee_says_more, time_in_words
from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
)
from kiosk.domain.site import Queue, Site
from kiosk.domain.text import DEFAULT_LANGUAGE, pick
from kiosk.i18n import Words, words

MISSING_NAMED = 3
"""Missing papers a ticket names; the page behind its QR and the clerk's screen have them all."""

_PLACE = re.compile(r"\s(?=(?:xã|phường|đặc khu|tỉnh|thành phố)\s)")
"""Where a centre's Vietnamese name goes on with its place, which begins a line of its own (LOOK 07)."""


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
        site: the centre, for its name, zones and clock.
        kiosk: number of the machine that prints.
        facts: the ticket.
        language: of the citizen.
        procedure: what the ticket is for; None where only a field was chosen.
        missing: positions (from 0) in the procedure's papers that the citizen said she lacks.
        icon: the queue's icon (`QueueBlock.icon`).
        copy: printed again; the paper says so.
    """
    say = words(language, "paper")
    queue = site.queue(facts.queue)
    blocks: list[AnyBlock] = [*_header(site, language)]
    if copy:
        blocks.append(TextBlock(say("Printed again"), align=Align.CENTRE, bold=True))
    blocks += [NumberBlock(facts.number, say("Your number")), _what_for(facts, queue, procedure, icon, language)]
    columns = _promised(facts, site, say) if facts.promised_at else _where_and_when(facts, queue, say)
    if columns:
        blocks += [RuleBlock(), TableBlock(columns)]
    blocks += _missing(procedure, missing, say)
    if facts.url:
        blocks += [RuleBlock(), QrBlock(facts.url, say("Scan this code"), say("to see your turn and your papers"))]
    at = site.local(facts.issued_at)
    moment = f"{_time(at)}, {_weekday(at, say)} {_date(at)}"
    blocks.append(TextBlock(moment, Size.SMALL, right=say("Machine {number}", number=kiosk)))
    return Receipt((*blocks, CutBlock()))


def checklist_receipt(
    site: Site,
    kiosk: int,
    procedure: Procedure,
    language: str,
    *,
    have: Collection[int],
    at_ms: int,
) -> Receipt:
    """Make the list of a procedure's papers to take home.

    Args:
        site: the centre, for its name and clock.
        kiosk: number of the machine that prints.
        procedure: whose papers.
        language: of the citizen.
        have: positions (from 0) of the papers the citizen ticked.
        at_ms: now, in UTC milliseconds.
    """
    say, facts = words(language, "paper"), words(language, "catalogue")
    blocks: list[AnyBlock] = [
        *_header(site, language),
        NumberBlock(_title(procedure, language), say("Papers you need")),
    ]
    if language != DEFAULT_LANGUAGE:
        blocks.append(TextBlock(procedure.short, align=Align.CENTRE))
        blocks.append(TextBlock(say("Papers keep their official Vietnamese names."), Size.SMALL))
    if procedure.assisted:
        blocks.append(TextBlock(say("Decided by the province; this centre receives it for you.")))
    blocks.append(
        TableBlock(
            ((say("Fee"), fee_in_words(procedure, facts)), (say("Result"), time_in_words(procedure, facts))),
        )
    )
    if procedure.same_day_until_15:
        blocks.append(TextBlock(say("Handed in after 15:00: result on the next working day.")))
    if fee_says_more(procedure):
        blocks.append(TextBlock(procedure.fee_text, Size.SMALL))
    blocks += _papers(procedure, have, say, facts)
    if procedure.page:
        text = say("National Public Service Portal, code {code}", code=procedure.code)
        blocks += [RuleBlock(), QrBlock(procedure.page, say("See it online"), text)]
    blocks += [RuleBlock(), *_closing(site, kiosk, procedure, at_ms, say), CutBlock()]
    return Receipt(tuple(blocks))


def _header(site: Site, language: str) -> Iterator[TextBlock]:
    name, province = pick(site.info.name, language), pick(site.info.province, language)
    for line in _PLACE.split(f"{name}, {province}", maxsplit=1):
        yield TextBlock(line, align=Align.CENTRE)


def _title(procedure: Procedure, language: str) -> str:
    return procedure.short if language == DEFAULT_LANGUAGE else procedure.name_en or procedure.short


def _what_for(
    facts: TicketFacts, queue: Queue | None, procedure: Procedure | None, icon: str, language: str
) -> QueueBlock:
    queue_name = pick(queue.name, language) if queue else ""
    if procedure is None:
        return QueueBlock(facts.queue, queue_name, icon=icon)
    # Under an English title stands the Vietnamese one, for whoever is asked the way.
    text = queue_name if language == DEFAULT_LANGUAGE else procedure.short
    return QueueBlock(facts.queue, _title(procedure, language), text, icon)


def _where_and_when(facts: TicketFacts, queue: Queue | None, say: Words) -> tuple[tuple[str, str], ...]:
    columns = []
    zone = say("zone {zone}", zone=queue.zone) if queue and queue.zone else ""
    places = [text for text in (_counters(facts.counters, say), zone) if text]
    if places:
        columns.append((say("You will be called to"), "\n".join(places)))
    if facts.ahead is not None:
        people = say.count("{n} person", "{n} people", facts.ahead) if facts.ahead else say("Nobody")
        columns.append((say("Ahead of you"), "\n".join(text for text in (people, _wait(facts, say)) if text)))
    return tuple(columns)


def _promised(facts: TicketFacts, site: Site, say: Words) -> tuple[tuple[str, str], ...]:
    """Say when to come, instead of who is ahead: on that day this is all that counts."""
    at, then = site.local(facts.promised_at), say("you stand in line then")
    return (
        (say("Come back on"), f"{_weekday(at, say)}\n{_date(at)}"),
        (say("From"), f"{_time(at)}\n{then}"),
    )


def _counters(counters: tuple[int, ...], say: Words) -> str:
    if not counters:
        return ""
    *first, last = (str(number) for number in counters)
    if not first:
        return say("Counter {number}", number=last)
    return say("Counter {numbers} or {last}", numbers=", ".join(first), last=last)


def _wait(facts: TicketFacts, say: Words) -> str:
    low, high = facts.wait_low, facts.wait_high
    if low is None or high is None:
        return ""
    if high <= 0:
        return say("very soon")
    if low <= 0:
        return say("wait up to {high} minutes", high=high)
    if low == high:
        return say("wait about {high} minutes", high=high)
    return say("wait {low}–{high} minutes", low=low, high=high)


def _missing(procedure: Procedure | None, missing: Sequence[int], say: Words) -> Iterator[AnyBlock]:
    if procedure is None:
        return
    names = [procedure.documents[i].name for i in sorted(set(missing)) if 0 <= i < len(procedure.documents)]
    if not names:
        return
    named, more = "; ".join(names[:MISSING_NAMED]), len(names) - MISSING_NAMED
    yield RuleBlock()
    if more > 0:
        yield TextBlock(say("Still missing: {papers}; and {n} more.", papers=named, n=more), bold=True)
    else:
        yield TextBlock(say("Still missing: {papers}.", papers=named), bold=True)
    yield TextBlock(say("Ask at the counter how to add it."))


def _papers(procedure: Procedure, have: Collection[int], say: Words, facts: Words) -> Iterator[AnyBlock]:
    headings = (
        (DocumentKind.SUBMIT, say("Papers to hand in")),
        (DocumentKind.SHOW, say("Show only, you keep it")),
        (DocumentKind.NOTE, say("Good to know")),
    )
    rule = RuleBlock()
    for kind, heading in headings:
        rows = tuple(
            _row(document, i in have, say, facts)
            for i, document in enumerate(procedure.documents)
            if document.kind is kind
        )
        if rows:
            yield from (rule, TextBlock(heading, bold=True), ChecklistBlock(rows))
            rule = RuleBlock(dashed=True)


def _row(document: Document, has: bool, say: Words, facts: Words) -> tuple[str, bool | None]:
    details = [copies_in_words(document, facts)]
    if not document.asked:
        details.append(say("No need to bring it") if document.original or document.copy else "")
    elif has:
        details.append(say("You have it"))
    elif not document.conditional:
        details.append(say("Not yet"))
    details.append(document.note)
    text = ". ".join(detail[0].upper() + detail[1:] for detail in details if detail)
    return (f"{document.name}\n{text}" if text else document.name, has if document.asked else None)


def _closing(site: Site, kiosk: int, procedure: Procedure, at_ms: int, say: Words) -> Iterator[TextBlock]:
    """End as LOOK does. The sample's lists are abridged, so the promise is about the published list, which is law."""
    centre = Align.CENTRE
    yield TextBlock(say("No paper beyond the published list may be asked of you."), align=centre, bold=True)
    if procedure.decision_no:
        yield TextBlock(say("Decision {number}", number=procedure.decision_no), align=centre)
    if not procedure.verified:
        yield TextBlock(say("This list has not been checked yet; ask at the counter."), align=centre, bold=True)
    yield TextBlock(say("A guide; it does not replace an officer's paper."), Size.SMALL, centre)
    at = site.local(at_ms)
    moment = say("Printed {moment}", moment=f"{_time(at)}, {_date(at)}")
    yield TextBlock(moment, Size.SMALL, right=say("Machine {number}", number=kiosk))


def _time(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02d}"


def _date(at: datetime) -> str:
    return f"{at:%d/%m/%Y}"


def _weekday(at: datetime, say: Words) -> str:
    names = (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )
    return names[at.weekday()]
