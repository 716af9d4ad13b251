"""The event stream as raw ASGI: a screen that does not read is cut off, one that left is noticed (PLATFORM §9)."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kiosk.hub.publisher import GOODBYE, Publisher, ViewKey

HEARTBEAT_S = 10.0
SEND_TIMEOUT_S = 10.0
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class EventStream:
    """Server-sent events of one view, as an ASGI application."""

    def __init__(self, publisher: Publisher, key: ViewKey) -> None:
        self._publisher, self._key = publisher, key

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Stream until the screen leaves, falls too far behind, or the hub closes."""
        watcher = self._publisher.watch(self._key)
        tasks: set[asyncio.Task[None]] = {
            asyncio.create_task(_pump(watcher, send)),
            asyncio.create_task(_until_left(receive)),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._publisher.leave(self._key, watcher)


async def _pump(watcher: "asyncio.Queue[bytes]", send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    while True:
        try:
            message = await asyncio.wait_for(watcher.get(), HEARTBEAT_S)
        except TimeoutError:
            message = b": still here\n\n"
        if message == GOODBYE:
            await send({"type": "http.response.body", "body": b""})
            return
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await send({"type": "http.response.body", "body": message, "more_body": True})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
