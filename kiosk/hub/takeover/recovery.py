"""How a machine carries the journal on after another one: promotion, restore and step-down are this one path.

Pure (DESIGN §6; docs/decisions/0012): from what the journal holds, what devices gave back and what they had seen, it
says what to append. Rows that continue the journal are appended as they are; then a new epoch begins; what is left
enters in its old order as facts, with the times it had; what cannot be entered is named.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.apply import apply
from kiosk.domain.calendar import open_days
from kiosk.domain.carry import Place, There, carry
from kiosk.domain.changes import higher
from kiosk.domain.commands import BeginEpoch, Envelope, Role
from kiosk.domain.decide import decide
from kiosk.domain.events import AnyEvent, Decision, Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.numbers import PRACTICE
from kiosk.domain.site import Site
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.journal.journal import Append, Draft, KnownAnswer, PastTicket, draft
from kiosk.hub.journal.losses import Loss, Number, Report, lost_command, lost_numbers, numbers_in
from kiosk.hub.journal.projection import Row, rows_of
from kiosk.hub.journal.verbatim import Stand, continued, continues, event_in
from kiosk.hub.takeover.phase import PROMOTED
from kiosk.wire.kept import Mark, Parcel
from kiosk.wire.views import Answer

RESERVE = 50
"""Numbers go on this far above the highest anybody has heard of, once for each step of the epoch: what is lost may have
given some more, and a twin that carries the same journal on gives others."""


class Knows(Protocol):
    """What a journal remembers beyond its hall; `Journal` is one."""

    def answers_to(self, command_ids: list[str]) -> dict[str, KnownAnswer]:
        """Return what commands were answered, those that were carried out."""
        ...

    def past_tickets(self, ticket_ids: list[str]) -> dict[str, PastTicket]:
        """Return what is known of tickets of any day."""
        ...


class GivenBack(Struct, frozen=True):
    """What devices gave back, and how far they had seen."""

    parcels: tuple[Parcel, ...] = ()
    marks: tuple[Mark, ...] = ()
    silent: tuple[str, ...] = ()


class Recovered(Struct, frozen=True):
    """What a recovery comes to: append all of it at once, and decide again."""

    stand: Stand
    appends: tuple[Append, ...]
    report: Report


def recover(
    stand: Stand,
    site: Site,
    given_back: GivenBack,
    *,
    reason: str,
    began_at: int,
    now: int,
    journal: Knows,
) -> Recovered:
    """Say how a journal goes on.

    Args:
        stand: the journal as this machine has it.
        site: the centre's set-up.
        given_back: what devices gave back.
        reason: why, as a code that stays in the journal: "promoted", "restored", "behind".
        began_at: when the recovery began, UTC ms.
        now: UTC ms.
        journal: what this machine remembers.
    """
    recovering = _Recovering(stand, site, journal)
    rest = recovering.continue_with(given_back.parcels)
    continued_rows = recovering.stand.hall.seq - stand.hall.seq
    missing = _missing_rows(stand, given_back)
    known_here = journal.answers_to([p.command_id for p in rest])
    facts = sorted((p for p in rest if p.command_id not in known_here), key=lambda p: (p.epoch, p.rows[0].seq))
    recovering.begin_epoch(_epoch_after(stand, given_back, reason), reason, given_back.marks, facts, now)
    for parcel in facts:
        recovering.enter(parcel)
    known = {stand.hall.day or stand.hall.closed_day: stand.hall.ordinals, **stand.hall.ordinals_ahead}
    same_epoch = (m for m in given_back.marks if m.epoch == stand.epoch)
    report = Report(
        epoch=recovering.stand.epoch,
        reason=reason,
        began_at=began_at,
        ended_at=now,
        continued=continued_rows,
        entered=tuple(recovering.entered),
        missing_rows=missing,
        losses=(*recovering.losses, *lost_numbers(site, known, recovering.numbers, same_epoch)),
        silent=given_back.silent,
    )
    return Recovered(recovering.stand, tuple(recovering.appends), report)


def enter_late(stand: Stand, site: Site, parcel: Parcel, *, now: int, journal: Knows) -> tuple[Stand, Append] | Loss:
    """Enter what a device gives back after the recovery; it has the time of today.

    Args:
        stand: the journal now.
        site: the centre's set-up.
        parcel: a command this journal does not know.
        now: hall time, UTC ms.
        journal: what this machine remembers.
    """
    events = _events(parcel)
    there_it_was = There(site, lambda _: None, True, _rated_in(journal))
    found = carry(stand.hall, there_it_was, events) if events else Refused("unreadable")
    if isinstance(found, Refused):
        return lost_command(stand.hall, parcel, events, found)
    there = parcel.rows[-1].seq
    return _appended(stand, parcel, tuple((now, there, event) for _, event in found))[:2]


class _Recovering:
    """A recovery in the making."""

    def __init__(self, stand: Stand, site: Site, journal: Knows) -> None:
        self.stand, self._site, self._rated = stand, site, _rated_in(journal)
        self._shared = stand.hall.seq
        self.appends: list[Append] = []
        self.entered: list[str] = []
        self.losses: list[Loss] = []
        self.numbers: set[Number] = set()
        self._moved: dict[tuple[int, int], int] = {}

    def continue_with(self, parcels: Iterable[Parcel]) -> list[Parcel]:
        """Append what continues the journal, and return the rest. Of two ways to go on the later epoch's is taken."""
        left = list({(p.command_id, p.epoch): p for p in parcels if p.rows}.values())
        while nexts := [p for p in left if continues(self.stand, p)]:
            parcel = max(nexts, key=lambda p: p.epoch)
            try:
                self.stand, append = continued(self.stand, parcel)
            except (JournalDamagedError, KeyError):
                break
            self.appends.append(append)
            self.numbers |= numbers_in(self.stand.hall, (d.recorded for d in append.drafts))
            left = [p for p in left if p is not parcel]
        self._shared = self.stand.hall.seq
        done = {append.command_id for append in self.appends}
        return [p for p in left if p.command_id not in done]

    def begin_epoch(self, epoch: int, reason: str, marks: Iterable[Mark], facts: Iterable[Parcel], now: int) -> None:
        """Begin the new epoch, above every number anybody has heard of, at the time the journal has come to."""
        facts = tuple(facts)
        hall = self.stand.hall
        # Today may have been opened, and its first numbers given, without anybody here having heard of it; and some of
        # the next day's may have been promised.
        today = self._site.service_day(now)
        coming = {next(open_days(self._site, queue.id, today), today) for queue in self._site.queues}
        numbers = {**{d: {} for d in sorted({today, *coming})}, **_highest_numbers(hall, marks, facts)}
        day = hall.day or hall.closed_day
        reserve = RESERVE * (epoch - self.stand.epoch)
        reserved = {
            d: {
                q: n + reserve
                for q, n in {PRACTICE: 0, **{s.id: s.first - 1 for s in self._site.queues}, **last}.items()
            }
            for d, last in numbers.items()
        }
        at = max(hall.at, min(now, *(p.rows[0].at for p in facts)) if facts else now)
        command = BeginEpoch(epoch, reason, reserved.pop(day, {}), {d: n for d, n in reserved.items() if d > day})
        envelope = Envelope(f"epoch-{epoch}-{self.stand.head.hex()[:16]}", Role.HUB, command)
        decision = decide(hall, self._site, envelope, at)
        assert isinstance(decision, Decision)  # BeginEpoch is a fact
        self.stand = replace(self.stand, epoch=epoch)
        answer = msgspec.json.encode(Answer(envelope.id))
        own = Parcel(epoch, envelope.id, (), (), day, Role.HUB.value, "", answer)
        self.stand, append, _ = _appended(self.stand, own, tuple((at, 0, event) for event in decision.events))
        self.appends.append(append)

    def enter(self, parcel: Parcel) -> None:
        """Enter a command as the fact it is, or name it."""
        events = _events(parcel)
        self.numbers |= numbers_in(self.stand.hall, events)
        found = (
            carry(self.stand.hall, There(self._site, self._place_in(parcel.epoch), rated=self._rated), events)
            if events
            else Refused("unreadable")
        )
        if isinstance(found, Refused):
            self.losses.append(lost_command(self.stand.hall, parcel, events, found))
            return
        times = {event.seq: event.at for event in events}
        rows = tuple((times[seq], seq, event) for seq, event in found)
        self.stand, append, moved = _appended(self.stand, parcel, rows)
        self._moved |= {(parcel.epoch, there): here for there, here in moved.items()}
        self.appends.append(append)
        self.entered.append(parcel.command_id)

    def _place_in(self, epoch: int) -> Place:
        """Say where rows of an epoch are here: those of the shared past where they were, others where they entered."""
        return lambda seq: self._moved.get((epoch, seq), seq if seq <= self._shared else None)


def _appended(
    stand: Stand, parcel: Parcel, events: tuple[tuple[int, int, AnyEvent], ...]
) -> tuple[Stand, Append, dict[int, int]]:
    """Append events, each as (time, place it had, event), under a command that was carried out elsewhere.

    Returns the journal after it, what to write, and the places rows have now by those they had.
    """
    hall, head = stand.hall, stand.head
    drafts: list[Draft] = []
    changed: list[Row] = []
    moved: dict[int, int] = {}
    for at, there, event in events:
        here = Recorded(hall.seq + 1, max(hall.at, at), event)
        after = apply(hall, here)
        drafts.append(draft(here, stand.epoch, parcel.command_id, head))
        changed.extend(rows_of(hall, after, here))
        hall, head = after, drafts[-1].hash
        moved[there] = here.seq
    side = tuple((hall.seq, data) for _, data in parcel.side) if drafts else ()
    append = Append(
        parcel.command_id,
        parcel.role,
        parcel.request_hash,
        parcel.answer,
        hall.day or hall.closed_day,
        tuple(drafts),
        side,
        tuple(changed),
    )
    return replace(stand, hall=hall, head=head), append, moved


def _rated_in(journal: Knows) -> Callable[[str], bool | None]:
    def rated(ticket_id: str) -> bool | None:
        found = journal.past_tickets([ticket_id]).get(ticket_id)
        return found.rated if found else None

    return rated


def _epoch_after(stand: Stand, given_back: GivenBack, reason: str) -> int:
    """Return the next epoch: above all that anybody has heard of, and never that of a twin.

    A promoted machine and the one it followed may both live and carry the same journal on, neither knowing of the
    other. Were their epochs equal, each would take the other's devices for its own that had seen more, and both would
    recover for ever. So a promotion changes between odd and even, and whoever goes on with its own journal does not.
    """
    heard = (stand.epoch, *(m.epoch for m in given_back.marks), *(p.epoch for p in given_back.parcels))
    after = max(heard) + 1
    changes = (after - stand.epoch) % 2 == 1
    return after if changes == (reason == PROMOTED) else after + 1


def _missing_rows(stand: Stand, given_back: GivenBack) -> int:
    """Count rows that were written after ours in the same epoch and that nobody gave back."""
    last = max((m.seq for m in given_back.marks if m.epoch == stand.epoch), default=0)
    there = {row.seq for p in given_back.parcels if p.epoch == stand.epoch for row in p.rows}
    return sum(1 for seq in range(stand.hall.seq + 1, last + 1) if seq not in there)


def _highest_numbers(hall: Hall, marks: Iterable[Mark], facts: Iterable[Parcel]) -> dict[str, dict[str, int]]:
    """Return the highest number of every queue anybody has heard of, by day."""
    numbers = {hall.day or hall.closed_day: hall.ordinals, **hall.ordinals_ahead}
    for mark in marks:
        for day, last in {**mark.ahead, mark.day: mark.ordinals}.items():
            numbers[day] = higher(numbers.get(day, {}), last)
    for day, queue, ordinal in numbers_in(hall, (event for parcel in facts for event in _events(parcel))):
        numbers[day] = higher(numbers.get(day, {}), {queue: ordinal})
    return numbers


def _events(parcel: Parcel) -> tuple[Recorded, ...]:
    """Return a parcel's events; none where a newer program wrote them."""
    try:
        return tuple(event_in(parcel, row) for row in parcel.rows)
    except JournalDamagedError:
        return ()
