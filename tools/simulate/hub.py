"""The hub's machine: the real writer, journal, views and streams, taking turns in virtual time, dying at any step."""

import hashlib
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import msgspec

from kiosk.domain.commands import Envelope
from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.journal import Journal
from kiosk.hub.publisher import Publisher, ViewKey
from kiosk.hub.role_views import RoleViews
from kiosk.hub.routes import BadRequestError
from kiosk.hub.work import Done, Outcome, Request
from kiosk.hub.writer import Writer
from kiosk.link.follower import SILENCE_S, messages
from kiosk.wire import problems
from tools.simulate.disk import Disk
from tools.simulate.letters import Letter, read
from tools.simulate.network import Network
from tools.simulate.world import MachineClock, World

DATABASE = "hub.db"
BALLOT_KEY = "c2ltdWxhdGVkLWJhbGxvdC1rZXktb2YtMzItYnl0ZXM="
COMMIT_MS = (1, 12)
"""How long a turn takes, from a fast disk to a slow one."""
Taken = tuple[Letter, Request, Outcome]


class Watch(Protocol):
    """Who looks at everything the hub does."""

    def opened(self, journal: Journal) -> None:
        """A hub opened its journal."""

    def turned(self, journal: Journal, before: Hall, after: Hall, taken: list[Taken]) -> None:
        """The writer took a turn."""


class Stream:
    """One device's stream: in order while it lasts, lost as a whole."""

    def __init__(self, device: str, key: ViewKey, deliver: Callable[[dict[str, str]], None]) -> None:
        self.device, self.key, self.deliver = device, key, deliver
        self.queue: Any = None
        self.arrives = 0
        self.broken = False


class HubMachine:
    """One machine that carries the hall."""

    def __init__(self, world: World, network: Network, site: Site, folder: Path, watch: Watch) -> None:
        self.name = "hub"
        self.clock = MachineClock(world)
        self._world, self._network, self._site, self._watch = world, network, site, watch
        self._disk = Disk(folder)
        self._disk.path(DATABASE).write_bytes(_empty_journal(site.info.id))
        self._life = 0
        self._waiting: list[Letter] = []
        self._turn_planned = False
        self._streams: list[Stream] = []
        self.up = False
        self.dies_after_commit = False

    # --- life and death

    def start(self) -> None:
        """Open the journal and begin to answer."""
        world = self._world
        self.journal = Journal(self._disk.path(DATABASE), self._site.info.id)
        self.writer = Writer(
            self._disk.path(DATABASE),
            self._site,
            self.clock,
            public_url=lambda: "http://hub",
            on_commit=lambda _: None,
            on_failure=self._failed,
        )
        self.writer.hall = self.journal.hall
        views = RoleViews(self._site, BALLOT_KEY, self.clock.now_ms)
        self.publisher = Publisher(views, self.journal.epoch, self.writer.hall, self.clock.now_ms)
        self.up = True
        world.say(self.name, f"open at row {self.writer.hall.seq}")
        self._watch.opened(self.journal)

    def crash(self, why: str) -> None:
        """End as `kill -9` ends a process: what waits and what was not answered is gone, the disk stays."""
        if not self.up:
            return
        self._world.say(self.name, f"dies ({why})")
        self._world.count(f"hub dies {why}")
        self._life += 1
        self.up, self._turn_planned, self.dies_after_commit = False, False, False
        self._waiting = []
        self._streams, gone = [], self._streams
        self._disk.cut_power(DATABASE)
        self.journal.close()
        self._disk.drop_old(DATABASE)
        for stream in gone:
            self._end(stream)

    def _failed(self, error: BaseException) -> None:
        self._world.say(self.name, f"cannot go on: {error}")
        self._world.count("hub gave up")

    # --- commands

    def post(self, letter: Letter) -> None:
        """Receive a command. A hub that is down refuses the connection, which is told at once."""
        if not self.up:
            self._answer(letter, 0, {})
            return
        self._waiting.append(letter)
        if not self._turn_planned:
            self._turn_planned = True
            life = self._life
            self._world.after(self._world.between(*COMMIT_MS), lambda: self._turn(life))

    def _turn(self, life: int) -> None:
        """Take what waits, as the writer's thread does; one commit serves them all."""
        if life != self._life:
            return
        self._turn_planned = False
        letters, self._waiting = self._waiting, []
        requests = [(letter, request) for letter in letters if (request := self._read(letter)) is not None]
        futures = [(request, Future[Outcome]()) for _, request in requests]
        for _, future in futures:
            future.set_running_or_notify_cancel()
        before = self.writer.hall
        self.writer.carry_out(self.journal, futures)
        outcomes = [_outcome(future) for _, future in futures]
        taken = [(letter, request, outcome) for (letter, request), outcome in zip(requests, outcomes, strict=True)]
        for letter, request, outcome in taken:
            self._world.say(self.name, f"{_told(request)} of {letter.device}: {_said(outcome)}")
        self._world.count("commits")
        self._world.count("commands", len(taken))
        self._watch.turned(self.journal, before, self.writer.hall, taken)
        if self.dies_after_commit:
            self.crash("after a commit, before its answers")
            return
        for letter, _, outcome in taken:
            self._answer(letter, *_http(outcome))
        self._publish()

    def _read(self, letter: Letter) -> Request | None:
        try:
            parsed = read(letter)
        except BadRequestError as error:
            self._world.say(self.name, f"{letter.path} of {letter.device} is no command: {error}")
            self._answer(letter, 400, {"code": "bad_json"})
            return None
        envelope = Envelope(letter.key, letter.role, parsed.command, parsed.not_after)
        return Request(envelope, hashlib.sha256(msgspec.json.encode([letter.role, parsed.command])).hexdigest())

    def _answer(self, letter: Letter, status: int, told: dict[str, Any]) -> None:
        self._network.carry(self.name, letter.device, lambda: letter.reply(status, told))

    # --- streams

    def connect(self, stream: Stream) -> None:
        """Begin a stream with the whole view; a hub that is down ends it at once."""
        if not self.up:
            self._end(stream)
            return
        stream.queue = self.publisher.watch(stream.key)
        self._streams.append(stream)
        self._drain(stream)

    def disconnect(self, stream: Stream) -> None:
        """End a stream, from the device's side."""
        if stream in self._streams:
            self._streams.remove(stream)
            self.publisher.leave(stream.key, stream.queue)

    def _publish(self) -> None:
        self.publisher.commit(self.writer.hall)
        for stream in list(self._streams):
            self._drain(stream)

    def _drain(self, stream: Stream) -> None:
        while not stream.queue.empty():
            raw = stream.queue.get_nowait()
            if not raw:
                self.disconnect(stream)
                self._end(stream)
                return
            (message,) = messages(iter(raw.decode().split("\n")))
            self._send(stream, message)

    def _send(self, stream: Stream, message: dict[str, str]) -> None:
        """Send in order; what the network loses takes the whole connection along, which a device notices in time."""
        world = self._world
        world.count("view messages")
        if stream.broken:
            return
        if not self._network.reaches(self.name, stream.device) or world.chance(self._network.weather.drop / 4):
            world.count("streams cut")
            stream.broken = True
            world.after(world.between(100, SILENCE_S * 1000), lambda: stream.deliver({}))
            return
        stream.arrives = max(stream.arrives, world.now + int(self._network.delay()))
        for _ in range(2 if world.chance(self._network.weather.repeat / 8) else 1):
            world.after(stream.arrives - world.now, lambda: stream.deliver(message))

    def _end(self, stream: Stream) -> None:
        self._world.after(self._network.delay(), lambda: stream.deliver({}))


def _outcome(future: "Future[Outcome]") -> Outcome | Exception:
    error = future.exception()
    return future.result() if error is None else error  # type: ignore[return-value]


def _http(outcome: Outcome | Exception) -> tuple[int, dict[str, Any]]:
    if isinstance(outcome, Done):
        return 200, msgspec.json.decode(outcome.answer)
    if isinstance(outcome, Refused):
        said = problems.problem(outcome.code, "vi", dict(outcome.params))
        return said.status, {"code": outcome.code, "detail": said.detail}
    return 500, {"code": "internal"}


def _told(request: Request) -> str:
    command = request.envelope.command
    about = [str(getattr(command, name)) for name in ("ticket_id", "counter", "queue") if getattr(command, name, None)]
    return f"{type(command).__name__}({', '.join(about)}) #{request.envelope.id[-6:]}"


def _said(outcome: Outcome | Exception) -> str:
    if isinstance(outcome, Done):
        return "again " + outcome.answer.decode() if outcome.repeated else outcome.answer.decode()
    return f"refused, {outcome.code}" if isinstance(outcome, Refused) else f"BUG {outcome!r}"


@cache
def _empty_journal(site_id: str) -> bytes:
    """Return a new journal's file: making its tables takes longer than a whole morning's commands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, DATABASE)
        Journal(path, site_id).close()
        return path.read_bytes()
