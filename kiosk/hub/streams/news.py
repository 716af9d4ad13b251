"""Waiting for the journal to grow: a standby's question is held until there is something to tell."""

import asyncio


class News:
    """Use it in the server's event loop only."""

    def __init__(self, seq: int) -> None:
        """Begin with the newest row there is."""
        self._seq = seq
        self._woken = asyncio.Event()

    def told(self, seq: int) -> None:
        """Tell that the journal goes up to `seq`."""
        if seq > self._seq:
            self._seq = seq
            self._woken.set()
            self._woken = asyncio.Event()

    def end(self) -> None:
        """Send everyone away who waits."""
        self._woken.set()

    async def after(self, seq: int, seconds: float) -> None:
        """Wait until there are rows after `seq`, for so many seconds at most."""
        if self._seq <= seq:
            try:
                await asyncio.wait_for(self._woken.wait(), seconds)
            except TimeoutError:
                return
