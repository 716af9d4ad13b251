"""What goes wrong, and when: one thing after the other, some days none, some days a lot."""

from collections.abc import Callable, Mapping, Sequence

from tools.simulate.device import Device
from tools.simulate.following import Following
from tools.simulate.machine import Machine
from tools.simulate.network import Network
from tools.simulate.world import World

MEAN_MS = 90_000
"""Between two troubles on an ordinary day."""
MINUTE_MS = 60_000


class Trouble:
    """Breaks something every now and then, until told that it is enough."""

    def __init__(
        self,
        world: World,
        network: Network,
        machines: Mapping[str, Machine],
        devices: Sequence[Device],
        only: Sequence[str] = (),
        *,
        never: bool = False,
    ) -> None:
        """Plan the first trouble.

        Args:
            world: the run.
            network: may cut machines off.
            machines: the hub and its standby; they may die.
            devices: may die, too.
            only: kinds of trouble to have often and no others; chance decides where there are none.
            never: there is none today.
        """
        self._world, self._network, self._machines, self._devices = world, network, machines, devices
        self._how_often = world.rng.choice([0.0, 0.5, 1.0, 3.0])
        kinds = {
            "hub dies": self._hub_dies,
            "dies after": self._next_turn("dies after"),
            "standby dies": self._standby_dies,
            "torn": self._next_turn("torn"),
            "fails before": self._next_turn("fails before"),
            "fails after": self._next_turn("fails after"),
            "disk fills": self._disk_fills,
            "clock jumps": self._clock_jumps,
            "device dies": self._device_dies,
            "cut off": self._device_is_cut_off,
            "stuck": self._screen_is_stuck,
            "snapshot": self._snapshot,
        }
        # Every day has its own few kinds of trouble: they meet each other more often than all of them would.
        chosen = world.rng.sample(list(kinds), world.rng.randint(1, len(kinds)))
        if only:
            self._how_often, chosen = 3.0, [name for name in only if name in kinds]
        if never or not chosen:
            self._how_often = 0.0
        self._kinds = [kinds[name] for name in chosen]
        self._plan()

    def over(self) -> None:
        """Let everything work again from now on."""
        self._how_often = 0.0
        self._network.heal_all()
        for machine in self._machines.values():
            machine.next_turn = ""
            machine.limit_disk(None)
        # What was set to fail may still fail once, when the next row is written.
        for delay_ms in (0, 10_000, MINUTE_MS):
            self._world.after(delay_ms, self._all_back)
        for device in self._devices:
            self._unstick(device)

    def _plan(self) -> None:
        if self._how_often:
            self._world.after(self._world.pause(MEAN_MS / self._how_often), self._happen)

    def _happen(self) -> None:
        if self._how_often:
            if self._world.is_open:
                self._world.rng.choice(self._kinds)()
            self._world.after(self._world.between(200, MINUTE_MS), self._all_back)
            self._plan()

    def _all_back(self) -> None:
        for machine in self._machines.values():
            machine.start()

    @property
    def _hub(self) -> Machine:
        """The machine whose trouble is everybody's: mostly the one that is the hub, or will be."""
        working = [m for m in self._machines.values() if m.up and not isinstance(m.now, Following)]
        return self._world.rng.choice(working or list(self._machines.values()))

    def _hub_dies(self) -> None:
        self._hub.crash("at any moment")

    def _standby_dies(self) -> None:
        for machine in self._machines.values():
            if isinstance(machine.now, Following):
                machine.crash("at any moment")

    def _next_turn(self, fate: str) -> Callable[[], None]:
        def set_fate() -> None:
            self._hub.next_turn = fate

        return set_fate

    def _disk_fills(self) -> None:
        machine = self._hub
        self._world.say("trouble", f"the disk of {machine.name} fills up")
        self._world.count("disk full")
        machine.limit_disk(self._world.rng.randint(0, 4))
        self._world.after(self._world.between(1_000, 3 * MINUTE_MS), lambda: machine.limit_disk(None))

    def _clock_jumps(self) -> None:
        machine = self._world.rng.choice([self._hub, *self._machines.values(), *self._devices])
        by_ms = int(self._world.rng.choice([-1, 1]) * self._world.about(30 * MINUTE_MS))
        machine.clock.off_ms += by_ms
        self._world.say("trouble", f"the clock of {machine.name} jumps by {by_ms} ms")
        self._world.count("clock jumps")

    def _device_dies(self) -> None:
        self._world.rng.choice(self._devices).crash()

    def _device_is_cut_off(self) -> None:
        device: Device | Machine = self._world.rng.choice([*self._devices, *self._machines.values()])
        self._world.say("trouble", f"{device.name} is cut off")
        self._world.count("machines cut off")
        self._network.cut(device.name)
        # Some come back only the next morning, with facts of yesterday.
        longest_ms = 26 * 60 * MINUTE_MS if self._world.chance(0.3) else 2 * MINUTE_MS
        self._world.after(self._world.between(1_000, longest_ms), lambda: self._network.heal(device.name))

    def _screen_is_stuck(self) -> None:
        device = self._world.rng.choice(self._devices)
        if device.stream is not None:
            self._world.count("screens stuck")
            device.stream.stuck = True
            self._world.after(self._world.between(1_000, 5 * MINUTE_MS), lambda: self._unstick(device))

    def _unstick(self, device: Device) -> None:
        if device.stream is not None:
            device.stream.stuck = False
            for machine in self._machines.values():
                if machine.hub is not None:
                    machine.hub.streams.drain()

    def _snapshot(self) -> None:
        hub = self._hub.hub
        if hub is not None:
            hub.keep_snapshot()
