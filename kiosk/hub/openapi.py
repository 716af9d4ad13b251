"""The OpenAPI document, assembled from the route table and msgspec's own schemas, and a page to read it (DESIGN §5)."""

from html import escape
from typing import Any

import msgspec

from kiosk.domain.commands import Role
from kiosk.hub.routes import COMMAND_ROUTES, OTHER_ROUTES, CommandRoute
from kiosk.wire.problems import MEDIA_TYPE, Problem
from kiosk.wire.views import Answer, BoardView, CounterView, KioskView, SupervisorView, TabletView

_REF = "#/components/schemas/{name}"


def document(version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    types = [route.command for route in COMMAND_ROUTES]
    views = [KioskView, BoardView, CounterView, TabletView, SupervisorView, Answer, Problem]
    schemas, components = msgspec.json.schema_components([*types, *views], ref_template=_REF)
    by_type = dict(zip(types, schemas, strict=False))
    for route in COMMAND_ROUTES:
        _shorten(components[route.command.__name__], route)
    paths: dict[str, Any] = {_path(r.path): {"post": _operation(r, by_type[r.command])} for r in COMMAND_ROUTES}
    for other in OTHER_ROUTES:
        paths[other.path] = {
            other.method.lower(): {
                "summary": other.says,
                "description": f"For: {_whom(other.roles)}.",
                "responses": {"200": {"description": "OK"}},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mời hub", "version": version},
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"device": []}],
        "paths": paths,
    }


def page(version: str) -> str:
    """Return the document as a plain page that needs nothing from outside."""
    rows = []
    for path, methods in document(version)["paths"].items():
        for method, operation in methods.items():
            rows.append(
                f"<tr><td><code>{method.upper()}</code></td><td><code>{escape(path)}</code></td>"
                f"<td>{escape(operation['summary'])}<br><small>{escape(operation['description'])}</small></td></tr>"
            )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<title>Mời hub</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;"
        "padding:0 1rem;background:#FBF7EE;color:#12221F}td{padding:.4rem .8rem .4rem 0;vertical-align:top;"
        "border-top:1px solid #DCD3BF}code{font-size:.95em}</style>"
        f"<h1>Mời hub {escape(version)}</h1><p>For machines: <a href=/openapi.json>openapi.json</a>. "
        "Every POST takes an <code>Idempotency-Key</code>; errors are <code>application/problem+json</code>.</p>"
        f"<table>{''.join(rows)}</table>"
    )


def _path(path: str) -> str:
    return path.replace(":number", "")


def _shorten(schema: dict[str, Any], route: CommandRoute) -> None:
    """Leave out of a body what the path already says, and the tag that only the journal needs."""
    taken = {"type"} | {name for name in ("counter", "ticket_id") if f"{{{name}" in route.path}
    for name in taken:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema.get("required", []) if name not in taken]


def _operation(route: CommandRoute, schema: dict[str, Any]) -> dict[str, Any]:
    parameters = [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}]
    for name, kind in (("counter", "integer"), ("ticket_id", "string")):
        if f"{{{name}" in route.path:
            parameters.append({"name": name, "in": "path", "required": True, "schema": {"type": kind}})
    answer = {"application/json": {"schema": {"$ref": _REF.format(name="Answer")}}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name="Problem")}}}
    return {
        "summary": route.says,
        "description": f"For: {_whom(route.roles)}.",
        "parameters": parameters,
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {
            "200": {"description": "Done, once", "content": answer},
            "default": {"description": "Not done", "content": problem},
        },
    }


def _whom(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "anyone"
