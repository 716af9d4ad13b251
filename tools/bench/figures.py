"""Figures of a benchmark: how they are summed up and how they are shown."""

from collections.abc import Sequence

from msgspec import Struct


class Latencies(Struct, frozen=True):
    """Many timed calls: percentiles in ms, throughput per second."""

    count: int
    p50_ms: float
    p99_ms: float
    per_s: float

    @classmethod
    def of(cls, took_s: Sequence[float], elapsed_s: float) -> "Latencies":
        """Sum up calls that took so many seconds each within a stretch of time."""
        ordered = sorted(took_s)
        return cls(
            len(ordered),
            round(percentile(ordered, 0.50) * 1000, 3),
            round(percentile(ordered, 0.99) * 1000, 3),
            round(len(ordered) / elapsed_s, 1),
        )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which `share` of an ordered sequence lies.

    Raises:
        ValueError: there is nothing to look at.
    """
    if not ordered:
        raise ValueError("no value was measured")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Row(Struct, frozen=True):
    """One figure, with its ratios to floors and peers of the same run."""

    name: str
    value: float
    unit: str
    ratios: dict[str, float] = {}

    def line(self) -> str:
        """Show it to a person."""
        ratios = "".join(f"   {ratio:g} × {floor}" for floor, ratio in self.ratios.items())
        return f"{self.name:<56} {self.value:>10g} {self.unit}{ratios}"


def against(name: str, value: float, unit: str, floors: dict[str, float]) -> Row:
    """Make a row with its ratio to each floor, by the floor's name.

    Raises:
        ZeroDivisionError: a floor is nothing; then it was not measured.
    """
    return Row(name, value, unit, {floor: round(value / measured, 2) for floor, measured in floors.items()})
