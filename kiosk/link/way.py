"""A device's way to whichever machine is the hub: addresses, whom to believe, what to give back (DESIGN §6).

Knows no network: a line, or the simulation, carries what it says.
"""

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

from kiosk.link.keeper import GiveBack, Keeper
from kiosk.link.policy import Turn, turn_after

GIVE_BACK_S = 10.0
"""How long giving back may take; a hub that recovers is not given the same again sooner."""


class Way:
    """Usable from several threads."""

    def __init__(self, urls: Sequence[str], headers: Mapping[str, str], keeper: Keeper) -> None:
        """Begin with the first address.

        Args:
            urls: the hub's address, and that of the standby where there is one.
            headers: who asks.
            keeper: what this device keeps.
        """
        self._urls = tuple(url.rstrip("/") for url in urls)
        self._at = 0
        self._headers, self._keeper = dict(headers), keeper
        self._lock = threading.Lock()
        self.on_recovering: Callable[[], object] = lambda: None
        """Told when a hub asks for what was kept."""
        self.on_epoch: Callable[[], object] = lambda: None
        """Told when a hub of a new epoch decides."""

    @property
    def url(self) -> str:
        """The machine that is taken for the hub."""
        return self._urls[self._at]

    @property
    def keeper(self) -> Keeper:
        """What this device keeps."""
        return self._keeper

    def headers(self) -> dict[str, str]:
        """Return what goes with every request."""
        return {**self._headers, **self._keeper.headers()}

    def told(self, url: str, status: int, told: dict[str, Any]) -> dict[str, Any]:
        """Keep what an answer brought and return the rest of it; {} where it must not be believed.

        Raises:
            msgspec.MsgspecError: what it brought cannot be read.
        """
        believed = self._heard(lambda: self._keeper.take(told))
        told.pop("kept", None)
        return told if self.answered(url, status, told, believed) else {}

    def seen(self, url: str, mark: str) -> bool:
        """Note a mark that came with a view from a machine; False where its epoch is over: look elsewhere."""
        believed = self._heard(lambda: self._keeper.seen(mark))
        if not believed:
            self.leave(url)
        return believed

    def answered(self, url: str, status: int, told: Mapping[str, Any], believed: bool = True) -> bool:
        """Do what an answer asks for; tells whether it may be believed."""
        match turn_after(status, told, believed):
            case Turn.ELSEWHERE:
                self.leave(url)
            case Turn.GIVE_BACK:
                self.on_recovering()
            case Turn.STAY:
                pass
        return believed

    def leave(self, url: str) -> None:
        """Look elsewhere next time, unless another thread does already."""
        with self._lock:
            if self.url == url:
                self._at = (self._at + 1) % len(self._urls)

    def _heard(self, hear: Callable[[], bool]) -> bool:
        epoch = self._keeper.epoch
        believed = hear()
        if self._keeper.epoch != epoch:
            self.on_epoch()
        return believed


class Errand:
    """What a device gives back now, and to whom: everything to a hub that recovers, what is unsettled to one that
    decides.
    """

    def __init__(self, keeper: Keeper, now_s: Callable[[], float]) -> None:
        """Begin with nothing asked for.

        Args:
            keeper: what this device keeps.
            now_s: seconds of a clock that nobody sets.
        """
        self._keeper, self._now_s = keeper, now_s
        self._asked = False
        self._gave_at: float | None = None

    def recovering(self) -> bool:
        """Note that a hub asks for what was kept; tells whether to go now."""
        if self._gave_at is None or self._now_s() - self._gave_at > GIVE_BACK_S:
            self._asked = True
        return self._asked

    def requests(self) -> Generator[GiveBack, bytes, None]:
        """Go through the requests to send now; each is to be answered with what came back before the next is taken."""
        if self._asked:
            self._asked = False
            for request in self._keeper.everything():
                yield request
            self._gave_at = self._now_s()
            return
        for request in self._keeper.unsettled():
            self._keeper.placed(request, (yield request))
