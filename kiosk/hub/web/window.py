"""The recovery window over HTTP: devices give back what they kept, nothing is decided meanwhile (DESIGN §6).

Opened, asked and closed in one thread, which is the server's: the journal's one writing connection belongs to it.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from kiosk.domain.site import Site
from kiosk.hub.access.access import Access
from kiosk.hub.journal.claim import Claim
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.losses import Report
from kiosk.hub.journal.schema import DATABASE, refuse_newer
from kiosk.hub.takeover.phase import Phase
from kiosk.hub.takeover.takeover import Takeover
from kiosk.hub.web.copy_http import DEVICE_HEADER, SEEN_HEADER, given_back, msgpack_answer
from kiosk.hub.web.http import ProblemError, answer_problem, granted, json_answer
from kiosk.hub.web.routes import STANDBY_ROLES
from kiosk.ports import Clock

LOOK_S = 0.05
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class Window:
    """A machine that will be the hub when its devices have given back what it lacks."""

    def __init__(self, folder: Path, site: Site, clock: Clock, phase: Phase, *, dev: bool, window_ms: int) -> None:
        """Open the folder and begin to wait.

        Args:
            folder: the data folder.
            site: the centre's set-up.
            clock: wall time.
            phase: why it recovers, and whom it waits for.
            dev: development tokens count.
            window_ms: the longest to wait.

        Raises:
            FolderInUseError: another machine works there.
            NewerFolderError: a newer program wrote it.
            JournalDamagedError: the journal is of another centre or its chain is broken.
            OSError: the folder cannot be used.
        """
        self._site, self._phase = site, phase
        self._claim = Claim(folder)
        try:
            refuse_newer(folder / DATABASE)
            self.access = Access(folder, site, clock, dev=dev)
            self._journal = Journal(folder / DATABASE, site.info.id)
        except BaseException:
            self._claim.close()
            raise
        self._takeover = Takeover(self._journal, site, phase, clock, machine_ms=_now, window_ms=window_ms)
        self.over = False
        """Everybody is back, or the time is up."""

    def app(self, on_over: Callable[[], None]) -> Starlette:
        """Make the application that collects; `on_over` is told once, in its event loop, when there is no more to wait
        for.
        """

        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            watch = asyncio.create_task(self._watch(on_over))
            yield
            watch.cancel()

        routes = [
            Route("/healthz", self._health),
            Route("/v1/copy", self._copy),
            Route("/v1/returned", self._returned, methods=["POST"]),
            Route("/{path:path}", self._later, methods=METHODS),
        ]
        handlers: dict[Any, Any] = {ProblemError: answer_problem}
        return Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)

    def carry_on(self) -> Report:
        """Write what the recovery comes to: from here on this machine is the hub.

        Raises:
            sqlite3.Error: it could not be written; the machine still recovers, and a new window may be opened.
        """
        return self._takeover.carry_on()

    def close(self) -> None:
        """Close the folder."""
        self._journal.close()
        self.access.close()
        self._claim.close()

    async def _watch(self, on_over: Callable[[], None]) -> None:
        while self._takeover.left_ms > 0:
            await asyncio.sleep(LOOK_S)
        self.over = True
        on_over()

    async def _health(self, request: HttpRequest) -> Response:
        """Say how long it may take, for people and watchdogs."""
        state: dict[str, Any] = {
            "status": "recovering",
            "site": self._site.info.id,
            "reason": self._phase.reason,
            "left_ms": self._takeover.left_ms,
            "waiting_for": len(self._takeover.silent),
        }
        return json_answer(msgspec.json.encode(state), status=503)

    async def _returned(self, request: HttpRequest) -> Response:
        """Take what a device gives back; it is told again what became of it when the window is over."""
        back = await given_back(request, self.access.rights, self._takeover.seals)
        placed = self._takeover.take(back.store, back.mark, back.parcels, complete=back.complete)
        return json_answer(msgspec.json.encode(placed))

    async def _copy(self, request: HttpRequest) -> Response:
        """Tell a standby what is lacking here."""
        granted(self.access.rights.admit(request.headers.get("authorization", ""), STANDBY_ROLES))
        return msgpack_answer(self._takeover.page())

    async def _later(self, request: HttpRequest) -> Response:
        """Ask whoever comes to come again, and note what was seen."""
        mark = self._takeover.seals.open_mark(request.headers.get(SEEN_HEADER, ""))
        self._takeover.heard(request.headers.get(DEVICE_HEADER, ""), mark)
        raise ProblemError("recovering")


def _now() -> int:
    return time.monotonic_ns() // 1_000_000
