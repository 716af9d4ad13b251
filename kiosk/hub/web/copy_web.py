"""The journal over HTTP, for the machine that would take over, and back from devices after it did (DESIGN §6)."""

import asyncio

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.domain.events import Refused
from kiosk.hub.access.devices import Device
from kiosk.hub.copy_desk import CopyDesk, became, entering
from kiosk.hub.hub import Hub
from kiosk.hub.takeover.folder_files import copied_files, files_tag
from kiosk.hub.web.copy_http import given_back, msgpack_answer, question_of
from kiosk.hub.web.http import Handler, ProblemError, granted, json_answer
from kiosk.hub.web.routes import INSIDE_ROLES, STANDBY_ROLES
from kiosk.wire.kept import Became, Parcel, Placed

WAIT_S = 2.0
"""How long a standby's question is held until there is something to answer. Nothing ends a question that is waited for,
so this is how long a standby takes to stop, or to be promoted."""
FILES_EVERY_S = 5.0


class CopyWeb:
    """The handlers of a hub that decides."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._desk = CopyDesk(hub.keeping, hub.reader, hub.site.info.id, hub.epoch, hub.key, hub.clock.now_ms)
        self._files: tuple[float, str] = (-FILES_EVERY_S, "")

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by their names in the table of routes."""
        return {"copy": self.copy, "files": self.files, "returned": self.returned, "recovery": self.recovery}

    async def copy(self, request: HttpRequest) -> Response:
        """Answer what follows a standby's newest row, as soon as there is something; its question confirms its copy."""
        granted(self._hub.rights.admit(request.headers.get("authorization", ""), STANDBY_ROLES))
        asked = question_of(request)
        agrees = self._desk.confirm(asked, await asyncio.to_thread(self._hub.reader.hash_at, asked.after))
        parcels: tuple[Parcel, ...] = ()
        if agrees:
            self._hub.metrics.standby_lag.set(self._desk.lag(asked))
            if asked.wait:
                await self._hub.news.after(asked.after, WAIT_S)
            parcels = await asyncio.to_thread(self._desk.parcels, asked)
        page = self._desk.page(parcels, await self._files_tag(), agrees=agrees)
        return msgpack_answer(page)

    async def files(self, request: HttpRequest) -> Response:
        """Answer devices, PINs and keys, so that the machine that takes over knows whom it serves."""
        granted(self._hub.rights.admit(request.headers.get("authorization", ""), STANDBY_ROLES))
        return msgpack_answer(await asyncio.to_thread(copied_files, self._hub.folder))

    async def returned(self, request: HttpRequest) -> Response:
        """Take what a device gives back after the recovery: enter it as facts, or name it."""
        back = await given_back(request, self._hub.rights, self._hub.seals)
        waiting = [asyncio.ensure_future(self._enter(back.device, parcel)) for parcel in back.parcels]
        became = tuple(await asyncio.gather(*waiting))
        return json_answer(msgspec.json.encode(Placed(became, self._hub.keeping.mark())))

    async def recovery(self, request: HttpRequest) -> Response:
        """Answer what recoveries came to, and what is still lost."""
        granted(self._hub.rights.admit(request.headers.get("authorization", ""), INSIDE_ROLES))
        return json_answer(msgspec.json.encode(await asyncio.to_thread(self._hub.reader.recoveries)))

    async def _enter(self, device: Device, parcel: Parcel | None) -> Became:
        known = self._desk.known(parcel)
        if known is not None or parcel is None:
            return known or Became.UNREADABLE
        found = became(await self._hub.writer.ask(entering(parcel, device.role, device.number)))
        if isinstance(found, Refused):
            raise ProblemError(found.code, found.params)
        return found

    async def _files_tag(self) -> str:
        """Return what changes when the copied files do, looking at them now and then only."""
        now = asyncio.get_running_loop().time()
        read_at, tag = self._files
        if now - read_at >= FILES_EVERY_S:
            tag = await asyncio.to_thread(files_tag, self._hub.folder)
            self._files = (now, tag)
        return tag
