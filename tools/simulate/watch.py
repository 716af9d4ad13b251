"""Looks at every turn of every hub and at everything that was promised, and says what does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.apply import apply
from kiosk.domain.commands import FACTS
from kiosk.domain.events import Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import Ticket
from kiosk.hub.chain import GENESIS, StoredRow, recorded, row_hash, stored_rows
from kiosk.hub.journal import Journal
from kiosk.hub.role_views import RoleViews
from kiosk.hub.verify import verify
from kiosk.hub.work import Done, Request
from kiosk.link.policy import NOT_YET
from kiosk.ports import Answered
from tools.simulate.broken import BrokenError, must
from tools.simulate.hall_rules import check_hall, next_for
from tools.simulate.letters import Letter
from tools.simulate.streams import LONGEST_MS
from tools.simulate.view_rules import check_board, check_no_trace_of_ratings
from tools.simulate.watching import Taken
from tools.simulate.world import World

ANYBODY = "anybody"
"""The device that asks for anything: facts it invents may be refused."""
STALE_MS = LONGEST_MS
"""By so much a device's idea of hub time may be behind."""
HEARD_MS = 60_000
"""So long after a jump of the hub's clock every device has heard the new time, or broken off."""
UNKNOWN = Refused("outcome_unknown")


KNOWN_SINCE = ("may_be_rated", "rated", "printed", "paper_lost", "note_ref")
"""What is known of a ticket in whatever state it is: no undo takes it back."""
UNDO_ROWS = 400
"""So many rows back an undone action may be."""


@dataclass
class Lineage:
    """What is known of one journal: its rows as they were read from the disk, and the hall they lead to."""

    rows: list[StoredRow] = field(default_factory=list)
    hall: Hall = field(default_factory=Hall)
    causes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last row of each command."""
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    """Ticket by (day, number)."""
    calls: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Number and counter by the row that called."""

    @property
    def head(self) -> bytes:
        """The newest row's hash."""
        return self.rows[-1].hash if self.rows else GENESIS


class Watch:
    """Holds the hub to its promises, from the disk and from the answers alone."""

    def __init__(self, world: World, site: Site) -> None:
        self._world, self._site = world, site
        self.lineage = Lineage()
        self.commands: dict[str, Request] = {}
        """Every command that was carried out, as it was asked for then, by id."""
        self.answers: dict[str, tuple[str, bytes]] = {}
        """Day and answer of every command that was carried out, as far as anyone was told."""
        self._halls: dict[int, Hall] = {}
        """The hall before each of the last rows."""
        self._clock_jumped_at = 0
        self._torn: int | None = None
        """How many commands the turn held in whose middle the power may have gone."""
        self._rated = True

    # --- what hubs do

    def opened(self, journal: Journal) -> None:
        """A hub opened its journal: all that was answered must be there, and nothing else may have changed."""
        known, torn = self.lineage, self._torn
        before, self._torn = len(known.rows), None
        stored = list(stored_rows(journal._db, 0))
        must(
            stored[:before] == known.rows,
            f"after a restart the journal's first {before} rows are not those that were answered",
        )
        self._take(stored[before:])
        caused = {row.command_id for row in stored[before:]}
        must(torn is None or len(caused) in (0, torn), f"of {torn} commands in one commit, {len(caused)} survived")
        must(journal.hall == known.hall, "the hall after a restart is not what its rows lead to")
        must(journal.head == known.head, "the head after a restart is not the last row's hash")
        again = journal.answers_to(list(self.answers))
        today = journal.hall.day or journal.hall.closed_day
        for key, (day, answer) in self.answers.items():
            found = again.get(key)
            # An answer that holds a ticket's address goes with its day: the address is the ticket's secret.
            gone = day < today and b'"url":' in answer
            must(found is not None or gone, f"after a restart the answer to {key} of {day} is forgotten")
            must(found is None or found.answer == answer, f"command {key} would be answered otherwise after a restart")

    def torn(self, asked: list[Request]) -> None:
        """The power will go in the middle of a turn."""
        for request in asked:
            self.commands.setdefault(request.envelope.id, request)
        self._torn = len(asked)

    def clock_jumped(self) -> None:
        """A hub saw that its clock was set."""
        self._clock_jumped_at = self._world.now

    def turned(self, journal: Journal, before: Hall, after: Hall, taken: list[Taken]) -> None:
        """The writer took a turn: what it wrote and what it answered must fit."""
        self._torn = None
        for _, request, outcome in taken:
            if outcome == UNKNOWN or (isinstance(outcome, Done) and not outcome.repeated):
                self.commands[request.envelope.id] = request
        if any(outcome == UNKNOWN for *_, outcome in taken):
            must(before is after, "the hall moved on though nobody knows what is on the disk")
            return
        new = list(stored_rows(journal._db, len(self.lineage.rows)))
        self._take(new)
        must(self.lineage.hall == after, "the hall in memory is not what the rows on the disk lead to")
        must(journal.head == self.lineage.head, "the writer's head is not the last row's hash")
        caused = {row.command_id for row in new}
        for letter, request, outcome in taken:
            self._check_outcome(letter, request, outcome, caused)
        must(bool(new) or before == after, "the hall changed though nothing was written")
        check_hall(after, self._site)

    def showing(self, hall: Hall, views: RoleViews) -> None:
        """The hub publishes a hall."""
        check_board(hall, self._site, views)
        if self._rated:
            check_no_trace_of_ratings(hall, self._site, views)
        self._rated = False

    def check_folder(self, folder: Path) -> None:
        """Have the product's own `journal verify` look at all of a folder: chain, snapshots, query tables."""
        try:
            report = verify(folder)
        except OSError as error:
            raise BrokenError(f"journal verify: {error}") from error
        must(report.rows == len(self.lineage.rows), f"journal verify saw {report.rows} rows")

    def was_called(self, seq: int, number: str, counter: int) -> bool:
        """Tell whether row `seq` called this number to this counter."""
        return self.lineage.calls.get(seq) == (number, counter)

    def _check_outcome(self, letter: Letter, request: Request, outcome: object, caused: set[str]) -> None:
        key = request.envelope.id
        if isinstance(outcome, Done):
            hall = self.lineage.hall
            _, first = self.answers.setdefault(key, (hall.day or hall.closed_day, outcome.answer))
            must(outcome.answer == first, f"command {key} was answered twice, and not the same")
            self._world.count("repeated answers" if outcome.repeated else "carried out")
            return
        must(isinstance(outcome, Refused), f"a mistake of the program: {outcome!r} to {request.envelope.command}")
        assert isinstance(outcome, Refused)
        self._world.count(f"refused {outcome.code}")
        done = key in caused and key not in self.answers
        must(not done, f"command {key} was refused ({outcome.code}) and changed the hall")
        is_fact = isinstance(request.envelope.command, FACTS)
        must(
            not is_fact or letter.device == ANYBODY or outcome.code in NOT_YET,
            f"a fact was refused ({outcome.code}): {request.envelope.command}",
        )

        heard = self._world.now > self._clock_jumped_at + HEARD_MS
        if outcome.code == "too_late" and letter.late_at is not None and heard:
            early = letter.late_at - STALE_MS - self._world.now
            must(early <= 0, f"a wish of {letter.device} was called too late {early + STALE_MS} ms before it was")

    # --- what devices hear

    def settled(self, key: str, answer: Answered) -> None:
        """A device got an answer: from now on it is a promise."""
        if not answer.ok:
            return
        self._world.count("answers heard")
        must(key in self.answers, f"a device was told that {key} was carried out, and no hub ever said so")
        must(msgspec.json.decode(self.answers[key][1]) == answer.body, f"a device got another answer to {key}")
        command = self.commands[key].envelope.command
        if isinstance(command, cmd.IssueTicket):
            must(key in self.lineage.causes, f"ticket {command.ticket_id} was acknowledged and is in no row")

    # --- rows

    def _take(self, rows: Iterable[StoredRow]) -> None:
        for row in rows:
            known = self.lineage
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
            self._check_undo(before, known.hall, event)
            self._check_number(known.hall.ticket(getattr(event.event, "ticket_id", "")))
            self._halls[row.seq] = before
            self._halls.pop(row.seq - UNDO_ROWS, None)
            if known.hall.calls and known.hall.calls[0].seq == row.seq:
                known.calls[row.seq] = (known.hall.calls[0].number, known.hall.calls[0].counter)
            known.rows.append(row)
            self._world.count("rows")

    def _check_number(self, ticket: Ticket | None) -> None:
        """Check that a ticket's number is nobody else's on its day, and never was."""
        if ticket is not None and ticket.number:
            other = self.lineage.numbers.setdefault((ticket.day, ticket.number), ticket.id)
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
        request = self.commands.get(stored.command_id)
        if request is not None and not isinstance(request.envelope.command, FACTS):
            until = request.envelope.not_after
            must(until is None or row.at <= until, f"a wish was carried out {row.at - (until or 0)} ms too late")
        if isinstance(event, ev.TicketIssued):
            must(before.ticket(event.ticket_id) is None, f"ticket {event.ticket_id} was issued twice")
            self._world.count("tickets")
        elif isinstance(event, ev.TicketRated):
            self._rated = True
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
