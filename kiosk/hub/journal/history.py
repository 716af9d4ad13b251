"""Questions to the query tables: what a ticket stood by, how a day went. Every one is short and reads nothing else."""

from sqlite_utils import Database

from kiosk.domain.events import TicketCalled, TicketRecalled
from kiosk.domain.hall_events import DayClosed, DayReport
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import CallReason, RankReason, TicketState
from kiosk.domain.upcast import event_of
from kiosk.domain.why import Stand, Wait
from kiosk.hub.journal.chain import head_of
from kiosk.wire import reports

_STAND = """
    SELECT number, coalesce(arrived_at, issued_at), priority_confirmed, slot_at, state, waiting_seq, queue,
           rank_at, rank_seq, rank_reason, last_seq
    FROM tickets WHERE id = ?
"""
_WAITS = """
    SELECT waiting_seq, queue, rank_at, rank_seq, rank_reason, call_seq, called_at, counter, call_reason
    FROM steps WHERE id >= ? || '#' AND id < ? || '$' AND NOT undone ORDER BY step
"""
_QUEUES = """
    SELECT queue, count(*), count(wait_error_minutes), coalesce(sum(wait_error_minutes = 0), 0),
           coalesce(avg(wait_error_minutes), 0), coalesce(avg(abs(wait_error_minutes)), 0), avg(waited_ms)
    FROM tickets WHERE service_day = ? AND NOT training AND waited_ms IS NOT NULL GROUP BY queue ORDER BY queue
"""
_PAPERS = """
    SELECT counter, queue, sum(outcome = 'papers'), count(*)
    FROM steps WHERE day = ? AND NOT training AND NOT undone AND ended_at IS NOT NULL
    GROUP BY counter, queue HAVING sum(outcome = 'papers') > 0 ORDER BY counter, queue
"""
_PERIODS = """
    SELECT counter, staff, kind, started_at, ended_at, reason
    FROM periods WHERE day = ? AND NOT undone ORDER BY counter, started_at, ended_at IS NULL, ended_at
"""
_OPEN_DAY = """
    SELECT count(*) FILTER (WHERE state NOT IN ('booked', 'deferred')), count(*) FILTER (WHERE state = 'done'),
           count(*) FILTER (WHERE state = 'no_show'), count(*) FILTER (WHERE state = 'cancelled'),
           count(*) FILTER (WHERE state = 'away'), count(*) FILTER (WHERE state = 'booked')
    FROM tickets WHERE service_day = ? AND NOT training
"""

_CALL = """
    WITH openings AS (SELECT seq, CAST(body AS TEXT) ->> 'day' AS day FROM journal
                      WHERE substr(type, 1, 4) = 'day_' AND type LIKE 'day_opened/%'),
         of_day AS (SELECT min(seq) AS first FROM openings WHERE day = ?)
    SELECT seq FROM journal, of_day
    WHERE seq > first AND seq < coalesce((SELECT min(seq) FROM openings WHERE seq > first AND day <> ?), 1 << 62)
      AND (type LIKE 'ticket_called/%' OR type LIKE 'ticket_recalled/%')
    ORDER BY seq LIMIT 1 OFFSET ?
"""
"""The rows that were calls, from a day's first opening to the opening of another one."""


def stand_of(db: Database, ticket_id: str) -> Stand | None:
    """Return what a ticket stood by, on whatever day."""
    row = db.execute(_STAND, (ticket_id,)).fetchone()
    if row is None:
        return None
    number, came_at, confirmed, slot_at, state, since, queue, rank_at, rank_seq, rank_reason, last_seq = row
    waits = [
        Wait(
            since_seq=w[0],
            queue=w[1],
            rank_at=w[2],
            rank_seq=w[3],
            rank_reason=RankReason(w[4]),
            call_seq=w[5],
            called_at=w[6],
            counter=w[7],
            call_reason=CallReason(w[8]) if w[8] else None,
        )
        for w in db.execute(_WAITS, (ticket_id, ticket_id))
    ]
    last_call = waits[-1].call_seq or 0 if waits else 0
    if since > last_call:
        until = None if state == TicketState.WAITING else last_seq
        waits.append(Wait(since, queue, rank_at, rank_seq, RankReason(rank_reason), until))
    return Stand(ticket_id, number, came_at, bool(confirmed), slot_at, tuple(waits))


def ticket_named(db: Database, name: str, day: str) -> str | None:
    """Return the id of a ticket that is named by its id, or by the number it has on a service day."""
    row = db.execute(
        "SELECT id FROM tickets WHERE id = ? UNION ALL SELECT id FROM tickets WHERE number = ? AND service_day = ?"
        " LIMIT 1",
        (name, name, day),
    ).fetchone()
    return str(row[0]) if row else None


def day_of(db: Database, ticket_id: str) -> str:
    """Return a ticket's service day; "" where there is no such ticket."""
    row = db.execute("SELECT service_day FROM tickets WHERE id = ?", (ticket_id,)).fetchone()
    return str(row[0]) if row else ""


def call_of(db: Database, day: str, nth: int) -> tuple[Stand, Wait] | None:
    """Return the ticket a day's call `nth` (`Call.nth`) called, and the wait that it, or the call it repeats, ended."""
    row = db.execute(_CALL, (day, day, nth - 1)).fetchone() if nth else None
    return call_at(db, row[0]) if row is not None else None


def call_at(db: Database, seq: int) -> tuple[Stand, Wait] | None:
    """Return the same of the call that is in row `seq`; None where that is no call, or one that was taken back."""
    row = db.execute("SELECT body FROM journal WHERE seq = ?", (seq,)).fetchone()
    event = event_of(row[0]) if row else None
    if not isinstance(event, TicketCalled | TicketRecalled):
        return None
    stand = stand_of(db, event.ticket_id)
    waits = [w for w in stand.waits if w.call_seq is not None and w.call_seq <= seq] if stand is not None else []
    if stand is None or not waits or (isinstance(event, TicketCalled) and waits[-1].call_seq != seq):
        return None
    return stand, waits[-1]


def day(db: Database, name: str) -> reports.DayAnswer | None:
    """Return how a day ended, or how it stands; what an open one has given, only the hall knows."""
    row = db.execute(
        "SELECT last_seq, opened_at, closed_at, issued, done, no_shows, cancelled, expired, not_come, deferred, away,"
        " booked FROM days WHERE id = ?",
        (name,),
    ).fetchone()
    if row is None:
        return None
    last_seq, opened_at, closed_at, issued, done, no_shows, cancelled, expired, *ahead = row
    if closed_at is None:
        issued, done, no_shows, cancelled, away, booked = db.execute(_OPEN_DAY, (name,)).fetchone()
        report = DayReport(issued, done, no_shows, cancelled, away=away, booked=booked)
        seq, head = head_of(db)
        return reports.DayAnswer(name, report, opened_at, head_seq=seq, head_hash=head.hex())
    report = DayReport(issued, done, no_shows, cancelled, tuple(expired.split()), *ahead)
    body, closing = db.execute("SELECT body, hash FROM journal WHERE seq = ?", (last_seq,)).fetchone()
    event = event_of(body)
    given = event.given if isinstance(event, DayClosed) else {}
    return reports.DayAnswer(name, report, opened_at, closed_at, given, last_seq, closing.hex())


def waits(db: Database, name: str) -> reports.WaitsReport:
    """Return how well a day's waits were told, and who was sent for papers."""
    queues = tuple(
        reports.QueueWaits(q, called, told, within, round(mean, 1), round(miss, 1), round(waited / MINUTE_MS, 1))
        for q, called, told, within, mean, miss, waited in db.execute(_QUEUES, (name,))
    )
    papers = tuple(reports.PapersTrips(*row) for row in db.execute(_PAPERS, (name,)))
    return reports.WaitsReport(name, queues, papers)


def periods(db: Database, name: str) -> reports.PeriodsReport:
    """Return who sat where on a day, from when to when."""
    return reports.PeriodsReport(name, tuple(reports.Period(*row) for row in db.execute(_PERIODS, (name,))))
