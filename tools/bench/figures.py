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
    """One figure, with its ratio to the floor of the same run where it has one."""

    name: str
    value: float
    unit: str
    ratio_to_floor: float | None = None
    floor: str = ""

    def line(self) -> str:
        """Show it to a person."""
        ratio = f"   {self.ratio_to_floor:g} × {self.floor}" if self.ratio_to_floor is not None else ""
        return f"{self.name:<56} {self.value:>10g} {self.unit}{ratio}"


def against(name: str, value: float, unit: str, floor: float, floor_name: str) -> Row:
    """Make a row with its ratio to a floor."""
    return Row(name, value, unit, round(value / floor, 2) if floor else None, floor_name)
