"""One seed from the first event to the last invariant."""

import logging
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from kiosk.domain.site import DAY_MS
from kiosk.hub.journal.journal import Journal
from kiosk.hub.streams.publisher import ViewKey
from kiosk.wire.kept import Seals
from tools.simulate.broken import BrokenError, must
from tools.simulate.centre import SITE
from tools.simulate.chaos import Chaos
from tools.simulate.clerk import Clerk
from tools.simulate.device import Device
from tools.simulate.disasters import NAMES, Disasters
from tools.simulate.following import Following
from tools.simulate.kiosk import Kiosk
from tools.simulate.machine import Machine
from tools.simulate.network import Network, Weather
from tools.simulate.office import Supervisor
from tools.simulate.screens import Board, Tablet
from tools.simulate.trouble import Trouble
from tools.simulate.watch import ANYBODY, Watch
from tools.simulate.world import MORNING, World

BUSY_MS = (4 * 60_000, 12 * 60_000)
"""How long the hall is busy; some mornings are longer."""
QUIET_MS = 120_000
"""In the end nothing breaks any more for this long: everything that was kept must arrive, every screen be right."""
RECOVERED_MS = 8 * 60_000
"""So long after disasters everybody has seen to it, and all that was kept has been given back."""
ASKED_MS = 5_000
ASKED_TIMES = 3
FAILED = "the program failed"
FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""SQLite syncs every commit; in memory that costs nothing, and what a crash leaves is what was written all the same."""


class Result(Struct, frozen=True):
    """What became of one seed."""

    seed: int
    digest: str
    figures: dict[str, int]
    broken: str = ""
    """What did not hold, in plain words; empty where everything did."""
    last: tuple[str, ...] = ()
    """The last steps before it broke."""


class Run:
    """The centre of one seed."""

    def __init__(self, world: World, folder: Path, only: Sequence[str]) -> None:
        self.world, self._folder = world, folder
        self.network = Network(world, _weather(world))
        self.watch = Watch(world, SITE)
        has_standby = world.chance(0.8)
        self.machines = {
            name: Machine(name, world, self.network, SITE, folder, self.watch, follow)
            for name, follow in (("hub", ""), ("standby", "hub"))[: 1 + has_standby]
        }
        for machine in self.machines.values():
            machine.machines = self.machines
            machine.new_disk()
            machine.start()
        self.devices: list[Device] = []
        rush = world.rng.choice([0.5, 1.0, 1.0, 3.0])
        # Making views takes most of a run's time, so every centre has only some of the screens.
        for kiosk in SITE.kiosks:
            Kiosk(world, self._device("kiosk", kiosk.number), SITE, every_ms=40_000 / rush)
        for counter in SITE.counters[: world.rng.randint(2, len(SITE.counters))]:
            Clerk(world, self._device("counter", counter.number), SITE)
            if world.chance(0.5):
                Tablet(world, self._device("tablet", counter.number))
        if world.chance(0.7):
            Board(world, self._device("board", 1), self.watch.was_called)
        self._supervisor = Supervisor(world, self._device("supervisor", 1, follows=world.chance(0.2)), SITE)
        if world.chance(0.5):
            Chaos(world, self._device("supervisor", 0, follows=False, name=ANYBODY), SITE, every_ms=world.about(10_000))
        self._busy_ms = world.between(*BUSY_MS)
        planned = _planned(world, only)
        self._disasters = Disasters(world, self.network, self.machines, self.devices, planned, self._busy_ms)
        # Every other disaster comes alone: nothing acknowledged may be lost by it.
        self._alone = len(planned) == 1 and world.chance(0.5)
        if self._alone:
            self.network.weather = Weather()
        self.watch.promises.holdings = self._held
        self._trouble = Trouble(world, self.network, self.machines, self.devices, only, never=self._alone)

    def _device(self, role: str, number: int, *, follows: bool = True, name: str = "") -> Device:
        key = ViewKey(role, number if role in ("counter", "tablet") else 0)
        device = Device(self.world, self.network, self.machines, self._folder, key, number, follows=follows, name=name)
        device.on_settled = lambda command, answer: self.watch.settled(device, command, answer)
        self.devices.append(device)
        return device

    def _held(self) -> set[str]:
        """Return the commands any device keeps, and any machine has that works."""
        held: set[str] = set()
        for machine in self.machines.values():
            if machine.now is not None:
                held |= {row[0] for row in machine.now.db.execute("SELECT command_id FROM journal")}
                seals = Seals(machine.now.key)
                sealed = [kept.parcel for device in self.devices for kept in device.outbox.kept.all_of_them()]
                held |= {parcel.command_id for text in sealed if (parcel := seals.open_parcel(text)) is not None}
        return held

    def play(self) -> None:
        """Play one busy stretch or two with a night between, let everything settle, and look at everything once more.

        Raises:
            BrokenError: an invariant does not hold.
        """
        self._until(self.world.now + self._busy_ms)
        if self.world.chance(0.3):
            self._night()
            self._until(self.world.now + self.world.between(*BUSY_MS))
        self.world.say("everything", "comes to rest")
        self.world.is_open = False
        self.network.weather = Weather()
        self._disasters.over()
        self._trouble.over()
        for device in self.devices:
            device.show_view()
        if self._disasters.happened:
            self._until(self.world.now + RECOVERED_MS)
        self._until(self.world.now + QUIET_MS)
        # At night a standby asks once a minute; while it is answered, a ticket's time may be up, which is one row more.
        for _ in range(ASKED_TIMES):
            for machine in self.machines.values():
                if isinstance(machine.now, Following):
                    machine.now.ask_now()
            self._until(self.world.now + ASKED_MS)
        self._check_rest()

    def _night(self) -> None:
        """Everybody goes home; what broke may stay broken until the morning."""
        world = self.world
        if world.chance(0.5):
            self._supervisor.close_day()
        world.say("everybody", "goes home")
        world.count("nights")
        world.is_open = False
        self._until(MORNING + DAY_MS)
        world.is_open = True

    def _until(self, moment: float) -> None:
        while self.world.step(int(moment)):
            pass

    def _check_rest(self) -> None:
        leader = self._disasters.leader()
        must(leader is not None and leader.hub is not None, "no machine is the hub")
        assert leader is not None
        assert leader.hub is not None
        hub, lineage = leader.hub, self.watch.lineages[leader.name]
        deciding = [m.name for m in self.machines.values() if m.hub is not None]
        must(deciding == [leader.name], f"there are two hubs: {deciding}")
        for device in self.devices:
            must(device.outbox.first() is None, f"{device.name} still keeps a fact the hub could have taken")
            self._check_quarantine(device, hub.journal)
            told = {*self.watch.promises.known_to_hubs, *(key for key, _ in device.outbox.quarantined())}
            lost = [key for key in device.facts if key not in told]
            must(not lost, f"facts of {device.name} were lost: {lost}")
            if not device.follows:
                continue
            must(device.connected, f"{device.name} does not follow the hub")
            shown = hub.streams.shown(device.key)
            must(device.view == shown, f"{device.name} shows another view than the hub's")
        for machine in self.machines.values():
            if isinstance(machine.now, Following):
                must(machine.now.copier.stand == hub.stand(), f"{machine.name} does not have what {leader.name} has")
        self.watch.promises.check(lineage, hub.journal, strict=self._alone and "split" not in self._disasters.happened)
        self.watch.check_folder(leader.name, leader.disk.folder)
        self.world.say(leader.name, f"ends at row {hub.writer.hall.seq}")

    def _check_quarantine(self, device: Device, journal: Journal) -> None:
        """Check that what could not be placed is about tickets that are lost."""
        aside = device.outbox.quarantined()
        if not self.watch.promises.recoveries:
            must(not aside, f"{device.name} has facts aside: {aside}")
        for key, why in aside:
            ticket_id = getattr(self.watch.promises.fact(key), "ticket_id", "")
            there = journal.hall.ticket(ticket_id) is not None or journal.past_tickets([ticket_id])
            # Where its call is lost, or its visit's end, a counter's tablet cannot prove that the ticket was there.
            must(
                not there or "wrong_number" in why or "wrong_state" in why,
                f"{device.name} has a fact aside ({why}) whose ticket {ticket_id} is there",
            )
            self.world.count("facts aside, their ticket being lost")

    def close(self) -> None:
        """Close the files."""
        for device in self.devices:
            device.outbox.close()
        for machine in self.machines.values():
            if machine.now is not None:
                machine.now.close()


def run_seed(seed: int, tell: Callable[[str], None] | None = None, only: Sequence[str] = ()) -> Result:
    """Play one seed and say what became of it.

    Args:
        seed: what the run comes from.
        tell: told every line of the trace.
        only: see `Trouble`.
    """
    world, broken = World(seed, tell), ""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="moi-simulate-", dir=FOLDER) as folder:
        run: Run | None = None
        try:
            run = Run(world, Path(folder), only)
            run.play()
        except BrokenError as error:
            broken = str(error)
        except Exception:  # noqa: BLE001  # whatever the program does wrong is what we are looking for
            broken = f"{FAILED}\n{traceback.format_exc()}"
        finally:
            if run is not None:
                run.close()
            logging.disable(logging.NOTSET)
    return Result(
        seed, world.digest(), dict(sorted(world.figures.items())), broken, tuple(world.last) if broken else ()
    )


def _planned(world: World, only: Sequence[str]) -> list[str]:
    """Pick what happens that a centre sees once in years; half of all mornings are spared."""
    if only:
        return [name for name in only if name in NAMES]
    return world.rng.sample(NAMES, world.rng.choice([0, 0, 0, 1, 1, 2, 3]))


def _weather(world: World) -> Weather:
    """Pick how bad the network is today: one day in four is calm."""
    bad = world.rng.choice([0.0, 0.01, 0.05, 0.2])
    return Weather(drop=bad, repeat=bad, slow=bad)
