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
FIRST_S, EVERY_S = 2.0, 15.0
"""Seconds until the first heartbeat and between two; the hub counts a device as gone after three that did not come."""
PRINTER_EVERY = 4
"""The printer is asked with every fourth: one that never answers keeps a ticket waiting while it is asked."""


class HeartbeatThread(threading.Thread):
    """Sends heartbeats until stopped; a hub that is away is no news here."""

    def __init__(self, line: Line, outbox: Outbox, version: str, printer: Callable[[], PrinterStatus] | None) -> None:
        """Prepare; `start()` begins.

        Args:
            line: the way to the hub.
            outbox: whose facts are counted.
            version: the program's.
            printer: asks the printer how it is; None where there is none.
        """
        super().__init__(name="heartbeat", daemon=True)
        self._line, self._outbox, self._version, self._printer = line, outbox, version, printer
        self._stopped = threading.Event()
        self._beats = 0
        self._status: PrinterStatus | None = None

    def run(self) -> None:
        """Send until stopped. Called by `start`."""
        wait_s = FIRST_S
        while not self._stopped.wait(wait_s):
            wait_s = EVERY_S
            try:
                self._line.post("/v1/heartbeat", msgspec.json.encode(self.body()))
            except httpx.HTTPError as error:
                log.debug("no heartbeat: %s", error)
            except Exception:
                log.exception("the heartbeat failed; it goes on")

    def body(self) -> dict[str, Any]:
        """Return the next heartbeat."""
        if self._printer is not None and self._beats % PRINTER_EVERY == 0:
            self._status = self._printer()
        self._beats += 1
        waiting, quarantined = self._outbox.counts()
        printer = {"printer": self._status.value} if self._status is not None else {}
        seen = {"seen": mark} if (mark := self._line.keeper.mark) else {}
        return {"version": self._version, "outbox": waiting, "quarantined": quarantined, **printer, **seen}

    def stop(self) -> None:
        """Send no more."""
        self._stopped.set()
