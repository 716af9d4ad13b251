"""The list a citizen is sent home with (bổ sung), as a job: a kiosk prints it, or a counter that has a printer."""

from msgspec.structs import replace

from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.ports import PrintJob
from kiosk.receipts import MorePapersFacts, more_papers_receipt
from kiosk.wire.paper_views import PapersView
from ui.theme import Theme


def papers_job(
    job_id: str,
    papers: PapersView,
    centre: tuple[Site, Catalogue],
    theme: Theme,
    *,
    machine: int,
    now_ms: int,
    ticket_id: str = "",
) -> PrintJob | None:
    """Return the job that puts a list on paper; None where the catalogue does not know its procedure.

    It has no number for staff to find it by: what is printed again from a machine is the ticket itself, and the list
    is asked for anew.

    Args:
        job_id: names it for ever.
        papers: what it says.
        centre: the centre and its procedures.
        theme: for the queue's icon.
        machine: number of the kiosk that prints; 0 for a counter's printer.
        now_ms: UTC milliseconds; the hour on the paper.
        ticket_id: the ticket, where the hub is told what became of the list.
    """
    site, catalogue = centre
    procedure = catalogue.find(papers.procedure)
    if procedure is None:
        return None
    facts = MorePapersFacts(papers.number, papers.queue, now_ms, papers.until, papers.counter or None)
    icon = theme.queue(papers.queue).icon
    first, again = (
        replace(
            more_papers_receipt(
                site,
                machine,
                facts,
                papers.language,
                procedure=procedure,
                missing=papers.missing,
                icon=icon,
                copy=copy,
            ),
            job=job_id,
        )
        for copy in (False, True)
    )
    return PrintJob(job_id, first, again, ticket_id)
