"""What a machine that is the hub says to its standby, and does with what devices give back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk.domain.events import Refused
from kiosk.hub.copy_desk import CopyDesk, became, entering
from kiosk.hub.herald import EVERY_S, mark_of_a_later_epoch, question_to_the_old_hub
from kiosk.hub.journal.reader import Reader
from kiosk.hub.takeover.copying import Page
from kiosk.hub.takeover.keeping import Keeping
from kiosk.hub.web.copy_web import WAIT_S
from kiosk.hub.work import Outcome
from kiosk.wire.kept import Became, Parcel, Placed, Returned, Seals
from tools.simulate.letters import Back, Held, Letter

if TYPE_CHECKING:
    from tools.simulate.machine import Machine

NIGHT_MS = 600_000


@dataclass(frozen=True)
class Parts:
    """What it needs of a life of the hub."""

    machine: "Machine"
    keeping: Keeping
    desk: CopyDesk
    reader: Reader
    seals: Seals


class Handover:
    """Of one life of a hub."""

    def __init__(
        self,
        parts: Parts,
        wait: Callable[[Letter], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        """Begin; `wait` queues a letter for the writer, `later` has something happen in this life only."""
        self._parts, self._wait, self._later = parts, wait, later
        self._held: list[Held] = []

    def end(self) -> None:
        """The hub is gone: every connection of a standby is reset."""
        held, self._held = self._held, []
        for one in held:
            self._answer_copy(one, None)

    def tell_old_hub(self) -> None:
        """Ask the machine that was followed before, as the product's herald does: it may live, and not know."""
        parts, stand = self._parts, self._parts.keeping.stand
        machine = parts.machine
        old, life = machine.machines[machine.follow], machine.life

        def reply(page: Page | None) -> None:
            mark = mark_of_a_later_epoch(page, machine.site.info.id, parts.keeping.stand) if page is not None else None
            if mark is not None and life == machine.life:
                parts.keeping.judge(mark)

        held = Held(machine.name, question_to_the_old_hub(stand), reply)
        machine.network.carry(machine.name, old.name, lambda: old.asked(held))
        self._later(EVERY_S * 1000 if machine.world.is_open else NIGHT_MS, self.tell_old_hub)

    def asked(self, held: Held) -> None:
        """Answer what follows a standby's newest row, as soon as there is something."""
        if not self._parts.desk.confirm(held.question, self._parts.reader.hash_at(held.question.after)):
            self._answer_copy(held, self._parts.desk.page((), "", agrees=False))
        elif held.question.wait and self._parts.desk.lag(held.question) == 0:
            self._held.append(held)
            self._later(WAIT_S * 1000, lambda: self.answer_held(held))
        else:
            self._answer_copy(held, self._parts.desk.page(self._parts.desk.parcels(held.question), "", agrees=True))

    def answer_held(self, only: Held | None = None) -> None:
        """Answer the questions that are held, or one of them, whether or not there is something."""
        now = [one for one in self._held if only is None or one is only]
        self._held = [] if only is None else [one for one in self._held if one is not only]
        for one in now:
            self._answer_copy(one, self._parts.desk.page(self._parts.desk.parcels(one.question), "", agrees=True))

    def _answer_copy(self, held: Held, page: Page | None) -> None:
        self._parts.machine.network.carry(self._parts.machine.name, held.who, lambda: held.reply(page))

    def returned(self, back: Back) -> None:
        """Enter what a device gives back, or name it; the answer comes when all of it is placed."""
        parts, returned = self._parts, msgspec.json.decode(back.body, type=Returned)
        placing: list[Became | Refused | None] = []

        def answer() -> None:
            if len(placing) < len(returned.parcels) or None in placing:
                return
            placed = tuple(one for one in placing if isinstance(one, Became))
            whole = len(placed) == len(placing)
            told = msgspec.json.encode(Placed(placed, parts.keeping.mark())) if whole else b""
            parts.machine.network.carry(parts.machine.name, back.who, lambda: back.reply(told))

        for at, text in enumerate(returned.parcels):
            parcel = parts.seals.open_parcel(text)
            placing.append(parts.desk.known(parcel))
            if placing[at] is None and parcel is not None:
                self._enter(back, parcel, placing, at, answer)
        answer()

    def _enter(
        self, back: Back, parcel: Parcel, placing: list[Became | Refused | None], at: int, then: Callable[[], None]
    ) -> None:
        self._parts.machine.world.count("commands given back late")

        def on_outcome(outcome: Outcome | Exception) -> None:
            placing[at] = Refused("internal") if isinstance(outcome, Exception) else became(outcome)
            then()

        request = entering(parcel, back.role, None)
        self._wait(
            Letter(back.who, back.role, parcel.command_id, "", {}, _deaf, request=request, on_outcome=on_outcome)
        )


def _deaf(status: int, told: dict[str, Any]) -> None:
    """Nobody waits for this."""
