"""One follower of a stream: what waits to be written to it, bounded, and how it ends."""

import asyncio
from collections.abc import Callable

LARGEST = 64 * 1024
"""Bytes that may wait for one follower. They are shared with the other followers of the view until they are joined for
writing, so that two hundred stuck screens hold a few megabytes, and those not for long."""
SWEEP_S = 1.0
"""How often every follower is looked at; one timer for all, since one for each write costs more than the write."""
QUIET_SWEEPS = 10
"""After so many sweeps without a message it is told that the hub is there."""
STUCK_SWEEPS = 10
"""After so many sweeps in the middle of one write it is sent away."""
STILL_HERE = b": still here\n\n"
"""A comment: it tells both ends that the other is there."""


class Watcher:
    """A follower. Messages that wait are written as one. Use it in the server's event loop only."""

    def __init__(self, device: int = 0) -> None:
        """Begin with nothing to write, for a device by its id."""
        self.device = device
        self.on_cut: Callable[[], object] = lambda: None
        """Called when the follower is sent away without another word."""
        self.is_cut = False
        self._waiting: list[bytes] = []
        self._size = 0
        self._ended = self._writing = False
        self._sweeps = 0
        self._woken = asyncio.Event()

    @property
    def size(self) -> int:
        """How many bytes wait."""
        return self._size

    def offer(self, message: bytes) -> None:
        """Give it a message; one that lets too much wait is sent away, and comes back to a whole view."""
        if self.is_cut:
            return
        if self._waiting and self._size + len(message) > LARGEST:
            self.cut()
            return
        self._waiting.append(message)
        self._size += len(message)
        self._woken.set()

    def sweep(self) -> None:
        """Note that time goes by: one that reads nothing is sent away, one that hears nothing is told we are here."""
        self._sweeps += 1
        if self._writing and self._sweeps >= STUCK_SWEEPS:
            self.cut()
        elif not self._writing and self._sweeps >= QUIET_SWEEPS:
            self.offer(STILL_HERE)

    def end(self) -> None:
        """Let it have what waits, and then end."""
        self._ended = True
        self._woken.set()

    def cut(self) -> None:
        """Send it away now; what waits is dropped."""
        self._waiting, self._size, self.is_cut = [], 0, True
        self.on_cut()

    async def take(self) -> bytes:
        """Wait for messages and return them as one, nothing at the end; what was taken before has been written."""
        self._writing, self._sweeps = False, 0
        if not self._waiting and not self._ended:
            await self._woken.wait()
        self._writing, self._sweeps = True, 0
        return self.drain()

    def drain(self) -> bytes:
        """Return what waits, as one; nothing where nothing does."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        self._woken.clear()
        return waiting[0] if len(waiting) == 1 else b"".join(waiting)
