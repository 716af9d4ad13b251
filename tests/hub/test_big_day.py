"""Ten thousand tickets in one service day: every number once, everybody in order, and all of it still there after it.

The largest centres of Hồ Chí Minh City serve some thousand people a day; this is a day no centre should have. It runs
through the hub itself: writer, journal, snapshots and query tables on a real folder.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import DayReport, Recorded, Refused, TicketCalled, TicketCancelled, TicketIssued
from kiosk.domain.hall import Hall
from kiosk.domain.site import CounterSetup, Site, Staff
from kiosk.domain.ticket import Outcome
from kiosk.hub.care.verify import verify
from kiosk.hub.hub import Hub
from kiosk.hub.journal import history, snapshots
from kiosk.hub.journal.chain import chained_rows
from kiosk.hub.journal.schema import DATABASE, open_for_reading
from kiosk.hub.work import Done, Request
from kiosk.wire.problems import problem
from tests.factory import MORNING, SITE, token_of
from tests.halls import FixedClock, envelope
from tests.hub.inside import CATALOGUE

TICKETS, COUNTERS, KIOSKS = 10_000, 20, 4
RANGES = {"A": (1, 6000), "B": (2000, 9999), "C": (1, 400)}
"""Each queue's numbers: C has far fewer than people come for."""
DAY = "2026-11-23"
ISSUE_TAKES_MS, ROUND_TAKES_MS = 3000, 1000


def large() -> Site:
    queues = tuple(replace(queue, first=RANGES[queue.id][0], last=RANGES[queue.id][1]) for queue in SITE.queues)
    counters = tuple(CounterSetup(n, "A", (("A", "B", "C"),)) for n in range(1, COUNTERS + 1))
    staff = tuple(Staff(f"nv{n:02d}", f"Nhân viên {n}", ("clerk",)) for n in range(1, COUNTERS + 1))
    return replace(SITE, queues=queues, counters=counters, staff=staff)


@dataclass
class BigDay:
    """The day as the people in it were told."""

    folder: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(MORNING))
    asked: int = 0
    refused: list[Refused] = field(default_factory=list)
    """What people were refused while the kiosks gave numbers."""
    cancelled: int = 0
    absent: int = 0
    served: int = 0
    rated: int = 0
    restarts: list[tuple[Hall, Hall, int]] = field(default_factory=list)
    """The hall before, the hall after, and how many rows were read for it."""

    def open(self) -> None:
        self.hub = Hub(
            self.folder,
            large(),
            CATALOGUE,
            self.clock,
            public_url=lambda: "http://hub",
            on_failure=lambda _: None,
        )
        self.hub.clock._machine_ms = lambda: self.clock.at  # both clocks go together: nobody set one
        self.hub.clock._seen = self.clock.at, self.clock.at

    @property
    def hall(self) -> Hall:
        return self.hub.writer.hall

    def do(self, *commands: cmd.AnyCommand) -> int:
        """Send commands at once; returns how many were done, and keeps what was refused."""
        futures = [self.hub.writer.submit(Request(envelope(command), "")) for command in commands]
        outcomes = [future.result(60) for future in futures]
        self.refused += [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        return sum(isinstance(outcome, Done) for outcome in outcomes)

    def restart(self) -> None:
        """Close the hub in the middle of the day and open it again."""
        before = self.hall
        self.hub.close()
        self.open()
        journal = self.hub.writer.wait_ready()
        self.restarts.append((before, journal.hall, journal.hall.seq - journal.replayed_from))

    def come(self, count: int) -> None:
        """People come to all kiosks; every sixth asks for the queue that has few numbers."""
        wishes = []
        for _ in range(count):
            ticket_id, queue = f"t{self.asked:05d}", "AABBAC"[self.asked % 6]
            priority = "elderly" if self.asked % 11 == 0 else None
            kiosk = self.asked % KIOSKS + 1
            wish = cmd.IssueTicket(
                ticket_id, token_of(ticket_id), queue, kiosk=kiosk, priority=priority, confirmed=True
            )
            wishes.append(wish)
            self.asked += 1
        self.do(*wishes)
        self.clock.at += ISSUE_TAKES_MS * count

    def serve(self) -> int:
        """Let every counter serve one person to the end; returns how many there were."""
        self.do(*(cmd.CallNext(n) for n in range(1, COUNTERS + 1)))
        here = [(n, ticket) for n, c in self.hall.counters.items() if (ticket := c.ticket) is not None]
        absent = [(n, ticket) for n, ticket in here if int(ticket[1:]) % 97 == 0]
        there = [(n, ticket) for n, ticket in here if int(ticket[1:]) % 97]
        self.clock.at += ROUND_TAKES_MS
        self.absent += self.do(*(cmd.NoShowTicket(ticket, n) for n, ticket in absent))
        self.do(*(cmd.StartTicket(ticket, n) for n, ticket in there))
        self.clock.at += ROUND_TAKES_MS
        self.served += self.do(*(cmd.FinishTicket(ticket, n, Outcome.SERVED) for n, ticket in there))
        raters = [ticket for _, ticket in there if int(ticket[1:]) % 10 == 0]
        self.rated += self.do(*(cmd.RateTicket(ticket, b"sealed", "legal") for ticket in raters))
        return len(here)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BigDay]:
    day = BigDay(tmp_path_factory.mktemp("hub"))
    day.open()
    day.do(cmd.OpenDay(), *(cmd.OpenCounter(n, f"nv{n:02d}") for n in range(1, COUNTERS + 1)))
    while day.hall.issued < TICKETS:
        day.come(min(COUNTERS + 1, TICKETS - day.hall.issued))
        day.serve()
        if day.hall.issued % 10 == 0 and (waiting := next(iter(day.hall.line("B")), None)) is not None:
            day.cancelled += day.do(cmd.CancelTicket(waiting[2]))
        if not day.restarts and day.hall.issued > TICKETS * 2 // 3:
            day.restart()
    no_number, day.refused = day.refused, []
    while day.serve():
        pass
    day.refused = no_number
    day.do(cmd.CloseDay())
    day.restart()
    yield day
    day.hub.close()


@pytest.fixture(scope="module")
def rows(day: BigDay) -> list[Recorded]:
    """The day's journal, every row against its chain."""
    db = open_for_reading(day.folder / DATABASE)
    try:
        return [recorded for _, recorded in chained_rows(db, 0)]
    finally:
        db.close()


def test_every_number_is_given_once_and_none_is_left_out(rows: list[Recorded]) -> None:
    given = defaultdict(list)
    for row in rows:
        if isinstance(row.event, TicketIssued):
            given[row.event.queue].append(row.event.number)
    assert sum(map(len, given.values())) == TICKETS
    for queue, numbers in given.items():
        first = RANGES[queue][0]
        assert numbers == [f"{queue}{first + n:03d}" for n in range(len(numbers))]
    assert len(given["C"]) == RANGES["C"][1]


def test_a_series_that_is_used_up_is_said_in_a_sentence_and_the_others_go_on(day: BigDay) -> None:
    refused = [one for one in day.refused if one.code == "series_exhausted"]
    assert len(refused) == day.asked - TICKETS > 0
    assert all(one == Refused("series_exhausted", {"queue": "C"}) for one in refused)
    assert problem("series_exhausted", "en", {"queue": "C"}).detail == "Queue C has no number left today."
    assert problem("series_exhausted", "vi", {"queue": "C"}).detail not in ("", "Queue C has no number left today.")


def test_whoever_is_called_was_next_all_day_long(rows: list[Recorded]) -> None:
    """Against a queue that is told nothing but who came, when they count as having come, and who left."""
    waiting: list[tuple[int, int, str]] = []
    left: set[str] = set()
    for row in rows:
        event = row.event
        if isinstance(event, TicketIssued):
            heapq.heappush(waiting, (event.rank_at, row.seq, event.ticket_id))
        elif isinstance(event, TicketCancelled):
            left.add(event.ticket_id)
        elif isinstance(event, TicketCalled):
            while waiting[0][2] in left:
                heapq.heappop(waiting)
            assert heapq.heappop(waiting)[2] == event.ticket_id
    assert {ticket_id for _, _, ticket_id in waiting} <= left


def test_the_days_report_counts_what_its_people_saw(day: BigDay) -> None:
    wanted = DayReport(issued=TICKETS, done=day.served, no_shows=day.absent, cancelled=day.cancelled)
    assert day.served + day.absent + day.cancelled == TICKETS
    assert min(day.served, day.absent, day.cancelled, day.rated) > 0
    report = day.hub.reader.ask(lambda db: history.day(db, DAY))
    assert report is not None
    assert report.report == wanted
    count = "SELECT state, count(*) FROM tickets GROUP BY 1"
    states = day.hub.reader.ask(lambda db: dict(db.execute(count).fetchall()))
    assert states == {"done": day.served, "expired": day.absent, "cancelled": day.cancelled}
    assert day.hub.reader.ask(lambda db: db.execute("SELECT count(*) FROM ratings").fetchone()) == (day.rated,)


def test_a_restart_in_the_middle_reads_little_and_gives_the_same_hall_as_one_after_the_end(day: BigDay) -> None:
    (before, after, read), (closed, opened, read_closed) = day.restarts
    assert after == before
    assert before.issued > TICKETS // 2
    assert read < 2 * snapshots.EVERY < before.seq
    assert opened == closed
    assert read_closed == 1


def test_the_journal_is_whole_and_the_tables_made_anew_from_it_are_the_same_to_the_last_column(day: BigDay) -> None:
    """All of it is what `hub verify` does: one replay from the first row, against tables and snapshots."""
    report = verify(day.folder)
    assert (report.rows, report.tables) == (day.hall.seq, True)
    assert report.snapshots > 0
