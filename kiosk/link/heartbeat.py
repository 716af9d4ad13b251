"""A device tells the hub how it is: so that a supervisor hears of empty paper before citizens do (DESIGN §1, §6)."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from kiosk.link.line import Line
from kiosk.link.outbox import Outbox
from kiosk.ports import PrinterStatus

log = logging.getLogger(__name__)
FIRST_S, EVERY_S, RETRY_S = 2.0, 15.0, 2.0
"""Seconds until the first heartbeat, between two, and after one that did not arrive; the hub counts a device as gone
after three that did not come."""


class HeartbeatThread(threading.Thread):
    """Sends heartbeats until stopped; a hub that is away is no news here."""

    def __init__(self, line: Line, outbox: Outbox, version: str, printer: Callable[[], PrinterStatus] | None) -> None:
        """Prepare; `start()` begins.

        Args:
            line: the way to the hub.
            outbox: whose facts are counted.
            version: the program's.
            printer: how the printer is, as last heard; None where there is none.
        """
        super().__init__(name="heartbeat", daemon=True)
        self._line, self._outbox, self._version, self._printer = line, outbox, version, printer
        self._stopped, self._soon = threading.Event(), threading.Event()

    def run(self) -> None:
        """Send until stopped. Called by `start`."""
        wait_s = FIRST_S
        while not self._stopped.is_set():
            self._soon.wait(wait_s)
            self._soon.clear()
            if self._stopped.is_set():
                return
            wait_s = EVERY_S
            try:
                self._line.post("/v1/heartbeat", msgspec.json.encode(self.body()))
            except httpx.HTTPError as error:
                log.debug("no heartbeat: %s", error)
                wait_s = RETRY_S
            except Exception:
                log.exception("the heartbeat failed; it goes on")

    def body(self) -> dict[str, Any]:
        """Return the next heartbeat."""
        waiting, quarantined = self._outbox.counts()
        printer = {"printer": self._printer().value} if self._printer is not None else {}
        seen = {"seen": mark} if (mark := self._line.keeper.mark) else {}
        return {"version": self._version, "outbox": waiting, "quarantined": quarantined, **printer, **seen}

    def soon(self) -> None:
        """Send the next one now: something has changed that others wait to hear."""
        self._soon.set()

    def stop(self) -> None:
        """Send no more."""
        self._stopped.set()
        self._soon.set()
