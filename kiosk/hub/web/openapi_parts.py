"""What the OpenAPI document says of each route: parameters, bodies, answers, and every status with its codes."""

import re
from typing import Any

from msgspec import Struct

from kiosk.domain.commands import OpenCounter
from kiosk.domain.procedure import Catalogue
from kiosk.hub.access.presence import Heartbeat, HeartbeatAnswer
from kiosk.hub.metrics import CONTENT_TYPE
from kiosk.hub.web.access_web import PairAnswer, PairRequest, SignedIn, SignIn
from kiosk.hub.web.copy_http import MSGPACK
from kiosk.hub.web.routes import ANYONE, CommandRoute, OtherRoute
from kiosk.wire.kept import Placed, Returned
from kiosk.wire.problems import CATALOGUE, MEDIA_TYPE, Problem
from kiosk.wire.reports import DayAnswer, PaperAnswer, PeriodsReport, SideAnswer, WaitsReport, WhyAnswer
from kiosk.wire.views import Answer, BoardView, CounterView, KioskView, SupervisorView, TabletView

REF = "#/components/schemas/{name}"
JSON, HTML, STREAM = "application/json", "text/html; charset=utf-8", "text/event-stream; charset=utf-8"
VIEWS = (KioskView, BoardView, CounterView, TabletView, SupervisorView)
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
}
SESSION = {"name": "Moi-Staff", "in": "header", "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{0,64}$"}}
LANGUAGE = {"name": "Accept-Language", "in": "header", "schema": {"type": "string", "enum": ["vi", "en"]}}
SEE_OTHER, NOT_MODIFIED = 303, 304
"""Statuses whose answers have no body."""
ALWAYS = ("internal",)
OF_DEVICES = ("not_signed_in", "wrong_role")
OF_BODIES = ("bad_json", "too_large")
OF_COMMANDS = ("idempotency_key_missing", "wrong_number", "wrong_staff_role", "staff_not_signed_in", "key_reused")
NOT_OF_COMMANDS = (
    "method_not_allowed",
    "unknown_command",
    "wrong_code",
    "too_many_codes",
    "counter_missing",
)
"""Codes that no command's answer has, beside those of PINs, which belong to opening a counter."""
OF_PINS = ("wrong_pin", "too_many_tries")


class Details(Struct, frozen=True):
    """What is special about a route that is no command."""

    query: tuple[str, ...] = ()
    body: type[Struct] | None = None
    answers: tuple[type[Struct], ...] = ()
    media: str = JSON
    problems: tuple[str, ...] = ()
    others: tuple[int, ...] = ()
    """Further statuses that are no problems."""


DETAILS: dict[str, Details] = {
    "command_outcome": Details(answers=(Answer,), problems=("unknown_command",)),
    "hall": Details(("counter",), answers=VIEWS, problems=("counter_missing", "unknown_counter", "wrong_number")),
    "events": Details(("counter",), media=STREAM, problems=("counter_missing", "unknown_counter", "wrong_number")),
    "journal": Details(("after",), problems=("bad_json",)),
    "copy": Details(("after", "epoch", "hash", "url", "wait"), media=MSGPACK, problems=("bad_json",)),
    "files": Details(media=MSGPACK),
    "returned": Details(body=Returned, answers=(Placed,), problems=("storage_full", "outcome_unknown")),
    "catalogue": Details(answers=(Catalogue,), others=(304,)),
    "heartbeat": Details(body=Heartbeat, answers=(HeartbeatAnswer,)),
    "pair": Details(body=PairRequest, answers=(PairAnswer,), problems=("wrong_code", "too_many_codes")),
    "sign_in": Details(body=SignIn, answers=(SignedIn,), problems=(*OF_PINS, "wrong_staff_role")),
    "check_staff": Details(body=SignIn, problems=OF_PINS),
    "accept_clock": Details(problems=("staff_not_signed_in", "wrong_staff_role")),
    "why": Details(("other",), answers=(WhyAnswer,), problems=("unknown_ticket", "not_called_yet")),
    "why_call": Details(("day",), answers=(WhyAnswer,), problems=("bad_json", "unknown_call")),
    "side": Details(
        ("counter",),
        answers=(SideAnswer,),
        problems=("unknown_ticket", "counter_missing", "unknown_counter", "wrong_number", "wrong_counter"),
    ),
    "paper": Details(("kiosk",), answers=(PaperAnswer,), problems=("unknown_ticket", "wrong_number", "bad_json")),
    "day": Details(answers=(DayAnswer,), problems=("bad_json", "unknown_day")),
    "waits": Details(("day",), answers=(WaitsReport,), problems=("bad_json",)),
    "periods": Details(("day",), answers=(PeriodsReport,), problems=("bad_json",)),
    "ticket_page": Details(media=HTML, others=(404,)),
    "cancel_page": Details(media=HTML, others=(SEE_OTHER, 404)),
    "cancel_ticket": Details(media=HTML, others=(SEE_OTHER, 404)),
    "why_page": Details(media=HTML, others=(SEE_OTHER, 404)),
    "health": Details(others=(503,)),
    "metrics": Details(media=CONTENT_TYPE),
    "openapi_page": Details(media=HTML),
}
"""By the name of the route's handler."""


def types() -> list[type[Struct]]:
    """Return every type these routes speak of."""
    found = [kind for one in DETAILS.values() for kind in (one.body, *one.answers) if kind is not None]
    return list(dict.fromkeys([*found, Answer, Problem]))


def command(route: CommandRoute, body: dict[str, Any]) -> dict[str, Any]:
    """Describe a command's operation."""
    not_of = {*NOT_OF_COMMANDS, *(() if route.command is OpenCounter else OF_PINS)}
    missing = _missing(route)
    codes = (
        code for code, (status, _) in CATALOGUE.items() if code not in not_of and (status != 404 or code in missing)
    )
    return {
        "summary": route.says,
        "description": f"For: {whom(route.roles)}.",
        "parameters": [KEY, SESSION, LANGUAGE, *_in_path(route.path)],
        "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
        "responses": {"200": _answer("Done, once", JSON, (Answer,)), **_problems(tuple(codes))},
    }


def other(route: OtherRoute) -> dict[str, Any]:
    """Describe the operation of a route that is no command."""
    details = DETAILS.get(route.name, Details())
    address = ("not_found",) if varying(route.path) else ()
    codes = (*ALWAYS, *address, *(OF_DEVICES if route.roles != ANYONE else ()), *details.problems)
    operation: dict[str, Any] = {
        "summary": route.says,
        "description": f"For: {whom(route.roles)}.",
        "parameters": [
            *_in_path(route.path),
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in details.query),
            *([SESSION] if "staff_not_signed_in" in codes else []),
            LANGUAGE,
        ],
        "responses": {
            "200": _answer("OK", details.media, details.answers),
            **_problems((*codes, *(OF_BODIES if details.body else ()))),
        },
    }
    for status, says in ((status, HTTP_SAYS[status]) for status in details.others):
        described = operation["responses"].setdefault(str(status), {"description": says})
        if status not in (SEE_OTHER, NOT_MODIFIED):
            described.setdefault("content", {})[details.media] = {"schema": {}}
    if details.body is not None:
        schema = {"$ref": REF.format(name=details.body.__name__)}
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    if route.roles == ANYONE:
        operation["security"] = []
    return operation


HTTP_SAYS = {
    SEE_OTHER: "Go to the ticket's page",
    NOT_MODIFIED: "The device has it already",
    404: "No such ticket",
    503: "The hub cannot do its work",
}


def whom(roles: frozenset[Any]) -> str:
    """Say who may ask."""
    return ", ".join(sorted(role.value for role in roles)) or "anyone"


def varying(path: str) -> dict[str, str]:
    """Return what varies in an address, with its JSON type."""
    return {name: "integer" if number else "string" for name, number in re.findall(r"{(\w+)(:number)?}", path)}


def _missing(route: CommandRoute) -> set[str]:
    """Return the codes of what a command may name and there is none of."""
    named = {
        "ticket_id": "unknown_ticket",
        "token": "unknown_ticket",
        "counter": "unknown_counter",
        "to_counter": "unknown_counter",
        "kiosk": "unknown_kiosk",
    }
    found = {code for field, code in named.items() if field in route.command.__struct_fields__}
    return found | ({"not_found"} if varying(route.path) else set())


def _in_path(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": kind, **({"minimum": 0, "maximum": 9999} if kind == "integer" else {"minLength": 1})},
        }
        for name, kind in varying(path).items()
    ]


def _answer(says: str, media: str, kinds: tuple[type[Struct], ...]) -> dict[str, Any]:
    schemas = [{"$ref": REF.format(name=kind.__name__)} for kind in kinds]
    schema = {} if not schemas else schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {"description": says, "content": {media: {"schema": schema}}}


def _problems(codes: tuple[str, ...]) -> dict[str, Any]:
    """Return the responses that are problems: each status with the codes it may carry."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(CATALOGUE[code][0], []).append(code)
    problem = {"$ref": REF.format(name=Problem.__name__)}
    return {
        str(status): {
            "description": "; ".join(f"`{code}`: {CATALOGUE[code][1]}" for code in found),
            "content": {MEDIA_TYPE: {"schema": {"allOf": [problem], "properties": {"code": {"enum": sorted(found)}}}}},
        }
        for status, found in sorted(by_status.items())
    }
