"""One seed from the first event to the last invariant."""

import logging
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from kiosk.hub.publisher import ViewKey
from tools.simulate.broken import BrokenError, must
from tools.simulate.centre import SITE
from tools.simulate.device import Device
from tools.simulate.hub import HubMachine
from tools.simulate.network import Network, Weather
from tools.simulate.people import Clerk, Kiosk
from tools.simulate.watch import Watch
from tools.simulate.world import MORNING, World

BUSY_MS = (15 * 60_000, 40 * 60_000)
"""How long the hall is busy; some mornings are longer."""
QUIET_MS = 120_000
"""In the end nothing breaks any more for this long: everything that was kept must arrive, every screen be right."""
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

    def __init__(self, seed: int, folder: Path, tell: Callable[[str], None] | None) -> None:
        self.world = world = World(seed, tell)
        self.network = Network(world, _weather(world))
        self.watch = Watch(world, SITE)
        self.hub = HubMachine(world, self.network, SITE, folder / "hub", self.watch)
        self.hub.start()
        self.devices: list[Device] = []
        self._folder = folder
        self.kiosks = [
            Kiosk(world, self._device(ViewKey("kiosk"), n, 1_500), n, SITE, every_ms=int(world.between(30_000, 70_000)))
            for n in (1, 2)
        ]
        self.clerks = [Clerk(world, self._device(ViewKey("counter", n), n, 5_000), n, SITE) for n in (1, 2, 3, 4)]
        self._ends = MORNING + int(world.between(*BUSY_MS))
        self._trouble = world.rng.choice([0.0, 0.5, 1.0, 2.0])
        self._plan_crashes()

    def _device(self, key: ViewKey, number: int, patience_ms: int) -> Device:
        folder = self._folder / f"{key.role}-{number}"
        device = Device(self.world, self.network, self.hub, folder, key, patience_ms=patience_ms)
        device.name = f"{key.role} {number}"
        device.on_settled = self.watch.settled
        self.devices.append(device)
        return device

    def _plan_crashes(self) -> None:
        """Something breaks every now and then, more often on bad days."""
        if self._trouble:
            self.world.after(self.world.about(300_000 / self._trouble), self._break_something)

    def _break_something(self) -> None:
        world = self.world
        dice = world.rng.random()
        if dice < 0.3:
            self.hub.crash("at any moment")
        elif dice < 0.6:
            self.hub.dies_after_commit = True
        else:
            world.rng.choice(self.devices).crash()
        world.after(world.between(200, 60_000), self._hub_back)
        self._plan_crashes()

    def _hub_back(self) -> None:
        if not self.hub.up:
            self.hub.start()

    def play(self) -> None:
        """Play the busy hours, then let everything settle, then look at everything once more.

        Raises:
            BrokenError: an invariant does not hold.
        """
        while self.world.step(self._ends):
            pass
        self._trouble = 0.0
        self.network.weather = Weather()
        self.network.heal_all()
        self.hub.dies_after_commit = False
        self._hub_back()
        for one in (*self.kiosks, *self.clerks):
            one.open = False
        self.world.say("everything", "comes to rest")
        while self.world.step(self._ends + QUIET_MS):
            pass
        self._check_rest()

    def _check_rest(self) -> None:
        for device in self.devices:
            must(device.outbox.first() is None, f"{device.name} still keeps a fact the hub could have taken")
            must(not device.outbox.quarantined(), f"{device.name} has facts aside: {device.outbox.quarantined()}")
            must(device.connected, f"{device.name} does not follow the hub")
            shown = self.hub.publisher._channels[device.key].view
            must(device.view == shown, f"{device.name} shows another view than the hub's")

    def close(self) -> None:
        """Close the files."""
        for device in self.devices:
            device.outbox.close()
        if self.hub.up:
            self.hub.journal.close()


def run_seed(seed: int, tell: Callable[[str], None] | None = None) -> Result:
    """Play one seed and say what became of it."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="moi-simulate-", dir=FOLDER) as folder:
        run = Run(seed, Path(folder), tell)
        world = run.world
        try:
            run.play()
        except BrokenError as error:
            return Result(seed, world.digest(), _sorted(world.figures), str(error), tuple(world.last))
        finally:
            run.close()
            logging.disable(logging.NOTSET)
        world.say("hub", f"ends with head {run.watch.lineage.head.hex()}")
        return Result(seed, world.digest(), _sorted(world.figures))


def _sorted(figures: Counter[str]) -> dict[str, int]:
    return dict(sorted(figures.items()))


def _weather(world: World) -> Weather:
    """Pick how bad the network is today: one day in four is calm."""
    bad = world.rng.choice([0.0, 0.01, 0.05, 0.2])
    return Weather(drop=bad, repeat=bad, slow=bad)
