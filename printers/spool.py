"""Everything for paper goes through here: kept before it is sent, with one fate, tried again while its holder waits.

One thread owns the printer. It prints what is submitted, and between two jobs listens to the printer, so that nobody
else ever waits for it: a printer that hangs stops this thread and no screen.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from msgspec.structs import replace

from kiosk.ids import uuid7
from kiosk.ports import (
    Clock,
    Fate,
    JobNews,
    News,
    Printed,
    PrinterStatus,
    PrintJob,
    PrintOutcome,
    PrintRefused,
    PrintUncertain,
    StoredJob,
    WatchedPrinter,
)
from printers.held import Held
from printers.spool_store import INTERRUPTED, KEPT_MS, NOT_BEGUN, SpoolStore

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
"""How often an idle printer is asked: with the way to the hub and the clerk's screen that stays under three seconds."""
HOLDER_S = 180.0
"""So long a holder is believed to stand there, unless the kiosk says before that she has left: changing a roll takes a
minute or two; a paper that comes later is taken by somebody else."""
LATE_S = 4.0
"""A printer that is ready again prints what it still holds; only after this silence is the paper made once more."""
CLOSE_S = 5.0
_MOST_LIKELY_OUT = PrintUncertain(PrinterStatus.UNKNOWN)
"""A printer that took it all and says nothing has most likely printed: a second paper would be the rule."""


class Spool:
    """Implements `kiosk.ports.Spool`. Runs from `start()` until `close()`."""

    def __init__(
        self,
        printer: WatchedPrinter,
        store: SpoolStore,
        tell: Callable[[Fate], None],
        clock: Clock,
        *,
        holder_s: float = HOLDER_S,
        late_s: float = LATE_S,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        """Take over a printer and a store.

        Args:
            printer: from now on this spool's own.
            store: jobs and fates.
            tell: puts a ticket's fate on its way to the hub; it is in the outbox when this returns.
            clock: for the jobs' times and the ids of what the hub is told.
            holder_s: as `HOLDER_S`.
            late_s: as `LATE_S`.
            look_every_s: as `LOOK_EVERY_S`.
        """
        self._printer, self._store, self._tell, self._clock = printer, store, tell, clock
        self._holder_s, self._late_s, self._look_every_s = holder_s, late_s, look_every_s
        self._on_job: Callable[[JobNews], None] = lambda news: None
        self._on_status: list[Callable[[PrinterStatus], None]] = []
        self._lock = threading.Lock()
        self._storing: list[str] = []  # tickets whose jobs are on their way to the disk
        self._waiting: deque[tuple[PrintJob, bool]] = deque()  # and those that are there; True: as begun
        self._printing: str | None = None
        self._held: dict[str, Held] = {}
        self._left: set[str] = set()
        """Tickets whose holders went while their paper was on its way: it is not kept for later."""
        self._half_out = False
        """Half a paper may hang in the slot: the next one must not be printed below it."""
        self._unended = store.unended()  # now: what is given to this spool has its fate still before it
        self._wanted: set[str] = set()
        self._status = PrinterStatus.UNKNOWN
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)

    def start(self) -> None:
        """Begin to work; what was interrupted the last time is uncertain, what had not begun is refused."""
        self._thread.start()

    @property
    def status(self) -> PrinterStatus:
        """How the printer is, as last heard."""
        return self._status

    def follow(self, on_job: Callable[[JobNews], None], on_status: Callable[[PrinterStatus], None]) -> None:
        """Be told of jobs and of the printer; see `kiosk.ports.Spool`."""
        self._on_job = on_job
        self.follow_status(on_status)

    def follow_status(self, on_status: Callable[[PrinterStatus], None]) -> None:
        """Be told of the printer only, now and whenever it changes."""
        self._on_status.append(on_status)
        on_status(self._status)

    def submit(self, job: PrintJob) -> None:
        """Take a job; see `kiosk.ports.Spool`. With nobody in front it is stored as begun: the disk is needed once."""
        with self._lock:
            begun = not self._coming()
            self._storing.append(job.ticket_id)
        new = False
        try:
            new = self._store.add(job, self._clock.now_ms(), begun=begun)
        finally:
            with self._lock:
                self._storing.remove(job.ticket_id)
                if new:
                    self._waiting.append((job, begun))
        self._printer.interrupt()

    def reprint(self, ticket_id: str, job_id: str) -> bool:
        """Print a ticket's paper once more; see `kiosk.ports.Spool`."""
        with self._lock:
            if job_id in self._wanted:
                return True
            self._wanted.add(job_id)
        job = self._store.of_ticket(ticket_id)
        if job is None:
            return False
        self.let_go(ticket_id)  # else it would come out twice when there is paper again
        self.submit(replace(job, id=job_id, receipt=job.as_copy))
        return True

    def recent(self, limit: int) -> list[StoredJob]:
        """Return the last papers; see `kiosk.ports.Spool`."""
        return self._store.recent(limit)

    def let_go(self, ticket_id: str) -> bool:
        """Stop trying; see `kiosk.ports.Spool`."""
        with self._lock:
            if ticket_id in self._coming():
                self._left.add(ticket_id)
                return False
            for job_id in [id_ for id_, held in self._held.items() if held.job.ticket_id == ticket_id]:
                del self._held[job_id]
            return True

    def _coming(self) -> list[str]:
        """Return the tickets whose paper may come out, from the moment it is given; "" for what is of none."""
        printing = [] if self._printing is None else [self._printing]
        return [*printing, *(job.ticket_id for job, _ in self._waiting), *self._storing]

    def close(self) -> None:
        """End after the job that is being printed; one that hangs is left, and is uncertain at the next start."""
        self._closed.set()
        self._printer.interrupt()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)
        if not self._thread.is_alive():
            self._printer.close()
            self._store.close()

    # --- The spool's own thread

    def _run(self) -> None:
        try:
            self._recover()
        except Exception:
            logger.exception("what was printed before cannot be told; it is tried at the next start")
        while not self._closed.is_set():
            try:
                self._turn()
            except Exception:
                logger.exception("the spool failed; it goes on")
                self._closed.wait(1)

    def _recover(self) -> None:
        """Give what has no fate from the last time its own, and tell the hub what it was not told."""
        self._store.forget_before(self._clock.now_ms() - KEPT_MS)
        for job_id, begun in self._unended:
            outcome = PrintUncertain(PrinterStatus.UNKNOWN) if begun else PrintRefused(PrinterStatus.UNKNOWN)
            self._store.end(job_id, outcome, self._fact_id(), INTERRUPTED if begun else NOT_BEGUN)
        self._half_out = self._store.half_out()
        for fate in self._store.untold():
            self._tell_hub(fate)

    def _turn(self) -> None:
        with self._lock:
            job, begun = self._waiting.popleft() if self._waiting else (None, False)
            self._printing = None if job is None else job.ticket_id
        if job is None:
            news = self._printer.listen(self._look_every_s)
            if news is not None:
                self._heard(news)
            return
        try:
            if not begun:
                self._store.begin(job.id)
            self._print(job, copy=False)
        finally:
            self._rest(job.ticket_id)

    def _print(self, job: PrintJob, *, copy: bool) -> None:
        self._on_job(JobNews(job.id, job.ticket_id))
        detail = ""
        outcome: PrintOutcome
        try:
            outcome = self._printer.print(job.as_copy if copy else job.receipt, apart=self._half_out)
        except Exception as error:  # our own mistake; a printer's trouble is an outcome
            logger.exception("printing %s failed", job.id)
            outcome, detail = PrintUncertain(PrinterStatus.UNKNOWN), type(error).__name__
        self._ended(job, outcome, detail, copy=copy)

    def _ended(self, job: PrintJob, outcome: PrintOutcome, detail: str = "", *, copy: bool) -> None:
        fate = self._store.end(job.id, outcome, self._fact_id(), detail)
        if not isinstance(outcome, PrintRefused):
            self._half_out = isinstance(outcome, PrintUncertain) and bool(detail or outcome != _MOST_LIKELY_OUT)
        with self._lock:
            self._printing = None
            before = self._held.pop(job.id, None)
            failed = not isinstance(outcome, Printed) and not detail and outcome != _MOST_LIKELY_OUT
            # What has no number, or whose holder has left, nobody waits for, and the next one must not get it.
            if failed and job.ticket_id and job.ticket_id not in self._left:
                until = before.until if before is not None else time.monotonic() + self._holder_s
                copy = copy or isinstance(outcome, PrintUncertain)
                self._held[job.id] = Held(job, outcome, until, copy)
        self._tell_hub(fate)
        self._on_job(JobNews(job.id, job.ticket_id, outcome, detail))
        self._now(outcome.status)

    def _heard(self, news: News) -> None:
        """Take in how the printer is, and do for those who wait what can be done now."""
        self._now(news.status)
        self._half_out = self._half_out and not news.finished
        now = time.monotonic()
        with self._lock:
            self._held = {id_: held for id_, held in self._held.items() if now < held.until}
            waiting = list(self._held.values())
        for held in waiting:
            if news.finished and held.comes_whole:
                self._ended(held.job, Printed(news.status), copy=held.copy)
            elif not news.status.prints:
                held.ready_since = 0.0
            elif isinstance(held.outcome, PrintRefused) or self._is_late(held, now):
                self._print_again(held)

    def _is_late(self, held: Held, now: float) -> bool:
        held.ready_since = held.ready_since or now
        return now - held.ready_since >= self._late_s

    def _print_again(self, held: Held) -> None:
        with self._lock:
            if held.job.id not in self._held:  # let go meanwhile
                return
            self._printing = held.job.ticket_id
        try:
            self._store.begin(held.job.id)
            self._print(held.job, copy=held.copy)
        finally:
            self._rest(held.job.ticket_id)

    def _rest(self, ticket_id: str) -> None:
        """Note that nothing of a ticket is being printed any more."""
        with self._lock:
            self._printing = None
            self._left.discard(ticket_id)

    def _tell_hub(self, fate: Fate) -> None:
        """Put a fate into the outbox; where that fails it is tried at the next start, and the screen goes on."""
        try:
            if fate.ticket_id:
                self._tell(fate)
            self._store.told(fate)
        except Exception:
            logger.exception("what became of %s could not be told", fate.job_id)

    def _now(self, status: PrinterStatus) -> None:
        if status is not self._status:
            self._status = status
            for on_status in self._on_status:
                on_status(status)

    def _fact_id(self) -> str:
        return uuid7(self._clock.now_ms())
