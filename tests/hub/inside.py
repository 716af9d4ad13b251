"""A hub in this process and its web application without a socket, asked as devices ask."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import inspect

from kiosk.domain.commands import AnyCommand, Command, Envelope, Role
from kiosk.domain.procedure import Catalogue
from kiosk.hub.hall_clock import machine_ms
from kiosk.hub.hub import Hub
from kiosk.hub.web.app import make_app
from kiosk.hub.work import Done, Request
from kiosk.ports import Clock
from tests.halls import FixedClock, demo_site, issue_body, new_id

CATALOGUE = Catalogue("2026-01-01", "", "", ())
SUPERVISOR, SUPERVISOR_PIN = "nv07", "0007"
"""The demo centre's supervisor."""


def open_hub(folder: Path, clock: Clock | None = None) -> Hub:
    """Open a hub on a folder, with the demo centre's tokens and PINs."""
    clock = clock or FixedClock()
    return Hub(
        folder,
        demo_site(),
        CATALOGUE,
        clock,
        public_url=lambda: "http://hub",
        on_failure=lambda _: None,
        dev=True,
        machine_ms=clock.machine_ms if isinstance(clock, FixedClock) else machine_ms,
    )


class Web:
    """A hub's application without a socket. Whoever asks is a role, with its development token, or a token."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._transport = httpx.ASGITransport(make_app(hub, "0"), raise_app_exceptions=False)
        self.session = ""

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by: the wall's and the machine's clock both, so that none of them was set."""
        wall: Any = self.hub._wall
        wall.at += int(minutes * 60_000)
        self.hub.clock._machine_ms = lambda: wall.at
        self.hub.clock._seen = wall.at, wall.at

    def ask(self, method: str, path: str, headers: dict[str, str], content: str = "") -> httpx.Response:
        async def ask() -> httpx.Response:
            self.hub.publisher.hall = self.hub.writer.hall  # each question has an event loop of its own
            async with httpx.AsyncClient(transport=self._transport, base_url="http://hub") as client:
                return await client.request(method, path, content=content, headers=headers)

        return asyncio.run(ask())

    def headers(self, who: str) -> dict[str, str]:
        token = self.hub.devices.tokens.get(who, who)
        return {"Authorization": f"Bearer {token}", "Accept-Language": "en"} if who else {"Accept-Language": "en"}

    def send(self, who: str, path: str, body: dict[str, Any]) -> httpx.Response:
        """Send a command; a supervisor's goes with the session, once `sign_in` has begun one."""
        headers = {**self.headers(who), "Idempotency-Key": new_id(), "Moi-Staff": self.session}
        return self.ask("POST", path, headers, json.dumps(body))

    def post(self, who: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command that must be done; returns its answer."""
        answer = self.send(who, path, body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def get(self, who: str, path: str) -> httpx.Response:
        return self.ask("GET", path, self.headers(who))

    def do(self, command: AnyCommand) -> None:
        """Have a command carried out as the hub's own."""
        outcome = self.hub.writer.submit(Request(Envelope(new_id(), Role.HUB, command), "")).result(10)
        assert isinstance(outcome, Done), outcome

    def sign_in(self, who: str = "supervisor") -> None:
        """Sign the supervisor in at a supervisor's device."""
        self.session = self.post(who, "/v1/staff/sign-in", {"staff": SUPERVISOR, "pin": SUPERVISOR_PIN})["session"]

    def open(self, counter: int) -> None:
        """Sign a clerk in at a counter."""
        self.post("counter", f"/v1/counters/{counter}/open", {"staff": f"nv0{counter}", "pin": f"000{counter}"})

    def issue(self) -> str:
        """Issue a ticket; returns its id."""
        return str(self.post("kiosk", "/v1/tickets", issue_body())["ticket"]["id"])

    def serve(self, ticket: str, counter: int) -> None:
        """Start and finish the ticket that is called to a counter."""
        self.post("counter", f"/v1/tickets/{ticket}/start", {"counter": counter})
        self.post("counter", f"/v1/tickets/{ticket}/finish", {"counter": counter, "outcome": "served"})

    def device(self, role: Role, number: int | None = None) -> str:
        """Register a device; returns its token."""
        return self.hub.devices.add(role, number, "")[1]


def sample(command: type[Command]) -> dict[str, Any]:
    """Return a body with every field a command must have, each of the right type."""
    fields = msgspec.structs.fields(command)
    return {field.encode_name: _value(inspect.type_info(field.type)) for field in fields if field.required}


def filled(path: str, **values: object) -> str:
    """Return a route's address with what varies in it put in."""
    return re.sub(r"{(\w+)(:number)?}", lambda found: str(values[found[1]]), path)


def _value(kind: inspect.Type) -> Any:
    match kind:
        case inspect.IntType():
            return 1
        case inspect.StrType():
            return next(text for text in ("A" * 16, "a", "A1") if re.search(kind.pattern or "", text))
        case inspect.BytesType():
            return "AAAA"
        case inspect.EnumType():
            return next(iter(kind.cls)).value
        case inspect.BoolType():
            return False
        case inspect.VarTupleType() | inspect.ListType():
            return [_value(kind.item_type)]
        case inspect.DictType():
            return {}
        case inspect.UnionType():
            return _value(kind.types[0])
        case inspect.StructType():
            return {f.encode_name: _value(f.type) for f in kind.fields if f.required}
        case _:
            raise NotImplementedError(kind)
