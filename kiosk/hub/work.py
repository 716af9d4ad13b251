"""One batch of the writer in the making: what every command leads to and is answered, before anything is stored."""

import sqlite3
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.apply import apply
from kiosk.domain.commands import (
    FACTS,
    AnyCommand,
    BookTicket,
    Envelope,
    IssueTicket,
)
from kiosk.domain.decide import decide
from kiosk.domain.events import Decision, Recorded, Refused, SideData
from kiosk.domain.facts import after_its_day
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.access import persons
from kiosk.hub.access.rights import refused_in_hall
from kiosk.hub.journal import recovery_log
from kiosk.hub.journal.journal import Append, Draft, Journal, KnownAnswer, PastTicket, draft
from kiosk.hub.journal.losses import Loss
from kiosk.hub.journal.projection import Row, rows_of
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.recovery import enter_late
from kiosk.log.catalogue import CommandFailed
from kiosk.log.event import Failure, log
from kiosk.ports import Clock
from kiosk.wire import make_answers
from kiosk.wire.kept import Parcel

_NEW_TICKET = (IssueTicket, BookTicket)


class Request(Struct, frozen=True):
    """A command that waits for the writer; `request_hash` tells whether a known id comes with the same request."""

    envelope: Envelope
    request_hash: str
    number: int | None = None
    """Number of the device that sent it; None serves any."""
    parcel: Parcel | None = None
    """It is no wish of today: a device gives back what another machine did for it (DESIGN §6)."""


class Done(Struct, frozen=True):
    """The command was carried out, now or at an earlier try: here is its one answer, as JSON."""

    answer: bytes
    repeated: bool = False
    wrote: Append | KnownAnswer | None = None
    """What the command wrote; of an earlier batch only where to find it."""


Outcome = Done | Refused


class Work:
    """One batch in the making: a hall that moves on with every command, and what must be written."""

    def __init__(self, journal: Journal, site: Site, hall: Hall, clock: Clock, public_url: str) -> None:
        self._journal, self._site, self._clock, self._public_url = journal, site, clock, public_url
        self.hall = hall
        self.appends: list[Append] = []
        self._head = journal.head
        self._made: dict[str, Append | KnownAnswer] = {}
        self._past: dict[str, PastTicket] = {}
        self._persons: dict[str, str] = {}
        """Who took her first number of the day in this batch, by pseudonym."""

    def outcomes(self, requests: Sequence[Request]) -> list[Outcome | Exception]:
        """Decide commands one after the other; one that fails fails alone.

        Raises:
            sqlite3.Error: the journal cannot be read.
        """
        self._made |= self._journal.answers_to([request.envelope.id for request in requests])
        commands = (request.envelope.command for request in requests)
        self._past = self._journal.past_tickets([c.ticket_id for c in commands if isinstance(c, _NEW_TICKET)])
        return [self._outcome(request) for request in requests]

    def _outcome(self, request: Request) -> Outcome | Exception:
        known = self._made.get(request.envelope.id)
        if known is not None:
            if known.request_hash != request.request_hash:
                return Refused("key_reused")
            return Done(known.answer, repeated=True, wrote=known)
        try:
            return self._decided(request) if request.parcel is None else self._given_back(request.parcel)
        except sqlite3.Error:
            raise
        except Exception as error:
            log.exception(CommandFailed(type(request.envelope.command), Failure.of(error)))
            return error

    def _decided(self, request: Request) -> Outcome:
        envelope = request.envelope
        now = max(self._clock.now_ms(), self.hall.at)
        visited = self._journal.visited
        forbidden = refused_in_hall(self.hall, self._site, envelope.role, request.number, envelope.command, visited)
        if forbidden is not None:
            return forbidden
        ruled, person = self._as_counted(envelope, now)
        decision = self._late_fact(envelope.command, now) or decide(self.hall, self._site, ruled, now)
        if isinstance(decision, Refused):
            return decision
        if isinstance(envelope.command, _NEW_TICKET) and (past := self._past.get(envelope.command.ticket_id)):
            # The hall holds today's tickets only; an id of another day would take that ticket's rows over.
            return Refused("ticket_exists", {"number": past.number})
        hall, drafts, rows = self._followed(decision, now, envelope.id)
        answer = msgspec.json.encode(make_answers.answer(hall, self._site, envelope, decision.events, self._public_url))
        last = drafts[-1].recorded.seq if drafts else hall.seq
        append = Append(
            command_id=envelope.id,
            role=envelope.role.value,
            request_hash=request.request_hash,
            answer=answer,
            day=hall.day or hall.closed_day or self._site.service_day(now),
            drafts=tuple(drafts),
            side=tuple((last, side) for side in (*decision.side, *person)),
            rows=tuple(rows),
        )
        self._persons |= {one.payload.decode(): one.ref for one in person}
        return self._done(hall, append)

    def _as_counted(self, envelope: Envelope, now: int) -> tuple[Envelope, tuple[SideData, ...]]:
        """Name to the rules whoever takes a number, and say what must be kept with it: of her only side data knows.

        A centre without a limit keeps nothing of anybody, and practice counts for none.
        """
        command = envelope.command
        if not isinstance(command, IssueTicket) or not command.person:
            return envelope, ()
        ref, fresh = "", None
        if self._site.rules.person_quota is not None and not command.training:
            ref = self._persons.get(command.person) or self._journal.person_ref(command.person)
            fresh = None if ref else persons.kept(self._site, command.ticket_id, command.person, now)
        ruled = replace(command, person=fresh.ref if fresh is not None else ref)
        return replace(envelope, command=ruled), (fresh,) if fresh is not None else ()

    def _given_back(self, parcel: Parcel) -> Outcome:
        """Enter what another machine did as the fact it is, or note that it cannot be."""
        stand = Stand(self.hall, self._head, self._journal.epoch)
        now = max(self._clock.now_ms(), self.hall.at)
        entered = enter_late(stand, self._site, parcel, now=now, journal=self._journal)
        if isinstance(entered, Loss):
            self.appends.append(Append(parcel.command_id, "", "", b"", "", (), (), (), recovery_log.late(entered)))
            return Refused("cannot_place", {"number": entered.number})
        append = replace(entered[1], notes=recovery_log.found_again(parcel.command_id))
        return self._done(entered[0].hall, append)

    def _done(self, hall: Hall, append: Append) -> Done:
        self.hall = hall
        self._head = append.drafts[-1].hash if append.drafts else self._head
        self.appends.append(append)
        self._made[append.command_id] = append
        return Done(append.answer, wrote=append)

    def _late_fact(self, command: AnyCommand, now: int) -> Decision | None:
        """Answer for a ticket that the hall does not hold any more and the tables do: no rule refuses a fact."""
        if not isinstance(command, FACTS):
            return None
        ticket_id = getattr(command, "ticket_id", None)
        if ticket_id is None or self.hall.ticket(ticket_id) is not None:
            return None
        past = self._journal.past_tickets([ticket_id]).get(ticket_id)
        return None if past is None else after_its_day(command, rated=past.rated, now=now)

    def _followed(self, decision: Decision, now: int, command_id: str) -> tuple[Hall, list[Draft], list[Row]]:
        """Apply a decision's events and draft their rows."""
        hall, head = self.hall, self._head
        drafts: list[Draft] = []
        rows: list[Row] = []
        for event in decision.events:
            recorded = Recorded(hall.seq + 1, now, event)
            after = apply(hall, recorded)
            drafts.append(draft(recorded, self._journal.epoch, command_id, head))
            rows.extend(rows_of(hall, after, recorded))
            hall, head = after, drafts[-1].hash
        return hall, drafts, rows
