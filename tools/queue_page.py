"""Draws the tables of `docs/queue.md` from the code; `python -m tools.pages` writes them.

The words around them are a person's; what a state may become, and which numbers a centre may set, the code alone says.
"""

import ast
import re
from pathlib import Path

from kiosk.domain import site
from kiosk.domain.ticket import ENDED, MOVES, Move, TicketState

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queue.md"

STATES: dict[TicketState, str] = {
    TicketState.BOOKED: "đã hẹn giờ",
    TicketState.WAITING: "đang chờ",
    TicketState.CALLED: "đã mời",
    TicketState.SERVING: "đang phục vụ",
    TicketState.DONE: "xong",
    TicketState.NO_SHOW: "vắng mặt",
    TicketState.PARKED: "tạm để qua một bên",
    TicketState.AWAY: "đi bổ sung giấy tờ",
    TicketState.DEFERRED: "hẹn giờ đầu ngày sau",
    TicketState.CANCELLED: "đã hủy",
    TicketState.EXPIRED: "hết hạn",
}
MOVE_NAMES: dict[Move, str] = {
    Move.ARRIVE: "checks in",
    Move.DEFER: "is promised the next day",
    Move.CALL: "is called",
    Move.RECALL: "is called again",
    Move.START: "sits down",
    Move.FINISH: "is finished",
    Move.NEXT_STEP: "goes on to the next desk",
    Move.NO_SHOW: "does not come",
    Move.PARK: "steps aside",
    Move.SEND_FOR_PAPERS: "fetches papers",
    Move.TRANSFER: "is sent elsewhere",
    Move.RETURN: "is back",
    Move.CANCEL: "gives up",
    Move.EXPIRE: "time or day is over",
}


def state_table() -> str:
    """Return the states and all moves there are between them."""
    rows = ["| state | Vietnamese | what may happen → what it is then |", "|---|---|---|"]
    for state in TicketState:
        moves = [f"{MOVE_NAMES[move]} → {to}" for (from_, move), to in MOVES.items() if from_ is state]
        told = "; ".join(moves) if moves else "nothing more: it has ended"
        assert bool(moves) != (state in ENDED)
        rows.append(f"| **{state}** | {STATES[state]} | {told} |")
    return "\n".join(rows)


def rules_table() -> str:
    """Return the numbers a centre may set, with what holds where it sets none."""
    rows = ["| setting | unless set | what it does |", "|---|---|---|"]
    rules = site.Rules()
    for name, says in _field_docs(site.Rules):
        value = getattr(rules, name)
        rows.append(f"| `{name}` | {'no limit' if value is None else value} | {says} |")
    return "\n".join(rows)


def queue() -> str:
    """Return the page with its tables of today."""
    return drawn(PAGE.read_text(encoding="utf-8"))


def drawn(text: str) -> str:
    """Return the page's text with its tables drawn anew."""
    for name, table in (("states", state_table()), ("rules", rules_table())):
        mark = f"<!-- {name}: drawn by python -m tools.pages -->"
        text = re.sub(rf"{re.escape(mark)}\n(?:\|[^\n]*\n)*", lambda _, m=mark, t=table: f"{m}\n{t}\n", text)
    return text


def _field_docs(kind: type) -> list[tuple[str, str]]:
    """Return a struct's fields, each with the docstring that follows it."""
    tree = ast.parse(Path(site.__file__).read_text(encoding="utf-8"))
    [body] = [node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == kind.__name__]
    found: list[tuple[str, str]] = []
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            says = following.value if isinstance(following, ast.Expr) else None
            text = says.value if isinstance(says, ast.Constant) and isinstance(says.value, str) else ""
            found.append((statement.target.id, re.sub(r" \(DESIGN[^)]*\)", "", " ".join(text.split()))))
    return found
