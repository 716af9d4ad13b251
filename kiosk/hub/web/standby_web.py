"""What a standby answers: how far it is, and to a supervisor's PIN that it takes over (DESIGN §6)."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from kiosk.domain.command import Name
from kiosk.domain.events import Refused
from kiosk.hub.access.access import Access
from kiosk.hub.access.devices import Device
from kiosk.hub.takeover.standby import Standby
from kiosk.hub.web.http import ProblemError, answer_problem, granted, json_answer, struct_of
from kiosk.hub.web.routes import SUPERVISOR_ROLES
from kiosk.hub.web.window import METHODS


class Promote(Struct, frozen=True, forbid_unknown_fields=True):
    """A supervisor has this machine take over."""

    staff: Name
    pin: Annotated[str, Meta(max_length=64)]
    old_machine_is_off: bool = False
    """Said by a person who has looked: two hubs at the same time would give every number twice."""


class StandbyWeb:
    """The handlers. Devices, PINs and keys are the hub's, as they were copied last."""

    def __init__(self, standby: Standby, open_access: Callable[[], Access], on_promote: Callable[[], None]) -> None:
        self._standby, self._open_access, self._on_promote = standby, open_access, on_promote

    def app(self) -> Starlette:
        """Make the application."""
        routes = [
            Route("/healthz", self._health),
            Route("/v1/promote", self._promote, methods=["POST"]),
            Route("/{path:path}", self._elsewhere, methods=METHODS),
        ]
        handlers: dict[Any, Any] = {ProblemError: answer_problem}
        return Starlette(routes=routes, exception_handlers=handlers)

    async def _health(self, request: HttpRequest) -> Response:
        copy = self._standby.copy
        status = "stopped" if copy.stopped else "following" if copy.reached else "alone"
        state = {"status": status, **msgspec.to_builtins(copy)}
        return json_answer(msgspec.json.encode(state), status=503 if copy.stopped else 200)

    async def _promote(self, request: HttpRequest) -> Response:
        """Take over, for a supervisor who has proved the PIN and says that the old machine is off."""
        asked = await struct_of(request, Promote)
        authorization = request.headers.get("authorization", "")
        refused = await asyncio.to_thread(self._refusal, asked, authorization)
        if refused is not None:
            raise ProblemError(refused.code, refused.params)
        self._on_promote()
        return json_answer(msgspec.json.encode({"promoted": True, "seq": self._standby.copy.seq}))

    def _refusal(self, asked: Promote, authorization: str) -> Refused | None:
        with self._standby.files_lock:
            access = self._open_access()
            try:
                device = granted(access.rights.admit(authorization, SUPERVISOR_ROLES))
                return self._checked(access, device, asked)
            finally:
                access.close()

    def _checked(self, access: Access, device: Device, asked: Promote) -> Refused | None:
        return (
            access.rights.is_supervisor(asked.staff)
            or access.pins.check(asked.staff, asked.pin, device.id)
            or (None if asked.old_machine_is_off else Refused("old_machine"))
            or (Refused("nothing_copied") if not self._standby.copy.seq else None)
        )

    async def _elsewhere(self, request: HttpRequest) -> Response:
        raise ProblemError("not_the_hub")
