"""The list of a procedure's papers to take home: what she has, what is missing, where to get it (LOOK 07b).

Never more than the published list, which would be a fault before the law (DOMAIN §1.1), and never called form 02, which
only an officer issues (DOMAIN §1.3).
"""

from collections.abc import Collection, Iterator

from kiosk.domain.paper import Template
from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.domain.procedure_words import copies_in_words, fee_in_words, fee_says_more, time_in_words
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
from kiosk.domain.text import DEFAULT_LANGUAGE
from kiosk.receipts.both import compose
from kiosk.receipts.ticket import title_of
from kiosk.receipts.voice import Voice


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
        site: the centre, for its name, clock and set-up of paper.
        kiosk: number of the machine that prints.
        procedure: whose papers.
        language: of the citizen.
        have: positions (from 0) of the papers the citizen ticked.
        at_ms: now, in UTC milliseconds.
    """

    def make(voice: Voice) -> Iterator[AnyBlock]:
        say, foreign = voice.say, voice.language != DEFAULT_LANGUAGE
        yield from voice.header()
        yield NumberBlock(title_of(procedure, voice.language), say("Papers you need"))
        yield TextBlock(procedure.short if foreign else "", align=Align.CENTRE)
        yield TextBlock(say("Papers keep their official Vietnamese names.") if foreign else "", Size.SMALL)
        yield from _about(procedure, voice)
        if voice.shows("summary"):
            yield from (RuleBlock(), _summary(procedure, have, voice))
        yield from _papers(procedure, have, voice)
        yield from voice.extra()
        text = say("National Public Service Portal, code {code}", code=procedure.code)
        yield from voice.code(procedure.page, say("See it online"), text)
        yield RuleBlock()
        yield from _closing(procedure, voice)
        yield from voice.footer()

    return compose(site, kiosk, Template.CHECKLIST, language, at_ms, make)


def document_rows(
    procedure: Procedure, positions: Collection[int], have: Collection[int], voice: Voice
) -> tuple[tuple[str, bool | None], ...]:
    """Return papers at these positions as rows of a checklist.

    Where she has said nothing of any of them (`have` is empty), none is called missing: nobody asked her.
    """
    return tuple(_row(procedure.documents[i], i in have, voice, told=bool(have)) for i in sorted(set(positions)))


def _about(procedure: Procedure, voice: Voice) -> Iterator[AnyBlock]:
    say, facts = voice.say, voice.facts
    if procedure.assisted:
        yield TextBlock(say("Decided by the province; this centre receives it for you."))
    fee, took = (say("Fee"), fee_in_words(procedure, facts)), (say("Result"), time_in_words(procedure, facts))
    yield TableBlock((fee, took) if voice.shows("fee") else (took,))
    if procedure.same_day_until_15:
        after = voice.site.paper.late_after
        yield TextBlock(say("Handed in after {time}: result on the next working day.", time=after))
    if fee_says_more(procedure) and voice.shows("fee"):
        yield TextBlock(procedure.fee_text, Size.SMALL)


def _summary(procedure: Procedure, have: Collection[int], voice: Voice) -> TextBlock:
    """Say in one line how far she is. Papers that only some need are not counted: nobody knows who she is."""
    say = voice.say
    asked = [i for i, document in enumerate(procedure.documents) if document.asked and not document.conditional]
    missing = sum(i not in have for i in asked)
    if not missing:
        return TextBlock(say("You have every paper that everybody needs."), bold=True)
    if missing == len(asked):
        return TextBlock(say.count("Everybody needs {n} paper.", "Everybody needs {n} papers.", missing), bold=True)
    text = say.count("{n} paper is still missing.", "{n} papers are still missing.", missing)
    return TextBlock(text, bold=True)


def _papers(procedure: Procedure, have: Collection[int], voice: Voice) -> Iterator[AnyBlock]:
    say = voice.say
    headings = (
        (DocumentKind.SUBMIT, say("Papers to hand in")),
        (DocumentKind.SHOW, say("Show only, you keep it")),
        (DocumentKind.NOTE, say("Good to know")),
    )
    rule = RuleBlock()
    for kind, heading in headings:
        positions = [i for i, document in enumerate(procedure.documents) if document.kind is kind]
        if positions:
            rows = document_rows(procedure, positions, have, voice)
            yield from (rule, TextBlock(heading, bold=True), ChecklistBlock(rows))
            rule = RuleBlock(dashed=True)


def _row(document: Document, has: bool, voice: Voice, *, told: bool) -> tuple[str, bool | None]:
    say = voice.say
    details = [copies_in_words(document, voice.facts)]
    if not document.asked:
        details.append(say("No need to bring it") if document.original or document.copy else "")
    elif has:
        details.append(say("You have it"))
    elif told and not document.conditional:
        details.append(say("Not yet"))
    lacking = document.where and document.asked and not has
    where = say("Where to get it: {place}", place=document.where) if lacking else ""
    lines = (document.name, ". ".join(filter(None, map(_capital, details))), _capital(document.note), where)
    return ("\n".join(filter(None, lines)), has if document.asked else None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _closing(procedure: Procedure, voice: Voice) -> Iterator[AnyBlock]:
    """End as LOOK does. The sample's lists are abridged, so the promise is about the published list, which is law."""
    centre, say = Align.CENTRE, voice.say
    yield TextBlock(say("No paper beyond the published list may be asked of you."), align=centre, bold=True)
    if procedure.decision_no and voice.shows("decision"):
        yield TextBlock(say("Decision {number}", number=procedure.decision_no), align=centre)
    if not procedure.verified:
        yield TextBlock(say("This list has not been checked yet; ask at the counter."), align=centre, bold=True)
    yield TextBlock(say("A guide; it does not replace an officer's paper."), Size.SMALL, centre)
