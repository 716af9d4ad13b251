"""A device: the real outbox and the real judgement of answers, with the link's patience, in virtual time."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.commands import AnyCommand, Role
from kiosk.hub.publisher import ViewKey
from kiosk.link.follower import FIRST_WAIT_S as FIRST_LOOK_S
from kiosk.link.follower import LONGEST_WAIT_S as LONGEST_LOOK_S
from kiosk.link.follower import SILENCE_S, GapError, ViewFold
from kiosk.link.hub_clock import HubClock
from kiosk.link.link import FIRST_WAIT_S, LONGEST_WAIT_S
from kiosk.link.outbox import Fact, Outbox
from kiosk.link.policy import FactIs, fact_after, understood
from kiosk.ports import Answered
from tools.simulate.broken import must
from tools.simulate.disk import Disk
from tools.simulate.hub import HubMachine
from tools.simulate.letters import Letter, address
from tools.simulate.network import Network
from tools.simulate.streams import Stream
from tools.simulate.world import MachineClock, World

OnAnswer = Callable[[Answered], None]


@dataclass(frozen=True)
class Command:
    """What is sent: under its id, and until when in virtual time it is not too late."""

    key: str
    path: str
    body: dict[str, Any]
    late_at: int | None = None


@dataclass(frozen=True)
class Wish:
    """A command that is given up after the device's patience."""

    what: Command
    on_answer: OnAnswer
    deadline: int


class Device:
    """One screen's machine with its link. What is not in the outbox dies with it."""

    def __init__(
        self,
        world: World,
        network: Network,
        hub: HubMachine,
        folder: Path,
        key: ViewKey,
        number: int,
        *,
        follows: bool = True,
        name: str = "",
    ) -> None:
        self.name = name or f"{key.role} {number}"
        self.world, self.network, self.hub, self.key, self.number = world, network, hub, key, number
        self.role = Role(key.role)
        self.clock = MachineClock(world)
        self._held_to = number if self.role in (Role.KIOSK, Role.COUNTER, Role.TABLET) else None
        self.follows = follows
        """Whether it has a screen that shows a view."""
        self._patience_ms = 1_500 if self.role is Role.KIOSK else 5_000
        self._disk = Disk(folder / self.name, "outbox.db")
        self.facts: list[str] = []
        """Every fact it was ever told to keep, by its command's id: none may get lost, whatever becomes of it."""
        self.life = 0
        self.stream: Stream | None = None
        self.on_view: Callable[[], None] = lambda: None
        self.on_restart: Callable[[], None] = lambda: None
        self.on_settled: Callable[[str, Answered], None] = lambda key, answered: None
        """Told every answer that came back, of wishes and facts."""
        self._begin()

    def _begin(self) -> None:
        self.outbox = Outbox(self._disk.path)
        self.hub_clock = HubClock(self.clock, lambda: self.world.now / 1000)
        self.view: dict[str, Any] = {}
        self.connected = False
        self._wishes: deque[Wish] = deque()
        self._sending_facts = False
        if self.follows:
            self._follow()
        self._send_facts()

    def crash(self) -> None:
        """Lose everything but the disk, and start again."""
        self.world.say(self.name, "dies and starts again")
        self.world.count("devices die")
        self.life += 1
        self._leave()
        self._disk.cut_power()
        self.outbox.close()
        self._disk.forget_past()
        self._begin()
        self.on_restart()

    def later(self, delay_ms: float, action: Callable[[], None]) -> None:
        """Have something happen in this life of the device only."""
        life = self.life
        self.world.after(delay_ms, lambda: action() if life == self.life else None)

    # --- wishes

    def wish(self, command: AnyCommand, on_answer: OnAnswer, *, valid_ms: int | None = None, key: str = "") -> str:
        """Send a wish; see `send`."""
        return self.send(*address(command), on_answer, valid_ms=valid_ms, key=key)

    def send(
        self, path: str, body: dict[str, Any], on_answer: OnAnswer, *, valid_ms: int | None = None, key: str = ""
    ) -> str:
        """Send a wish; `valid_ms` from now it is too late for it. The same `key` asks about the same wish again."""
        # While it does not hear the hub, a device has only its own clock, which may be anything.
        late_at = self.world.now + valid_ms if valid_ms is not None and self.connected else None
        if valid_ms is not None:
            body = {**body, "not_after": self.hub_clock.now_ms() + valid_ms}
        key = key or self.world.new_id()
        self._wishes.append(Wish(Command(key, path, body, late_at), on_answer, self.world.now + self._patience_ms))
        if len(self._wishes) == 1:
            self._try_wish()
        return key

    def _try_wish(self, wait_s: float = FIRST_WAIT_S) -> None:
        """Try the oldest wish until it is answered or its patience is over; the others wait behind it."""
        wish = self._wishes[0]
        left = wish.deadline - self.world.now
        if left <= 0:
            self._wish_over(wish, Answered(wish.what.key, 0, {}))
            return

        def answered(answer: Answered) -> None:
            if answer.status:
                self._wish_over(wish, answer)
            else:
                again = min(wait_s * 2, LONGEST_WAIT_S)
                self.later(min(wait_s * 1000, max(0, wish.deadline - self.world.now)), lambda: self._try_wish(again))

        self._post(wish.what, left, answered)

    def _wish_over(self, wish: Wish, answer: Answered) -> None:
        self._wishes.popleft()
        if self._wishes:
            self.later(0, self._try_wish)
        self.on_settled(wish.what.key, answer)
        wish.on_answer(answer)

    # --- facts

    def fact(self, command: AnyCommand) -> str:
        """Keep a fact and send it until the hub has taken it."""
        path, body = address(command)
        key = self.world.new_id()
        self.facts.append(key)
        self.outbox.put(Fact(key, path, body))
        self.world.say(self.name, f"keeps {type(command).__name__} #{key[-6:]}")
        self._send_facts()
        return key

    def _send_facts(self, wait_s: float = FIRST_WAIT_S) -> None:
        if self._sending_facts:
            return
        fact = self.outbox.first()
        if fact is None:
            return
        self._sending_facts = True

        def answered(answer: Answered) -> None:
            self._sending_facts = False
            became = fact_after(answer)
            if became is FactIs.WAITING:
                again = min(wait_s * 2, LONGEST_WAIT_S)
                self.later(self.world.between(wait_s * 500, wait_s * 1000), lambda: self._send_facts(again))
                return
            if became is FactIs.TAKEN:
                self.outbox.answered(fact.command_id)
            else:
                self.world.say(self.name, f"the hub cannot place {fact.path}: {answer.body}")
                self.outbox.quarantine(fact.command_id, str(answer.body.get("code")))
            self.on_settled(fact.command_id, answer)
            self._send_facts()

        self._post(Command(fact.command_id, fact.path, fact.body), self._patience_ms, answered)

    # --- one try

    def _post(self, what: Command, patience_ms: float, on_answer: OnAnswer) -> None:
        """Try once: the first answer counts, or none within the patience."""
        life, settled = self.life, False

        def settle(status: int, told: dict[str, Any]) -> None:
            nonlocal settled
            if settled or life != self.life:
                return
            settled = True
            on_answer(understood(what.key, status, told))

        letter = Letter(self.name, self.role, what.key, what.path, what.body, settle, self._held_to, what.late_at)
        self.network.carry(self.name, self.hub.name, lambda: self.hub.post(letter))
        self.world.after(patience_ms, lambda: settle(0, {}))

    # --- the view

    def _follow(self, wait_s: float = FIRST_LOOK_S) -> None:
        """Follow the hub's stream; after every break again, at last every few seconds."""
        fold = ViewFold()

        def deliver(message: dict[str, str], held: dict[str, Any] | None) -> None:
            if stream is not self.stream:
                return
            try:
                if not message:
                    raise GapError("the stream ended")
                self.view = fold.take(message)
            except GapError:
                self._broken(FIRST_LOOK_S if self.connected else min(wait_s * 2, LONGEST_LOOK_S))
            else:
                must(held in (None, self.view), f"{self.name} shows another view than the one that was sent")
                self.hub_clock.heard(int(message["time"]), anew=message["event"] == "view")
                self.connected = True
                self.on_view()

        def reached() -> None:
            if stream is self.stream and stream.watcher is None:
                self.hub.connect(stream)

        self.stream = stream = Stream(self.name, self.key, deliver)
        if not self.network.carry(self.name, self.hub.name, reached):
            self.later(SILENCE_S * 1000, lambda: deliver({}, None))

    def _leave(self) -> None:
        if self.stream is not None:
            self.hub.streams.disconnect(self.stream)
        self.stream = None

    def _broken(self, wait_s: float) -> None:
        """The connection is gone: the screen keeps what it has, and says so."""
        if self.connected:
            self.world.count("streams broken")
        self.connected = False
        self._leave()
        self.later(self.world.between(wait_s * 500, wait_s * 1000), lambda: self._follow(wait_s))
        self.on_view()
