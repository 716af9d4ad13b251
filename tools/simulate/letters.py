"""Commands as they travel: a path and JSON as over HTTP, taken apart by the hub's own reader of requests."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from kiosk.domain import commands as cmd
from kiosk.domain import decide
from kiosk.domain.commands import AnyCommand, Role
from kiosk.hub.takeover.copying import Page, Question
from kiosk.hub.web.parsing import Parsed, parse
from kiosk.hub.web.routes import COMMAND_ROUTES, CommandRoute
from kiosk.hub.work import Outcome, Request

KNOWN: tuple[type[cmd.Command], ...] = tuple(sorted(decide._RULES, key=lambda kind: kind.__name__))
"""Every command the rules know today; what is added tomorrow is played tomorrow."""
HEARTBEAT = "/v1/heartbeat"
BARE = "/simulated/"
"""Paths of commands that no route of the hub carries: those of the hub itself, or of screens still to come."""


@dataclass(frozen=True)
class Letter:
    """A command on its way to a hub, from one try of one device."""

    device: str
    role: Role
    key: str
    path: str
    body: dict[str, Any]
    reply: Callable[[int, dict[str, Any]], None]
    """Told the HTTP status and the JSON of the answer, if it comes back."""
    number: int | None = None
    """The device's own number, to which the hub holds it; None serves any."""
    late_at: int | None = None
    """Virtual time from which on this wish is really too late; None where it never is."""
    store: str = ""
    """The id of the device's store; empty where it keeps nothing."""
    seen: str = ""
    """The highest mark it was told."""
    request: Request | None = None
    """What it asks for, where no path says it: a device gives back what another machine did."""
    on_outcome: Callable[[Outcome | Exception], None] | None = None
    """Told the outcome in place of `reply`."""


@dataclass(frozen=True)
class Held:
    """A standby's question, which a hub may hold."""

    who: str
    question: Question
    reply: Callable[[Page | None], None]
    """Told the page; None where there is none."""


@dataclass(frozen=True)
class Back:
    """What a device gives back in one request."""

    who: str
    role: Role
    body: bytes
    seen: str
    reply: Callable[[bytes], None]
    """Told the answer; empty where it was not taken."""


def address(command: AnyCommand) -> tuple[str, dict[str, Any]]:
    """Return path and body of a command."""
    fields: dict[str, Any] = msgspec.to_builtins(command)
    fields.pop("type")
    route = _routes().get(type(command))
    if route is None:
        return f"{BARE}{type(command).__name__}", fields
    names = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
    path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(fields[found[1]]), route.path)
    return path, {name: value for name, value in fields.items() if name not in names}


def read(letter: Letter) -> Parsed:
    """Take a letter apart as the hub's edge does.

    Raises:
        BadRequestError: it makes no command.
        KeyError: there is no such path.
    """
    body = msgspec.json.encode(letter.body)
    if letter.path.startswith(BARE):
        kind = getattr(cmd, letter.path.removeprefix(BARE))
        return parse(CommandRoute(letter.path, kind, frozenset(Role), ""), {}, body)
    for pattern, route in _patterns():
        if found := pattern.fullmatch(letter.path):
            return parse(route, {k: int(v) if k == "counter" else v for k, v in found.groupdict().items()}, body)
    raise KeyError(letter.path)


@cache
def _routes() -> dict[type, CommandRoute]:
    return {route.command: route for route in reversed(COMMAND_ROUTES)}


@cache
def _patterns() -> list[tuple[re.Pattern[str], CommandRoute]]:
    def pattern(path: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)(?::\w+)?\}", r"(?P<\1>[^/]+)", path))

    return [(pattern(route.path), route) for route in COMMAND_ROUTES]
