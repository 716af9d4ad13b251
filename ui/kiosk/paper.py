"""From ticket and checklist to paper: what is printed, and what the spool's news mean to the flow."""

import logging

import msgspec
from msgspec.structs import replace

from kiosk.domain.receipt import Receipt
from kiosk.domain.site import Site
from kiosk.flows.kiosk_checklist import ChecklistEnded, PrintChecklist, PrintSlip
from kiosk.flows.kiosk_events import Event, PaperBegins, PaperEnded, PrintTicket
from kiosk.link.paper_facts import result_of
from kiosk.ports import Answered, JobNews, PrinterStatus, PrintJob
from kiosk.receipts import (
    AppointmentFacts,
    TicketFacts,
    appointment_receipt,
    checklist_receipt,
    result_receipt,
    ticket_receipt,
)
from kiosk.wire.reports import PaperAnswer
from ui.kiosk.around import Centre
from ui.kiosk.hub_words import issued
from ui.theme import Theme

_log = logging.getLogger(__name__)

NO_TROUBLE = (PrinterStatus.READY, PrinterStatus.PAPER_LOW, PrinterStatus.UNKNOWN)
"""In these a ticket may well come out: no citizen is told otherwise. No answer is not no paper (DESIGN §8)."""


def ticket_job(wish: PrintTicket, site: Site, kiosk: int, icon: str) -> PrintJob:
    """Return the job that puts a ticket on paper, under the ticket's own id: it is printed once.

    Whoever comes for a result gets the slip of the desk where results are handed out.

    Args:
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

    def paper(*, copy: bool) -> Receipt:
        if wish.dossier:
            made = result_receipt(site, kiosk, facts, wish.language, dossier=wish.dossier, icon=icon, copy=copy)
        else:
            made = ticket_receipt(
                site,
                kiosk,
                facts,
                wish.language,
                procedure=wish.procedure,
                missing=wish.missing,
                icon=icon,
                copy=copy,
            )
        return replace(made, job=ticket.id)

    return PrintJob(ticket.id, paper(copy=False), paper(copy=True), ticket.id, ticket.number)


def copy_job(answered: Answered, job_id: str, centre: Centre, theme: Theme) -> PrintJob | None:
    """Return the job that prints a paper anew from what the hub says of it; None where it says nothing of ours.

    Args:
        answered: the hub's answer to `/v1/tickets/{id}/paper`.
        job_id: names it for ever.
        centre: the site, its procedures, and this machine's number.
        theme: for the queue's icon.
    """
    try:
        paper = msgspec.convert(answered.body, PaperAnswer)
    except msgspec.ValidationError:
        _log.exception("The hub's answer is not one of ours")
        return None
    ticket, procedure = issued(paper.ticket), centre.catalogue.find(paper.procedure)
    wish = PrintTicket(ticket, procedure, paper.ticket.missing, paper.language, paper.dossier)
    job = ticket_job(wish, centre.site, centre.number, theme.queue(ticket.queue).icon)
    return replace(job, id=job_id, receipt=job.as_copy)


def checklist_job(wish: PrintChecklist, site: Site, kiosk: int, now_ms: int) -> PrintJob:
    """Return the job that puts a procedure's papers on paper: of no ticket, so the hub need not know of it.

    Args:
        wish: the procedure and what she has of it.
        site: the centre.
        kiosk: this machine's number, which stands on the paper.
        now_ms: UTC milliseconds; the hour on the paper.
    """
    receipt = checklist_receipt(site, kiosk, wish.procedure, wish.language, have=wish.have, at_ms=now_ms)
    receipt = replace(receipt, job=wish.job)
    return PrintJob(wish.job, receipt, receipt)


def slip_job(wish: PrintSlip, centre: Centre, icon: str, now_ms: int) -> PrintJob:
    """Return the job that puts a coming day on paper: the appointment's slip, or the promised number once more.

    Args:
        wish: what was scanned.
        centre: the centre, its procedures, and this machine's number.
        icon: the queue's icon.
        now_ms: UTC milliseconds; the hour on the paper.
    """
    slip, scan, site = wish.scan.slip, wish.scan, centre.site
    assert slip is not None, "the flow wants no other"
    procedure = centre.catalogue.find(slip.procedure)
    if slip.booked:
        booked = AppointmentFacts(slip.queue, scan.at, now_ms, scan.number, slip.url)
        made = appointment_receipt(site, centre.number, booked, wish.language, procedure=procedure, icon=icon)
    else:
        promised = TicketFacts(scan.number, slip.queue, now_ms, slip.url, promised_at=scan.at)
        made = ticket_receipt(site, centre.number, promised, wish.language, procedure=procedure, icon=icon, copy=True)
    made = replace(made, job=wish.job)
    return PrintJob(wish.job, made, made)


def event_of_job(news: JobNews) -> Event:
    """Return what a job's news mean to the flow; what is of no ticket is a checklist."""
    if news.outcome is None:
        return PaperBegins(news.ticket_id)
    result = result_of(news.outcome)
    detail = news.detail or news.outcome.status.value
    return PaperEnded(news.ticket_id, result, detail) if news.ticket_id else ChecklistEnded(news.job_id, result, detail)


def trouble_of(status: PrinterStatus) -> str:
    """Return the printer's word for its trouble, or "" where it prints."""
    return "" if status in NO_TROUBLE else status.value
