"""Commands over HTTP as raw ASGI: whatever happens in a hall comes through here, and a framework's layers cost twice as
much as the command itself (DESIGN §5: "a hot route may be raw ASGI"; docs/bench.md).
"""

import asyncio
import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.domain.commands import Envelope, IssueTicket, OpenCounter, ReprintTicket
from kiosk.domain.events import Refused
from kiosk.hub.access.persons import pseudonym
from kiosk.hub.access.rights import COUNTER_DIGITS
from kiosk.hub.hub import Hub
from kiosk.hub.journal.journal import KnownAnswer
from kiosk.hub.web.access_web import STAFF_HEADER, AccessWeb
from kiosk.hub.web.copy_http import DEVICE_HEADER, NOTHING_SEEN, SEEN_HEADER
from kiosk.hub.web.http import MAX_BODY, ProblemError, granted, spoken
from kiosk.hub.web.parsing import BadRequestError, parse
from kiosk.hub.web.routes import COMMAND_ROUTES, CommandRoute
from kiosk.hub.work import Request
from kiosk.log.catalogue import RequestFailed
from kiosk.log.event import Failure, RouteTemplate, log
from kiosk.wire import problems

_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_PARAMETER = re.compile(r"{(\w+)(:number)?}")
_NUMBER = re.compile(f"[0-9]{{1,{COUNTER_DIGITS}}}")
_STAFF, _SEEN, _DEVICE = STAFF_HEADER.encode(), SEEN_HEADER.encode(), DEVICE_HEADER.encode()
_JSON = b"application/json"
_PROBLEM = problems.MEDIA_TYPE.encode()
Headers = dict[bytes, bytes]
_RawHeaders = Sequence[tuple[bytes, bytes]]


class CommandWeb:
    """Takes the requests that are commands; all others go on to the rest of the application."""

    def __init__(self, hub: Hub, access: AccessWeb, rest: ASGIApp) -> None:
        self._hub, self._access, self._rest = hub, access, rest
        self._routes = _Routes()
        self._counted = functools.cache(hub.metrics.commands.labels)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        found = self._routes.find(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._rest(scope, receive, send)
            return
        route, path = found
        headers: Headers = dict(reversed(scope["headers"]))  # of two alike the first counts
        try:
            if scope["method"] != "POST":
                await _answer_problem(send, headers, ProblemError("method_not_allowed"), ((b"allow", b"POST"),))
                return
            answer = await self._carried_out(route, path, headers, receive)
        except _LeftError:
            return  # whoever asked hung up in the middle of the question: nobody reads an answer
        except ProblemError as error:
            await _answer_problem(send, headers, error)
        except Exception as error:
            log.exception(RequestFailed(RouteTemplate(route.path), Failure.of(error)))
            await _answer_problem(send, headers, ProblemError("internal"))
        else:
            await _answer(send, 200, _JSON, answer)

    async def _carried_out(
        self, route: CommandRoute, path: Mapping[str, Any], headers: Headers, receive: Receive
    ) -> bytes:
        """Have a command carried out; returns its answer as JSON.

        Raises:
            ProblemError: it is not understood, not allowed, or refused.
        """
        device = granted(self._hub.rights.admit(_text(headers, b"authorization"), route.roles))
        seen = _text(headers, _SEEN)
        refused = self._hub.keeping.hear(_text(headers, _DEVICE), "" if seen == NOTHING_SEEN else seen)
        if refused is not None:
            raise ProblemError(refused.code, refused.params)
        key = _text(headers, b"idempotency-key")
        if not _KEY.fullmatch(key):
            raise ProblemError("idempotency_key_missing")
        try:
            parsed = parse(route, path, await _body(receive))
        except BadRequestError as error:
            raise ProblemError("bad_json", {"reason": str(error)}) from error
        command = parsed.command
        granted(self._hub.rights.allow(device, command, _text(headers, _STAFF)))
        if isinstance(command, OpenCounter):
            await self._access.check_pin(device, command.staff, parsed.pin)
        if isinstance(command, IssueTicket) and command.person:
            # From here on there is only the day's pseudonym: neither hash, log nor answer holds what the kiosk sent.
            today = self._hub.site.service_day(self._hub.clock.now_ms())
            command = replace(command, person=pseudonym(self._hub.key, today, command.person))
        request_hash = hashlib.sha256(msgspec.json.encode([device.role, command])).hexdigest()
        if isinstance(command, ReprintTicket) and not command.kiosk:
            # After the hash: sent again it is the same wish, whichever printers are ready by then.
            ticket = self._hub.publisher.hall.ticket(command.ticket_id)
            own = ticket.kiosk if ticket is not None else 0
            command = replace(command, kiosk=self._hub.presence.kiosk_to_print(own, self._hub.site))
        envelope = Envelope(key, device.role, command, parsed.not_after, _language(headers))
        outcome = await self._hub.writer.ask(Request(envelope, request_hash, device.number))
        if isinstance(outcome, Refused):
            self._counted(route.path, outcome.code).inc()
            raise ProblemError(outcome.code, outcome.params)
        self._counted(route.path, "repeated" if outcome.repeated else "done").inc()
        if not seen:
            return outcome.answer
        if isinstance(outcome.wrote, KnownAnswer):
            parcel = await asyncio.to_thread(self._hub.reader.parcel_of, outcome.wrote)
            return self._hub.keeping.with_kept(outcome.answer, parcel)
        return self._hub.keeping.with_kept(outcome.answer, outcome.wrote)


class _Routes:
    """Finds a command's route by its address; an address has at most one part that varies."""

    def __init__(self) -> None:
        self._fixed: dict[str, CommandRoute] = {}
        self._varying: dict[tuple[int, tuple[str, ...]], tuple[CommandRoute, str, bool]] = {}
        for route in COMMAND_ROUTES:
            parts = route.path.split("/")
            varying = [(n, found) for n, part in enumerate(parts) if (found := _PARAMETER.fullmatch(part))]
            if varying:
                ((n, found),) = varying
                self._varying[n, (*parts[:n], *parts[n + 1 :])] = route, found[1], found[2] is not None
            else:
                self._fixed[route.path] = route
        self._places = {n for n, _ in self._varying}

    def find(self, path: str) -> tuple[CommandRoute, dict[str, Any]] | None:
        """Return the route and what varies in the address; None where it is no command's."""
        if (fixed := self._fixed.get(path)) is not None:
            return fixed, {}
        parts = path.split("/")
        for n in self._places:
            found = self._varying.get((n, (*parts[:n], *parts[n + 1 :])))
            if found is None or len(parts) <= n:
                continue
            route, name, is_number = found
            part = parts[n]
            if is_number:
                return (route, {name: int(part)}) if _NUMBER.fullmatch(part) else None
            return (route, {name: part}) if part else None
        return None


class _LeftError(Exception):
    """The connection ended before the whole request had come."""


async def _body(receive: Receive) -> bytes:
    chunks = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _LeftError
        chunks += bytes(message.get("body", b""))
        if len(chunks) > MAX_BODY:
            raise ProblemError("too_large")
        if not message.get("more_body", False):
            return chunks


def _text(headers: Headers, name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


def _language(headers: Headers) -> str:
    return spoken(_text(headers, b"accept-language"))


async def _answer(send: Send, status: int, kind: bytes, body: bytes, more: _RawHeaders = ()) -> None:
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _answer_problem(send: Send, headers: Headers, error: ProblemError, more: _RawHeaders = ()) -> None:
    found = problems.problem(error.code, _language(headers), error.params)
    if found.status == 401:
        more = (*more, (b"www-authenticate", b"Bearer"))
    await _answer(send, found.status, _PROBLEM, problems.encode(found), more)
