"""The OpenAPI document, assembled from the route table and msgspec's own schemas, and a page to read it (DESIGN §5)."""

from html import escape
from typing import Any

import msgspec

from kiosk.hub.web import openapi_parts as parts
from kiosk.hub.web.parsing import Beside
from kiosk.hub.web.routes import COMMAND_ROUTES, OTHER_ROUTES, CommandRoute


def document(version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    commands = list(dict.fromkeys(route.command for route in COMMAND_ROUTES))
    _, components = msgspec.json.schema_components([*commands, *parts.types(), Beside], ref_template=parts.REF)
    beside = components.pop(Beside.__name__)["properties"]
    paths: dict[str, dict[str, Any]] = {}
    for route in COMMAND_ROUTES:
        _make_body(components[route.command.__name__], route, beside)
        body = {"$ref": parts.REF.format(name=route.command.__name__)}
        paths.setdefault(_path(route.path), {})["post"] = parts.command(route, body)
    for other in OTHER_ROUTES:
        paths.setdefault(_path(other.path), {})[other.method.lower()] = parts.other(other)
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


def _make_body(schema: dict[str, Any], route: CommandRoute, beside: dict[str, Any]) -> None:
    """Make a command's schema that of its body: without what the path says and the tag that only the journal needs,
    with what may stand beside it.
    """
    taken = {"type", *parts.varying(route.path)}
    own = {name: kind for name, kind in schema["properties"].items() if name not in taken}
    schema["properties"] = own | beside
    schema["required"] = [name for name in schema.get("required", []) if name not in taken]
    schema["additionalProperties"] = False
