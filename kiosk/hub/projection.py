"""Query rows from events: what reports read, written with the journal and rebuildable from it (DESIGN §3)."""

from functools import cache
from typing import Any

from msgspec import Struct

from kiosk.domain import events as ev
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import Ticket

TICKET_COLUMNS = (
    "id", "day", "number", "queue", "procedure", "state", "kiosk", "language", "priority_minutes", "issued_at",
    "called_at", "started_at", "finished_at", "counter", "staff", "calls", "training", "printed", "last_seq",
)  # fmt: skip
STEP_COLUMNS = (
    "id", "ticket_id", "day", "step", "queue", "counter", "staff", "called_at", "started_at", "ended_at", "outcome",
    "last_seq",
)  # fmt: skip
RATING_COLUMNS = (
    "id", "day", "counter", "staff", "label_set", "channel", "scope", "ballot_ref", "ballot_hash", "rated_at",
    "last_seq",
)  # fmt: skip
COLUMNS = {"tickets": TICKET_COLUMNS, "steps": STEP_COLUMNS, "ratings": RATING_COLUMNS}

_ENDS = {
    ev.TicketFinished: "done",
    ev.TicketNoShow: "no_show",
    ev.TicketParked: "parked",
    ev.TicketWaiting: "transferred",
    ev.TicketCancelled: "cancelled",
    ev.TicketExpired: "expired",
}


class Row(Struct, frozen=True):
    """A whole row of a query table, replacing the one with the same id."""

    table: str
    values: tuple[Any, ...]

    @property
    def upsert(self) -> str:
        """The statement that stores it."""
        return _upsert(self.table)


@cache
def _upsert(table: str) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(COLUMNS[table]))})"


def rows_of(before: Hall, after: Hall, recorded: ev.Recorded) -> list[Row]:
    """Return the query rows an event changes.

    Args:
        before: the hall the event was applied to.
        after: the hall it led to.
        recorded: the event at its place.
    """
    event, seq = recorded.event, recorded.seq
    ticket_id = getattr(event, "ticket_id", None)
    if ticket_id is None:
        return []
    ticket = after.tickets.get(ticket_id)
    assert ticket is not None
    rows = [_ticket_row(ticket, seq)]
    old = before.tickets.get(ticket_id)
    if isinstance(event, ev.TicketCalled | ev.TicketStarted):
        rows.append(_step_row(ticket, seq))
    elif old is not None and old.state in ("called", "serving") and type(event) in _ENDS:
        rows.append(_step_row(old, seq, ended_at=recorded.at, outcome=_ENDS[type(event)]))
    elif isinstance(event, ev.TicketRated):
        rows.append(_rating_row(ticket, event, recorded))
    return rows


def _ticket_row(t: Ticket, seq: int) -> Row:
    values = (
        t.id, t.day, t.number, t.queue, t.procedure, t.state.value, t.kiosk, t.language, t.priority_minutes,
        t.issued_at, t.called_at, t.started_at, t.finished_at, t.counter, t.staff, t.calls, int(t.training),
        int(t.printed), seq,
    )  # fmt: skip
    return Row("tickets", values)


def _step_row(t: Ticket, seq: int, ended_at: int | None = None, outcome: str | None = None) -> Row:
    values = (
        f"{t.id}#{t.steps}", t.id, t.day, t.steps, t.queue, t.counter, t.staff or "", t.called_at, t.started_at,
        ended_at, outcome, seq,
    )  # fmt: skip
    return Row("steps", values)


def _rating_row(t: Ticket, event: ev.TicketRated, recorded: ev.Recorded) -> Row:
    values = (
        t.id, t.day, t.counter, t.staff, event.label_set, event.channel, event.scope, event.ballot_ref,
        event.ballot_hash, recorded.at, recorded.seq,
    )  # fmt: skip
    return Row("ratings", values)
