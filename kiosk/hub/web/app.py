"""The hub over HTTP: rights, commands in, views out (DESIGN §2, §3; the contracts of issue 2)."""

import asyncio
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route
from starlette.types import Lifespan, Receive, Scope, Send

from kiosk.domain.commands import Role
from kiosk.hub.access.devices import Device
from kiosk.hub.hub import Hub
from kiosk.hub.metrics import CONTENT_TYPE
from kiosk.hub.streams.publisher import ViewKey
from kiosk.hub.web import openapi
from kiosk.hub.web.access_web import STAFF_HEADER, AccessWeb
from kiosk.hub.web.command_web import CommandWeb
from kiosk.hub.web.copy_http import SEQ_DIGITS, hears
from kiosk.hub.web.copy_web import CopyWeb
from kiosk.hub.web.http import Handler, ProblemError, answer_problem, granted, json_answer, language_of
from kiosk.hub.web.paper_web import PaperWeb
from kiosk.hub.web.phone_web import PhoneWeb
from kiosk.hub.web.report_web import ReportWeb
from kiosk.hub.web.routes import (
    DEVICE_ROLES,
    INSIDE_ROLES,
    JOURNAL_ROLES,
    NO_ROUTE,
    OTHER_ROUTES,
    SUPERVISOR_ROLES,
    VIEW_ROLES,
)
from kiosk.hub.web.stream import EventStream
from kiosk.log.catalogue import RequestFailed
from kiosk.log.event import Failure, RouteTemplate, log
from kiosk.wire import problems

JOURNAL_PAGE = 1000
_PER_COUNTER = (Role.COUNTER, Role.TABLET)


def make_app(hub: Hub, version: str, lifespan: Lifespan[Starlette] | None = None) -> CommandWeb:
    """Make the web application of a hub: commands, and behind them everything else."""
    access = AccessWeb(hub)
    web = _Web(hub, access, version)
    others = {
        **web.handlers(),
        **access.handlers(),
        **ReportWeb(hub).handlers(),
        **PhoneWeb(hub).handlers(),
        **PaperWeb(hub).handlers(),
        **CopyWeb(hub).handlers(),
    }
    routes = [Route(r.path, others[r.name], methods=[r.method]) for r in OTHER_ROUTES]
    handlers: dict[Any, Any] = {
        ProblemError: answer_problem,
        HTTPException: web.on_http,
        ClientDisconnect: _on_left,
        Exception: web.on_bug,
    }
    rest = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
    # An address with a slash too many is nobody's: a redirect would go where the request's Host header says.
    rest.router.redirect_slashes = False
    return CommandWeb(hub, access, rest)


class _Web:
    """The handlers, with the hub they speak for."""

    def __init__(self, hub: Hub, access: AccessWeb, version: str) -> None:
        self._hub, self._access, self._version = hub, access, version

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers of routes that are no commands, by their name in the table."""
        return {
            "command_outcome": self.command_outcome,
            "hall": self.hall,
            "events": self.events,
            "journal": self.journal,
            "catalogue": self.catalogue,
            "accept_clock": self.accept_clock,
            "health": self.health,
            "metrics": self.metrics,
            "openapi_json": self.openapi_json,
            "openapi_page": self.openapi_page,
        }

    # --- commands

    async def command_outcome(self, request: HttpRequest) -> Response:
        """Tell what became of a command: done with its answer, or never carried out."""
        role = self._device(request, DEVICE_ROLES).role
        known = await asyncio.to_thread(self._hub.reader.answer_to, request.path_params["id"])
        if known is None or known.role != role.value:
            raise ProblemError("unknown_command")
        if not hears(self._hub.keeping, request):
            return json_answer(known.answer)
        wrote = await asyncio.to_thread(self._hub.reader.parcel_of, known)
        return json_answer(self._hub.keeping.with_kept(known.answer, wrote))

    # --- views

    async def hall(self, request: HttpRequest) -> Response:
        """Answer the role's view as it is now."""
        return json_answer(msgspec.json.encode(self._hub.publisher.view(self._view_key(request))))

    async def events(self, request: HttpRequest) -> Response:
        """Stream the role's view."""
        device = self._device(request, VIEW_ROLES)
        hears(self._hub.keeping, request)
        return _Asgi(EventStream(self._hub.publisher, self._hub.presence, self._view_key(request), device))

    async def journal(self, request: HttpRequest) -> Response:
        """Answer stored rows, for a standby and for central."""
        self._device(request, JOURNAL_ROLES)
        after = request.query_params.get("after", "0")
        if not after.isdecimal() or len(after) > SEQ_DIGITS:
            raise ProblemError("bad_json", {"reason": "after must be a row number"})
        rows = await asyncio.to_thread(self._hub.reader.rows_after, int(after), JOURNAL_PAGE)
        return json_answer(msgspec.json.encode({"rows": rows}))

    async def catalogue(self, request: HttpRequest) -> Response:
        """Answer the procedures; a device that has them already is told so."""
        self._device(request, VIEW_ROLES)
        tag = self._hub.catalogue_tag
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        return json_answer(self._hub.catalogue_json, {"etag": tag})

    async def accept_clock(self, request: HttpRequest) -> Response:
        """Follow the machine's clock, which hall time has not followed: a supervisor has looked at it."""
        device = self._device(request, SUPERVISOR_ROLES)
        who = granted(self._hub.rights.signed_in(device, request.headers.get(STAFF_HEADER, "")))
        return json_answer(msgspec.json.encode({"accepted": self._hub.accept_clock(who.staff)}))

    def _view_key(self, request: HttpRequest) -> ViewKey:
        device = self._device(request, VIEW_ROLES)
        if device.role not in _PER_COUNTER:
            return ViewKey(device.role.value)
        asked = request.query_params.get("counter", "")
        return ViewKey(device.role.value, granted(self._hub.rights.place(device, asked)))

    # --- pages

    async def health(self, request: HttpRequest) -> Response:
        """Say whether the hub can do its work."""
        state = self._hub.health(inside=self._is_inside(request))
        return json_answer(msgspec.json.encode(state), status=200 if state["status"] == "ok" else 503)

    async def metrics(self, request: HttpRequest) -> Response:
        """Answer the figures."""
        return Response(self._hub.metrics.text(inside=self._is_inside(request)), media_type=CONTENT_TYPE)

    async def openapi_json(self, request: HttpRequest) -> Response:
        """Answer the OpenAPI document."""
        return json_answer(msgspec.json.encode(openapi.document(self._version)))

    async def openapi_page(self, request: HttpRequest) -> Response:
        """Answer the OpenAPI page."""
        return HTMLResponse(openapi.page(self._version))

    # --- rights and problems

    def _device(self, request: HttpRequest, allowed: frozenset[Role]) -> Device:
        return granted(self._hub.rights.admit(request.headers.get("authorization", ""), allowed))

    def _is_inside(self, request: HttpRequest) -> bool:
        return isinstance(self._hub.rights.admit(request.headers.get("authorization", ""), INSIDE_ROLES), Device)

    async def on_http(self, request: HttpRequest, error: HTTPException) -> Response:
        """Answer an unknown address or method as a problem too."""
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_json")
        found = problems.problem(code, language_of(request), {"reason": str(error.detail)})
        return Response(problems.encode(found), error.status_code, error.headers, media_type=problems.MEDIA_TYPE)

    async def on_bug(self, request: HttpRequest, error: Exception) -> Response:
        """Our own mistake: note it, say so, go on."""
        log.note(RequestFailed(_template(request), Failure.of(error)))
        return await answer_problem(request, ProblemError("internal"))


def _template(request: HttpRequest) -> RouteTemplate:
    """Return which route a request was for: its address may be a ticket's secret."""
    for route in request.app.routes:
        if route.matches(request.scope)[0] is Match.FULL:
            return RouteTemplate(route.path)
    return NO_ROUTE


async def _on_left(request: HttpRequest, error: ClientDisconnect) -> Response:
    """Whoever asked hung up in the middle of the question: nobody reads this answer."""
    return Response(status_code=400)


class _Asgi(Response):
    """A response that is an ASGI application of its own."""

    def __init__(self, app: EventStream) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
