"""Figures of a benchmark: how they are summed up and how they are shown."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from msgspec import Struct


class Latencies(Struct, frozen=True):
    """Many timed calls: percentiles in ms, throughput per second."""

    count: int
    p50_ms: float
    p99_ms: float
    per_s: float

    @classmethod
    def of(cls, took_s: Sequence[float], elapsed_s: float) -> Self:
        """Sum up calls that took so many seconds each within a stretch of time."""
        ordered = sorted(took_s)
        return cls(
            len(ordered),
            round(percentile(ordered, 0.50) * 1000, 3),
            round(percentile(ordered, 0.99) * 1000, 3),
            round(len(ordered) / elapsed_s, 1),
        )


class Timed(Struct, frozen=True):
    """A stretch of a load: what each call took, and how long it went on, in seconds."""

    took_s: list[float]
    elapsed_s: float

    @classmethod
    def of(cls, stretches: Iterable["Timed"]) -> Self:
        """Join stretches into one."""
        joined = list(stretches)
        return cls([took for one in joined for took in one.took_s], sum(one.elapsed_s for one in joined))

    def summed_up(self) -> Latencies:
        """Sum it up."""
        return Latencies.of(self.took_s, self.elapsed_s)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which `share` of an ordered sequence lies.

    Raises:
        ValueError: there is nothing to look at.
    """
    if not ordered:
        raise ValueError("no value was measured")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median_ms(took_s: Sequence[float]) -> float:
    """Return the median of calls that took so many seconds each, in ms.

    Raises:
        ValueError: there is nothing to look at.
    """
    return round(percentile(sorted(took_s), 0.50) * 1000, 3)


class Goal(Struct, frozen=True):
    """What a figure must reach: it itself, or its ratio to the floor named `of`."""

    bound: float
    of: str = ""
    at_least: bool = False

    def says(self) -> str:
        """Show it to a person."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}{f' × {self.of}' if self.of else ''}"


class Row(Struct, frozen=True):
    """One figure, with its ratios to floors and peers of the same run."""

    name: str
    value: float
    unit: str
    ratios: dict[str, float] = {}
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        figure = self.ratios[self.goal.of] if self.goal.of else self.value
        return figure >= self.goal.bound if self.goal.at_least else figure <= self.goal.bound

    def line(self) -> str:
        """Show it to a person."""
        goal = f"   [{self.goal.says()}: {'met' if self.met else 'MISSED'}]" if self.goal else ""
        return f"{self.name:<64} {self.value:>10g} {self.unit}{self.ratios_text('   ')}{goal}"

    def ratios_text(self, between: str) -> str:
        """Show the ratios, each after `between`."""
        return "".join(f"{between}{ratio:g} × {floor}" for floor, ratio in self.ratios.items())

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        plain: dict[str, Any] = {"name": self.name, "value": self.value, "unit": self.unit, "ratios": self.ratios}
        return plain if self.goal is None else {**plain, "target": self.goal.says(), "met": self.met}


def against(name: str, value: float, unit: str, floors: dict[str, float], goal: Goal | None = None) -> Row:
    """Make a row with its ratio to each floor, by the floor's name.

    Raises:
        ZeroDivisionError: a floor is nothing; then it was not measured.
    """
    return Row(name, value, unit, {floor: round(value / measured, 2) for floor, measured in floors.items()}, goal)
