"""One stream per role's view: a snapshot when a screen connects, then changes, encoded once for all (DESIGN §3)."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.domain.hall import Hall
from kiosk.hub.streams.watcher import Watcher
from kiosk.wire.patch import diff

TICK_S = 0.025
"""Commits within this time become one change, the first of them at once: a call is on the board without waiting, and a
rush costs forty changes a second and not a thousand."""
LARGEST_SHARE = 4
"""Making changes takes at most one part in so many of the server's time: with more counters ticks grow longer."""


class ViewKey(Struct, frozen=True):
    """Which view: a role's, and for a counter's or tablet's the counter."""

    role: str
    counter: int = 0


MakeView = Callable[[Hall, ViewKey], Struct]
Later = Callable[[float, Callable[[], None]], object]
"""Calls back after so many seconds."""


def _in_loop(seconds: float, call: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, call)


class Publisher:
    """Keeps the views that are being watched. Use it in the server's event loop only."""

    def __init__(
        self,
        make_view: MakeView,
        epoch: int,
        hall: Hall,
        now_ms: Callable[[], int],
        *,
        later: Later = _in_loop,
        spent_s: Callable[[], float] = lambda: 0.0,
        mark: Callable[[], str] = lambda: "",
    ) -> None:
        """Begin with a hall.

        Args:
            make_view: makes a role's view of a hall.
            epoch: the journal's; message ids begin with it.
            hall: the committed hall.
            now_ms: hub time.
            later: how a tick is waited for.
            spent_s: a clock in seconds, by which changes that take long to make are made less often.
            mark: how far the journal goes, sealed: devices say it back (`kiosk.wire.kept`); empty where nobody asks.
        """
        self._make_view, self._epoch, self._now_ms = make_view, epoch, now_ms
        self._later, self._spent_s, self._mark = later, spent_s, mark
        self.hall = hall
        self._channels: dict[ViewKey, _Channel] = {}
        self._ticking = self._behind = False

    @property
    def watchers(self) -> int:
        """How many screens are connected."""
        return sum(len(channel.watchers) for channel in self._channels.values())

    def view(self, key: ViewKey) -> dict[str, Any]:
        """Make a view of the committed hall now, without nulls.

        Raises:
            KeyError: there is no such counter.
        """
        return _plain(self._make_view(self.hall, key))

    def watch(self, key: ViewKey, device: int = 0) -> Watcher:
        """Begin a device's stream: first comes the whole view, then changes."""
        channel = self._channels.get(key)
        if channel is None:
            channel = self._channels[key] = _Channel(self.view(key))
        watcher = Watcher(device)
        watcher.offer(self._message("view", channel.number, channel.encoded()))
        channel.watchers.add(watcher)
        return watcher

    def leave(self, key: ViewKey, watcher: Watcher) -> None:
        """End a stream."""
        channel = self._channels.get(key)
        if channel is None:
            return
        channel.watchers.discard(watcher)
        if not channel.watchers:
            del self._channels[key]

    def commit(self, hall: Hall) -> None:
        """Send every watched view's change, now or with the next tick."""
        self.hall = hall
        self.touch()

    def touch(self) -> None:
        """Send what has changed in any watched view, now or with the next tick."""
        if self._ticking:
            self._behind = True
        else:
            self._tick()

    def send_away(self, may_stay: Callable[[int], bool]) -> None:
        """End the streams of devices that may not stay."""
        for channel in self._channels.values():
            for watcher in channel.watchers:
                if not may_stay(watcher.device):
                    watcher.cut()

    def sweep(self) -> None:
        """Look at every follower, every `watcher.SWEEP_S`; views also move with time."""
        for channel in self._channels.values():
            for watcher in channel.watchers:
                watcher.sweep()
        self.touch()

    def tell_time(self) -> None:
        """Tell every follower what time it is: an empty change, for each message carries hub time."""
        for channel in self._channels.values():
            channel.number += 1
            message = self._message("change", channel.number, b"{}")
            for watcher in channel.watchers:
                watcher.offer(message)

    def close(self) -> None:
        """Send what is left and tell every stream to end."""
        if self._behind:
            self._publish()
        for channel in self._channels.values():
            for watcher in channel.watchers:
                watcher.end()

    def _tick(self) -> None:
        before = self._spent_s()
        self._behind = False
        self._publish()
        self._ticking = True
        self._later(max(TICK_S, LARGEST_SHARE * (self._spent_s() - before)), self._ticked)

    def _ticked(self) -> None:
        self._ticking = False
        if self._behind:
            self._tick()

    def _publish(self) -> None:
        """Send every watched view's change, if it has one: a view that hides something shows no gap for it."""
        for key, channel in self._channels.items():
            view = self.view(key)
            change = diff(channel.view, view)
            if change:
                channel.move_to(view)
                message = self._message("change", channel.number, msgspec.json.encode(change))
                for watcher in channel.watchers:
                    watcher.offer(message)

    def _message(self, kind: str, number: int, data: bytes) -> bytes:
        """Write a message; `time` is hub time, which devices carry on, and `mark` what they will have seen (fields that
        other readers pass over).
        """
        mark = self._mark()
        return b"id: %d.%d\nevent: %s\ntime: %d\n%sdata: %s\n\n" % (
            self._epoch,
            number,
            kind.encode(),
            self._now_ms(),
            b"mark: %s\n" % mark.encode() if mark else b"",
            data,
        )


class _Channel:
    """One view's state: what its watchers have seen, and under which number."""

    def __init__(self, view: dict[str, Any]) -> None:
        self.view = view
        self.number = 0
        self.watchers: set[Watcher] = set()
        self._encoded = b""

    def move_to(self, view: dict[str, Any]) -> None:
        self.view, self._encoded = view, b""
        self.number += 1

    def encoded(self) -> bytes:
        """Return the whole view as JSON, encoded once however many screens come back at the same time."""
        self._encoded = self._encoded or msgspec.json.encode(self.view)
        return self._encoded


def _plain(view: Struct) -> dict[str, Any]:
    """Return a view as JSON values; what is None is its field's default and left out (`View`)."""
    plain: dict[str, Any] = msgspec.to_builtins(view, str_keys=True)
    return plain
