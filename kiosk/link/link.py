"""A device's side of the hub: wishes with patience, facts without end, and the view (DESIGN §3, §6)."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from kiosk.ids import uuid7
from kiosk.link.follower import Follower, OnView
from kiosk.link.heartbeat import HeartbeatThread
from kiosk.link.hub_clock import HubClock
from kiosk.link.keeper import Keeper
from kiosk.link.line import GivingBack, Line
from kiosk.link.outbox import Fact, Outbox
from kiosk.link.policy import FactIs, fact_after, understood
from kiosk.ports import Answered, Clock, PrinterStatus

log = logging.getLogger(__name__)
FIRST_WAIT_S, LONGEST_WAIT_S = 0.05, 2.0
SHORTEST_TRY_S = 0.05
STAFF_HEADER = "Moi-Staff"
"""Carries a supervisor's session beside the device's token (`hub.access_web`)."""
OnAnswer = Callable[[Answered], None]


class Wish(Struct, frozen=True):
    """A command that is given up at `deadline` (this machine's monotonic seconds), sent or not."""

    command_id: str
    path: str
    body: dict[str, Any] | None
    """None for a question (GET)."""
    on_answer: OnAnswer
    deadline: float
    command: bool = True
    """Its answer names it; False for a request that is none, such as signing in."""


class Link:
    """Implements `kiosk.ports.HubLink` over HTTP. Callbacks come from its own threads."""

    def __init__(
        self,
        url: str,
        token: str,
        clock: Clock,
        *,
        outbox: Path,
        language: str = "vi",
        patience_s: float = 5.0,
        view_query: str = "",
    ) -> None:
        """Connect a device.

        Args:
            url: the hub's address, such as "http://127.0.0.1:8080", and after a comma that of the standby.
            token: the device's token.
            clock: this device's wall time, used until the hub's is known.
            outbox: the file facts are kept in.
            language: in which refusals are said.
            patience_s: how long a wish is tried, in seconds.
            view_query: what follows "/v1/events", such as "?counter=3".
        """
        self._hub_clock, self._patience_s = HubClock(clock), patience_s
        self._view_query = view_query
        self._outbox = Outbox(outbox)
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._line = Line(url.split(","), headers, Keeper(self._outbox.kept), patience_s)
        self._giving_back = GivingBack(self._line)
        self._giving_back.on_given = self._offer_again
        self._wishes: queue.SimpleQueue[Wish | None] = queue.SimpleQueue()
        self._on_fact: dict[str, OnAnswer] = {}
        self._staff: dict[str, str] = {}
        self._closed = threading.Event()
        self._facts_waiting = threading.Event()
        self._facts_waiting.set()
        self._follower: Follower | None = None
        self._heartbeat: HeartbeatThread | None = None
        self._threads = [
            threading.Thread(target=self._send_wishes, name="wishes", daemon=True),
            threading.Thread(target=self._send_facts, name="facts", daemon=True),
        ]
        for thread in (*self._threads, self._giving_back):
            thread.start()

    def send(
        self,
        path: str,
        body: dict[str, Any],
        on_answer: OnAnswer,
        *,
        command_id: str | None = None,
        fact: bool = False,
    ) -> str:
        """Send a command; see `HubLink.send`."""
        key = command_id or uuid7(self.now_ms())
        if fact:
            self._on_fact[key] = on_answer
            self._outbox.put(Fact(key, path, body))
            self._facts_waiting.set()
        else:
            self._wishes.put(Wish(key, path, body, on_answer, time.monotonic() + self._patience_s))
        return key

    def waiting(self) -> tuple[int, int]:
        """Return how many facts wait, and how many are kept aside."""
        return self._outbox.counts()

    def ask(self, path: str, on_answer: OnAnswer, body: dict[str, Any] | None = None) -> None:
        """Ask what is no command; see `AskingLink.ask`."""
        deadline = time.monotonic() + self._patience_s
        self._wishes.put(Wish(uuid7(self.now_ms()), path, body, on_answer, deadline, command=False))

    def act_as(self, session: str) -> None:
        """Send what follows in the name of who signed in; "" in nobody's."""
        self._staff = {STAFF_HEADER: session} if session else {}

    def follow(self, on_view: OnView) -> None:
        """Follow this device's view; see `HubLink.follow`."""
        self._follower = Follower(self._line, f"/v1/events{self._view_query}", on_view, self._heard)
        self._follower.start()

    def tell_how_we_are(self, version: str, printer: Callable[[], PrinterStatus] | None = None) -> None:
        """Tell the hub now and then how this device is; `printer` says how its printer was last."""
        self._heartbeat = HeartbeatThread(self._line, self._outbox, version, printer)
        self._heartbeat.start()

    def tell_now(self) -> None:
        """Tell the hub now how this device is: its printer's trouble is the clerk's news within seconds."""
        if self._heartbeat is not None:
            self._heartbeat.soon()

    def _heard(self, hub_ms: int, anew: bool) -> None:
        self._hub_clock.heard(hub_ms, anew=anew)

    def now_ms(self) -> int:
        """Return hub time in UTC milliseconds, as far as this device knows it; a link is its device's clock."""
        return self._hub_clock.now_ms()

    def close(self) -> None:
        """End threads and connections; facts that still wait stay in the outbox."""
        self._closed.set()
        self._wishes.put(None)
        self._facts_waiting.set()
        if self._follower is not None:
            self._follower.stop()
        if self._heartbeat is not None:
            self._heartbeat.stop()
            self._heartbeat.join(timeout=self._patience_s + 2)
        self._giving_back.stop()
        for thread in (*self._threads, self._giving_back):
            thread.join(timeout=self._patience_s + 2)
        self._line.close()
        self._outbox.close()

    def _send_wishes(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                answered = self._try(wish)
            except Exception:
                log.exception("sending to %s failed", wish.path)
                answered = Answered(wish.command_id, 0, {})
            _tell(wish.on_answer, answered)

    def _try(self, wish: Wish) -> Answered:
        """Send a wish, again and again under its one id, until it is answered or its patience is over."""
        wait = FIRST_WAIT_S
        while (left := wish.deadline - time.monotonic()) > 0 and not self._closed.is_set():
            answered = self._post(wish.command_id, wish.path, wish.body, max(left, SHORTEST_TRY_S), wish.command)
            if answered.status != 0:
                return answered
            self._closed.wait(max(0.0, min(wait, wish.deadline - time.monotonic())))
            wait = min(wait * 2, LONGEST_WAIT_S)
        return Answered(wish.command_id, 0, {})

    def _send_facts(self) -> None:
        wait = FIRST_WAIT_S
        while not self._closed.is_set():
            try:
                left = self._send_oldest()
            except Exception:
                log.exception("sending what waits in the outbox failed; it stays there")
                left = False
            if left:
                wait = FIRST_WAIT_S
            else:
                self._closed.wait(wait * random.uniform(0.5, 1.0))
                wait = min(wait * 2, LONGEST_WAIT_S)

    def _offer_again(self) -> None:
        if self._outbox.offer_again():
            self._facts_waiting.set()

    def _send_oldest(self) -> bool:
        """Wait for a fact and try the oldest once; False means: it could not leave yet."""
        self._facts_waiting.clear()
        fact = self._outbox.first()
        if fact is None:
            if not self._closed.is_set():  # asked after `clear`: whoever closes sets both, this one first
                self._facts_waiting.wait()
            return True
        answered = self._post(fact.command_id, fact.path, fact.body, self._patience_s)
        became = fact_after(answered)
        if became is FactIs.WAITING:
            return False
        if became is FactIs.TAKEN:
            self._outbox.answered(fact.command_id)
        else:
            log.error("the hub cannot place %s: %s", fact.path, answered.body)
            self._outbox.quarantine(fact.command_id, msgspec.json.encode(answered.body).decode())
        _tell(self._on_fact.pop(fact.command_id, None), answered)
        return True

    def _post(
        self, command_id: str, path: str, body: dict[str, Any] | None, patience_s: float, command: bool = True
    ) -> Answered:
        """Try once. Status 0 means: nobody knows, ask again with the same id."""
        try:
            if body is None:
                status, told = self._line.get(path, patience_s)
            else:
                headers = {"Idempotency-Key": command_id, **self._staff}
                status, told = self._line.post(path, msgspec.json.encode(body), headers, patience_s)
        except httpx.HTTPError as error:
            log.info("no answer from the hub: %s", error)
            return Answered(command_id, 0, {})
        if not command:
            return Answered(command_id, status, told)
        answered = understood(command_id, status, told)
        if answered.status == 0:
            log.warning("%d to %s is not the hub's answer", status, path)
        return answered


def _tell(on_answer: OnAnswer | None, answered: Answered) -> None:
    """Call back; a mistake of the one who is told must not end the link."""
    if on_answer is None:
        return
    try:
        on_answer(answered)
    except Exception:
        log.exception("telling an answer failed")
