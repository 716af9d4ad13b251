"""Sends the journal to central while the hub runs; the hall never waits for it (DESIGN §7)."""

import random
import threading
import time
from enum import StrEnum

import psycopg
from msgspec import Struct
from msgspec.structs import replace

from kiosk.central import push
from kiosk.central.connecting import Connection, connect, parameters
from kiosk.central.failures import EXPECTED, NextStep, failure_of
from kiosk.log.catalogue_of_data import (
    CentralCallUncancelled,
    CentralQuarantined,
    CentralRefused,
    CentralState,
    CentralUnreachable,
)
from kiosk.log.event import Failure, log
from kiosk.ports import JournalSource


class PushStatus(StrEnum):
    """How sending stands."""

    CONNECTING = "connecting"
    SENDING = "sending"
    UP_TO_DATE = "up_to_date"
    RETRYING = "retrying"
    """Central cannot be reached; it is tried again by itself."""
    REJECTED = "rejected"
    """Stopped: a person must look."""
    REVOKED = "revoked"
    """Stopped: central no longer lets this site in."""
    STOPPED = "stopped"


ENDED = frozenset({PushStatus.REJECTED, PushStatus.REVOKED, PushStatus.STOPPED})
"""Nothing more is sent until `start` is called again."""


class PushState(Struct, frozen=True):
    """How sending stands, for figures and for the supervisor."""

    cursor: int = 0
    """Newest row of this hub's journal that central is known to hold; 0 until it was asked."""
    lag: int = 0
    """Journal rows after `cursor`."""
    status: PushStatus = PushStatus.STOPPED
    sentence: str = "Sending to central has not been started."
    quarantined: int = 0
    """Query rows central could not store since the hub was started; their journal rows are there."""


class BackOff(Struct, frozen=True):
    """Pauses after failures, in seconds: doubled each time up to a cap, shortened by chance up to a half.

    Chance, because a province's centres must not all return in the same second after an outage.
    """

    first_s: float = 0.5
    cap_s: float = 30.0

    def pause_s(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row (from 1)."""
        longest = min(self.cap_s, self.first_s * 2.0 ** min(failures - 1, 30))
        return longest * random.uniform(0.5, 1)


class Pusher:
    """A thread that keeps central up to date, through outages of either side.

    `source` is read in that thread.
    """

    def __init__(
        self,
        source: JournalSource,
        dsn: str,
        *,
        batch: int = 500,
        poll_s: float = 0.25,
        back_off: BackOff | None = None,
    ) -> None:
        """Make a pusher; `start` begins.

        Args:
            source: the hub's journal.
            dsn: central's database as this site's login; its `sslmode` decides about TLS.
            batch: most journal rows in one transaction.
            poll_s: how often to look for new rows when nobody calls `wake`.
            back_off: pauses after failures.

        Raises:
            DsnError: the DSN cannot be read.
        """
        parameters(dsn)
        self._source = source
        self._dsn = dsn
        self._batch = batch
        self._poll_s = poll_s
        self._back_off = back_off or BackOff()
        self._changed = threading.Condition()
        self._state = PushState()
        self._stopping = threading.Event()
        self._woken = False
        self._hurried = False
        self._failures = 0
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> PushState:
        """How sending stands now."""
        with self._changed:
            return self._state

    def start(self) -> None:
        """Begin sending; also after a stop that a person has looked into. Does nothing while it runs."""
        if self._thread is not None and self._thread.is_alive():
            if self.state.status not in ENDED:
                return
            self._thread.join()  # it has said its last word and only has to leave
        self._stopping.clear()
        with self._changed:
            self._state = PushState(quarantined=self._state.quarantined)
        self._say(PushStatus.CONNECTING, "Connecting to central.")
        # A daemon, so that a server that froze in mid-answer cannot keep the hub's process from ending.
        self._thread = threading.Thread(target=self._run, name="central-pusher", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """End sending; returns whether the thread ended in time. What was not sent is sent after the next start."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()
            connection = self._connection
        if connection is not None:
            try:
                connection.cancel_safe(timeout=timeout_s / 2)
            except psycopg.Error as error:
                log.note(CentralCallUncancelled(Failure.of(error)))
        if self._thread is not None:
            self._thread.join(max(0.0, deadline - time.monotonic()))
            return not self._thread.is_alive()
        return True

    def wake(self) -> None:
        """Look for new rows now: to be called after a commit, from any thread. Returns at once."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def push_until(self, seq: int, timeout_s: float) -> bool:
        """Wait until central holds a row, cutting a pause after a failure short once; returns whether it does."""
        with self._changed:
            self._woken = self._hurried = True
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._state.cursor >= seq or self._state.status in ENDED,
                timeout_s,
            )
            return self._state.cursor >= seq

    def _run(self) -> None:
        try:
            self._send_until_ended()
        except Exception:
            self._say(PushStatus.REJECTED, "Sending to central ended in an error of the program; the log has it.")
            raise

    def _send_until_ended(self) -> None:
        self._failures = 0
        while not self._stopping.is_set():
            try:
                self._measure(self.state.cursor)
                with connect(self._dsn) as connection:
                    self._hold(connection)
                    self._follow(connection, push.ask(connection))
            except EXPECTED as error:
                if self._stopping.is_set():
                    break
                failure = failure_of(error)
                if failure.next_step is not NextStep.RETRY:
                    self._say(PushStatus(failure.next_step.value), failure.sentence)
                    log.note(CentralRefused(Failure.of(error)))
                    return
                self._failures += 1
                self._pause(failure.sentence, error)
            finally:
                self._hold(None)
        self._say(PushStatus.STOPPED, "Sending to central was stopped.")

    def _follow(self, connection: Connection, cursor: push.Cursor) -> None:
        """Send whatever comes until asked to stop."""
        while not self._stopping.is_set():
            done = push.step(connection, self._source, cursor, self._batch)
            idle = done.cursor == cursor
            cursor = done.cursor
            self._failures = 0
            if done.quarantined:
                log.note(CentralQuarantined(done.quarantined))
            if done.agreed:
                self._measure(cursor.seq, done.quarantined)
            if idle and self.state.lag == 0:
                self._say(PushStatus.UP_TO_DATE, f"Central holds every row up to {cursor.seq}.")
                self._wait_for_rows()
            else:
                self._say(PushStatus.SENDING, f"Sending; central holds the rows up to {cursor.seq}.")

    def _measure(self, cursor: int, quarantined: int = 0) -> None:
        """Take down where central stands and how much is left."""
        head = push.last_seq_where(self._source, lambda row: True, cursor)
        with self._changed:
            self._state = replace(
                self._state,
                cursor=cursor,
                lag=head - cursor,
                quarantined=self._state.quarantined + quarantined,
            )
            self._changed.notify_all()

    def _pause(self, sentence: str, error: Exception) -> None:
        pause_s = self._back_off.pause_s(self._failures)
        if self._failures == 1:
            log.note(CentralUnreachable(Failure.of(error)))
        self._say(PushStatus.RETRYING, f"{sentence} The hall goes on; the next try is in {pause_s:.0f} s.")
        with self._changed:
            self._changed.wait_for(lambda: self._stopping.is_set() or self._hurried, pause_s)
            self._hurried = False

    def _wait_for_rows(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping.is_set() or self._woken, self._poll_s)
            self._woken = self._hurried = False

    def _hold(self, connection: Connection | None) -> None:
        """Keep the connection where `stop` finds it, or take it away before it is closed for good."""
        with self._changed:
            self._connection = connection

    def _say(self, status: PushStatus, sentence: str) -> None:
        with self._changed:
            if self._state.status is not status:
                log.note(CentralState(status))
            self._state = replace(self._state, status=status, sentence=sentence)
            self._changed.notify_all()
