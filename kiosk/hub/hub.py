"""One centre's hub: the writer, what reads beside it, and who may ask. Made once, by the composition root."""

import asyncio
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.commands import AnyCommand, Envelope, NoteClock, Role
from kiosk.domain.hall import Hall
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.hub.access.access import Access
from kiosk.hub.access.ballot_key import public_key
from kiosk.hub.hall_clock import HallClock, Jump, machine_ms
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.journal.claim import Claim
from kiosk.hub.journal.reader import CheckStoppedError, Reader
from kiosk.hub.journal.schema import DATABASE, refuse_newer
from kiosk.hub.journal.snapshots import Keeper, folder_of
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.metrics import Metrics
from kiosk.hub.retention import Retention
from kiosk.hub.streams.news import News
from kiosk.hub.streams.publisher import Publisher
from kiosk.hub.streams.role_views import RoleViews
from kiosk.hub.takeover.keeping import Fallen, Keeping
from kiosk.hub.timers import Timers
from kiosk.hub.work import Outcome, Request
from kiosk.hub.writer import Batch, Writer
from kiosk.ids import uuid7
from kiosk.log.catalogue import ClockSet
from kiosk.log.catalogue_of_data import JournalChecked, JournalDamaged
from kiosk.log.event import Failure, log
from kiosk.ports import Clock
from kiosk.wire.kept import Mark, Seals


class Hub:
    """The parts of a hub, opened in order and closed in reverse."""

    def __init__(
        self,
        folder: Path,
        site: Site,
        catalogue: Catalogue,
        clock: Clock,
        *,
        public_url: Callable[[], str],
        on_commit: Callable[[], object] = lambda: None,
        on_failure: Callable[[BaseException], None],
        dev: bool = False,
        machine_ms: Callable[[], int] = machine_ms,
    ) -> None:
        """Open a hub on its data folder.

        Args:
            folder: where the journal, the tokens and the keys live; made if it is not there.
            site: the centre's set-up.
            catalogue: its procedures.
            clock: wall time.
            public_url: base address of ticket pages.
            on_commit: told after every commit, in the writer's thread (central's pusher wakes up by it).
            on_failure: told when the disk failed and the process must end.
            dev: each role has a token (`devices.tokens`), and staff without a PIN have the demo centre's.
            machine_ms: the clock that nobody sets, by which a jump of the wall's is noticed.

        Raises:
            FolderInUseError: another hub works there.
            NewerFolderError: a newer program wrote it.
            JournalDamagedError: the journal is of another centre or its chain is broken.
            OSError: the folder cannot be used.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.site, self.catalogue, self._wall, self.public_url = site, catalogue, clock, public_url
        self._loop: asyncio.AbstractEventLoop | None = None
        self.clock = HallClock(clock, machine_ms, self._clock_jumped)
        self.catalogue_json = msgspec.json.encode(catalogue)
        self.catalogue_tag = f'"{hashlib.sha256(self.catalogue_json).hexdigest()[:16]}"'
        self._on_commit = on_commit
        self.metrics = Metrics(lambda: self.publisher.watchers, lambda: self.presence, lambda: self.publisher.hall)
        self.central_state: Callable[[], dict[str, Any]] = lambda: {"status": "not used"}
        self.damage = ""
        self.folder = folder
        self.on_fallen: Callable[[Fallen], None] = lambda _: None
        """Told once when a device has seen what this journal does not hold: close, and recover or step down."""
        self._claim = Claim(folder)
        try:
            self._open(folder, public_url, on_failure, dev)
        except BaseException:
            self._claim.close()
            raise

    def _open(
        self, folder: Path, public_url: Callable[[], str], on_failure: Callable[[BaseException], None], dev: bool
    ) -> None:
        refuse_newer(folder / DATABASE)  # before anything else is read or made: a newer program's files may differ too
        (folder / "person-secret.json").unlink(missing_ok=True)  # earlier releases had one: a way back to persons
        self.access = Access(folder, self.site, self._wall, dev=dev)
        self.devices, self.pins, self.pairing = self.access.devices, self.access.pins, self.access.pairing
        self.sessions, self.presence, self.rights = self.access.sessions, self.access.presence, self.access.rights
        self.writer = Writer(
            folder / DATABASE,
            self.site,
            self.clock,
            public_url=public_url,
            on_commit=self._committed,
            on_failure=on_failure,
        )
        self.writer.start()
        journal = self.writer.wait_ready()
        self.clock.begin(journal.hall.at)
        self._snapshots = Keeper(folder_of(folder / DATABASE), journal.replayed_from)
        self._snapshots.start()
        self.epoch = journal.epoch
        views = RoleViews(
            self.site,
            public_key(folder),
            self.clock.now_ms,
            self.presence.views,
            self.presence.printers,
            lambda: self.clock.held_back_ms,
        )
        self.reader = Reader(folder / DATABASE)
        self.key, self.seals = journal.key, Seals(journal.key)
        stand = Stand(journal.hall, journal.head, journal.epoch)
        self.keeping = Keeping(self.seals, self.reader, stand, self.clock.now_ms, self._fell)
        self.publisher = Publisher(
            views,
            journal.epoch,
            self.writer.hall,
            self.clock.now_ms,
            spent_s=time.perf_counter,
            mark=self.keeping.mark,
        )
        self.presence.on_seen = self.keeping.hear
        self.news = News(stand.hall.seq)
        self._retention = Retention(self.reader.side_due, self._submit, lambda: self.writer.hall.at)
        self._retention.start()
        self._timers = Timers(lambda: self.writer.hall, self._carry_out, self.clock.now_ms)
        self._timers.start()
        self._verifier = threading.Thread(target=self._verify, name="verify", daemon=True)
        self._verifier.start()

    def _fell(self, fallen: Fallen) -> None:
        """Decide nothing from here on, not even what waits."""
        self.writer.fallen = fallen.refusal
        self.on_fallen(fallen)

    def hear_of(self, mark: Mark) -> None:
        """Judge what another machine says of the journal; may be called in any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.keeping.judge, mark)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Publish into this event loop, which is running, from now on, and what was committed before."""
        self._loop = loop
        self.writer.publish_into(loop, self._publish)
        self._publish(self.writer.hall)

    def refresh_access(self) -> bool:
        """Bring in devices another process has registered or revoked; never raises for a file that is busy."""
        return self.access.refresh()

    def close(self) -> None:
        """Finish what waits and close the files, the writer last: the last to close must be able to fold the log."""
        self._timers.close()
        self._retention.close()
        self.reader.close()
        self._verifier.join()
        self.writer.stop()
        self._snapshots.close()
        self.access.close()
        self._claim.close()

    def health(self, *, inside: bool) -> dict[str, Any]:
        """Say how the hub is, for people and watchdogs.

        Args:
            inside: also how far journal and central are. Not for everyone: a clerk who sees a row appear after her
                visit's end would know that it was rated (DESIGN §9).
        """
        hall, central = self.writer.hall, self.central_state()
        status = "damaged" if self.damage else "read_only" if self.writer.read_only else "ok"
        return {
            "status": status,
            "site": self.site.info.id,
            "day": hall.day,
            "hub_time": self.clock.now_ms(),
            "central": central if inside else {"status": central["status"]},
            **({"epoch": self.epoch, "seq": hall.seq, "standby": self.keeping.standby_state()} if inside else {}),
            **({"detail": self.damage} if self.damage else {}),
            **({"clock": msgspec.to_builtins(self.clock.refused)} if self.clock.refused and inside else {}),
        }

    def _committed(self, batch: Batch) -> None:
        """Note a commit; in the writer's thread, and answers wait for it."""
        self.metrics.committed(batch)
        self._on_commit()
        self._snapshots.committed(batch.hall, batch.head)
        self.keeping.committed(Stand(batch.hall, batch.head, self.epoch))

    def _publish(self, hall: Hall) -> None:
        """Show a committed hall to whoever asks from now on; streams follow after the answers that wait."""
        if hall.seq >= self.publisher.hall.seq:
            self.publisher.hall = hall
            self.news.told(hall.seq)
            asyncio.get_running_loop().call_soon(self.publisher.touch)

    def accept_clock(self, staff: str) -> bool:
        """Follow a clock that was set forward by more than a day: a supervisor says that it is right now."""
        jump = self.clock.accept()
        if jump is not None:
            self._note(NoteClock(jump.before, jump.after, staff))
        return jump is not None

    def _clock_jumped(self, jump: Jump) -> None:
        """Put a jump into the journal; devices hear the time anew, for they carry on what they heard last."""
        log.note(ClockSet(jump.before, jump.after))
        self._note(NoteClock(jump.before, jump.after))

    def _note(self, command: NoteClock) -> None:
        self._submit(command)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publisher.tell_time)

    def _submit(self, command: AnyCommand) -> Future[Outcome]:
        """Carry out a command of the hub's own."""
        return self._carry_out(uuid7(self.clock.now_ms()), command)

    def _carry_out(self, command_id: str, command: AnyCommand) -> Future[Outcome]:
        """Carry out a command of the hub's own, once however often it is sent under this id."""
        return self.writer.submit(Request(Envelope(command_id, Role.HUB, command), ""))

    def _verify(self) -> None:
        """Check the whole chain beside the running hall: on a year's journal that takes minutes (`Reader.verify`)."""
        try:
            log.note(JournalChecked(self.reader.verify()))
        except CheckStoppedError:
            pass
        except (JournalDamagedError, sqlite3.Error) as error:
            self.damage = str(error).rstrip(".") + "."
            log.note(JournalDamaged(Failure.of(error)))
