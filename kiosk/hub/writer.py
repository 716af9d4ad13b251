"""The single writer: decides what waits, commits it at once, and only then answers and publishes (DESIGN §3)."""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.domain.apply import apply
from kiosk.domain.commands import CallNext, CloseCounter, Envelope, OpenCounter, PauseCounter, ResumeCounter, Role
from kiosk.domain.decide import decide
from kiosk.domain.events import Decision, Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.journal import Append, Draft, Journal, draft
from kiosk.hub.projection import Row, rows_of
from kiosk.ports import Clock
from kiosk.wire.make_views import ticket_answer
from kiosk.wire.views import Answer

log = logging.getLogger(__name__)
MAX_BATCH = 512
_COUNTER_COMMANDS = (OpenCounter, PauseCounter, ResumeCounter, CloseCounter)


class Request(Struct, frozen=True):
    """A command that waits for the writer; `request_hash` tells whether a known id comes with the same request."""

    envelope: Envelope
    request_hash: str


class Done(Struct, frozen=True):
    """The command was carried out, now or at an earlier try: here is its one answer, as JSON."""

    answer: bytes
    repeated: bool = False


Outcome = Done | Refused


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
            on_failure: told once when the disk failed in a way that leaves an outcome unknown; the process must end.
        """
        super().__init__(name="writer", daemon=True)
        self._path, self._site, self._clock = path, site, clock
        self._public_url, self._on_commit, self._on_failure = public_url, on_commit, on_failure
        self._waiting: queue.SimpleQueue[tuple[Request, Future[Outcome]] | None] = queue.SimpleQueue()
        self._ready: Future[Journal] = Future()
        self.hall = Hall()
        self.read_only = False

    def wait_ready(self) -> Journal:
        """Wait until the journal is open and replayed.

        Raises:
            JournalDamagedError: see `Journal`.
            sqlite3.Error: the file cannot be opened.
        """
        return self._ready.result()

    def submit(self, request: Request) -> Future[Outcome]:
        """Queue a command; the future is resolved after the commit."""
        future: Future[Outcome] = Future()
        self._waiting.put((request, future))
        return future

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
            self._carry_out(journal, batch)
        journal.close()

    def _next_batch(self) -> list[tuple[Request, Future[Outcome]]] | None:
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
        return batch

    def _carry_out(self, journal: Journal, batch: list[tuple[Request, Future[Outcome]]]) -> None:
        started = time.perf_counter()
        work = _Work(journal, self._site, self.hall, self._clock, self._public_url())
        outcomes = [work.outcome(request) for request, _ in batch]
        try:
            if work.appends:
                journal.append(work.appends)
                self.read_only = False
        except sqlite3.Error as error:
            self._failed(error, batch)
            return
        if work.appends:
            if work.hall.day != self.hall.day:
                journal.forget_answers_before(self.hall.day)
            self.hall = work.hall
            self._on_commit(Batch(work.hall, journal.head, len(batch), time.perf_counter() - started))
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def _failed(self, error: sqlite3.Error, batch: list[tuple[Request, Future[Outcome]]]) -> None:
        """Disk full: nothing was stored, say so and go on. Anything else: the outcome is unknown, end the process."""
        full = getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL")
        self.read_only = True
        log.critical("the journal could not be written: %s", error)
        refused = Refused("storage_full" if full else "outcome_unknown")
        for _, future in batch:
            future.set_result(refused)
        if not full:
            self._on_failure(error)


class _Work:
    """One batch in the making: a hall that moves on with every command, and what must be written."""

    def __init__(self, journal: Journal, site: Site, hall: Hall, clock: Clock, public_url: str) -> None:
        self._journal, self._site, self._clock, self._public_url = journal, site, clock, public_url
        self.hall = hall
        self.appends: list[Append] = []
        self._head = journal.head
        self._made: dict[str, Append] = {}

    def outcome(self, request: Request) -> Outcome | Exception:
        """Decide one command; one that fails fails alone."""
        known = self._made.get(request.envelope.id) or self._journal.answer_to(request.envelope.id)
        if known is not None:
            if known.request_hash != request.request_hash:
                return Refused("key_reused")
            return Done(known.answer, repeated=True)
        try:
            return self._decided(request)
        except Exception as error:
            log.exception("a command failed: %s", type(request.envelope.command).__name__)
            return error

    def _decided(self, request: Request) -> Outcome:
        envelope = request.envelope
        now = max(self._clock.now_ms(), self.hall.at)
        decision = decide(self.hall, self._site, envelope, now)
        if isinstance(decision, Refused):
            return decision
        hall, drafts, rows = self._followed(decision, now, envelope.id)
        answer = msgspec.json.encode(self._answer(hall, envelope))
        last = drafts[-1].recorded.seq if drafts else hall.seq
        append = Append(
            command_id=envelope.id,
            role=envelope.role.value,
            request_hash=request.request_hash,
            answer=answer,
            day=hall.day,
            drafts=tuple(drafts),
            side=tuple((last, side) for side in decision.side),
            rows=tuple(rows),
        )
        self.hall = hall
        self._head = drafts[-1].hash if drafts else self._head
        self.appends.append(append)
        self._made[envelope.id] = append
        return Done(answer)

    def _followed(self, decision: Decision, now: int, command_id: str) -> tuple[Hall, list[Draft], list[Row]]:
        """Apply a decision's events and draft their rows."""
        hall, head = self.hall, self._head
        drafts: list[Draft] = []
        rows: list[Row] = []
        for event in decision.events:
            recorded = Recorded(hall.seq + 1, now, event)
            after = apply(hall, recorded)
            drafts.append(draft(recorded, self._journal.epoch, command_id, head))
            rows.extend(rows_of(hall, after, recorded))
            hall, head = after, drafts[-1].hash
        return hall, drafts, rows

    def _answer(self, hall: Hall, envelope: Envelope) -> Answer:
        command = envelope.command
        counter = getattr(command, "counter", None)
        if isinstance(command, _COUNTER_COMMANDS):
            return Answer(envelope.id, counter=counter)
        if isinstance(command, CallNext):
            ticket_id = hall.counter(command.counter).ticket
        else:
            ticket_id = getattr(command, "ticket_id", None)
        ticket = hall.ticket(ticket_id) if ticket_id else None
        if ticket is None or envelope.role is Role.TABLET:
            return Answer(envelope.id, counter=counter)
        told = ticket_answer(hall, self._site, ticket)
        token = getattr(command, "token", None)
        if token is not None:
            told = msgspec.structs.replace(told, url=f"{self._public_url}/t/{token}")
        return Answer(envelope.id, ticket=told, counter=counter)
