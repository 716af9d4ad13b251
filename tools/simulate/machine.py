"""One machine with a journal: it dies at any step, loses its disk, and is whatever its journal's file says it is."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.domain.site import Site
from kiosk.hub.care.backup import backup
from kiosk.hub.care.restore import restore
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.takeover.phase import Kind, Phase, has_rows, phase_in, started_as, to
from kiosk.hub.takeover.standby import promoted
from tools.simulate.disk import Disk
from tools.simulate.following import Following
from tools.simulate.hub import Deciding
from tools.simulate.letters import Back, Held, Letter
from tools.simulate.network import Network
from tools.simulate.recovering import Recovering
from tools.simulate.streams import Stream, end
from tools.simulate.watching import Watch
from tools.simulate.world import MachineClock, World

NO_LIMIT = 1_073_741_823
"""SQLite's own largest `max_page_count`, the one of a disk with room."""
Life = Deciding | Following | Recovering
"""What a machine may be while it is up."""


class Machine:
    """A machine that carries the hall, or could."""

    def __init__(
        self, name: str, world: World, network: Network, site: Site, folder: Path, watch: Watch, follow: str = ""
    ) -> None:
        """Put a machine there, off.

        Args:
            name: under which others reach it.
            world: the run.
            network: between machines.
            site: the centre's set-up.
            folder: for its files.
            watch: looks at everything.
            follow: the machine it is told to follow when it starts; empty for the hub.
        """
        self.name, self.world, self.network, self.site, self.watch = name, world, network, site, watch
        self.clock = MachineClock(world)
        self.disk = Disk(folder / name, DATABASE)
        self._backups = folder / f"{name}-backups"
        self._backups.mkdir()
        self.follow = follow
        self.machines: dict[str, Machine] = {}
        """All machines there are, by name; whoever makes them fills it."""
        self.life = 0
        self.now: Life | None = None
        """What it does; None while it is down."""
        self.tick_scale = world.rng.choice([1, 10, 40])
        """Ticks grow longer where making views takes long; a simulated hub takes no time for it."""
        self.next_turn = ""
        """What will happen to the next turn that writes: "dies after", "torn", "fails before", "fails after"."""
        self.spare_pages: int | None = None
        """How many pages the disk still has room for; None is a disk with room."""
        self.is_broken = False
        """Somebody must come before it starts again."""
        self.stepped_down = False
        self._photograph: dict[str, bytes] = {}
        self._older: dict[str, bytes] = {}

    @property
    def up(self) -> bool:
        """Whether it works."""
        return self.now is not None

    @property
    def hub(self) -> Deciding | None:
        """The hub it is, if it is one."""
        return self.now if isinstance(self.now, Deciding) else None

    @property
    def epoch(self) -> int:
        """Of the journal it works on; 0 while it does not."""
        return 0 if self.now is None else self.now.epoch

    @property
    def has_copy(self) -> bool:
        """Whether there is a copy on it that could be promoted, now or when it is started again."""
        return not self.is_broken and phase_in(self.disk.path).kind is Kind.FOLLOWING and has_rows(self.disk.path)

    def new_disk(self) -> None:
        """Fill the empty disk with a journal without rows: making its tables takes longer than a morning's commands."""
        self.disk.path.write_bytes(empty_journal(self.site.info.id))

    def start(self) -> None:
        """Be what the journal's file says."""
        if self.up or self.is_broken or self.stepped_down:
            return
        path = self.disk.path
        phase = phase_in(path)
        match started_as(phase, follows=bool(self.follow), has_rows=has_rows(path)):
            case Kind.DECIDING:
                self.now = Deciding(self)
            case Kind.RECOVERING:
                self.now = Recovering(self, phase)
            case Kind.FOLLOWING:
                self.now = Following(self, self.machines[self.follow])
            case Kind.STEPPED_DOWN:
                self.stepped_down = True
                return
        self.limit_disk(self.spare_pages)

    def stop(self) -> None:
        """End in order: everything is written, whoever is connected is told."""
        if self.now is not None:
            now, self.now = self.now, None
            self.life += 1
            self.next_turn = ""
            now.close()

    def become(self, phase: Phase) -> None:
        """Change into something else, as the machine's own loop does."""
        self.stop()
        journal = Journal(self.disk.path, self.site.info.id)
        journal.note(to(phase))
        journal.close()
        self.start()

    def crash(self, why: str) -> None:
        """End as `kill -9` ends a process: what waits and what was not answered is gone, the disk stays."""
        if self.now is None:
            return
        what = "hub" if self.hub else "standby" if isinstance(self.now, Following) else "recovering machine"
        self.world.say(self.name, f"dies {why}")
        self.world.count(f"{what} dies {why}")
        self.disk.cut_power()
        self._gone()

    def lose_disk(self) -> None:
        """Everything on it is gone for ever, and the machine with it until somebody comes."""
        self.world.say(self.name, "loses its disk")
        was_up = self.up
        self.disk.replace()
        self._gone()
        if not was_up:
            self.disk.forget_past()
        self.new_disk()
        self.is_broken, self._older = True, {}
        self.watch.forget(self.name)

    def _gone(self) -> None:
        now, self.now = self.now, None
        self.life += 1
        self.next_turn = ""
        if now is not None:
            now.close()
            self.disk.forget_past()

    def photograph(self) -> None:
        """Remember what is written now, to go back to it."""
        self._photograph = self.disk.photograph()

    def die_torn(self) -> None:
        """The power went while a commit was being written."""
        self.crash("in the middle of a commit")
        lost = self.disk.tear(self._photograph, self.world.rng)
        self.world.say(self.name, f"the power went: {lost} pieces of the log never reached the disk")

    def keep_for_setting_back(self) -> None:
        """Remember what is written now, as a virtual machine's snapshot."""
        if self.hub is not None:
            self._older = self.disk.photograph()

    def set_back(self) -> bool:
        """Go back to what was photographed, as a virtual machine that is set back; False where nothing was."""
        if not self._older:
            return False
        self.stop()
        self.world.say(self.name, "is set back")
        self.disk.put_back(self._older)
        self.watch.forget(self.name)
        self.start()
        return True

    def back_up(self) -> None:
        """Make a backup, which lies elsewhere."""
        if self.hub is not None and self.hub.writer.hall.seq:
            path = self._backups / f"{len(list(self._backups.iterdir())):03}.moi"
            backup(self.disk.folder, path)
            self.world.count("backups")

    @property
    def backups(self) -> list[Path]:
        """The backups there are, oldest first."""
        return sorted(self._backups.iterdir())

    def restore(self, path: Path) -> None:
        """Begin anew from a backup."""
        self.stop()
        self.world.say(self.name, f"is restored from backup {path.name}")
        self.disk.replace()
        self.disk.forget_past()
        restore(path, self.disk.folder)
        self.watch.forget(self.name)
        self.is_broken, self.stepped_down, self.follow = False, False, ""
        self.start()

    def promote(self) -> bool:
        """Take over, as a supervisor says; False where nothing was copied yet."""
        if not isinstance(self.now, Following) or not self.now.copier.stand.hall.seq:
            return False
        self.world.say(self.name, f"is promoted at row {self.now.copier.stand.hall.seq}")
        self.become(promoted(self.now.copier.present, self.clock.now_ms()))
        return True

    def follow_from_now_on(self, hub: str) -> None:
        """Be set up as the standby of another machine."""
        self.world.say(self.name, f"is set up to follow {hub}")
        self.is_broken, self.stepped_down, self.follow = False, False, hub
        self.watch.forget(self.name)
        self.start()

    def limit_disk(self, spare_pages: int | None) -> None:
        """Leave room for so many pages more, or for any number: SQLite itself then says that the disk is full."""
        self.spare_pages = spare_pages
        if self.now is not None:
            pages = self.now.db.execute("PRAGMA page_count").fetchone()[0]
            self.now.db.execute(f"PRAGMA max_page_count = {NO_LIMIT if spare_pages is None else pages + spare_pages}")

    # --- what comes over the network

    def post(self, letter: Letter) -> None:
        """Receive a command. A machine that is down refuses the connection, which is told at once."""
        if self.now is None:
            self.network.carry(self.name, letter.device, lambda: letter.reply(0, {}))
        elif isinstance(self.now, Following):
            self.refuse(letter, "not_the_hub")
        else:
            self.now.post(letter)

    def refuse(self, letter: Letter, code: str) -> None:
        """Tell why nothing is decided here."""
        told: dict[str, Any] = {"code": code, "detail": code}
        self.network.carry(self.name, letter.device, lambda: letter.reply(503, told))

    def asked(self, held: Held) -> None:
        """Receive a standby's question."""
        if isinstance(self.now, Deciding):
            self.now.handover.asked(held)
        else:
            page = self.now.takeover.page() if isinstance(self.now, Recovering) else None
            self.network.carry(self.name, held.who, lambda: held.reply(page))

    def returned(self, back: Back) -> None:
        """Receive what a device gives back."""
        if isinstance(self.now, Deciding):
            self.now.handover.returned(back)
        elif isinstance(self.now, Recovering):
            self.now.returned(back)
        else:
            self.network.carry(self.name, back.who, lambda: back.reply(b""))

    def connect(self, stream: Stream, seen: str, store: str) -> None:
        """Receive a screen that wants to follow its view."""
        if isinstance(self.now, Deciding):
            stream.refused = self.now.connect(stream, seen, store)
        elif isinstance(self.now, Recovering):
            stream.refused = self.now.connect(seen, store)
        else:
            stream.refused = "not_the_hub" if self.now is not None else "gone"
        if stream.refused:
            end(self.world, self.network, stream)


@cache
def empty_journal(site_id: str) -> bytes:
    """Return a new journal's file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, DATABASE)
        Journal(path, site_id).close()
        return path.read_bytes()
