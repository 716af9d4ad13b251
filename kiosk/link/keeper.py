"""What a device does for the hub's journal: keeps what its commands wrote, and gives it back to a hub that lost it.

Knows no network (DESIGN §6): a link, or the simulation, carries what it says.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.link.kept_store import KeptParcel, KeptStore
from kiosk.wire.kept import Became, Kept, Placed, Returned, order_of

log = logging.getLogger(__name__)
SETTLED = frozenset({Became.KNOWN, Became.ENTERED, Became.UNREADABLE})
"""After these nothing is gained by giving it back again. What is lost may find its place later."""
TRIES = 20
"""After so many a hub has named it for good: a supervisor sees it."""
NOTED_EVERY_MS = 10_000
CHUNK = 256 * 1024
"""Bytes of parcels in one request, or a single parcel that is larger."""


class GiveBack(Struct, frozen=True):
    """One request of a device that gives back: its body, and which parcels are in it."""

    body: bytes
    positions: tuple[int, ...]


class Keeper:
    """Usable from several threads."""

    def __init__(self, store: KeptStore) -> None:
        self._store = store
        self._mark = store.mark
        self._lock = threading.Lock()
        self._tries: dict[int, int] = {}

    @property
    def epoch(self) -> int:
        """The highest epoch this device has heard of; 0 before the first word."""
        return order_of(self._mark)[0]

    @property
    def mark(self) -> str:
        """The highest mark this device was told; empty before the first word."""
        return self._mark

    def headers(self) -> dict[str, str]:
        """Return what goes with every request: who keeps, and what it has seen."""
        return {"Moi-Device": self._store.device, "Moi-Seen": self._mark or "none"}

    def take(self, told: Mapping[str, Any]) -> bool:
        """Keep what an answer brought, before anybody is told of the answer.

        Returns:
            Whether it may be believed: a hub of an epoch that is over is none any more, and its answers are not.
        """
        if "kept" not in told:
            return True
        kept = msgspec.convert(told["kept"], Kept)
        with self._lock:
            if not self._seen(kept.mark):
                return False
            try:
                # Under the answer's own mark: it stands for the epoch and the time of these very rows.
                self._store.keep(self._mark, kept.parcel, kept.copied)
            except Exception:
                log.exception("what an answer wrote cannot be kept here; the person is answered all the same")
        return True

    def seen(self, mark: str) -> bool:
        """Note a mark that came with a view; False where it is one of an epoch that is over."""
        with self._lock:
            believed = self._seen(mark)
            if believed and self._is_news():
                try:
                    self._store.remember(self._mark)
                except Exception:
                    log.exception("what was seen cannot be noted here; it is noted with the next answer")
        return believed

    def everything(self) -> Iterator[GiveBack]:
        """Return the requests that give everything back, to a hub that recovers."""
        return self._requests(self._store.all_of_them())

    def unsettled(self) -> Iterator[GiveBack]:
        """Return the requests that give back what earlier hubs answered, to one that decides; none where it has all."""
        found = self._store.of_others(self.epoch)
        return self._requests(found) if found else iter(())

    def placed(self, request: GiveBack, answer: bytes) -> None:
        """Note what became of a request to a hub that decides."""
        placed = msgspec.json.decode(answer, type=Placed)
        if not placed.mark:
            return
        settled = []
        for position, became in zip(request.positions, placed.became, strict=False):
            self._tries[position] = self._tries.get(position, 0) + 1
            if became in SETTLED or self._tries[position] >= TRIES:
                settled.append(position)
                del self._tries[position]
        self._store.given(settled, placed.mark)

    def _is_news(self) -> bool:
        """Tell whether the disk is far behind: a screen that sends nothing must know after a restart what it saw."""
        (epoch, at), (noted_epoch, noted_at) = order_of(self._mark), order_of(self._store.mark)
        return epoch > noted_epoch or at - noted_at >= NOTED_EVERY_MS

    def _seen(self, mark: str) -> bool:
        order = order_of(mark)
        if order[0] < self.epoch:
            return False
        if order >= order_of(self._mark):
            self._mark = mark
        return True

    def _requests(self, parcels: Sequence[KeptParcel]) -> Iterator[GiveBack]:
        rest = list(parcels)
        while True:
            some: list[KeptParcel] = []
            while rest and (not some or sum(len(p.parcel) for p in some) + len(rest[0].parcel) <= CHUNK):
                some.append(rest.pop(0))
            returned = Returned(self._store.device, tuple(p.parcel for p in some), complete=not rest)
            yield GiveBack(msgspec.json.encode(returned), tuple(p.position for p in some))
            if not rest:
                return
