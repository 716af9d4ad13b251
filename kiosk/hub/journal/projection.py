"""Query rows from events: what reports read, written with the journal and rebuildable from it (DESIGN §3).

A row is what the hall says of a ticket, a stretch at a counter or a day after an event; nothing is read from the tables
to write them, but for facts that arrive after their day, when the hall holds the ticket no more.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from kiosk.domain import events as ev
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.hall import Hall
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import AT_COUNTER, Ticket

_ID, _TEXT, _NEEDED, _NUMBER, _COUNT = "TEXT PRIMARY KEY", "TEXT", "TEXT NOT NULL", "INTEGER", "INTEGER NOT NULL"
COLUMNS: dict[str, dict[str, str]] = {
    "tickets": {
        "id": _ID, "day": _NEEDED, "service_day": _NEEDED, "number": _NEEDED, "queue": _NEEDED, "procedure": _TEXT,
        "state": _NEEDED, "outcome": _NEEDED, "cancel_reason": _NEEDED, "kiosk": _COUNT, "language": _NEEDED,
        "dossiers": _COUNT, "competent": _NEEDED, "journey": _NEEDED, "priority_minutes": _COUNT,
        "priority_confirmed": _COUNT, "rank_at": _COUNT, "rank_seq": _COUNT, "rank_reason": _NEEDED, "slot_at": _NUMBER,
        "issued_at": _COUNT, "arrived_at": _NUMBER, "waiting_at": _NUMBER, "waiting_seq": _COUNT,
        "first_called_at": _NUMBER, "called_at": _NUMBER, "started_at": _NUMBER, "finished_at": _NUMBER,
        "until": _NUMBER, "counter": _NUMBER, "staff": _TEXT, "call_reason": _TEXT, "calls": _COUNT, "steps": _COUNT,
        "papers_trips": _COUNT, "wait_low": _NUMBER, "wait_high": _NUMBER, "waited_ms": _NUMBER,
        "wait_error_minutes": _NUMBER, "training": _COUNT, "printed": _COUNT, "paper_lost": _COUNT, "last_seq": _COUNT,
    },
    "steps": {
        "id": _ID, "ticket_id": _NEEDED, "day": _NEEDED, "step": _COUNT, "queue": _NEEDED, "counter": _COUNT,
        "staff": _NEEDED, "waiting_at": _NUMBER, "waiting_seq": _COUNT, "rank_at": _COUNT, "rank_seq": _COUNT,
        "rank_reason": _NEEDED, "call_reason": _TEXT, "call_seq": _COUNT, "calls": _COUNT, "called_at": _COUNT,
        "started_at": _NUMBER, "ended_at": _NUMBER, "outcome": _TEXT, "result": _TEXT, "dossiers": _COUNT,
        "training": _COUNT, "undone": _COUNT, "last_seq": _COUNT,
    },
    "ratings": {
        "id": _ID, "day": _NEEDED, "counter": _NUMBER, "staff": _TEXT, "label_set": _NEEDED, "channel": _NEEDED,
        "scope": _NEEDED, "ballot_ref": _NEEDED, "ballot_hash": _NEEDED, "rated_at": _COUNT, "training": _COUNT,
        "last_seq": _COUNT,
    },
    "periods": {
        "id": _ID, "day": _NEEDED, "counter": _COUNT, "staff": _NEEDED, "kind": _NEEDED, "reason": _NEEDED,
        "started_at": _COUNT, "ended_at": _NUMBER, "undone": _COUNT, "last_seq": _COUNT,
    },
    "days": {
        "id": _ID, "day": _NEEDED, "opened_at": _NUMBER, "closed_at": _NUMBER, "issued": _COUNT, "done": _COUNT,
        "no_shows": _COUNT, "cancelled": _COUNT, "expired": _NEEDED, "not_come": _COUNT, "deferred": _COUNT,
        "away": _COUNT, "booked": _COUNT, "last_seq": _COUNT,
    },
}  # fmt: skip
"""The tables, each with its columns in order and their types. `day` is part of central's key and never changes in a
row: of a ticket it is the day it was first meant for, `service_day` the one it is for now."""

_ENDS: dict[type, str] = {
    ev.TicketFinished: "done",
    ev.StepFinished: "next_step",
    ev.TicketNoShow: "no_show",
    ev.TicketParked: "parked",
    ev.TicketSentForPapers: "papers",
    ev.TicketWaiting: "transferred",
    ev.TicketCancelled: "cancelled",
    ev.TicketExpired: "expired",
}
"""How a step at a counter ended, by the event that ended it; undo leaves the row, marked `undone`."""


def _next(table: str, column: str) -> str:
    """Return a column's next value; why a ticket was called stays as it was at the call, whatever is judged later."""
    if table == "steps" and column in ("rank_at", "rank_seq", "rank_reason"):
        return f"iif(excluded.call_seq = call_seq, {column}, excluded.{column})"
    return f"excluded.{column}"


_UPSERT = {
    table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{column} = {_next(table, column)}" for column in columns if column not in ("id", "day"))
    for table, columns in COLUMNS.items()
}


class Row(Struct, frozen=True):
    """A row of a query table as it is from now on, or the statement that changes the stored one."""

    sql: str
    values: tuple[Any, ...]


def rows_of(before: Hall, after: Hall, recorded: ev.Recorded) -> list[Row]:
    """Return the query rows an event changes.

    Args:
        before: the hall the event was applied to.
        after: the hall it led to.
        recorded: the event at its place.
    """
    event = recorded.event
    if isinstance(event, ev.DayOpened | ev.DayClosed):
        return [_day_row(event, recorded)]
    if isinstance(event, ev.ActionUndone):
        touched = [ticket.id for ticket in before.acts[event.counter].ticket_before]
        return [*_of_tickets(before, after, touched, recorded), *_period_rows(before, after, event.counter, recorded)]
    if isinstance(event, ev.CounterOpened | ev.CounterPaused | ev.CounterResumed | ev.CounterClosed):
        freed = event.released if isinstance(event, ev.CounterClosed) else ()
        return [*_of_tickets(before, after, freed, recorded), *_period_rows(before, after, event.counter, recorded)]
    ticket_id = getattr(event, "ticket_id", None)
    return [] if ticket_id is None else _of_tickets(before, after, (ticket_id,), recorded)


def wait_error_minutes(ticket: Ticket) -> int | None:
    """Tell by how many minutes the wait she was told was missed: 0 within the range, above it more, below it less."""
    waited = ticket.waited_ms
    if waited is None or ticket.wait_low is None or ticket.wait_high is None:
        return None
    if waited > ticket.wait_high * MINUTE_MS:
        return -(-waited // MINUTE_MS) - ticket.wait_high
    return min(0, waited // MINUTE_MS - ticket.wait_low)


def _of_tickets(before: Hall, after: Hall, ids: Iterable[str], recorded: ev.Recorded) -> list[Row]:
    """Return the rows of the tickets an event changes."""
    rows: list[Row] = []
    for ticket_id in ids:
        ticket = after.tickets.get(ticket_id)
        if ticket is None:
            rows += _late_rows(recorded)
            continue
        rows.append(_ticket_row(ticket, recorded.seq))
        rows += _step_rows(before.tickets.get(ticket_id), ticket, recorded)
        if isinstance(recorded.event, ev.TicketRated):
            rows.append(_rating_row(ticket, recorded.event, recorded))
    return rows


def _ticket_row(t: Ticket, seq: int) -> Row:
    values = (
        t.id, t.day, t.day, t.number, t.queue, t.procedure, t.state.value, t.outcome, t.cancel_reason, t.kiosk,
        t.language, t.dossiers, t.competent, " ".join(t.journey), t.priority_minutes, int(t.priority_confirmed),
        t.rank_at, t.rank_seq, t.rank_reason.value, t.slot_at, t.issued_at, t.arrived_at, t.waiting_at, t.waiting_seq,
        t.first_called_at, t.called_at, t.started_at, t.finished_at, t.until, t.counter, t.staff,
        t.call_reason and t.call_reason.value, t.calls, t.steps, t.papers_trips, t.wait_low, t.wait_high, t.waited_ms,
        wait_error_minutes(t), int(t.training), int(t.printed), int(t.paper_lost), seq,
    )  # fmt: skip
    return Row(_UPSERT["tickets"], values)


def _step_rows(old: Ticket | None, new: Ticket, recorded: ev.Recorded) -> Iterable[Row]:
    """Keep the step a ticket is at, or end the one it was at."""
    if new.state in AT_COUNTER:
        yield _step_row(new, recorded)
    elif old is not None and old.state in AT_COUNTER:
        yield _step_row(old, recorded, ended_at=recorded.at)


def _step_row(t: Ticket, recorded: ev.Recorded, ended_at: int | None = None) -> Row:
    event = recorded.event
    undone = ended_at is not None and isinstance(event, ev.ActionUndone)
    ended = ended_at is not None and not undone
    values = (
        f"{t.id}#{t.steps}", t.id, t.day, t.steps, t.queue, t.counter, t.staff or "", t.waiting_at,
        t.waiting_seq, t.rank_at, t.rank_seq, t.rank_reason.value, t.call_reason and t.call_reason.value, t.call_seq,
        t.calls, t.called_at, t.started_at, ended_at, _ENDS[type(event)] if ended else None,
        getattr(event, "outcome", None) if ended else None, t.dossiers, int(t.training), int(undone), recorded.seq,
    )  # fmt: skip
    return Row(_UPSERT["steps"], values)


def _rating_row(t: Ticket, event: ev.TicketRated, recorded: ev.Recorded) -> Row:
    values = (
        t.id, t.day, t.counter, t.staff, event.label_set, event.channel, event.scope, event.ballot_ref,
        event.ballot_hash, recorded.at, int(t.training), recorded.seq,
    )  # fmt: skip
    return Row(_UPSERT["ratings"], values)


_LATE_RATING = (
    "INSERT INTO ratings SELECT id, service_day, counter, staff, ?, ?, ?, ?, ?, ?, training, ?"
    " FROM tickets WHERE id = ?"
)
_LATE_PRINT = "UPDATE tickets SET printed = max(printed, ?), paper_lost = ?, last_seq = ? WHERE id = ?"


def _late_rows(recorded: ev.Recorded) -> Iterable[Row]:
    """Store a fact that came after its day: what it is about stands in the tickets' own row."""
    event = recorded.event
    if isinstance(event, ev.TicketRated):
        told = (event.label_set, event.channel, event.scope, event.ballot_ref, event.ballot_hash)
        yield Row(_LATE_RATING, (*told, recorded.at, recorded.seq, event.ticket_id))
    elif isinstance(event, ev.TicketPrinted):
        printed = event.result == "printed"
        yield Row(_LATE_PRINT, (int(printed), int(event.result == "refused"), recorded.seq, event.ticket_id))


def _period_rows(before: Hall, after: Hall, number: int, recorded: ev.Recorded) -> Iterable[Row]:
    """End the stretch a counter was in, and begin the next: open or paused, with who sat there."""
    old, new = before.counter(number), after.counter(number)
    if (old.state, old.since) == (new.state, new.since):
        return
    day = after.day or before.day
    if old.state is not CounterState.CLOSED:
        undone = isinstance(recorded.event, ev.ActionUndone)
        yield _period_row(old, day, recorded, ended_at=recorded.at, undone=undone)
    if new.state is not CounterState.CLOSED:
        yield _period_row(new, day, recorded)


def _period_row(
    c: Counter, day: str, recorded: ev.Recorded, ended_at: int | None = None, *, undone: bool = False
) -> Row:
    values = (
        f"{day}/{c.number}/{c.since}/{c.state.value}", day, c.number, c.staff or "", c.state.value, c.pause_reason,
        c.since, ended_at, int(undone), recorded.seq,
    )  # fmt: skip
    return Row(_UPSERT["periods"], values)


_DAY_OPENED = (
    "INSERT INTO days VALUES (?, ?, ?, NULL, 0, 0, 0, 0, '', 0, 0, 0, 0, ?)"
    " ON CONFLICT (id) DO UPDATE SET closed_at = NULL, last_seq = excluded.last_seq"
)
_DAY_CLOSED = (
    "INSERT INTO days VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS["days"] if name not in ("id", "day", "opened_at"))
)


def _day_row(event: ev.DayOpened | ev.DayClosed, recorded: ev.Recorded) -> Row:
    """Keep when a day was open and, once it was closed, its report; a day opened again is open since its first time."""
    if isinstance(event, ev.DayOpened):
        return Row(_DAY_OPENED, (event.day, event.day, recorded.at, recorded.seq))
    r = event.report or ev.DayReport()
    counts = (r.issued, r.done, r.no_shows, r.cancelled, " ".join(r.expired), r.not_come, r.deferred, r.away, r.booked)
    return Row(_DAY_CLOSED, (event.day, event.day, recorded.at, *counts, recorded.seq))
