"""Run a hub's web application until it is told to stop."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from kiosk.hub.garbage import QuietCollector
from kiosk.hub.hub import Hub
from kiosk.hub.streams.watcher import SWEEP_S
from kiosk.hub.web.app import make_app
from kiosk.hub.web.protocol import Protocol

GRACE_S = 2
BACKLOG = 512


def bind(port: int) -> socket.socket:
    """Listen on loopback, so that whoever is told the address can connect at once.

    Args:
        port: 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise OSError(
            f"Port {port} cannot be used: {error.strerror}. Choose another with --port, or 0 for any."
        ) from error
    return listener


class Server(uvicorn.Server):
    """A web server that ends in order."""

    def __init__(self, app: ASGIApp) -> None:
        """Make the server; setting `should_exit` ends it from any thread."""
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GRACE_S,
                lifespan="on",
                server_header=False,
                http=Protocol,
                proxy_headers=False,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on a signal in order: uvicorn would raise it again, and the files would not be closed."""
        signals = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class HubServer(Server):
    """A hub's web server, which says goodbye to its streams: uvicorn waits for them before it ends the application."""

    def __init__(self, hub: Hub, version: str) -> None:
        """Make the server."""
        super().__init__(make_app(hub, version, _lifespan(hub)))
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the server."""
        self._hub.publisher.close()
        self._hub.news.end()
        await super().shutdown(sockets)


async def _sweep(hub: Hub, garbage: QuietCollector) -> None:
    """Bring in what an administrator's command line writes while the hub runs, and look at every follower."""
    while True:
        await asyncio.sleep(SWEEP_S)
        if await asyncio.to_thread(hub.refresh_access):
            hub.publisher.send_away(hub.devices.known)
        hub.presence.sweep()
        hub.publisher.sweep()
        garbage.sweep(hub.writer.hall.seq)


def _lifespan(hub: Hub) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    """Connect the hub's publications to the server's loop."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        hub.attach(asyncio.get_running_loop())
        with QuietCollector() as garbage:
            sweeps = asyncio.create_task(_sweep(hub, garbage))
            yield
            sweeps.cancel()

    return lifespan
