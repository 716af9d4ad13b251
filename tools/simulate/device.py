"""A device: the real outbox and the real judgement of answers, with the link's patience, in virtual time."""

import sqlite3
import tempfile
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import json

from kiosk.domain.commands import AnyCommand, Role
from kiosk.hub.streams.publisher import ViewKey
from kiosk.link.follower import FIRST_WAIT_S as FIRST_LOOK_S
from kiosk.link.follower import LONGEST_WAIT_S as LONGEST_LOOK_S
from kiosk.link.follower import SILENCE_S, GapError, ViewFold
from kiosk.link.hub_clock import HubClock
from kiosk.link.link import FIRST_WAIT_S, LONGEST_WAIT_S
from kiosk.link.outbox import Fact, Outbox
from kiosk.link.policy import FactIs, fact_after
from kiosk.ports import Answered
from tools.simulate.broken import must
from tools.simulate.disk import Disk
from tools.simulate.letters import address
from tools.simulate.line import Command, Line, OnAnswer
from tools.simulate.machine import Machine
from tools.simulate.network import Network
from tools.simulate.streams import Stream
from tools.simulate.world import MachineClock, World

CONNECT_MS = 3_000
"""How long a screen waits for a machine that does not answer at all (`kiosk.link.follower`)."""


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
        machines: Mapping[str, Machine],
        folder: Path,
        key: ViewKey,
        number: int,
        *,
        follows: bool = True,
        name: str = "",
    ) -> None:
        self.name = name or f"{key.role} {number}"
        self.world, self.network, self.machines, self.key, self.number = world, network, machines, key, number
        self.role = Role(key.role)
        self.clock = MachineClock(world)
        self.held_to = number if self.role in (Role.KIOSK, Role.COUNTER, Role.TABLET) else None
        self.follows = follows
        """Whether it has a screen that shows a view."""
        self.patience_ms = 1_500 if self.role is Role.KIOSK else 5_000
        self._disk = Disk(folder / self.name, "outbox.db")
        self._disk.path.write_bytes(_empty_outbox())
        self.stores_lost = 0
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
        self.line = Line(self, self.outbox.kept)
        self.hub_clock = HubClock(self.clock, lambda: self.world.now / 1000)
        self.view: dict[str, Any] = {}
        self.connected = False
        self._wishes: deque[Wish] = deque()
        self._sending_facts = False
        if self.follows:
            self._follow()
        self._send_facts()
        self.line.begin()

    def crash(self) -> None:
        """Lose everything but the disk, and start again."""
        self.world.say(self.name, "dies and starts again")
        self.world.count("devices die")
        self._end(self._disk.cut_power)

    def lose_store(self) -> None:
        """Lose the disk too, and start again with an empty one: its facts that waited are lost with it."""
        self.world.say(self.name, "loses its store")
        self.stores_lost += 1
        self.facts = []

        def new_disk() -> None:
            self._disk.replace()
            self._disk.path.write_bytes(_empty_outbox())

        self._end(new_disk)

    def _end(self, change_disk: Callable[[], None]) -> None:
        self.life += 1
        self._leave()
        change_disk()
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
        self._wishes.append(Wish(Command(key, path, body, late_at), on_answer, self.world.now + self.patience_ms))
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

        self.line.post(wish.what, left, answered)

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

    def errand_over(self) -> None:
        """Offer again what was kept aside: the hub may know its ticket by now."""
        if self.outbox.offer_again():
            self._send_facts()

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
                self.outbox.quarantine(fact.command_id, json.encode(answer.body).decode())
            self.on_settled(fact.command_id, answer)
            self._send_facts()

        self.line.post(Command(fact.command_id, fact.path, fact.body), self.patience_ms, answered)

    # --- the view

    def show_view(self) -> None:
        """Follow from now on, as every real screen does: it then hears who is the hub, whatever it is answered."""
        if not self.follows:
            self.follows = True
            self._follow()

    def _follow(self, wait_s: float = FIRST_LOOK_S) -> None:
        """Follow the hub's stream; after every break again, at last every few seconds."""
        fold, url = ViewFold(), self.line.way.url

        def deliver(message: dict[str, str], held: dict[str, Any] | None) -> None:
            if stream is not self.stream:
                return
            try:
                if not message:
                    if stream.refused in ("", "gone"):
                        self.line.way.leave(url)
                    else:
                        self.line.way.answered(url, 503, {"code": stream.refused})
                    raise GapError("the stream ended")
                before = self.line.keeper.epoch
                if "mark" in message and not self.line.way.seen(url, message["mark"]):
                    raise GapError("that machine is not the hub any more")
                self.line.must_be_of_now(before, message.get("mark", ""))
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
                self.machines[url].connect(stream, self.line.keeper.mark, self.line.way.headers()["Moi-Device"])

        self.stream = stream = Stream(self.name, self.key, deliver)
        reaches = self.network.reaches(self.name, url)
        if not self.network.carry(self.name, url, reached):
            self.later(SILENCE_S * 1000 if reaches else CONNECT_MS, lambda: deliver({}, None))

    def _leave(self) -> None:
        if self.stream is not None:
            self.stream.disconnect()
        self.stream = None

    def _broken(self, wait_s: float) -> None:
        """The connection is gone: the screen keeps what it has, and says so."""
        if self.connected:
            self.world.count("streams broken")
        self.connected = False
        self._leave()
        self.later(self.world.between(wait_s * 500, wait_s * 1000), lambda: self._follow(wait_s))
        self.on_view()


@cache
def _empty_outbox() -> bytes:
    """Return a new outbox's file, which has no id of its own yet: making its tables takes long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "outbox.db")
        Outbox(path).close()
        db = sqlite3.connect(path)
        db.execute("DELETE FROM self")
        db.commit()
        db.close()
        return path.read_bytes()
