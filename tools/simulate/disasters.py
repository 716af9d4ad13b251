"""Machines that are lost, set back or overtaken, and the people who see to it: a supervisor promotes, a technician
restores and sets machines up again.
"""

from collections.abc import Callable, Mapping, Sequence

from tools.simulate.device import Device
from tools.simulate.following import Following
from tools.simulate.machine import Machine
from tools.simulate.network import Network
from tools.simulate.recovering import Recovering
from tools.simulate.world import World

MINUTE_MS = 60_000
LOOKS_MS = 15_000
"""How often somebody who may do something about it looks whether the hall still has a hub."""
NAMES = ("hub lost", "standby lost", "standby behind", "set back", "restored", "split", "store lost")


class Disasters:
    """Plans what a centre sees once in years, and has people act on it."""

    def __init__(
        self,
        world: World,
        network: Network,
        machines: Mapping[str, Machine],
        devices: Sequence[Device],
        planned: Sequence[str],
        within_ms: float,
    ) -> None:
        """Plan them.

        Args:
            world: the run.
            network: may be split.
            machines: may be lost.
            devices: may lose their stores.
            planned: which, of `NAMES`; they come in any order, and may meet.
            within_ms: by when they have happened.
        """
        self._world, self._network, self._machines, self._devices = world, network, machines, devices
        self.happened: list[str] = []
        self._busy = False
        kinds: dict[str, Callable[[], bool]] = {
            "hub lost": self._hub_lost,
            "standby lost": self._standby_lost,
            "standby behind": self._standby_behind,
            "set back": self._set_back,
            "restored": self._restored,
            "split": self._split,
            "store lost": self._store_lost,
        }
        together = world.chance(0.5)
        at = world.between(0.3, 1) * within_ms
        for name in planned:
            # What comes together is a double failure; what comes apart is two single ones.
            when = at + world.between(0, 20_000) if together else world.between(0.2, 1) * within_ms
            world.after(when, self._once(name, kinds[name]))
        if planned:
            world.after(world.between(0.1, 0.6) * within_ms, self._prepare)
            world.after(LOOKS_MS, self._look)

    def _once(self, name: str, happen: Callable[[], bool]) -> Callable[[], None]:
        def act() -> None:
            if self._world.is_open and happen():
                self.happened.append(name)
                self._world.say("disaster", name)
                self._world.count(f"disaster: {name}")

        return act

    def _prepare(self) -> None:
        """Somebody makes a backup, and a virtual machine's snapshot."""
        for machine in self._machines.values():
            machine.back_up()
            machine.keep_for_setting_back()

    def over(self) -> None:
        """Connect everyone again; whatever is still to be done is done soon."""
        self._network.split(())

    # --- what happens

    def leader(self) -> Machine | None:
        """The machine that is the hub, or will be: the one of the highest epoch."""
        working = [m for m in self._machines.values() if m.hub is not None or isinstance(m.now, Recovering)]
        return max(working, key=lambda m: m.epoch, default=None)

    def _standby(self) -> Machine | None:
        return next((m for m in self._machines.values() if isinstance(m.now, Following)), None)

    def _hub_lost(self) -> bool:
        leader = self.leader()
        if leader is None or leader.hub is None or not self._can_go_on(leader):
            return False
        leader.lose_disk()
        return True

    def _can_go_on(self, without: Machine) -> bool:
        """Tell whether anything is left to go on with: a centre without copy and backup begins at nothing."""
        others = [m for m in self._machines.values() if m is not without]
        return any(m.has_copy for m in others) or any(m.backups for m in self._machines.values())

    def _standby_lost(self) -> bool:
        standby = self._standby()
        if standby is not None:
            standby.lose_disk()
        return standby is not None

    def _standby_behind(self) -> bool:
        standby = self._standby()
        if standby is not None:
            self._network.cut(standby.name)
            self._world.after(self._world.between(1, 8) * MINUTE_MS, lambda: self._network.heal(standby.name))
        return standby is not None

    def _set_back(self) -> bool:
        leader = self.leader()
        return leader is not None and leader.hub is not None and leader.set_back()

    def _restored(self) -> bool:
        leader = self.leader()
        if leader is None or leader.hub is None or not leader.backups:
            return False
        leader.restore(leader.backups[-1])
        return True

    def _split(self) -> bool:
        leader = self.leader()
        if leader is None or leader.hub is None or self._standby() is None or self._network.is_split:
            return False
        apart = [d.name for d in self._devices if self._world.chance(0.4)]
        self._network.split([leader.name, *apart])
        self._world.after(self._world.between(1, 6) * MINUTE_MS, lambda: self._network.split(()))
        return True

    def _store_lost(self) -> bool:
        self._world.rng.choice(self._devices).lose_store()
        return True

    # --- who sees to it

    def _look(self) -> None:
        if not self._busy:
            todo = self._todo()
            if todo is not None:
                self._busy = True
                self._world.after(self._world.between(10_000, 90_000), lambda: self._do(todo))
        self._world.after(LOOKS_MS if self._world.is_open else MINUTE_MS, self._look)

    def _do(self, todo: Callable[[], None]) -> None:
        self._busy = False
        if self._todo() == todo:
            todo()

    def _todo(self) -> Callable[[], None] | None:
        """Say what somebody who stands with the standby would do now."""
        leader, standby = self.leader(), self._standby()
        gone = [m for m in self._machines.values() if m.is_broken or m.stepped_down]
        coming = [m for m in self._machines.values() if not m.up and m not in gone]
        if leader is not None and self._network.apart(leader.name):
            return self._promote if standby is not None and self.has_followed(standby) else None
        if leader is not None:
            return self._set_up if gone else None
        if coming or not gone:
            return None  # it starts again by itself
        if standby is not None and self.has_followed(standby):
            return self._promote
        return self._restore if any(m.backups for m in self._machines.values()) else None

    @staticmethod
    def has_followed(standby: Machine) -> bool:
        """Tell whether a standby has anything to take over."""
        return isinstance(standby.now, Following) and standby.now.copier.stand.hall.seq > 0

    def _promote(self) -> None:
        standby = self._standby()
        if standby is not None and standby.promote():
            self._world.count("standbys promoted")

    def _restore(self) -> None:
        """There is no copy: a new machine begins from the newest backup of any."""
        broken = [m for m in self._machines.values() if m.is_broken]
        backups = [path for m in self._machines.values() for path in m.backups]
        if broken and backups:
            broken[0].restore(backups[-1])
            self._world.count("hubs restored on a new disk")

    def _set_up(self) -> None:
        leader = self.leader()
        for machine in self._machines.values():
            if leader is not None and machine is not leader and (machine.is_broken or machine.stepped_down):
                machine.follow_from_now_on(leader.name)
                self._world.count("machines set up as the standby")
