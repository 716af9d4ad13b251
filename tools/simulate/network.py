"""The hall's network: it delays, drops, repeats and reorders, and parts of it are cut off for a while."""

from collections.abc import Iterable
from dataclasses import dataclass

from tools.simulate.world import Action, World


@dataclass
class Weather:
    """How bad the network is: probabilities of one message, and delays in milliseconds."""

    drop: float = 0.0
    repeat: float = 0.0
    slow: float = 0.0
    """How likely a message takes up to `slow_ms` instead of `usual_ms`: it is then overtaken by later ones."""
    usual_ms: float = 8.0
    slow_ms: float = 9_000.0
    """Longer than a clerk's wish is meant."""


class Network:
    """Carries single messages between named machines; each finds its own way, so order means nothing."""

    def __init__(self, world: World, weather: Weather) -> None:
        self._world, self.weather = world, weather
        self._cut: set[str] = set()
        self._apart: frozenset[str] = frozenset()

    def cut(self, machine: str) -> None:
        """Cut a machine off from everyone."""
        self._cut.add(machine)

    def heal(self, machine: str) -> None:
        """Connect it again."""
        self._cut.discard(machine)

    def split(self, apart: Iterable[str]) -> None:
        """Part the network in two: these, and all others; nobody there is cut off from her own side."""
        self._apart = frozenset(apart)

    @property
    def is_split(self) -> bool:
        """Whether it is in two parts."""
        return bool(self._apart)

    def apart(self, machine: str) -> bool:
        """Tell whether a machine is on the side that was parted off."""
        return machine in self._apart

    def heal_all(self) -> None:
        """Connect everyone."""
        self._cut.clear()
        self._apart = frozenset()

    def reaches(self, source: str, target: str) -> bool:
        """Tell whether the two are connected now."""
        if source in self._cut or target in self._cut:
            return source == target
        return (source in self._apart) == (target in self._apart)

    def carry(self, source: str, target: str, arrive: Action) -> bool:
        """Carry a message, or lose it; whether it will arrive is returned for those who model a connection."""
        world, weather = self._world, self.weather
        world.count("messages")
        if not self.reaches(source, target):
            world.count("lost: cut off")
            return False
        if world.chance(weather.drop):
            world.count("lost: dropped")
            return False
        world.after(self.delay(), arrive)
        if world.chance(weather.repeat):
            world.count("repeated")
            world.after(self.delay(), arrive)
        return True

    def delay(self, longest_ms: float | None = None) -> float:
        """Return how long one message takes, in milliseconds; `longest_ms` where it is not the weather's own."""
        if self._world.chance(self.weather.slow):
            self._world.count("slow")
            return self._world.between(self.weather.usual_ms, longest_ms or self.weather.slow_ms)
        return self._world.between(1, self.weather.usual_ms)
