"""A machine that will be the hub: it waits for its devices, and carries the journal on."""

import sqlite3
from typing import TYPE_CHECKING

import msgspec
from sqlite_utils import Database

from kiosk.hub.journal.journal import Journal
from kiosk.hub.takeover.phase import Phase
from kiosk.hub.takeover.roll_call import WINDOW_MS
from kiosk.hub.takeover.takeover import Takeover
from kiosk.wire.kept import Mark, Returned
from tools.simulate.letters import Back, Letter

if TYPE_CHECKING:
    from tools.simulate.machine import Machine

LOOK_MS = 500


class Recovering:
    """One recovery window."""

    def __init__(self, machine: "Machine", phase: Phase) -> None:
        """Open the journal and begin to wait."""
        self._machine, self._life, self._world = machine, machine.life, machine.world
        self.journal = Journal(machine.disk.path, machine.site.info.id)
        world = machine.world
        self.takeover = Takeover(
            self.journal, machine.site, phase, machine.clock, machine_ms=lambda: world.now, window_ms=WINDOW_MS
        )
        self.reason = phase.reason
        world.say(machine.name, f"recovers ({phase.reason}) from row {self.journal.hall.seq}")
        world.count(f"recoveries begun: {phase.reason}")
        self._look()

    @property
    def epoch(self) -> int:
        """Of its journal."""
        return self.journal.epoch

    @property
    def key(self) -> bytes:
        """The centre's journal key."""
        return self.journal.key

    @property
    def db(self) -> Database:
        """The writing connection."""
        return self.journal._db

    def close(self) -> None:
        """Close the files."""
        self.journal.close()

    def _look(self) -> None:
        if self._life != self._machine.life:
            return
        if self.takeover.left_ms > 0:
            self._world.after(LOOK_MS, self._look)
            return
        machine = self._machine
        if fate := machine.next_turn in ("torn", "dies after"):
            machine.photograph()
        given, before = self.takeover._roll.given_back(), self.journal.hall.seq
        machine.watch.recovers(machine.name, self.journal)
        try:
            report = self.takeover.carry_on()
        except sqlite3.OperationalError as error:  # no room: it still recovers, and opens a new window
            self._world.say(machine.name, f"cannot carry on: {error}")
            machine.crash("because it has no room to carry on")
            return
        self._world.say(
            machine.name,
            f"begins epoch {report.epoch}: {report.continued} rows given back after {before}, {len(report.entered)} "
            f"commands entered, {len(report.losses)} lost, {report.missing_rows} rows missing, "
            f"{len(report.silent)} devices silent",
        )
        machine.watch.recovered(machine.name, given, report)
        if fate and machine.next_turn == "torn":
            machine.next_turn = ""
            machine.die_torn()
            return
        if fate:
            machine.crash("after a commit, before its answers")
            return
        machine.stop()
        machine.start()

    def _mark(self, seen: str) -> Mark | None:
        return self.takeover.seals.open_mark(seen)

    def post(self, letter: Letter) -> None:
        """Ask whoever comes to come again, and note what was seen."""
        self.takeover.heard(letter.store, self._mark(letter.seen))
        self._machine.refuse(letter, "recovering")

    def connect(self, seen: str, store: str) -> str:
        """Refuse a stream; returns the code of the reason."""
        self.takeover.heard(store, self._mark(seen))
        return "recovering"

    def returned(self, back: Back) -> None:
        """Take what a device gives back."""
        returned = msgspec.json.decode(back.body, type=Returned)
        parcels = tuple(self.takeover.seals.open_parcel(text) for text in returned.parcels)
        placed = self.takeover.take(returned.device, self._mark(back.seen), parcels, complete=returned.complete)
        told = msgspec.json.encode(placed)
        self._world.count("requests that gave back", 1)
        self._machine.network.carry(self._machine.name, back.who, lambda: back.reply(told))
