"""The single writer: decides what waits, commits it at once, and only then answers and publishes (DESIGN §3)."""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from msgspec import Struct

from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.answers import Asked, Publication, tell
from kiosk.hub.journal.journal import Journal
from kiosk.hub.work import Outcome, Request, Work
from kiosk.log.catalogue import CommandNotStored
from kiosk.log.catalogue_of_data import AnswersKept, CommitUntold, DiskFull, JournalNotWritten, WriterFailed
from kiosk.log.event import Failure, log
from kiosk.ports import Clock

MAX_BATCH = 512


class Batch(Struct, frozen=True):
    """What a commit published: for metrics and streams."""

    hall: Hall
    head: bytes
    size: int
    seconds: float


class Writer(threading.Thread):
    """Owns the journal and the hall. Everyone else sees only committed halls."""

    def __init__(
        self,
        path: Path,
        site: Site,
        clock: Clock,
        *,
        public_url: Callable[[], str],
        on_commit: Callable[[Batch], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        """Prepare a writer; `start()` opens the journal in its own thread, `wait_ready()` tells how that went.

        Args:
            path: the journal's file.
            site: the centre's set-up.
            clock: wall time; hall time never falls behind what was committed.
            public_url: base address of ticket pages.
            on_commit: told in the writer's thread after every commit.
            on_failure: told once when an outcome is unknown, by the disk's fault or ours; nothing is decided any
                more and the process must end.
        """
        super().__init__(name="writer", daemon=True)
        self._path, self._site, self._clock = path, site, clock
        self._public_url, self._on_commit, self._on_failure = public_url, on_commit, on_failure
        self._waiting: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._ready: Future[Journal] = Future()
        self.hall = Hall()
        self.read_only = False
        self._gave_up = False
        self.fallen: Refused | None = None
        """Why nothing is decided any more: this machine must not be the hub as it is."""
        self._publish: Callable[[Hall], Publication | None] = lambda _: None

    def wait_ready(self) -> Journal:
        """Wait until the journal is open and replayed.

        Raises:
            JournalDamagedError: see `Journal`.
            OSError: the file cannot be opened.
        """
        return self._ready.result()

    def submit(self, request: Request) -> Future[Outcome]:
        """Queue a command; the future is resolved after the commit."""
        future: Future[Outcome] = Future()
        self._waiting.put(Asked(request, future))
        return future

    def ask(self, request: Request) -> "asyncio.Future[Outcome]":
        """Queue a command of the running event loop; the future is resolved in it after the commit."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.put(Asked(request, future, loop))
        return future

    def publish_into(self, loop: asyncio.AbstractEventLoop, publish: Callable[[Hall], object]) -> None:
        """Hand every hall committed from now on to an event loop, before the answers to its commands."""
        self._publish = lambda hall: Publication(loop, publish, hall)

    def stop(self) -> None:
        """Finish what waits, close the journal, and end the thread."""
        self._waiting.put(None)
        self.join()

    def run(self) -> None:
        """Work until stopped. Called by `start`."""
        try:
            journal = Journal(self._path, self._site.info.id)
        except BaseException as error:  # noqa: BLE001  # handed to whoever waits for us
            self._ready.set_exception(error)
            return
        self.hall = journal.hall
        self._ready.set_result(journal)
        while (batch := self._next_batch()) is not None:
            try:
                self.carry_out(journal, batch)
            except Exception as error:
                log.exception(WriterFailed(Failure.of(error)))  # ending silently would leave everyone waiting for ever
                self._give_up(error, batch)
        journal.close()

    def _next_batch(self) -> list[Asked] | None:
        """Wait for one command and take all that came meanwhile: one fsync serves them all."""
        first = self._waiting.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < MAX_BATCH:
            try:
                following = self._waiting.get_nowait()
            except queue.Empty:
                break
            if following is None:
                self._waiting.put(None)
                break
            batch.append(following)
        # Whoever stopped waiting is left out; from here on nobody can, so that every answer finds its future.
        return [one for one in batch if one.still_wanted()]

    def carry_out(self, journal: Journal, batch: list[Asked]) -> None:
        """Do one turn: decide what waits, commit it, answer. The simulation takes its turns here, without a thread."""
        if self._gave_up or self.fallen is not None:
            tell(batch, [self.fallen or Refused("outcome_unknown")] * len(batch))
            return
        started = time.perf_counter()
        work = Work(journal, self._site, self.hall, self._clock, self._public_url())
        outcomes = work.outcomes([asked.request for asked in batch])
        if not work.appends:
            tell(batch, outcomes)
            return
        try:
            journal.append(work.appends)
        except (sqlite3.Error, ArithmeticError, ValueError, TypeError) as error:
            self._not_appended(journal, batch, error)
            return
        day, self.hall, self.read_only = self.hall.day, work.hall, False
        try:
            self._on_commit(Batch(work.hall, journal.head, len(batch), time.perf_counter() - started))
        except Exception as error:
            log.exception(CommitUntold(Failure.of(error)))
        tell(batch, outcomes, self._publish(self.hall))
        if work.hall.day not in ("", day):
            self._forget(journal, work.hall.day)

    def _not_appended(self, journal: Journal, batch: list[Asked], error: Exception) -> None:
        """Disk full: say so and go on. One that cannot be stored fails alone. Anything else: the outcome is unknown."""
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL"):
            self.read_only = True
            log.note(DiskFull(Failure.of(error)))
            tell(batch, [Refused("storage_full")] * len(batch))
        elif not _is_about_values(error):
            self._give_up(error, batch)
        elif len(batch) > 1:
            for one in batch:
                self.carry_out(journal, [one])
        else:
            log.note(CommandNotStored(type(batch[0].request.envelope.command), Failure.of(error)))
            tell(batch, [error])

    def _give_up(self, error: Exception, batch: list[Asked]) -> None:
        """What is on the disk is not known any more: decide nothing until a new process has read it (DESIGN §3)."""
        self._gave_up = self.read_only = True
        log.note(JournalNotWritten(Failure.of(error)))
        tell(batch, [Refused("outcome_unknown")] * len(batch))
        self._on_failure(error)

    def _forget(self, journal: Journal, day: str) -> None:
        """Answers of past days only take room: if they cannot be dropped now, the next day drops them."""
        try:
            journal.forget_answers(day)
        except sqlite3.Error as error:
            log.note(AnswersKept(Failure.of(error)))


def _is_about_values(error: Exception) -> bool:
    """Tell whether an append failed by what was to be stored, and not by the disk or by rows we do not know of."""
    if isinstance(error, sqlite3.IntegrityError):
        return "journal." not in str(error)
    return not isinstance(error, sqlite3.Error) or isinstance(error, sqlite3.DataError | sqlite3.InterfaceError)
