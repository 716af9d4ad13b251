"""Draws pages of `docs/` from the code: `python -m tools.pages` writes them anew.

`docs/log-events.md` from the catalogue of log events, `docs/rights.md` from the table of routes, `docs/licences.md`
from the installed packages, and in `docs/queue.md` its tables.
"""

import enum
import logging
import typing
from pathlib import Path

from kiosk.domain.commands import OpenCounter, Role
from kiosk.hub.access.devices import NUMBERED, PAIRED
from kiosk.hub.access.rights import STAFF_ROLES
from kiosk.hub.web.routes import ANYONE, COMMAND_ROUTES, OTHER_ROUTES, CommandRoute, OtherRoute
from kiosk.log import catalogue, catalogue_of_data
from kiosk.log.event import LogEvent
from tools.licences import licences
from tools.queue_page import queue

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "Made from the code by `python -m tools.pages`; do not edit it by hand."


LOG_EVENTS = """\
# What the hub logs

{made}

A line is one of these events and nothing else. Fields hold numbers and words of the program: no name, no PIN, no
ticket's secret, no text that anybody typed, and of an exception its class, its code and the places in the program it
came through. What a library says is told by its place in that library only.

`hub --log text` writes sentences; `--log json` one object a line: `at` (UTC), `role`, `level`, `event`, `facts`. Both
go to standard error.

{table}
"""
RIGHTS = """\
# Who may ask the hub for what

{made}

Columns are what a device's token says it is. ● may ask, **any** needs no token; **clerk**: while a member of staff with
the role clerk is signed in at that counter; **PIN**: with the PIN of such a clerk in the request; **supervisor**: with
the session (`Moi-Staff`) of a member of staff with the role supervisor who proved the PIN at that device.

Devices that stand at a number ({numbered}) act for that number only: a counter for its counter and the tickets at it,
a kiosk for the paper of its own tickets and of those wanted from it, a tablet for visits finished at its counter.
Anything else is refused with 401 (who are you?) or 403 (not you). See [decision 0008](decisions/0008-who-may-ask.md).

{table}
"""


def log_events() -> str:
    """Return the page of log events."""
    rows = ["| event | level | what it says | fields |", "|---|---|---|---|"]
    for event in events():
        kinds = typing.get_type_hints(event)
        fields = ", ".join(f"`{name}` {_kind(kinds[name])}" for name in event.__struct_fields__)
        level = logging.getLevelName(event.level).lower()
        says = f"{_cell(event.says)}<br>{_cell(event.__doc__ or '')}"
        rows.append(f"| `{event.name()}` | {level} | {says} | {fields} |")
    return LOG_EVENTS.format(made=MADE, table="\n".join(rows))


def events() -> list[type[LogEvent]]:
    """Return every event of the catalogue, in the order it is written in."""
    modules = (catalogue.__name__, catalogue_of_data.__name__)
    return [event for event in LogEvent.__subclasses__() if event.__module__ in modules]


def rights() -> str:
    """Return the page of rights."""
    roles = list(PAIRED)
    rows = [f"| request | {' | '.join(role.value for role in roles)} | what it does |", "|---" * (len(roles) + 2) + "|"]
    for route in COMMAND_ROUTES:
        rows.append(_row(f"POST {_path(route.path)}", [_may(route, role) for role in roles], route.says))
    for other in OTHER_ROUTES:
        rows.append(
            _row(f"{other.method} {_path(other.path)}", [_may_other(other, role) for role in roles], other.says)
        )
    numbered = ", ".join(sorted(role.value for role in NUMBERED))
    return RIGHTS.format(made=MADE, numbered=numbered, table="\n".join(rows))


PAGES = {"log-events.md": log_events, "rights.md": rights, "licences.md": licences, "queue.md": queue}


def _may(route: CommandRoute, role: Role) -> str:
    if role not in route.roles:
        return ""
    if route.command is OpenCounter and role is Role.COUNTER:
        return "PIN"
    return STAFF_ROLES.get(role, "●")


def _may_other(route: OtherRoute, role: Role) -> str:
    if route.roles == ANYONE:
        return "any"
    if role not in route.roles:
        return ""
    return STAFF_ROLES[role] if route.needs_staff else "●"


def _row(request: str, marks: list[str], says: str) -> str:
    return f"| `{request}` | {' | '.join(marks)} | {_cell(says)} |"


def _path(path: str) -> str:
    return path.replace(":number", "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _kind(kind: type) -> str:
    return {type: "class", enum.Enum: "word"}.get(kind, kind.__name__.lower())


if __name__ == "__main__":
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
