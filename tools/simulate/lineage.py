"""One journal, row by row as it lies on a disk: the hall it leads to, and what must hold of every row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.apply import apply
from kiosk.domain.commands import FACTS
from kiosk.domain.events import Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import Ticket
from kiosk.hub.journal.chain import GENESIS, StoredRow, recorded, row_hash
from kiosk.hub.work import Request
from tools.simulate.broken import must
from tools.simulate.hall_rules import next_for
from tools.simulate.world import World

KNOWN_SINCE = ("may_be_rated", "rated", "printed", "paper_lost", "note_ref")
"""What is known of a ticket in whatever state it is: no undo takes it back."""
UNDO_ROWS = 400
"""So many rows back an undone action may be."""


@dataclass
class Known:
    """What is known of all machines together."""

    commands: dict[str, Request] = field(default_factory=dict)
    """Every command that was carried out, as it was asked for then, by id."""
    entered: set[str] = field(default_factory=set)
    """Commands one machine did and another one entered as facts."""
    calls: set[tuple[int, int, str, int]] = field(default_factory=set)
    """Which call of its day, its hall time, number and counter, of every call."""
    rated: bool = True
    """Whether somebody rated since views were looked at."""


class Lineage:
    """What is known of one journal: its rows as they were read from the disk, and the hall they lead to."""

    def __init__(self, world: World, site: Site, known: Known) -> None:
        self._world, self._site, self._known = world, site, known
        self.rows: list[StoredRow] = []
        self.hall = Hall()
        self.causes: dict[str, tuple[int, int]] = {}
        """First and last row of each command."""
        self.numbers: dict[tuple[str, str], str] = {}
        """Ticket by (day, number)."""
        self.answers: dict[str, tuple[str, bytes]] = {}
        """Day and answer of every command that was carried out here, as far as anyone was told."""
        self._halls: dict[int, Hall] = {}
        """The hall before each of the last rows."""

    @property
    def head(self) -> bytes:
        """The newest row's hash."""
        return self.rows[-1].hash if self.rows else GENESIS

    def take(self, rows: Iterable[StoredRow]) -> None:
        """Go on with the next rows.

        Raises:
            BrokenError: they break a promise.
        """
        for row in rows:
            known = self
            must(row.seq == len(known.rows) + 1, f"row {row.seq} follows row {len(known.rows)}")
            sealed = row_hash(known.head, row.epoch, row.seq, row.at, row.command_id, row.body)
            must(row.hash == sealed, f"row {row.seq} does not seal the one before it")
            must(row.at >= known.hall.at, f"hall time fell at row {row.seq}")
            first, last = known.causes.get(row.command_id, (row.seq, row.seq - 1))
            must(last == row.seq - 1, f"command {row.command_id} wrote rows {first} to {last} and again row {row.seq}")
            known.causes[row.command_id] = (first, row.seq)
            event = recorded(row)
            self._check_event(known.hall, event, row)
            before, known.hall = known.hall, apply(known.hall, event)
            if row.command_id not in self._known.entered:
                self._check_undo(before, known.hall, event)
            self._check_number(known.hall.ticket(getattr(event.event, "ticket_id", "")))
            self._halls[row.seq] = before
            self._halls.pop(row.seq - UNDO_ROWS, None)
            if known.hall.calls is not before.calls:
                # A call bears the number on the paper, which may come after it was made (DESIGN §6).
                self._known.calls |= {(c.nth, c.at, c.number, c.counter) for c in known.hall.calls}
            known.rows.append(row)
            self._world.count("rows")

    def _check_number(self, ticket: Ticket | None) -> None:
        """Check that a ticket's number is nobody else's on its day, and never was."""
        # Practice is over with its day, so what it was promised of another is no number of that day.
        if ticket is not None and ticket.number and not (ticket.training and ticket.day > self.hall.day):
            other = self.numbers.setdefault((ticket.day, ticket.number), ticket.id)
            must(other == ticket.id, f"number {ticket.number} was given twice on {ticket.day}")

    def _check_undo(self, before: Hall, after: Hall, row: Recorded) -> None:
        """Check that what was undone is as it was before it was done, but for what became known since."""
        event = row.event
        if not isinstance(event, ev.ActionUndone):
            return
        self._world.count("undone")
        once, then = self._halls[event.seq], self._halls.get(event.seq + 1, before)
        must(row.at - then.at <= self._site.rules.undo_ms, f"row {event.seq} was undone {row.at - then.at} ms later")
        was, now = once.counter(event.counter), after.counter(event.counter)
        # The question about the visit before was over when the undone one ended.
        asked = now.last_finished in (None, was.last_finished)
        must(
            asked and replace(now, last_finished=None) == replace(was, last_finished=None),
            f"counter {event.counter} is not as it was before what was undone",
        )
        for ticket in once.tickets.values():
            if then.ticket(ticket.id) != ticket:
                restored, before_undo = after.ticket(ticket.id), before.ticket(ticket.id)
                must(before_undo is not None, f"{ticket.number} was undone and had left")
                as_it_was = replace(ticket, **{name: getattr(before_undo, name) for name in KNOWN_SINCE})
                must(restored == as_it_was, f"{ticket.number} is not as it was before what was undone")

    def _check_event(self, before: Hall, row: Recorded, stored: StoredRow) -> None:
        event = row.event
        entered = stored.command_id in self._known.entered
        # What is entered as a fact was decided elsewhere, in another hall and in time.
        request = None if entered else self._known.commands.get(stored.command_id)
        if request is not None and not isinstance(request.envelope.command, FACTS):
            until = request.envelope.not_after
            must(until is None or row.at <= until, f"a wish was carried out {row.at - (until or 0)} ms too late")
        if isinstance(event, ev.TicketIssued):
            must(before.ticket(event.ticket_id) is None, f"ticket {event.ticket_id} was issued twice")
            self._world.count("tickets")
        elif isinstance(event, ev.TicketRated):
            self._known.rated = True
            self._world.count("ballots counted")
        elif isinstance(event, ev.TicketCalled):
            self._world.count("calls")
            there = before.counter(event.counter)
            must(there.ticket is None, f"{event.ticket_id} was called to counter {event.counter}, where somebody is")
            if request is not None and request.envelope.command == cmd.CallNext(event.counter):
                expected = next_for(before, self._site, event.counter, row.at)
                must(
                    event.ticket_id == expected,
                    f"counter {event.counter} called {event.ticket_id}, before whom {expected} was to be called",
                )
