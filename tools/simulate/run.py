"""One seed from the first event to the last invariant."""

import logging
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from kiosk.domain.site import DAY_MS
from kiosk.hub.publisher import ViewKey
from tools.simulate.broken import BrokenError, must
from tools.simulate.centre import SITE
from tools.simulate.chaos import Chaos
from tools.simulate.clerk import Clerk
from tools.simulate.device import Device
from tools.simulate.hub import HubMachine
from tools.simulate.kiosk import Kiosk
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
        self.hub = HubMachine(world, self.network, SITE, folder / "hub", self.watch)
        self.hub.start()
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
        self._trouble = Trouble(world, self.network, self.hub, self.devices, only)

    def _device(self, role: str, number: int, *, follows: bool = True, name: str = "") -> Device:
        key = ViewKey(role, number if role in ("counter", "tablet") else 0)
        device = Device(self.world, self.network, self.hub, self._folder, key, number, follows=follows, name=name)
        device.on_settled = self.watch.settled
        self.devices.append(device)
        return device

    def play(self) -> None:
        """Play one busy stretch or two with a night between, let everything settle, and look at everything once more.

        Raises:
            BrokenError: an invariant does not hold.
        """
        self._until(self.world.now + self.world.between(*BUSY_MS))
        if self.world.chance(0.3):
            self._night()
            self._until(self.world.now + self.world.between(*BUSY_MS))
        self.world.say("everything", "comes to rest")
        self.world.is_open = False
        self.network.weather = Weather()
        self._trouble.over()
        self._until(self.world.now + QUIET_MS)
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
        for device in self.devices:
            must(device.outbox.first() is None, f"{device.name} still keeps a fact the hub could have taken")
            must(not device.outbox.quarantined(), f"{device.name} has facts aside: {device.outbox.quarantined()}")
            lost = [key for key in device.facts if key not in self.watch.answers]
            must(not lost, f"facts of {device.name} were lost: {lost}")
            if not device.follows:
                continue
            must(device.connected, f"{device.name} does not follow the hub")
            shown = self.hub.streams.shown(device.key)
            must(device.view == shown, f"{device.name} shows another view than the hub's")
        self.watch.check_folder(self.hub.folder)
        self.world.say("hub", f"ends at row {self.hub.writer.hall.seq} with head {self.hub.journal.head.hex()}")

    def close(self) -> None:
        """Close the files."""
        for device in self.devices:
            device.outbox.close()
        if self.hub.up:
            self.hub.journal.close()


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


def _weather(world: World) -> Weather:
    """Pick how bad the network is today: one day in four is calm."""
    bad = world.rng.choice([0.0, 0.01, 0.05, 0.2])
    return Weather(drop=bad, repeat=bad, slow=bad)
