"""Form 01: the receipt of a dossier and the appointment for its result (DOMAIN §1.3), in two copies.

Mời keeps nothing personal: its owner's name may be typed for the paper alone, and who handed it in, where she lives and
her numbers are lines to write on. The dossier's code is the e-one-stop system's, never made here (DOMAIN §2.1).
"""

from collections.abc import Iterator

from msgspec import Struct

from kiosk.domain.due import due_at
from kiosk.domain.paper import Template
from kiosk.domain.procedure import Procedure
from kiosk.domain.procedure_words import time_in_words
from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    CutBlock,
    GridBlock,
    NumberBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
    WriteBlock,
)
from kiosk.domain.site import Site
from kiosk.domain.text import DEFAULT_LANGUAGE, pick
from kiosk.receipts.both import compose
from kiosk.receipts.ticket import title_of
from kiosk.receipts.voice import Voice, clock

SIGN_MM = 18


class HandedIn(Struct, frozen=True):
    """One paper of the dossier, with how many came of each of the three kinds form 01 tells apart."""

    name: str
    originals: int = 0
    certified: int = 0
    photocopies: int = 0


class DossierFacts(Struct, frozen=True):
    """What was received."""

    code: str
    """The dossier's, from the e-one-stop system."""
    queue: str
    received_at: int
    """UTC milliseconds."""
    papers: tuple[HandedIn, ...]
    sets: int = 1
    book: str = ""
    """Number of the book; empty: a line to write on."""
    running: str = ""
    """Running number in it."""
    owner: str = ""
    """The owner's name; empty: a line to write on. It is printed and stands nowhere else (DESIGN §9)."""
    due_at: int | None = None
    """When the officer fixed another time than the calendar's; UTC milliseconds."""


def dossier_receipt(
    site: Site, machine: int, facts: DossierFacts, language: str, *, procedure: Procedure, copy: bool = False
) -> Receipt:
    """Make both copies of form 01: the centre's own, then the citizen's.

    Args:
        site: the centre; its calendar gives the day of return, the 15:00 rule included.
        machine: number of the machine that prints; 0 for a counter's.
        facts: what was received.
        language: of the citizen.
        procedure: what the dossier asks for.
        copy: printed again.
    """
    due = due_at(site, procedure, facts.queue, facts.received_at) if facts.due_at is None else facts.due_at

    def make(voice: Voice) -> Iterator[AnyBlock]:
        say = voice.say
        voice.about("", site.queue(facts.queue))
        for copy_of in (say("Copy kept by the centre"), say("Copy for the citizen")):
            yield from voice.header(copy=copy)
            yield NumberBlock(say("Dossier receipt and return appointment"), copy_of)
            yield from _form(facts, procedure, voice)
            yield from _who(facts, voice)
            yield from _papers(facts, voice)
            yield from _times(facts, procedure, due, voice)
            yield WriteBlock((say("Handed in by (sign)"), say("Received by (sign)")), SIGN_MM)
            yield from voice.extra()
            yield from voice.code(facts.code, say("Dossier code"), facts.code)
            yield from voice.footer()
            yield CutBlock()

    return compose(site, machine, Template.DOSSIER, language, facts.received_at, make)


def _form(facts: DossierFacts, procedure: Procedure, voice: Voice) -> Iterator[AnyBlock]:
    say, day = voice.say, voice.site.service_day(facts.received_at)
    form = voice.site.paper.form_on(day)
    yield TextBlock(pick(form.name, voice.language) if form else "", Size.SMALL, Align.CENTRE)
    yield TextBlock(say("Dossier {code}", code=facts.code), bold=True, align=Align.CENTRE)
    blank = "………"
    yield TextBlock(
        say("Book no. {book}, running no. {running}", book=facts.book or blank, running=facts.running or blank),
        Size.SMALL,
        Align.CENTRE,
    )
    yield from (RuleBlock(), TextBlock(title_of(procedure, voice.language), Size.STRONG))
    yield TextBlock(procedure.name if voice.language == DEFAULT_LANGUAGE else procedure.short)
    queue = voice.name(voice.site.queue(facts.queue))
    yield TextBlock(say("Procedure {code}, {queue}", code=procedure.code, queue=queue), Size.SMALL)


def _who(facts: DossierFacts, voice: Voice) -> Iterator[AnyBlock]:
    say = voice.say
    yield RuleBlock()
    owner = say("Dossier owner")
    yield TableBlock(((owner, facts.owner),)) if facts.owner else WriteBlock((owner,))
    for label in (
        say("Handed in by"),
        say("ID number"),
        say("Address"),
        say("Phone"),
        say("Email"),
        say("Content requested"),
    ):
        yield WriteBlock((label,))


def _papers(facts: DossierFacts, voice: Voice) -> Iterator[AnyBlock]:
    say = voice.say
    yield from (RuleBlock(), TextBlock(say("Papers received"), bold=True))
    yield GridBlock(
        (say("Paper"), say("Original"), say("Certified copy"), say("Photocopy")),
        tuple(
            (f"{n}. {one.name}", str(one.originals), str(one.certified), str(one.photocopies))
            for n, one in enumerate(facts.papers, start=1)
        ),
    )
    yield TextBlock(say.count("{n} set of papers", "{n} sets of papers", facts.sets))


def _times(facts: DossierFacts, procedure: Procedure, due: int | None, voice: Voice) -> Iterator[AnyBlock]:
    say, site = voice.say, voice.site
    received = site.local(facts.received_at)
    back = "………"
    if due is not None:
        at = site.local(due)
        back = f"{clock(at)}\n{voice.day(at)}"
    yield RuleBlock()
    yield TableBlock(
        (
            (say("Received"), f"{clock(received)}\n{voice.day(received)}"),
            (say("Result by"), back),
        )
    )
    yield TextBlock(say("Time limit: {time}", time=time_in_words(procedure, voice.facts)))
    if procedure.same_day_until_15:
        yield TextBlock(say("Handed in after {time}: result on the next working day.", time=site.paper.late_after))
    yield TextBlock(say("Second stage, where there is one"), Size.SMALL)
    yield WriteBlock((say("Received"), say("Result by")))
    yield RuleBlock()
