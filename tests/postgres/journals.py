"""A hub's journal in memory, with the hash rule written once more, so that central is judged by a second hand."""

import hashlib
import threading
from typing import Any

from kiosk.domain.events import SideData
from kiosk.ports import JournalRow, PushBatch

MORNING = 1_795_393_800_000
"""07:30 in Vietnam on Monday 23 November 2026, UTC milliseconds."""
DAY = "2026-11-23"

Changed = tuple[tuple[str, dict[str, Any]], ...]
"""Query rows with the name of their table."""


class MemoryJournal:
    """A `JournalSource` that tests write to while a pusher reads it."""

    def __init__(self, epoch: int = 1, rows: list[JournalRow] | None = None) -> None:
        self.epoch = epoch
        self.rows = rows or []
        self._query: dict[tuple[str, object], tuple[int, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def add(
        self, body: bytes = b'{"type":"day_opened/1"}', *, side: tuple[SideData, ...] = (), changed: Changed = ()
    ) -> JournalRow:
        """Append a row. Query rows get its seq as `last_seq`, unless they say otherwise."""
        with self._lock:
            seq = len(self.rows) + 1
            previous = self.rows[-1].hash if self.rows else "00" * 32
            row = chained(previous, self.epoch, seq, body, side)
            self.rows.append(row)
            for kind, values in changed:
                self._query[kind, values.get("id")] = (seq, {"last_seq": seq, **values})
            return row

    def add_tickets(self, count: int) -> None:
        """Append that many rows, each issuing a ticket."""
        for _ in range(count):
            n = len(self.rows) + 1
            self.add(b'{"n":%d}' % n, changed=(("tickets", ticket(f"t{n}", issued_at=MORNING + n * 1000)),))

    def promoted(self, after: int, epoch: int) -> "MemoryJournal":
        """Return the journal of a standby that had seen rows up to `after` and took over with a higher epoch."""
        other = MemoryJournal(epoch, self.rows[:after])
        other._query = {key: placed for key, placed in self._query.items() if placed[0] <= after}
        return other

    def restate(self, kind: str, seq: int, values: dict[str, Any]) -> None:
        """Set a query row as this hub's tables have it, last changed by row `seq`."""
        self._query[kind, values["id"]] = (seq, {**values, "last_seq": seq})

    def hashes(self) -> list[tuple[int, str]]:
        """Return seq and hash of every row."""
        return [(row.seq, row.hash) for row in self.rows]

    def batch_after(self, seq: int, limit: int) -> PushBatch:
        """See `JournalSource`."""
        with self._lock:
            rows = tuple(self.rows[seq : seq + limit])
            changed: dict[str, tuple[dict[str, Any], ...]] = {}
            for (kind, _), (placed, values) in self._query.items():
                if seq < placed <= seq + len(rows):
                    changed[kind] = (*changed.get(kind, ()), values)
        return PushBatch(rows, changed)

    def row_at(self, seq: int) -> JournalRow | None:
        """See `JournalSource`."""
        with self._lock:
            return self.rows[seq - 1] if 0 < seq <= len(self.rows) else None


class OneBatch:
    """A `JournalSource` that offers exactly one batch, however wrong, after a past that is as it was."""

    def __init__(self, batch: PushBatch, past: list[JournalRow]) -> None:
        self._batch = batch
        self._past = past

    def batch_after(self, seq: int, limit: int) -> PushBatch:
        """See `JournalSource`."""
        return self._batch

    def row_at(self, seq: int) -> JournalRow | None:
        """See `JournalSource`."""
        return next((row for row in self._past if row.seq == seq), None)


def chained(previous: str, epoch: int, seq: int, body: bytes, side: tuple[SideData, ...] = ()) -> JournalRow:
    """Make a row that continues the one with the hash `previous`."""
    at = MORNING + seq * 1000
    command_id = f"0190f000-0000-7000-8000-{seq:012d}"
    numbers = b"".join(n.to_bytes(8, "big") for n in (epoch, seq, at))
    digest = hashlib.sha256(bytes.fromhex(previous) + numbers + command_id.encode() + b"\x00" + body)
    return JournalRow(seq, epoch, at, command_id, body, digest.hexdigest(), side)


def ticket(ticket_id: str, **values: Any) -> dict[str, Any]:
    """Return a ticket's query row as the hub sends it."""
    return {
        "id": ticket_id, "day": DAY, "number": "A001", "queue": "A", "procedure": None, "state": "waiting",
        "kiosk": 1, "language": "vi", "priority_minutes": 0, "issued_at": MORNING, "called_at": None,
        "started_at": None, "finished_at": None, "counter": None, "staff": None, "calls": 0, "training": 0,
        "printed": 1, **values,
    }  # fmt: skip


def visit(ticket_id: str, **values: Any) -> dict[str, Any]:
    """Return a step's query row as the hub sends it."""
    return {
        "id": f"{ticket_id}#1", "ticket_id": ticket_id, "day": DAY, "step": 1, "queue": "A", "counter": 2,
        "staff": "nv02", "called_at": MORNING + 9000, "started_at": None, "ended_at": None, "outcome": None, **values,
    }  # fmt: skip


def rating(ticket_id: str, **values: Any) -> dict[str, Any]:
    """Return a rating's query row as the hub sends it."""
    return {
        "id": ticket_id, "day": DAY, "counter": 2, "staff": "nv02", "label_set": "legal3", "channel": "tablet",
        "scope": "visit", "ballot_ref": f"{ticket_id}/ballot", "ballot_hash": "ab" * 32, "rated_at": MORNING + 60_000,
        **values,
    }  # fmt: skip


def period(counter: int, started_seq: int, **values: Any) -> dict[str, Any]:
    """Return the query row of a stretch at a counter that began with row `started_seq`, as the hub sends it."""
    started_at = MORNING + started_seq * 1000
    return {
        "id": f"{DAY}/{counter}/{started_at}/open", "day": DAY, "counter": counter, "staff": "nv02", "kind": "open",
        "reason": "", "started_at": started_at, "ended_at": None, "undone": 0, **values,
    }  # fmt: skip


def service_day(**values: Any) -> dict[str, Any]:
    """Return a day's query row as the hub sends it."""
    return {
        "id": DAY, "day": DAY, "opened_at": MORNING + 1000, "closed_at": None, "issued": 0, "done": 0, "no_shows": 0,
        "cancelled": 0, "expired": "", "not_come": 0, "deferred": 0, "away": 0, "booked": 0, **values,
    }  # fmt: skip
