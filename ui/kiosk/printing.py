"""Carries out the flow's wishes for paper: makes the job off the screen's thread and gives it to the spool."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.commands import PrintResult
from kiosk.flows.kiosk_checklist import ChecklistEnded, ChecklistRested, PrintChecklist, PrintSlip, RestChecklist
from kiosk.flows.kiosk_events import Event, PaperEnded, PrintTicket
from kiosk.ports import Answered, PrintJob
from kiosk.wire.paper_views import PapersView
from kiosk.wire.views import KioskView
from ui.bridge import Bridge
from ui.kiosk.around import Centre, Devices
from ui.kiosk.hub_words import log_answer
from ui.kiosk.paper import checklist_job, copy_job, slip_job, ticket_job
from ui.papers_to_bring import papers_job
from ui.theme import Theme

NOT_HERE = "not_here"
"""This machine has not got that paper, and the hub did not say in time what it says."""


class Printing(QObject):
    """What the kiosk's window prints through.

    Args:
        centre: what stands on every paper.
        devices: the spool and the clock.
        bridge: to the background and back.
        happen: takes an event of the flow.
        parent: the window.
    """

    def __init__(
        self, centre: Centre, devices: Devices, bridge: Bridge, happen: Callable[[Event], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._centre, self._devices, self._bridge, self._happen = centre, devices, bridge, happen
        self._wanted: set[str] = set()
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._rested)

    def ticket(self, wish: PrintTicket, icon: str) -> None:
        """Print a ticket; `icon` is its queue's. A mistake of ours leaves its paper uncertain."""
        site, kiosk = self._centre.site, self._centre.number
        self._submit(
            lambda: ticket_job(wish, site, kiosk, icon),
            lambda detail: PaperEnded(wish.ticket.id, PrintResult.UNCERTAIN, detail),
        )

    def checklist(self, wish: PrintChecklist) -> None:
        """Print a checklist; a mistake of ours leaves it uncertain."""
        site, kiosk, now = self._centre.site, self._centre.number, self._devices.clock.now_ms()
        self._submit(
            lambda: checklist_job(wish, site, kiosk, now),
            lambda detail: ChecklistEnded(wish.job, PrintResult.UNCERTAIN, detail),
        )

    def slip(self, wish: PrintSlip, theme: Theme) -> None:
        """Print what a scan told of a coming day; a mistake of ours leaves it uncertain."""
        now, queue = self._devices.clock.now_ms(), wish.scan.slip.queue if wish.scan.slip else ""
        icon = theme.queue(queue).icon
        self._submit(
            lambda: slip_job(wish, self._centre, icon, now),
            lambda detail: ChecklistEnded(wish.job, PrintResult.UNCERTAIN, detail),
        )

    def wanted(self, hall: KioskView, theme: Theme) -> None:
        """Print what staff wants of this kiosk; each wish once, however often the view says it.

        A ticket that is wanted of another kiosk does not come out here as well when there is paper again.
        """
        for wish in hall.reprints:
            job_id = f"{wish.ticket_id}/{wish.at}"
            if job_id in self._wanted:
                continue
            self._wanted.add(job_id)
            if wish.papers is not None:
                if wish.kiosk == self._centre.number:
                    self._list(wish.ticket_id, job_id, wish.papers, theme)
            elif wish.kiosk != self._centre.number:
                self._devices.spool.let_go(wish.ticket_id)
            else:
                self._again(wish.ticket_id, job_id, theme)

    def _again(self, ticket_id: str, job_id: str, theme: Theme) -> None:
        """Print a ticket's paper once more, from this kiosk's own store or else from the hub's word."""

        def looked(here: bool) -> None:
            if not here:
                self._ask_for(ticket_id, job_id, theme)

        self._bridge.run_in_background(lambda: self._devices.spool.reprint(ticket_id, job_id), looked, lambda _: None)

    def _ask_for(self, ticket_id: str, job_id: str, theme: Theme) -> None:
        """Ask the hub for a paper that this kiosk never had or has forgotten, and print it as a copy."""

        def told(answered: Answered) -> None:
            copy = copy_job(answered, job_id, self._centre, theme) if answered.ok else None
            if copy is not None:
                self._in_background(lambda: self._devices.spool.submit(copy))
            else:
                self._not_printed(ticket_id, NOT_HERE)

        path = f"/v1/tickets/{ticket_id}/paper?kiosk={self._centre.number}"
        self._devices.link.ask(path, self._bridge.in_gui(told))

    def _list(self, ticket_id: str, job_id: str, papers: PapersView, theme: Theme) -> None:
        centre, now = (self._centre.site, self._centre.catalogue), self._devices.clock.now_ms()
        job = papers_job(job_id, papers, centre, theme, machine=self._centre.number, now_ms=now, ticket_id=ticket_id)
        if job is not None:
            self._in_background(lambda: self._devices.spool.submit(job))
            return
        self._not_printed(ticket_id, "unknown_procedure")

    def _not_printed(self, ticket_id: str, why: str) -> None:
        body = {"result": PrintResult.REFUSED.value, "detail": why}
        self._devices.link.send(f"/v1/tickets/{ticket_id}/printed", body, log_answer, fact=True)

    def rest(self, wish: RestChecklist) -> None:
        """Say in a while that the next checklist may be printed."""
        self._rest.start(int(wish.seconds * 1000))

    def _submit(self, make: Callable[[], PrintJob], unknown: Callable[[str], Event]) -> None:
        self._bridge.run_in_background(
            lambda: self._devices.spool.submit(make()),
            lambda _: None,
            lambda error: self._happen(unknown(type(error).__name__)),
        )

    def _in_background(self, give: Callable[[], None]) -> None:
        """Give the spool what no screen waits for; a mistake of ours is in the log."""
        self._bridge.run_in_background(give, lambda _: None, lambda _: None)

    @Slot()
    def _rested(self) -> None:
        self._happen(ChecklistRested())
