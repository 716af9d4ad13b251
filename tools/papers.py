"""One sample of everything a centre prints, from its own set-up and catalogue: to look at and to compare with later."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.hall_events import DayReport
from kiosk.domain.paper import Template
from kiosk.domain.procedure import Catalogue, Document, DocumentKind, Procedure, TimeUnit
from kiosk.domain.receipt import Receipt
from kiosk.domain.site import Queue, Site
from kiosk.ports import PrinterStatus
from kiosk.receipts import (
    AppointmentFacts,
    DayFacts,
    DossierFacts,
    HandedIn,
    MorePapersFacts,
    PrinterFacts,
    RollTicket,
    TicketFacts,
    appointment_receipt,
    checklist_receipt,
    day_receipt,
    dossier_receipt,
    more_papers_receipt,
    printer_receipt,
    result_receipt,
    roll_receipt,
    ticket_receipt,
)
from kiosk.receipts.roll import roll_number

PUBLIC_URL = "https://moi.vamduoc.camau.gov.vn"
TOKEN = "7q4kz2m9xt3hb6wd"
TICKET_URL = f"{PUBLIC_URL}/t/{TOKEN}"
DOSSIER = "000.00.06.H12-261123-0361"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
USUAL = "1.001193"
"""The procedure of the sample catalogue that people ask for most."""
COUNTERS, MANY_COUNTERS = (1, 2), (97, 98, 99)


class Sample(Struct, frozen=True):
    """What the samples are made of."""

    site: Site
    procedure: Procedure
    language: str
    width_dots: int
    extreme: bool = False
    """With the largest numbers and every paper missing."""

    @property
    def queue(self) -> Queue:
        """The queue that takes the procedure, the first where none does; of extremes, the one with the longest name."""
        if self.extreme:
            return max(self.site.queues, key=lambda queue: max(map(len, queue.name.values()), default=0))
        return self.site.queue_of_field(self.procedure.field) or self.site.queues[0]

    @property
    def at_ms(self) -> int:
        """The hour of the samples: 8:42 on the Monday of the look's pictures, on the centre's own clock."""
        at = datetime(2026, 11, 23, 8, 42, tzinfo=ZoneInfo(self.site.info.time_zone))
        return round(at.timestamp() * 1000)


def sample_of(
    site: Site, catalogue: Catalogue, language: str, width_dots: int, *, procedure: str = "", extreme: bool = False
) -> Sample:
    """Choose what samples are made of.

    Args:
        site: the centre.
        catalogue: its procedures.
        language: of the citizen.
        width_dots: of the paper; the test page tells it.
        procedure: a procedure's code; empty takes the usual one or the catalogue's first, of extremes `longest_of`.
        extreme: with the largest numbers, the queue with the longest name and every paper missing.

    Raises:
        LookupError: the catalogue has no such procedure, or none at all.
    """
    wanted = procedure or USUAL
    found = catalogue.find(wanted[:8]) or (None if procedure else next(iter(catalogue.procedures), None))
    if found is None:
        raise LookupError(f"The catalogue has no procedure {wanted}.")
    if extreme and not procedure:
        found = longest_of(catalogue)
    return Sample(site, found, language, width_dots, extreme)


def longest_of(catalogue: Catalogue) -> Procedure:
    """Return a procedure that nobody has: every wording the longest of its kind, and all that can be said of one.

    Args:
        catalogue: whose wordings; it has at least one procedure.
    """
    procedures = catalogue.procedures
    documents = [document for one in procedures for document in one.documents]
    most = max(procedures, key=lambda one: len(one.documents))
    name, note, where = (
        max((getattr(document, field) for document in documents), key=len, default="")
        for field in ("name", "note", "where")
    )
    longest = {
        field: max((getattr(one, field) for one in procedures), key=len)
        for field in ("name", "short", "name_en", "fee_text", "decision_no", "page")
    }
    return replace(
        most,
        **longest,
        documents=(Document(name, DocumentKind.SUBMIT, 1, 2, note, where=where), *most.documents),
        assisted=True,
        same_day_until_15=True,
        time_limit_days=max((one.time_limit_days or 0 for one in procedures), default=0),
        time_unit=TimeUnit.WORKING_DAY,
        fee_vnd=None,
        verified=False,
        time_verified=False,
    )


def paper_of(template: Template, sample: Sample) -> Receipt:
    """Make a sample of one kind of paper."""
    return _MAKE[template](sample)


def _ticket_facts(sample: Sample) -> TicketFacts:
    number = f"{sample.queue.id}9999" if sample.extreme else f"{sample.queue.id}027"
    counters = MANY_COUNTERS if sample.extreme else COUNTERS
    ahead, low, high = (888, 480, 540) if sample.extreme else (3, 10, 20)
    return TicketFacts(number, sample.queue.id, sample.at_ms, TICKET_URL, counters, ahead, low, high)


def _missing(sample: Sample) -> tuple[int, ...]:
    asked = [i for i, document in enumerate(sample.procedure.documents) if document.asked]
    return tuple(asked if sample.extreme else asked[1:2])


def _ticket(sample: Sample) -> Receipt:
    facts = _ticket_facts(sample)
    return ticket_receipt(
        sample.site,
        1,
        facts,
        sample.language,
        procedure=sample.procedure,
        missing=_missing(sample),
        copy=sample.extreme,
    )


def _checklist(sample: Sample) -> Receipt:
    have = () if sample.extreme else (0, 5)
    return checklist_receipt(sample.site, 1, sample.procedure, sample.language, have=have, at_ms=sample.at_ms)


def _more_papers(sample: Sample) -> Receipt:
    ticket = _ticket_facts(sample)
    counter = 9999 if sample.extreme else 2
    until = sample.at_ms + 2 * 3600 * 1000
    facts = MorePapersFacts(ticket.number, ticket.queue, sample.at_ms, until, counter, TICKET_URL)
    return more_papers_receipt(
        sample.site, 0, facts, sample.language, procedure=sample.procedure, missing=_missing(sample)
    )


def _appointment(sample: Sample) -> Receipt:
    ticket = _ticket_facts(sample)
    slot = sample.at_ms + (3 * 24 * 3600 - 12 * 60) * 1000
    number = ticket.number if sample.extreme else ""
    facts = AppointmentFacts(ticket.queue, slot, sample.at_ms, number, TICKET_URL)
    return appointment_receipt(sample.site, 1, facts, sample.language, procedure=sample.procedure)


def _result(sample: Sample) -> Receipt:
    return result_receipt(sample.site, 1, _ticket_facts(sample), sample.language, dossier=DOSSIER)


def _dossier(sample: Sample) -> Receipt:
    documents = [document for document in sample.procedure.documents if document.asked]
    many = 99 if sample.extreme else 1
    papers = tuple(
        HandedIn(document.name, *(many if n % 3 == kind else 0 for kind in range(3)))
        for n, document in enumerate(documents if sample.extreme else documents[:2])
    )
    facts = DossierFacts(DOSSIER, sample.queue.id, sample.at_ms, papers, sets=many)
    return dossier_receipt(sample.site, 0, facts, sample.language, procedure=sample.procedure)


def _day(sample: Sample) -> Receipt:
    hour = 3600 * 1000
    times = sample.at_ms - hour, sample.at_ms + 8 * hour
    if sample.extreme:
        expired = tuple(f"{queue.id}{n}" for queue in sample.site.queues for n in (9998, 9999))
        report = DayReport(79992, 79000, 9999, 9999, expired, 9999, 9999, 9999, 9999)
        given = {queue.id: 9999 for queue in sample.site.queues}
    else:
        report = DayReport(163, 151, 6, 4, ("A027", "C003"), 2, 3, 1, 12)
        given = {queue.id: 20 + n for n, queue in enumerate(sample.site.queues)}
    seq = 123_456_789 if sample.extreme else 1_204
    facts = DayFacts("2026-11-23", report, times[1], *times, given, seq, HASH)
    return day_receipt(sample.site, 0, facts, sample.language)


def _test(sample: Sample) -> Receipt:
    facts = PrinterFacts("tcp://192.168.100.250:9100", sample.width_dots, PrinterStatus.READY, sample.at_ms, TICKET_URL)
    return printer_receipt(sample.site, 0, facts, sample.language)


def _roll(sample: Sample) -> Receipt:
    first, count = (9998, 2) if sample.extreme else (15, 2)
    tickets = [RollTicket(roll_number(sample.queue.id, 2, first + n), TOKEN) for n in range(count)]
    return roll_receipt(
        sample.site, tickets, sample.language, queue=sample.queue.id, public_url=PUBLIC_URL, at_ms=sample.at_ms
    )


_MAKE: dict[Template, Callable[[Sample], Receipt]] = {
    Template.TICKET: _ticket,
    Template.CHECKLIST: _checklist,
    Template.MORE_PAPERS: _more_papers,
    Template.APPOINTMENT: _appointment,
    Template.RESULT: _result,
    Template.DOSSIER: _dossier,
    Template.DAY: _day,
    Template.TEST: _test,
    Template.ROLL: _roll,
}
