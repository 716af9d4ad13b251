"""The event stream as raw ASGI: a screen that does not read is cut off, one that left is noticed (PLATFORM §9)."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kiosk.hub.access.devices import Device
from kiosk.hub.access.presence import Presence
from kiosk.hub.streams.publisher import Publisher, ViewKey
from kiosk.hub.streams.watcher import Watcher
from kiosk.hub.web.protocol import aborting
from kiosk.log.catalogue import FollowerCut
from kiosk.log.event import log

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class EventStream:
    """Server-sent events of one view for one device, as an ASGI application."""

    def __init__(self, publisher: Publisher, presence: Presence, key: ViewKey, device: Device) -> None:
        self._publisher, self._presence, self._key, self._device = publisher, presence, key, device

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Stream until the screen leaves, falls too far behind, loses its rights, or the hub closes."""
        watcher = self._publisher.watch(self._key, self._device.id)
        self._presence.stream_opened(self._device)
        pump = asyncio.create_task(_pump(watcher, send))
        left = asyncio.create_task(_until_left(receive))
        watcher.on_cut = pump.cancel
        try:
            await asyncio.wait({pump, left}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if watcher.is_cut:
                log.note(FollowerCut(self._device.id, self._device.role))
                aborting(scope)()
            pump.cancel()
            left.cancel()
            await asyncio.gather(pump, left, return_exceptions=True)
            self._publisher.leave(self._key, watcher)
            self._presence.stream_closed(self._device)


async def _pump(watcher: Watcher, send: Send) -> None:
    """Write what waits, one write a tick; the server's `send` waits while the socket is full."""
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    while waiting := await watcher.take():
        await send({"type": "http.response.body", "body": waiting, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
