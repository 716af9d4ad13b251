"""The hall: everything that is true now, as the fold of the journal (DESIGN §3)."""

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.counter import Counter
from kiosk.domain.hall_events import DayReport
from kiosk.domain.line import NOBODY, Line
from kiosk.domain.pmap import PMap
from kiosk.domain.ticket import AHEAD, ASIDE, Ticket, TicketState

RECENT_CALLS = 12
DEFAULT_PACE_MS = 8 * 60_000
"""Assumed length of a visit until the day has shown one; a demo figure, not a sourced one."""


class Call(Struct, frozen=True):
    """A call as the board shows it; a recall is a new call. `seq` is its row, for those who may see the journal."""

    seq: int
    at: int
    ticket_id: str
    number: str
    counter: int
    again: bool
    nth: int = 0
    """Which of the day's calls it is. It names the call to everybody else: gaps between rows would tell of ratings."""


class Act(Struct, frozen=True):
    """The last action at a counter, with what undo needs to restore and to see that nothing touched it since."""

    seq: int
    at: int
    kind: str
    """The event's name without its version, such as "ticket_called"."""
    counter_before: Counter
    counter_after: Counter
    ticket_before: tuple[Ticket, ...] = ()
    ticket_after: tuple[Ticket, ...] = ()
    calls_before: tuple[Call, ...] = ()
    """What it took off the board's list: the ticket's earlier call, and the oldest where the list was full."""
    done: int = 0
    """By how much it raised the day's finished visits."""
    pace: tuple[str, int | None, int] | None = None
    """Queue, pace before (None: none yet) and after, where it moved one."""


class Reprint(Struct, frozen=True):
    """A wish for a paper: `at`, hall time in ms, names it. Its row's number would tell of rows in between."""

    at: int
    kiosk: int
    papers: bool = False
    """The list of what its holder was sent to fetch, and not her ticket."""
    result: str = ""
    """What became of it (`PrintResult`), as its kiosk said last; "" as long as it has said nothing."""
    detail: str = ""
    """The printer's own word, such as "paper_out"."""


REPRINT_MS = 120_000
"""So long a wish for a paper is meant, and its fate told: who asked for it stands there, and a kiosk that was off
prints it no more."""


class Hall(Struct, frozen=True):
    """The state of a centre. Made only by `apply`; nothing in it is ever changed."""

    seq: int = 0
    at: int = 0
    day: str = ""
    """The service day that is open; empty before the first and after one was closed."""
    closed_day: str = ""
    """The day closed last: opened again, it goes on counting, so that no number is given twice in a day."""
    tickets: PMap[Ticket] = PMap()
    by_token: PMap[str] = PMap()
    lines: dict[tuple[str, int | None], Line] = {}
    """Waiting tickets by (queue, counter they are bound to or None), each line in order."""
    ordinals: dict[str, int] = {}
    """Last number given, by queue and of practice, on this day or, while none is open, on the day closed last."""
    counters: dict[int, Counter] = {}
    aside: frozenset[str] = frozenset()
    """Tickets that missed their call, are parked, or away for papers, by id."""
    ahead: frozenset[str] = frozenset()
    """Booked and deferred tickets, by id."""
    ordinals_ahead: dict[str, dict[str, int]] = {}
    """Last number promised of coming days, by day and queue."""
    given: dict[str, int] = {}
    """Numbers given today by queue, practice not counted: what a quota limits."""
    persons: dict[str, int] = {}
    """Numbers given today, by what the side data that knows their person is called."""
    last_issues: dict[str, tuple[int, str]] = {}
    """When each kiosk last gave a number for each queue ("kiosk/queue"), and to which ticket."""
    closed_queues: dict[str, str] = {}
    """Queues that give no numbers, with the reason's code."""
    closed_kiosks: dict[int, str] = {}
    acts: dict[int, Act] = {}
    """The last action at each counter, for undo."""
    reprints: dict[str, Reprint] = {}
    """Papers that staff wants of a kiosk, and what became of them, by ticket; the latest wish of each."""
    issued: int = 0
    """Tickets issued today, practice not counted."""
    done: int = 0
    """Tickets finished today, practice not counted."""
    calls: tuple[Call, ...] = ()
    """Latest calls, newest first."""
    called: int = 0
    """Calls made today, those that were taken back too: none bears the name of another."""
    pace_ms: dict[str, int] = {}
    """How long a dossier takes, by queue: a moving mean over finished visits, begun with what the last day showed."""
    more_dossiers: dict[str, int] = {}
    """Dossiers beyond one a person that wait, by queue: a group's single number is longer than it looks."""
    reported: DayReport | None = None
    """What was reported of the day closed last: opened again, its next report goes on from it."""

    def ticket(self, ticket_id: str) -> Ticket | None:
        """Find one of today's tickets."""
        return self.tickets.get(ticket_id)

    def counter(self, number: int) -> Counter:
        """Return a counter's state; one that never opened is closed."""
        return self.counters.get(number) or Counter(number)

    def line(self, queue: str, counter: int | None = None) -> Line:
        """Return a waiting line in order."""
        return self.lines.get((queue, counter), NOBODY)

    def lines_of(self, queue: str, counter: int | None) -> list[Line]:
        """Return a queue's lines that `counter` may call from; None asks for those of every counter."""
        return [
            line
            for (q, bound), line in self.lines.items()
            if q == queue and (counter is None or bound in (None, counter))
        ]

    def waiting_count(self, queue: str) -> int:
        """Count everyone who waits for a queue, at whatever counter."""
        return sum(len(line) for (q, _), line in self.lines.items() if q == queue)

    def set_aside(self) -> list[Ticket]:
        """Return tickets that missed their call, are parked or away, in the order of their rank."""
        return self._found(self.aside)

    def still_to_come(self) -> list[Ticket]:
        """Return booked and deferred tickets, in the order of their rank."""
        return self._found(self.ahead)

    def _found(self, ids: frozenset[str]) -> list[Ticket]:
        found = (self.tickets.get(ticket_id) for ticket_id in ids)
        return sorted((t for t in found if t is not None), key=lambda t: (t.rank_at, t.rank_seq))

    def with_ticket(self, ticket: Ticket) -> "Hall":
        """Return a hall that holds `ticket`, standing in its line if and only if it waits."""
        before = self.tickets.get(ticket.id)
        lines = _without(self.lines, before)
        if ticket.state is TicketState.WAITING:
            key = (ticket.queue, ticket.counter)
            place = (ticket.rank_at, ticket.rank_seq, ticket.id)
            lines = {**lines, key: lines.get(key, NOBODY).joined(place)}
        aside, ahead = self.aside, self.ahead
        if (ticket.state in ASIDE) != (ticket.id in aside):
            aside = aside ^ {ticket.id}
        if (ticket.state in AHEAD) != (ticket.id in ahead):
            ahead = ahead ^ {ticket.id}
        more = _more_dossiers(_more_dossiers(self.more_dossiers, before, -1), ticket, 1)
        tickets = self.tickets.put(ticket.id, ticket)
        return replace(self, tickets=tickets, lines=lines, aside=aside, ahead=ahead, more_dossiers=more)

    def with_counter(self, counter: Counter) -> "Hall":
        """Return a hall in which a counter's state is `counter`."""
        return replace(self, counters={**self.counters, counter.number: counter})


Lines = dict[tuple[str, int | None], Line]


def _without(lines: Lines, ticket: Ticket | None) -> Lines:
    """Take a ticket out of the line it stands in."""
    if ticket is None or ticket.state is not TicketState.WAITING:
        return lines
    key = (ticket.queue, ticket.counter)
    rest = lines[key].left((ticket.rank_at, ticket.rank_seq, ticket.id))
    if rest:
        return {**lines, key: rest}
    return {k: v for k, v in lines.items() if k != key}


def _more_dossiers(more: dict[str, int], ticket: Ticket | None, sign: int) -> dict[str, int]:
    """Count what a waiting ticket brings beyond one dossier; most bring one and change nothing."""
    if ticket is None or ticket.state is not TicketState.WAITING or ticket.dossiers == 1:
        return more
    return {**more, ticket.queue: more.get(ticket.queue, 0) + sign * (ticket.dossiers - 1)}
