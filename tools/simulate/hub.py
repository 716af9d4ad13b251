"""A machine that is the hub: the real writer, journal, views and streams, taking turns in virtual time."""

import hashlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import msgspec
from sqlite_utils import Database

from kiosk.domain.commands import AnyCommand, Envelope, EraseSide, NoteClock, Role
from kiosk.domain.timers import command_id, due
from kiosk.hub.answers import Asked
from kiosk.hub.copy_desk import CopyDesk
from kiosk.hub.hall_clock import HallClock, Jump
from kiosk.hub.journal import snapshots
from kiosk.hub.journal.journal import Append, Journal, KnownAnswer
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.retention import AT_A_TIME
from kiosk.hub.streams.publisher import Publisher
from kiosk.hub.streams.role_views import RoleViews
from kiosk.hub.takeover.keeping import Fallen, Keeping, phase_after
from kiosk.hub.timers import FIRST_S
from kiosk.hub.web.parsing import BadRequestError
from kiosk.hub.work import Done, Outcome, Request
from kiosk.hub.writer import Writer
from kiosk.wire.kept import Seals
from tools.simulate.handover import Handover, Parts
from tools.simulate.letters import HEARTBEAT, Letter, address, read
from tools.simulate.outcomes import over_http, said, told
from tools.simulate.streams import Stream, Streams

if TYPE_CHECKING:
    from tools.simulate.machine import Machine

BALLOT_KEY = "c2ltdWxhdGVkLWJhbGxvdC1rZXktb2YtMzItYnl0ZXM="
COMMIT_MS = (1, 12)
"""How long a turn takes, from a fast disk to a slow one."""
SWEEP_MS = 20_000
"""A real hub sweeps more often (`kiosk.hub.streams.watcher.SWEEP_S`); most of a run's time would be spent on that."""
TIMERS_MS, NIGHT_MS = 10_000, 600_000


class Deciding:
    """One life of a machine that carries the hall."""

    def __init__(self, machine: "Machine") -> None:
        """Open the journal and begin to answer."""
        self._machine, self._life, self.name = machine, machine.life, machine.name
        world, self._network, self._site, self._watch = machine.world, machine.network, machine.site, machine.watch
        self._world, path = world, machine.disk.path
        self._waiting: list[Letter] = []
        self._turn_planned = False
        self.journal = Journal(path, self._site.info.id)
        self.epoch = self.journal.epoch
        self.hall_clock = HallClock(machine.clock, lambda: world.now, self._clock_jumped)
        self.writer = Writer(
            path,
            self._site,
            self.hall_clock,
            public_url=lambda: "http://hub",
            on_commit=lambda _: None,
            on_failure=lambda error: world.say(self.name, f"cannot go on: {error}"),
        )
        self.writer.hall = self.journal.hall
        self.reader, self.seals = Reader(path), Seals(self.journal.key)
        now_ms = self.hall_clock.now_ms
        self.keeping = Keeping(self.seals, self.reader, self.stand(), now_ms, self._fell)
        desk = CopyDesk(self.keeping, self.reader, self._site.info.id, self.epoch, self.journal.key, now_ms)
        parts = Parts(machine, self.keeping, desk, self.reader, self.seals)
        self.handover = Handover(parts, self._wait, self._later)
        self._views = RoleViews(self._site, BALLOT_KEY, now_ms)
        self.publisher = Publisher(
            self._views, self.epoch, self.writer.hall, now_ms, later=self._publish_later, mark=self.keeping.mark
        )
        self.streams = Streams(world, self._network, self.name, self.publisher)
        self.hall_clock.begin(self.journal.hall.at)
        world.say(self.name, f"opens at row {self.writer.hall.seq} of epoch {self.epoch}")
        self._watch.opened(self.name, self.journal)
        self._sweep_later()
        self._later(FIRST_S * 1000, self._look_at_timers)
        if machine.follow:
            self._later(0, self.handover.tell_old_hub)
        self._watch.check_folder(self.name, machine.disk.folder)

    def close(self) -> None:
        """Close the files, as far as a process that dies does."""
        self.reader.close()
        self.journal.close()
        self.streams.end_all()
        self.handover.end()

    def stand(self) -> Stand:
        """Return how far its journal goes."""
        return Stand(self.writer.hall, self.journal.head, self.epoch)

    def _fell(self, fallen: Fallen) -> None:
        """Decide nothing from here on, not even what waits; then become what comes next."""
        self._world.say(self.name, f"has fallen: {fallen.standing}")
        self._world.count(f"hubs that heard they are {fallen.standing}")
        self.writer.fallen = fallen.refusal
        self._later(0, lambda: self._machine.become(phase_after(fallen, self._machine.clock.now_ms())))

    @property
    def key(self) -> bytes:
        """The centre's journal key."""
        return self.journal.key

    @property
    def db(self) -> Database:
        """The writing connection."""
        return self.journal._db

    def keep_snapshot(self) -> None:
        """Keep a snapshot of the hall, as the hub's keeper does every some thousand rows."""
        if self.writer.hall.day:
            self._world.count("snapshots kept")
            snapshots.save(snapshots.folder_of(self._machine.disk.path), self.writer.hall, self.journal.head)

    def _clock_jumped(self, jump: Jump) -> None:
        """Note it and tell the time, as the hub does."""
        self._world.say(self.name, f"sees its clock jump by {jump.after - jump.before} ms")
        self._watch.clock_jumped()
        self._own(NoteClock(jump.before, jump.after))
        self._later(0, self._tell_time)

    def _tell_time(self) -> None:
        self.publisher.tell_time()
        self.streams.drain()

    def _own(self, command: AnyCommand, key: str = "") -> None:
        """Send itself a command, as timers and the clock do."""
        key = key or self._world.new_id()
        letter = Letter(self.name, Role.HUB, key, *address(command), lambda status, told: None)
        self._later(0, lambda: self.post(letter))

    def _look_at_timers(self) -> None:
        """What was set aside for a time comes back by itself, or its right is over; what is due is forgotten."""
        now = max(self.hall_clock.now_ms(), self.writer.hall.at)
        for timer in due(self.writer.hall, now):
            self._own(timer, command_id(timer))
        refs = self.reader.side_due(now, AT_A_TIME)
        if refs:
            self._world.count("side data forgotten", len(refs))
            self._own(EraseSide(refs))
        self._later(TIMERS_MS if self._world.is_open else NIGHT_MS, self._look_at_timers)

    def _later(self, delay_ms: float, action: Callable[[], None]) -> None:
        """Have something happen in this life of the machine only."""
        self._world.after(delay_ms, lambda: action() if self._life == self._machine.life else None)

    # --- commands

    def post(self, letter: Letter) -> None:
        """Receive a command, and what its device has seen."""
        refused = self.keeping.hear(letter.store, letter.seen)
        if refused is not None:
            self._answer(letter, *over_http(refused))
            return
        if letter.path == HEARTBEAT:
            self._answer(letter, 200, {"command": letter.key})
            return
        self._wait(letter)

    def _wait(self, letter: Letter) -> None:
        self._waiting.append(letter)
        if not self._turn_planned:
            self._turn_planned = True
            self._later(self._world.between(*COMMIT_MS), self._turn)

    def _turn(self) -> None:
        """Take what waits, as the writer's thread does; one commit serves them all."""
        self._turn_planned = False
        letters, self._waiting = self._waiting, []
        requests = [(letter, request) for letter in letters if (request := self._read(letter)) is not None]
        fate = self._fate()
        before = self.writer.hall
        outcomes = self._carried_out([request for _, request in requests])
        if self.writer.hall.seq > before.seq and fate == "torn":
            stored = zip(requests, outcomes, strict=True)
            self._watch.torn(self.name, [request for (_, request), outcome in stored if _wrote_rows(outcome)])
            self._machine.die_torn()
            return
        taken = [(letter, request, outcome) for (letter, request), outcome in zip(requests, outcomes, strict=True)]
        for letter, request, outcome in taken:
            self._world.say(self.name, f"{told(request)} of {letter.device}: {said(outcome)}")
        self._world.count("commits", self.writer.hall.seq > before.seq)
        self._world.count("commands", len(taken))
        self._watch.turned(self.name, self.journal, before, self.writer.hall, taken)
        if fate == "dies after" and self.writer.hall.seq > before.seq:
            self._machine.crash("after a commit, before its answers")
            return
        self.keeping.committed(self.stand())
        for letter, _, outcome in taken:
            self._tell(letter, outcome)
        if self.writer._gave_up:
            self._machine.crash("because its outcome is unknown")
            return
        self._watch.showing(self.writer.hall, self._views)
        self.publisher.commit(self.writer.hall)
        self.streams.drain()
        self.handover.answer_held()

    def _carried_out(self, requests: list[Request]) -> list[Outcome | Exception]:
        asked = [Asked(request, Future[Outcome]()) for request in requests]
        self.writer.carry_out(self.journal, [one for one in asked if one.still_wanted()])
        return [one.future.exception() or one.future.result() for one in asked]  # type: ignore[misc]

    def _fate(self) -> str:
        """Prepare what will happen to this turn."""
        machine = self._machine
        fate, machine.next_turn = machine.next_turn, ""
        if fate == "torn":
            machine.photograph()
        if fate.startswith("fails"):
            self._break_append(stored=fate == "fails after")
        return fate

    def _break_append(self, *, stored: bool) -> None:
        """Let the disk fail the next append, before or after it was really stored: nobody can tell which."""
        real = self.journal.append

        def append(appends: list[Append]) -> None:
            if stored:
                real(appends)
            raise sqlite3.OperationalError("disk I/O error")

        self.journal.append = append  # type: ignore[method-assign]

    def _read(self, letter: Letter) -> Request | None:
        if letter.request is not None:
            return letter.request
        try:
            parsed = read(letter)
        except BadRequestError as error:
            self._world.say(self.name, f"{letter.path} of {letter.device} is no command: {error}")
            self._answer(letter, 400, {"code": "bad_json"})
            return None
        envelope = Envelope(letter.key, letter.role, parsed.command, parsed.not_after)
        request_hash = hashlib.sha256(msgspec.json.encode([letter.role, parsed.command])).hexdigest()
        return Request(envelope, request_hash, letter.number)

    def _tell(self, letter: Letter, outcome: Outcome | Exception) -> None:
        """Answer with what the device must keep."""
        if letter.on_outcome is not None:
            letter.on_outcome(outcome)
            return
        if isinstance(outcome, Done) and letter.store:
            wrote = outcome.wrote
            parcel = self.reader.parcel_of(wrote) if isinstance(wrote, KnownAnswer) else wrote
            outcome = Done(self.keeping.with_kept(outcome.answer, parcel), outcome.repeated)
        self._answer(letter, *over_http(outcome))

    def _answer(self, letter: Letter, status: int, told: dict[str, Any]) -> None:
        self._network.carry(self.name, letter.device, lambda: letter.reply(status, told))

    # --- streams

    def connect(self, stream: Stream, seen: str, store: str) -> str:
        """Begin a stream; returns the code of the reason where it is refused."""
        refused = self.keeping.hear(store, seen)
        if refused is not None:
            return refused.code
        self.streams.connect(stream)
        return ""

    def _sweep_later(self) -> None:
        """Look at every follower now and then; views also move with time."""

        def sweep() -> None:
            if self._world.is_open:
                self.publisher.sweep()
                self.streams.drain()
                self._sweep_later()

        self._later(SWEEP_MS, sweep)

    def _publish_later(self, seconds: float, call: Callable[[], None]) -> None:
        def tick() -> None:
            call()
            self.streams.drain()

        self._later(seconds * 1000 * self._machine.tick_scale, tick)


def _wrote_rows(outcome: Outcome | Exception) -> bool:
    return (
        isinstance(outcome, Done)
        and isinstance(outcome.wrote, Append)
        and bool(outcome.wrote.drafts)
        and not outcome.repeated
    )
