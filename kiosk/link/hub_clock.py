"""Hub time on a device: what the hub said last, carried on by the device's own monotonic clock (DESIGN §3).

A device whose wall clock is wrong must neither keep a call silent as too old nor send wishes that are late before they
leave.
"""

import time
from collections.abc import Callable

from kiosk.ports import Clock


class HubClock:
    """Implements `kiosk.ports.Clock`. Usable from several threads: what it holds is replaced as one."""

    def __init__(self, wall: Clock, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        """Begin with the device's own wall clock, until the hub is heard."""
        self._wall, self._monotonic_s = wall, monotonic_s
        self._heard: tuple[int, float] | None = None

    def heard(self, hub_ms: int, *, anew: bool = True) -> None:
        """Note what the hub says the time is, in UTC milliseconds.

        Args:
            hub_ms: hub time when the message was written.
            anew: it is the first word of a connection. A later one may have waited on its way, so it can only say that
                it is later than this device believes: hub time never falls (`kiosk.hub.hall_clock`).
        """
        now_s = self._monotonic_s()
        if anew or self._heard is None or hub_ms > self.now_ms():
            self._heard = (hub_ms, now_s)

    def now_ms(self) -> int:
        """Return hub time in UTC milliseconds; the device's own where the hub was never heard."""
        heard = self._heard
        if heard is None:
            return self._wall.now_ms()
        hub_ms, at_s = heard
        return hub_ms + int((self._monotonic_s() - at_s) * 1000)
