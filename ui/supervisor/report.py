"""A day's report on its way to the supervisor's own printer (issue 4; DESIGN §3: the head is printed at day close)."""

from msgspec.structs import replace

from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.flows.supervisor_events import PaperEnded
from kiosk.ids import uuid7
from kiosk.ports import JobNews, Printed, PrintJob, PrintRefused
from kiosk.receipts import DayFacts, day_receipt
from kiosk.wire.reports import DayAnswer


def day_job(day: DayAnswer, site: Site, language: str, now_ms: int) -> PrintJob:
    """Return the job that puts a day on paper, each time a new one: of no ticket, so the hub need not know of it.

    Args:
        day: as the hub told it.
        site: the centre.
        language: of the supervisor.
        now_ms: UTC milliseconds; the hour on the paper.
    """
    facts = DayFacts(
        day=day.day,
        report=day.report,
        printed_at=now_ms,
        opened_at=day.opened_at,
        closed_at=day.closed_at,
        given=day.given,
        head_seq=day.head_seq,
        head_hash=day.head_hash,
    )
    job_id = uuid7(now_ms)
    receipt = replace(day_receipt(site, 0, facts, language), job=job_id)
    return PrintJob(job_id, receipt, receipt)


def event_of_job(news: JobNews) -> PaperEnded | None:
    """Return what a job's news mean to the flow; None while nothing has become of it."""
    if news.outcome is None:
        return None
    if isinstance(news.outcome, Printed):
        return PaperEnded(PrintResult.PRINTED)
    result = PrintResult.REFUSED if isinstance(news.outcome, PrintRefused) else PrintResult.UNCERTAIN
    return PaperEnded(result, news.outcome.status.value)
