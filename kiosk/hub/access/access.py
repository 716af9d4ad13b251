"""Who may ask a machine of this centre, opened together: a hub has it, and so has every machine that may become one."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.site import Site
from kiosk.hub.access.devices import Devices
from kiosk.hub.access.pairing import Pairing
from kiosk.hub.access.pins import Pins
from kiosk.hub.access.presence import Presence
from kiosk.hub.access.rights import Rights
from kiosk.hub.access.sessions import Sessions
from kiosk.hub.access.store import AccessStore
from kiosk.log.catalogue import DevicesUnread
from kiosk.log.event import Failure, log
from kiosk.ports import Clock


class Access:
    """Devices, PINs, sessions and rights on one data folder."""

    def __init__(self, folder: Path, site: Site, clock: Clock, *, dev: bool) -> None:
        """Open them.

        Args:
            folder: the data folder.
            site: the centre's set-up.
            clock: wall time.
            dev: each role has a token (`devices.tokens`), and staff without a PIN have the demo centre's.

        Raises:
            OSError: the folder cannot be used.
        """
        steady_ms = _steady(clock)
        self._store = AccessStore(folder)
        self.devices = Devices(self._store, clock.now_ms, folder if dev else None)
        self.pairing = Pairing(self._store, self.devices, clock.now_ms)
        self.pins = Pins(self._store, site, steady_ms, demo=dev)
        self.sessions = Sessions(steady_ms)
        self.presence = Presence(clock.now_ms, self.devices.current)
        self.rights = Rights(self.devices, self.sessions, site)

    def refresh(self) -> bool:
        """Bring in devices another process has registered or revoked; never raises for a file that is busy."""
        try:
            return self.devices.refresh()
        except sqlite3.Error as error:
            log.note(DevicesUnread(Failure.of(error)))
            return False

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def _steady(clock: Clock) -> Callable[[], int]:
    """Return wall time as it was at the start and carried on by the machine's own clock: waits must not be set aside by
    setting the clock.
    """
    began_ms, began_s = clock.now_ms(), time.monotonic()
    return lambda: began_ms + int((time.monotonic() - began_s) * 1000)
