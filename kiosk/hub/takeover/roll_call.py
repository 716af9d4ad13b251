"""The recovery window: devices come back and give back what they kept, while nothing is decided (DESIGN §6)."""

from collections.abc import Iterable

from kiosk.hub.takeover.recovery import GivenBack
from kiosk.wire.kept import Mark, Parcel

WINDOW_MS = 30_000
"""A device tries its hub's addresses every few seconds; one that is not back by then is off, or broken."""


class RollCall:
    """Collects what is given back. Knows no clock: times are milliseconds of any clock that does not go back."""

    def __init__(self, expected: Iterable[str], began_at: int, window_ms: int = WINDOW_MS) -> None:
        """Begin.

        Args:
            expected: ids of devices that worked with the hub before; none where that is not known.
            began_at: now.
            window_ms: the longest to wait.
        """
        self._expected, self._until = frozenset(expected), began_at + window_ms
        self._parcels: dict[tuple[int, str], Parcel] = {}
        self._marks: dict[str, Mark] = {}
        self._complete: set[str] = set()

    def heard(self, device: str, mark: Mark | None) -> None:
        """Note how far a device has seen the journal."""
        before = self._marks.get(device)
        if mark is not None and (before is None or (mark.epoch, mark.seq) > (before.epoch, before.seq)):
            self._marks[device] = mark

    def take(self, device: str, parcels: Iterable[Parcel], *, complete: bool) -> None:
        """Take what a device gives back; the same twice changes nothing."""
        for parcel in parcels:
            self._parcels[parcel.epoch, parcel.command_id] = parcel
        if complete:
            self._complete.add(device)

    @property
    def silent(self) -> tuple[str, ...]:
        """Devices that are expected and have not given everything back yet."""
        return tuple(sorted(self._expected - self._complete))

    def left_ms(self, now: int) -> int:
        """Return how long the window stays open; 0 when it is over: every known device is back, or time is up."""
        if self._expected and not self.silent:
            return 0
        return max(0, self._until - now)

    def given_back(self) -> GivenBack:
        """Return what came."""
        return GivenBack(tuple(self._parcels.values()), tuple(self._marks.values()), self.silent)
