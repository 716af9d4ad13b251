"""An appointment: the hour, the day, what for, where, and the papers to bring (LOOK 08)."""

from collections.abc import Iterator

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
from kiosk.receipts.ticket import what_for
from kiosk.receipts.voice import Voice, clock


class AppointmentFacts(Struct, frozen=True):
    """A booked hour. Times are UTC milliseconds."""

    queue: str
    slot_at: int
    booked_at: int
    number: str = ""
    """Empty as long as it has none: it may get one only when its day begins."""
    url: str = ""


def appointment_receipt(
    site: Site,
    machine: int,
    facts: AppointmentFacts,
    language: str,
    *,
    procedure: Procedure | None = None,
    icon: str = "",
    copy: bool = False,
) -> Receipt:
    """Make an appointment's slip.

    Args:
        site: the centre.
        machine: number of the machine that prints; 0 for none.
        facts: the appointment.
        language: of the citizen.
        procedure: what for; its papers are listed. None where only a field was chosen.
        icon: the queue's icon.
        copy: printed again.
    """

    def make(voice: Voice) -> Iterator[AnyBlock]:
        queue, say, slot = site.queue(facts.queue), voice.say, site.local(facts.slot_at)
        voice.about(facts.number, queue)
        yield from voice.header(copy=copy)
        yield NumberBlock(clock(slot), say("Your appointment"))
        yield TextBlock(voice.day(slot), Size.STRONG, Align.CENTRE)
        if voice.shows("what_for"):
            yield what_for(voice, facts.queue, procedure, icon)
        columns = (
            ((say("Your number"), facts.number),) if facts.number else (),
            ((say("Where"), voice.zone(queue)),) if voice.zone(queue) else (),
        )
        if any(columns):
            yield from (RuleBlock(), TableBlock((*columns[0], *columns[1])))
        yield RuleBlock()
        late = site.rules.appointment_late_minutes
        yield TextBlock(say("Hold this paper to the machine when you come; up to {n} minutes after counts.", n=late))
        yield from _papers(procedure, voice)
        yield from voice.extra()
        yield from voice.code(facts.url, say("Scan this code"), say("to see, move or cancel your appointment"))
        yield from voice.footer()

    return compose(site, machine, Template.APPOINTMENT, language, facts.booked_at, make)


def _papers(procedure: Procedure | None, voice: Voice) -> Iterator[AnyBlock]:
    if procedure is None or not voice.shows("papers"):
        return
    asked = [i for i, document in enumerate(procedure.documents) if document.asked]
    if asked:
        yield from (RuleBlock(), TextBlock(voice.say("Papers you need"), bold=True))
        yield ChecklistBlock(document_rows(procedure, asked, (), voice))
