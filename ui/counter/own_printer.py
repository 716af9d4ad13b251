"""The counter's own printer: makes the flow's papers and tells it what became of them."""

from collections.abc import Callable

from msgspec.structs import replace

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Catalogue, Document
from kiosk.domain.site import Site
from kiosk.flows.counter_dossier import Came, came_as, count_of, rows_of
from kiosk.flows.counter_events import PaperSaid, PrintDossier, PrintList
from kiosk.ids import uuid7
from kiosk.link.paper_facts import result_of
from kiosk.ports import JobNews, PrinterStatus, PrintJob, Spool
from kiosk.receipts import DossierFacts, HandedIn, dossier_receipt
from kiosk.wire.views import CounterView, TicketAtCounter
from ui.bridge import Bridge
from ui.papers_to_bring import papers_job
from ui.theme import Theme


class OwnPrinter:
    """Prints what is of no ticket to the spool: the hub is told nothing, and nothing of it is kept (DESIGN §9).

    Args:
        spool: the way to the printer; followed from now on.
        centre: the centre and its procedures.
        theme: for the queues' icons.
        bridge: from the spool's thread to the screen's.
        now_ms: hub time, UTC milliseconds.
        happen: takes what became of a paper.
        changed: told when the printer is in another state.
    """

    def __init__(
        self,
        spool: Spool,
        centre: tuple[Site, Catalogue],
        theme: Theme,
        bridge: Bridge,
        now_ms: Callable[[], int],
        *,
        happen: Callable[[PaperSaid], None],
        changed: Callable[[], None],
    ) -> None:
        self._spool, self._centre, self._theme, self._now_ms = spool, centre, theme, now_ms
        self._bridge = bridge
        self._happen, self._changed = happen, changed
        self._serials: dict[str, int] = {}
        self.status = PrinterStatus.UNKNOWN
        """How the printer is, as last heard."""
        spool.follow(bridge.in_gui(self._heard_of), bridge.in_gui(self._heard))

    def carry_out(self, wish: PrintList | PrintDossier, view: CounterView | None) -> None:
        """Print what the flow wants; `view` is what the counter sees."""
        if isinstance(wish, PrintList):
            self._print_list(wish, view)
        else:
            self._print_dossier(wish, view.ticket if view is not None else None)

    def _print_list(self, wish: PrintList, view: CounterView | None) -> None:
        """Print the list of a ticket that the view shows as away."""
        away = next((one for one in view.away if one.id == wish.ticket), None) if view is not None else None
        now = self._now_ms()
        job = papers_job(uuid7(now), away.papers, self._centre, self._theme, machine=0, now_ms=now) if away else None
        self._submit(wish.serial, job)

    def _print_dossier(self, wish: PrintDossier, ticket: TicketAtCounter | None) -> None:
        """Print both copies of the receipt of what a ticket hands in."""
        site, catalogue = self._centre
        procedure = catalogue.find(ticket.procedure) if ticket is not None else None
        if ticket is None or procedure is None:
            self._submit(wish.serial, None)
            return
        now = self._now_ms()
        came = ((n, came_as(procedure, n, ticket.missing, wish.presses)) for n in sorted(rows_of(procedure)))
        papers = tuple(_handed_in(procedure.documents[n], how) for n, how in came if how is not Came.NOT)
        facts = DossierFacts(wish.code, ticket.queue, now, papers, owner=wish.owner)
        receipt = replace(dossier_receipt(site, 0, facts, ticket.language, procedure=procedure), job=uuid7(now))
        self._submit(wish.serial, PrintJob(receipt.job, receipt, receipt))

    def _submit(self, serial: int, job: PrintJob | None) -> None:
        if job is None:
            self._happen(PaperSaid(serial, PrintResult.REFUSED, "unknown_procedure"))
            return
        self._serials[job.id] = serial
        refused = PaperSaid(serial, PrintResult.REFUSED, "not_stored")
        self._bridge.run_in_background(lambda: self._spool.submit(job), lambda _: None, lambda _: self._happen(refused))

    def _heard_of(self, news: JobNews) -> None:
        if news.outcome is None or news.job_id not in self._serials:
            return
        serial, detail = self._serials.pop(news.job_id), news.detail or news.outcome.status.value
        self._happen(PaperSaid(serial, result_of(news.outcome), detail))

    def _heard(self, status: PrinterStatus) -> None:
        self.status = status
        self._changed()


def _handed_in(document: Document, came: Came) -> HandedIn:
    count = count_of(document, came)
    return HandedIn(
        document.name,
        originals=count if came is Came.ORIGINAL else 0,
        certified=count if came is Came.CERTIFIED else 0,
        photocopies=count if came is Came.PHOTOCOPY else 0,
    )
