"""A machine that recovers: collects what its devices give back, and writes how the journal goes on (DESIGN §6).

Knows no network and no waiting: a server (`window`), or the simulation, brings what devices say.
"""

from collections.abc import Callable, Iterable

from kiosk.domain.site import Site
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.losses import Report
from kiosk.hub.journal.recovery_log import note_of
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.copying import Page
from kiosk.hub.takeover.phase import Phase, to
from kiosk.hub.takeover.recovery import recover
from kiosk.hub.takeover.roll_call import RollCall
from kiosk.log.catalogue_of_machines import Lost, RecoveryBegan, RecoveryEnded
from kiosk.log.event import TicketNumber, log
from kiosk.ports import Clock
from kiosk.wire.kept import Became, Mark, Parcel, Placed, Seals


class Takeover:
    """Use it in the thread that opened the journal."""

    def __init__(
        self,
        journal: Journal,
        site: Site,
        phase: Phase,
        clock: Clock,
        *,
        machine_ms: Callable[[], int],
        window_ms: int,
    ) -> None:
        """Begin to wait.

        Args:
            journal: what this machine has; the caller closes it.
            site: the centre's set-up.
            phase: why it recovers, and whom it waits for.
            clock: wall time.
            machine_ms: milliseconds of a clock that nobody sets.
            window_ms: the longest to wait.
        """
        self._journal, self._site, self._phase, self._clock = journal, site, phase, clock
        self._machine_ms = machine_ms
        journal.note(to(phase))
        self.seals = Seals(journal.key)
        self._began_at = clock.now_ms()
        self._roll = RollCall(phase.expected, machine_ms(), window_ms)
        log.note(RecoveryBegan(journal.hall.seq, len(phase.expected)))

    @property
    def left_ms(self) -> int:
        """How long it still waits; 0 when every known device is back, or time is up."""
        return self._roll.left_ms(self._machine_ms())

    @property
    def silent(self) -> tuple[str, ...]:
        """Devices that are waited for."""
        return self._roll.silent

    def heard(self, device: str, mark: Mark | None) -> None:
        """Note how far a device has seen the journal."""
        self._roll.heard(device, mark)

    def take(self, device: str, mark: Mark | None, parcels: Iterable[Parcel | None], *, complete: bool) -> Placed:
        """Take what a device gives back; it is told again what became of it when the window is over."""
        parcels = tuple(parcels)
        self._roll.heard(device, mark)
        self._roll.take(device, (parcel for parcel in parcels if parcel is not None), complete=complete)
        return Placed(tuple(Became.UNREADABLE if parcel is None else Became.TAKEN for parcel in parcels))

    def page(self) -> Page:
        """Return what a standby is answered: from which row on this machine lacks what it may have."""
        journal = self._journal
        return Page(
            self._site.info.id,
            journal.epoch,
            journal.hall.seq,
            agrees=False,
            key=journal.key.hex(),
            recovering=True,
            shared=(journal.hall.seq, journal.head.hex()),
        )

    def carry_on(self) -> Report:
        """Write what the recovery comes to: from here on this machine is the hub.

        Raises:
            sqlite3.Error: it could not be written; the machine still recovers, and a new window may be opened.
        """
        journal = self._journal
        recovered = recover(
            Stand(journal.hall, journal.head, journal.epoch),
            self._site,
            self._roll.given_back(),
            reason=self._phase.reason,
            began_at=self._began_at,
            now=self._clock.now_ms(),
            journal=journal,
        )
        report = recovered.report
        notes = {"epoch": str(recovered.stand.epoch), **note_of(report), **to(Phase())}
        journal.append(recovered.appends, notes)
        log.note(
            RecoveryEnded(
                report.epoch,
                report.continued,
                len(report.entered),
                len(report.losses),
                report.missing_rows,
                len(report.silent),
            )
        )
        for loss in report.losses:
            log.note(Lost(TicketNumber(loss.number), loss.at))
        return report
