"""What became of a command: as a device is answered, and as a trace tells it."""

from typing import Any

import msgspec

from kiosk.domain.events import Refused
from kiosk.hub.work import Done, Outcome, Request
from kiosk.wire import problems


def over_http(outcome: Outcome | Exception) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON a device is answered."""
    if isinstance(outcome, Done):
        return 200, msgspec.json.decode(outcome.answer)
    if isinstance(outcome, Refused):
        problem = problems.problem(outcome.code, "vi", dict(outcome.params))
        return problem.status, {"code": outcome.code, "detail": problem.detail}
    return 500, {"code": "internal"}


def told(request: Request) -> str:
    """Name a command in a trace."""
    command = request.envelope.command
    about = [str(getattr(command, name)) for name in ("ticket_id", "counter", "queue") if getattr(command, name, None)]
    return f"{type(command).__name__}({', '.join(about)}) #{request.envelope.id[-6:]}"


def said(outcome: Outcome | Exception) -> str:
    """Say in a trace what became of it."""
    if isinstance(outcome, Done):
        return "again " + outcome.answer.decode() if outcome.repeated else outcome.answer.decode()
    return f"refused, {outcome.code}" if isinstance(outcome, Refused) else f"BUG {outcome!r}"
