"""A hub, devices that keep what it answers, and a standby: what recoveries are played with."""

from pathlib import Path
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain.commands import AnyCommand
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.takeover.recovery import Recovered
from kiosk.wire.kept import Parcel
from tests.factory import token_of
from tests.hub.machines import Device, Machine, given_back, place_of


class Story:
    """A hub that works, devices that keep what it answers, and a standby that has a part of it."""

    def __init__(self, folder: Path) -> None:
        self.hub, self.standby = Machine(folder / "hub"), Machine(folder / "standby")
        self.devices: dict[str, Device] = {}
        self.all: list[Parcel] = []
        self.acknowledged: list[Parcel] = []
        self.commands: dict[str, AnyCommand] = {}

    def close(self) -> None:
        self.hub.close()
        self.standby.close()

    def do(self, command: AnyCommand, *, answered: bool = True) -> Parcel:
        """Have the hub carry out one command, which must be allowed."""
        return self.batch([command], answered=[answered])[0]

    def batch(self, commands: list[AnyCommand], answered: list[bool]) -> list[Parcel]:
        """Have the hub carry out a batch; `answered` says whose answers reach their devices."""
        self.hub.clock.at += 1000
        ids = [f"command-{len(self.commands) + n}" for n in range(len(commands))]
        self.commands |= dict(zip(ids, commands, strict=True))
        done = []
        for outcome, command, told in zip(
            self.hub.ask(list(zip(ids, commands, strict=True))), commands, answered, strict=True
        ):
            if outcome is None:
                continue
            parcel = outcome[1]
            done.append(parcel)
            if not parcel.rows:
                continue
            self.all.append(parcel)
            if told:
                self.acknowledged.append(parcel)
                device = self.devices.setdefault(place_of(command), Device())
                device.told(parcel, self.hub.stand.mark())
        return done

    def issue(self, ticket_id: str, queue: str = "A", **more: Any) -> Parcel:
        return self.do(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue), **more)

    def promote(self, *without: str) -> Recovered:
        """Lose the hub, and some devices with it; the standby takes over."""
        return self.standby.take_over(given_back(d for name, d in self.devices.items() if name not in without))


def number(machine: Machine, ticket_id: str) -> str:
    ticket = machine.stand.hall.ticket(ticket_id)
    return ticket.number if ticket else ""


def hashes(folder: Path) -> list[str]:
    reader = Reader(folder / DATABASE)
    try:
        return [row.hash for row in reader.rows_after(0, 100_000)]
    finally:
        reader.close()
