"""Machines of a hall without network and threads: hubs with a real journal, and devices that keep what they must."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.domain import commands as cmd
from kiosk.domain.commands import AnyCommand, Envelope, Role
from kiosk.domain.counter import CounterState
from kiosk.domain.ticket import Outcome, TicketState
from kiosk.hub.journal.journal import Append, Journal
from kiosk.hub.journal.losses import Loss
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.journal.verbatim import Stand, continued, parcel_of
from kiosk.hub.takeover.recovery import GivenBack, Recovered, enter_late, recover
from kiosk.hub.work import Done, Request, Work
from kiosk.wire.kept import Mark, Parcel
from tests.factory import MORNING, SITE, clerk_of, token_of
from tests.halls import FixedClock


class Machine:
    """A hub's journal with its writer's work, or a standby's copy of one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / DATABASE
        self.clock = FixedClock(MORNING)
        self._open()

    def _open(self) -> None:
        self.journal = Journal(self._path, SITE.info.id)
        self.stand = Stand(self.journal.hall, self.journal.head, self.journal.epoch)

    def restart(self) -> None:
        """Read the journal anew."""
        self.journal.close()
        self._open()

    def close(self) -> None:
        self.journal.close()

    def ask(self, requests: Sequence[tuple[str, AnyCommand]]) -> list[tuple[Done, Parcel] | None]:
        """Carry out a batch of commands by id; None for each that was refused or known."""
        work = Work(self.journal, SITE, self.stand.hall, self.clock, "http://hub")
        outcomes = work.outcomes([request_of(command_id, command) for command_id, command in requests])
        self.journal.append(work.appends)
        self.stand = Stand(work.hall, self.journal.head, self.journal.epoch)
        parcels = {append.command_id: parcel_of(append) for append in work.appends}
        return [
            (outcome, parcels[command_id]) if isinstance(outcome, Done) and command_id in parcels else None
            for (command_id, _), outcome in zip(requests, outcomes, strict=True)
        ]

    def answer_to(self, command_id: str) -> bytes | None:
        known = self.journal.answers_to([command_id])
        return known[command_id].answer if known else None

    def copy(self, parcels: Iterable[Parcel]) -> None:
        """Take over rows of another machine, as a standby does."""
        appends: list[Append] = []
        for parcel in parcels:
            self.stand, append = continued(self.stand, parcel)
            appends.append(append)
        self.journal.append(appends)

    def take_over(self, given_back: GivenBack, reason: str = "promoted") -> Recovered:
        """Carry the journal on."""
        self.clock.at += 60_000
        recovered = recover(
            self.stand,
            SITE,
            given_back,
            reason=reason,
            began_at=self.clock.at - 30_000,
            now=self.clock.at,
            journal=self.journal,
        )
        self.journal.append(recovered.appends, {"epoch": str(recovered.stand.epoch)})
        self.restart()
        assert self.stand == recovered.stand
        return recovered

    def enter(self, stand: Stand, parcel: Parcel) -> tuple[Stand, Append] | Loss:
        """Say what becomes of a parcel that is given back after the recovery."""
        return enter_late(stand, SITE, parcel, now=self.clock.at, journal=self.journal)


@dataclass
class Device:
    """A device that keeps parcels and the newest mark."""

    parcels: list[Parcel] = field(default_factory=list)
    mark: Mark | None = None

    def told(self, parcel: Parcel, mark: Mark) -> None:
        self.parcels.append(parcel)
        self.mark = mark


def given_back(devices: Iterable[Device]) -> GivenBack:
    """Return what all these devices give back."""
    all_of_them = list(devices)
    return GivenBack(
        tuple(p for d in all_of_them for p in d.parcels), tuple(d.mark for d in all_of_them if d.mark is not None)
    )


def request_of(command_id: str, command: AnyCommand) -> Request:
    return Request(
        Envelope(command_id, Role.SUPERVISOR, command),
        hashlib.sha256(msgspec.json.encode(["supervisor", command])).hexdigest(),
    )


def command_of(machine: Machine, dice: int, which: int, counter: int, fresh: str) -> AnyCommand:
    """Choose something a person might do now."""
    hall = machine.stand.hall
    desk = hall.counter(counter)
    tickets = sorted(t.id for t in hall.tickets.values())
    picked = tickets[which % len(tickets)] if tickets else "t-none"
    if dice < 8 or not tickets:
        return cmd.IssueTicket(fresh, token_of(fresh), "ABC"[which % 3], kiosk=which % 2)
    if desk.state is not CounterState.OPEN:
        return cmd.OpenCounter(counter, clerk_of(counter))
    if dice < 17:
        there = hall.ticket(desk.ticket) if desk.ticket else None
        if there is None:
            return cmd.CallNext(counter)
        if there.state is TicketState.CALLED:
            return cmd.StartTicket(there.id, counter) if which else cmd.NoShowTicket(there.id, counter)
        return cmd.FinishTicket(there.id, counter, Outcome.SERVED)
    others: tuple[AnyCommand, ...] = (
        cmd.MarkPrinted(picked, cmd.PrintResult.PRINTED),
        cmd.RateTicket(desk.last_finished or picked, b"sealed", "2025"),
        cmd.CancelTicket(picked),
        cmd.CloseCounter(counter),
    )
    return others[dice % len(others)]


def place_of(command: AnyCommand) -> str:
    """Say which device sends a command."""
    counter = getattr(command, "counter", None)
    if isinstance(command, cmd.RateTicket):
        return "tablet"
    return f"counter {counter}" if counter is not None else f"kiosk {getattr(command, 'kiosk', 0)}"
