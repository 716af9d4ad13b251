"""A machine that is the standby: the real copy of the hub's journal, over the simulated network."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlite_utils import Database

from kiosk.domain.commands import Role
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.takeover.copier import Copier
from kiosk.hub.takeover.copying import Advice, Page
from kiosk.hub.takeover.standby import AGAIN_S, ANSWER_S, CONNECT_S, GIVE_BACK_AGAIN_S
from tools.simulate.letters import Back, Held

if TYPE_CHECKING:
    from tools.simulate.machine import Machine

NIGHT_MS = 60_000


class Following:
    """One life of a standby: it asks, takes, gives back, and asks again."""

    def __init__(self, machine: "Machine", hub: "Machine") -> None:
        """Begin to follow a machine."""
        self._machine, self._hub, self._life = machine, hub, machine.life
        self._world, self._network = machine.world, machine.network
        self.copier = Copier(machine.disk.folder, machine.site, hub.name)
        self.reached = False
        self.stopped = ""
        """Why it does not follow any more."""
        self._question = 0
        self._world.say(machine.name, f"follows {hub.name} from row {self.copier.stand.hall.seq}")
        self._later(0, self._ask)

    @property
    def epoch(self) -> int:
        """Of its journal."""
        return self.copier.journal.epoch

    @property
    def key(self) -> bytes:
        """The centre's journal key."""
        return self.copier.journal.key

    @property
    def db(self) -> Database:
        """The writing connection."""
        return self.copier.journal._db

    def close(self) -> None:
        """Close the files."""
        self.copier.close()

    def _later(self, delay_ms: float, action: Callable[[], None]) -> None:
        self._world.after(delay_ms, lambda: action() if self._life == self._machine.life else None)

    def _again(self) -> None:
        self._later(AGAIN_S * 1000 if self._world.is_open else NIGHT_MS, self._ask)

    def _sent(self, send: Callable[[], None], failed: Callable[[], None]) -> Callable[[], bool]:
        """Send a request; the first of its answer and its failure counts, which the returned function decides."""
        self._question += 1
        mine, life = self._question, self._life

        def first() -> bool:
            if mine != self._question or life != self._machine.life:
                return False
            self._question += 1
            return True

        reaches = self._network.reaches(self._machine.name, self._hub.name)
        self._network.carry(self._machine.name, self._hub.name, send)
        wait_s = ANSWER_S if reaches else CONNECT_S
        self._world.after(wait_s * 1000, lambda: failed() if first() else None)
        return first

    def _ask(self) -> None:
        def reply(page: Page | None) -> None:
            if first():
                self._heard(page)

        held = Held(self._machine.name, self.copier.question(self._machine.name, wait=self.reached), reply)
        first = self._sent(lambda: self._hub.asked(held), self._failed)

    def ask_now(self) -> None:
        """Ask without waiting for the next time; what is asked already is not waited for."""
        self._question += 1
        self._later(0, self._ask)

    def _failed(self) -> None:
        self.reached = False
        self._again()

    def _heard(self, page: Page | None) -> None:
        if page is None:
            self._failed()
            return
        found = self.copier.advice(page)
        if found is Advice.TAKE:
            self._take(page)
        elif found is Advice.BEGIN_ANEW:
            self._give_back(self.copier.give_back(page), self._begin_anew)
        elif found is Advice.GIVE_BACK:
            self.reached = False
            self._give_back(self.copier.give_back(page), lambda: self._later(GIVE_BACK_AGAIN_S * 1000, self._ask))
        elif found is Advice.WAIT:
            self._again()
        else:
            self._world.say(self._machine.name, f"follows no more: {found}")
            self.stopped = found.value

    def _take(self, page: Page) -> None:
        try:
            self.copier.take(page)
        except (JournalDamagedError, sqlite3.Error) as error:
            self._world.say(self._machine.name, f"cannot copy: {error}")
            self._world.count("pages a standby could not take")
            self._again()
            return
        if not self.reached:
            self._world.say(self._machine.name, f"has row {self.copier.stand.hall.seq} of {page.seq}")
        self.reached = True
        self._world.count("rows copied", sum(len(parcel.rows) for parcel in page.parcels))
        # At night there is nothing to hear, and most of a run's time would be spent on asking.
        self._later(0 if self._world.is_open or page.parcels else NIGHT_MS, self._ask)

    def _begin_anew(self) -> None:
        self._world.say(self._machine.name, "sets its copy aside and begins another")
        self._world.count("copies set aside")
        self.copier.begin_anew()
        self.reached = False
        self._machine.watch.forget(self._machine.name)
        self._again()

    def _give_back(self, bodies: Iterator[bytes], then: Callable[[], None]) -> None:
        body = next(bodies, None)
        if body is None:
            then()
            return

        def reply(told: bytes) -> None:
            if not first():
                return
            if told:
                self._give_back(bodies, then)
            else:
                self._failed()

        back = Back(self._machine.name, Role.STANDBY, body, "", reply)
        first = self._sent(lambda: self._hub.returned(back), self._failed)
