"""One stream per role's view: a snapshot when a screen connects, then changes, encoded once for all (DESIGN §3)."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.domain.hall import Hall
from kiosk.wire.patch import diff

BACKLOG = 256
"""A screen that is this many changes behind is cut off; it comes back and begins with a whole view."""
GOODBYE = b""


class ViewKey(Struct, frozen=True):
    """Which view: a role's, and for a counter's or tablet's the counter."""

    role: str
    counter: int = 0


MakeView = Callable[[Hall, ViewKey], Struct]


class Publisher:
    """Keeps the views that are being watched. Use it in the server's event loop only."""

    def __init__(self, make_view: MakeView, epoch: int, hall: Hall, now_ms: Callable[[], int]) -> None:
        self._make_view, self._epoch, self._now_ms = make_view, epoch, now_ms
        self.hall = hall
        self._channels: dict[ViewKey, _Channel] = {}

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

    def watch(self, key: ViewKey) -> "asyncio.Queue[bytes]":
        """Begin a stream: the queue's first message is the whole view, the others are changes; empty means goodbye."""
        channel = self._channels.get(key)
        if channel is None:
            channel = self._channels[key] = _Channel(self.view(key))
        watcher: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)
        watcher.put_nowait(self._message("view", channel.number, channel.view))
        channel.watchers.add(watcher)
        return watcher

    def leave(self, key: ViewKey, watcher: "asyncio.Queue[bytes]") -> None:
        """End a stream."""
        channel = self._channels.get(key)
        if channel is None:
            return
        channel.watchers.discard(watcher)
        if not channel.watchers:
            del self._channels[key]

    def commit(self, hall: Hall) -> None:
        """Send every watched view's change, if it has one: a view that hides something shows no gap for it."""
        self.hall = hall
        for key, channel in self._channels.items():
            view = self.view(key)
            change = diff(channel.view, view)
            if change:
                channel.number += 1
                channel.view = view
                self._send(channel, self._message("change", channel.number, change))

    def close(self) -> None:
        """Tell every stream to end."""
        for channel in self._channels.values():
            self._send(channel, GOODBYE)

    def _send(self, channel: "_Channel", message: bytes) -> None:
        for watcher in tuple(channel.watchers):
            if watcher.full():
                channel.watchers.discard(watcher)
                while not watcher.empty():
                    watcher.get_nowait()
                watcher.put_nowait(GOODBYE)
            else:
                watcher.put_nowait(message)

    def _message(self, kind: str, number: int, body: dict[str, Any]) -> bytes:
        """Write a message; its `time` is hub time, which devices carry on (a field that other readers pass over)."""
        data = msgspec.json.encode(body)
        return b"id: %d.%d\nevent: %s\ntime: %d\ndata: %s\n\n" % (
            self._epoch,
            number,
            kind.encode(),
            self._now_ms(),
            data,
        )


class _Channel:
    """One view's state: what its watchers have seen, and under which number."""

    def __init__(self, view: dict[str, Any]) -> None:
        self.view = view
        self.number = 0
        self.watchers: set[asyncio.Queue[bytes]] = set()


def _plain(view: Struct) -> dict[str, Any]:
    """Return a view as JSON values without nulls."""
    plain: dict[str, Any] = _without_nulls(msgspec.to_builtins(view, str_keys=True))
    return plain


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(v) for v in value]
    return value
