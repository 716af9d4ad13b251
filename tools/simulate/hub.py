"""The hub's machine: the real writer, journal, views and streams, taking turns in virtual time, dying at any step."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.commands import AnyCommand, Envelope, EraseSide, NoteClock, Role
from kiosk.domain.site import Site
from kiosk.domain.timers import command_id, due
from kiosk.hub import snapshots
from kiosk.hub.answers import Asked
from kiosk.hub.hall_clock import HallClock, Jump
from kiosk.hub.journal import Append, Journal
from kiosk.hub.parsing import BadRequestError
from kiosk.hub.publisher import Publisher
from kiosk.hub.reader import Reader
from kiosk.hub.retention import AT_A_TIME
from kiosk.hub.role_views import RoleViews
from kiosk.hub.schema import DATABASE
from kiosk.hub.work import Outcome, Request
from kiosk.hub.writer import Writer
from tools.simulate.disk import Disk
from tools.simulate.letters import Letter, address, read
from tools.simulate.network import Network
from tools.simulate.outcomes import over_http, said, told
from tools.simulate.streams import Stream, Streams, end
from tools.simulate.watching import Watch
from tools.simulate.world import MachineClock, World

BALLOT_KEY = "c2ltdWxhdGVkLWJhbGxvdC1rZXktb2YtMzItYnl0ZXM="
COMMIT_MS = (1, 12)
"""How long a turn takes, from a fast disk to a slow one."""
SWEEP_MS = 20_000
"""A real hub sweeps more often (`kiosk.hub.watcher.SWEEP_S`); most of a run's time would be spent on that."""
TIMERS_MS, NIGHT_MS = 10_000, 600_000
NO_LIMIT = 1_073_741_823
"""SQLite's own largest `max_page_count`, the one of a disk with room."""


class HubMachine:
    """One machine that carries the hall."""

    def __init__(self, world: World, network: Network, site: Site, folder: Path, watch: Watch) -> None:
        self.name = "hub"
        self.clock = MachineClock(world)
        self._world, self._network, self._site, self._watch = world, network, site, watch
        self._disk = Disk(folder, DATABASE)
        self._disk.path.write_bytes(_empty_journal(site.info.id))
        self._life = 0
        self._waiting: list[Letter] = []
        self._turn_planned = False
        self._tick_scale = world.rng.choice([1, 10, 40])
        """Ticks grow longer where making views takes long; a simulated hub takes no time for it."""
        self.up = False
        self.next_turn = ""
        """What will happen to the next turn that writes: "dies after", "torn", "fails before", "fails after"."""
        self.spare_pages: int | None = None
        """How many pages the disk still has room for; None is a disk with room."""

    # --- life and death

    def start(self) -> None:
        """Open the journal and begin to answer."""
        world, path = self._world, self._disk.path
        self.journal = Journal(path, self._site.info.id)
        self.hall_clock = HallClock(self.clock, lambda: world.now, self._clock_jumped)
        self.writer = Writer(
            path,
            self._site,
            self.hall_clock,
            public_url=lambda: "http://hub",
            on_commit=lambda _: None,
            on_failure=self._failed,
        )
        self.writer.hall = self.journal.hall
        self._views = RoleViews(self._site, BALLOT_KEY, self.hall_clock.now_ms)
        publisher = Publisher(
            self._views, self.journal.epoch, self.writer.hall, self.hall_clock.now_ms, later=self._publish_later
        )
        self.publisher, self.streams = publisher, Streams(world, self._network, self.name, publisher)
        self.up = True
        self.limit_disk(self.spare_pages)
        self.hall_clock.begin(self.journal.hall.at)
        world.say(self.name, f"opens at row {self.writer.hall.seq}")
        self._watch.opened(self.journal)
        self._sweep_later()
        self._look_at_timers()
        self._watch.check_folder(self.folder)

    def crash(self, why: str) -> None:
        """End as `kill -9` ends a process: what waits and what was not answered is gone, the disk stays."""
        if not self.up:
            return
        self._world.say(self.name, f"dies {why}")
        self._world.count(f"hub dies {why}")
        self._life += 1
        self.up, self._turn_planned, self.next_turn = False, False, ""
        self._waiting = []
        self._disk.cut_power()
        self.journal.close()
        self._disk.forget_past()
        self.streams.end_all()

    def limit_disk(self, spare_pages: int | None) -> None:
        """Leave room for so many pages more, or for any number: SQLite itself then says that the disk is full."""
        self.spare_pages = spare_pages
        if self.up:
            db = self.journal._db
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {NO_LIMIT if spare_pages is None else pages + spare_pages}")

    @property
    def folder(self) -> Path:
        """Where its files are now."""
        return self._disk.folder

    def keep_snapshot(self) -> None:
        """Keep a snapshot of the hall, as the hub's keeper does every some thousand rows."""
        if self.up and self.writer.hall.day:
            self._world.count("snapshots kept")
            snapshots.save(snapshots.folder_of(self._disk.path), self.writer.hall, self.journal.head)

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
        reader = Reader(self._disk.path)
        refs = reader.side_due(now, AT_A_TIME)
        reader.close()
        if refs:
            self._world.count("side data forgotten", len(refs))
            self._own(EraseSide(refs))
        self._later(TIMERS_MS if self._world.is_open else NIGHT_MS, self._look_at_timers)

    def _later(self, delay_ms: float, action: Callable[[], None]) -> None:
        """Have something happen in this life of the machine only."""
        life = self._life
        self._world.after(delay_ms, lambda: action() if life == self._life else None)

    def _failed(self, error: BaseException) -> None:
        self._world.say(self.name, f"cannot go on: {error}")

    # --- commands

    def post(self, letter: Letter) -> None:
        """Receive a command. A hub that is down refuses the connection, which is told at once."""
        if not self.up:
            self._answer(letter, 0, {})
            return
        self._waiting.append(letter)
        if not self._turn_planned:
            self._turn_planned = True
            self._later(self._world.between(*COMMIT_MS), self._turn)

    def _turn(self) -> None:
        """Take what waits, as the writer's thread does; one commit serves them all."""
        self._turn_planned = False
        letters, self._waiting = self._waiting, []
        requests = [(letter, request) for letter in letters if (request := self._read(letter)) is not None]
        fate, photograph = self._fate([request for _, request in requests])
        before = self.writer.hall
        outcomes = self._carried_out([request for _, request in requests])
        if self.writer.hall.seq > before.seq and photograph:
            self._die_torn(photograph)
            return
        taken = [(letter, request, outcome) for (letter, request), outcome in zip(requests, outcomes, strict=True)]
        for letter, request, outcome in taken:
            self._world.say(self.name, f"{told(request)} of {letter.device}: {said(outcome)}")
        self._world.count("commits", self.writer.hall.seq > before.seq)
        self._world.count("commands", len(taken))
        self._watch.turned(self.journal, before, self.writer.hall, taken)
        if fate == "dies after" and self.writer.hall.seq > before.seq:
            self.crash("after a commit, before its answers")
            return
        for letter, _, outcome in taken:
            self._answer(letter, *over_http(outcome))
        if self.writer._gave_up:
            self.crash("because its outcome is unknown")
            return
        self._watch.showing(self.writer.hall, self._views)
        self.publisher.commit(self.writer.hall)
        self.streams.drain()

    def _carried_out(self, requests: list[Request]) -> list[Outcome | Exception]:
        asked = [Asked(request, Future[Outcome]()) for request in requests]
        self.writer.carry_out(self.journal, [one for one in asked if one.still_wanted()])
        return [one.future.exception() or one.future.result() for one in asked]  # type: ignore[misc]

    def _fate(self, requests: list[Request]) -> tuple[str, dict[str, bytes]]:
        """Prepare what will happen to this turn."""
        fate, self.next_turn = self.next_turn, ""
        if fate == "torn":
            self._watch.torn(requests)
            return fate, self._disk.photograph()
        if fate.startswith("fails"):
            self._break_append(stored=fate == "fails after")
        return fate, {}

    def _break_append(self, *, stored: bool) -> None:
        """Let the disk fail the next append, before or after it was really stored: nobody can tell which."""
        real = self.journal.append

        def append(appends: list[Append]) -> None:
            if stored:
                real(appends)
            raise sqlite3.OperationalError("disk I/O error")

        self.journal.append = append  # type: ignore[method-assign]

    def _die_torn(self, photograph: dict[str, bytes]) -> None:
        self.crash("in the middle of a commit")
        lost = self._disk.tear(photograph, self._world.rng)
        self._world.say(self.name, f"the power went: {lost} pieces of the log never reached the disk")

    def _read(self, letter: Letter) -> Request | None:
        try:
            parsed = read(letter)
        except BadRequestError as error:
            self._world.say(self.name, f"{letter.path} of {letter.device} is no command: {error}")
            self._answer(letter, 400, {"code": "bad_json"})
            return None
        envelope = Envelope(letter.key, letter.role, parsed.command, parsed.not_after)
        request_hash = hashlib.sha256(msgspec.json.encode([letter.role, parsed.command])).hexdigest()
        return Request(envelope, request_hash, letter.number)

    def _answer(self, letter: Letter, status: int, told: dict[str, Any]) -> None:
        self._network.carry(self.name, letter.device, lambda: letter.reply(status, told))

    # --- streams

    def connect(self, stream: Stream) -> None:
        """Begin a stream; a hub that is down ends it at once."""
        if self.up:
            self.streams.connect(stream)
        else:
            end(self._world, self._network, stream)

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

        self._later(seconds * 1000 * self._tick_scale, tick)


@cache
def _empty_journal(site_id: str) -> bytes:
    """Return a new journal's file: making its tables takes longer than a whole morning's commands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, DATABASE)
        Journal(path, site_id).close()
        return path.read_bytes()
