"""One follower of a stream: what waits to be written to it, bounded, and how it ends."""

import asyncio

LARGEST = 64 * 1024
"""Bytes that may wait for one follower. They are shared with the other followers of the view until they are joined for
writing, so that two hundred stuck screens hold a few megabytes, and those not for long."""
STILL_HERE = b": still here\n\n"
"""A comment: it tells both ends that the other is there."""


class Watcher:
    """A follower. Messages that wait are written as one. Use it in the server's event loop only."""

    def __init__(self, device: int = 0) -> None:
        """Begin with nothing to write, for a device by its id."""
        self.device = device
        self._waiting: list[bytes] = []
        self._size = 0
        self._ended = False
        self.is_cut = asyncio.Event()
        """Set when the follower is sent away without another word."""
        self._woken = asyncio.Event()

    @property
    def size(self) -> int:
        """How many bytes wait."""
        return self._size

    def offer(self, message: bytes) -> None:
        """Give it a message; one that lets too much wait is sent away, and comes back to a whole view."""
        if self.is_cut.is_set():
            return
        if self._waiting and self._size + len(message) > LARGEST:
            self.cut()
            return
        self._waiting.append(message)
        self._size += len(message)
        self._woken.set()

    def end(self) -> None:
        """Let it have what waits, and then end."""
        self._ended = True
        self._woken.set()

    def cut(self) -> None:
        """Send it away now; what waits is dropped."""
        self._waiting, self._size = [], 0
        self.is_cut.set()

    async def take(self, patience_s: float) -> bytes:
        """Wait for messages and return them as one; a comment where none came in time, nothing at the end."""
        if not self._waiting and not self._ended:
            try:
                await asyncio.wait_for(self._woken.wait(), patience_s)
            except TimeoutError:
                return STILL_HERE
        return self.drain()

    def drain(self) -> bytes:
        """Return what waits, as one."""
        return self.take_now()

    def take_now(self) -> bytes:
        """Return what waits, as one; nothing where nothing does."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        self._woken.clear()
        return waiting[0] if len(waiting) == 1 else b"".join(waiting)
