"""Hall time on this machine: the wall's while nobody touches the clock, and carried on evenly when somebody does.

A jump of the wall clock is an event, never a reordering (DESIGN §3). Set back, hall time neither falls nor stands
still: a wish that is meant for five seconds must still be too late after five. Set forward by up to a day, hall time
follows; by more, it waits for a supervisor, for hall time that once was in a wrong year can never leave it again.
"""

import threading
import time
from collections.abc import Callable

from msgspec import Struct

from kiosk.domain.site import DAY_MS
from kiosk.ports import Clock

NOTICED_MS = 1_000
"""A difference between two looks from which on the clock was set, and not merely kept right by the network."""
TOGETHER_MS = 100
"""Both clocks are read within this, or it was not one look: what held the process up between them would pass for a
jump. Seen on a machine with eleven processes for two processors."""
LOOKS = 20
"""So often it is tried; whoever is held up every time is told a jump, as if there had been one."""

_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux's clock that goes on while the machine sleeps; elsewhere the monotonic one does."""


def machine_ms() -> int:
    """Return milliseconds of the clock that nobody sets; a machine's sleep counts."""
    return (time.monotonic_ns() if _CLOCK is None else time.clock_gettime_ns(_CLOCK)) // 1_000_000


class Jump(Struct, frozen=True):
    """The machine's clock was set: what it would have shown, and what it shows. UTC ms."""

    before: int
    after: int


class HallClock:
    """Implements `kiosk.ports.Clock`; usable from several threads."""

    def __init__(
        self,
        wall: Clock,
        machine_ms: Callable[[], int] = machine_ms,
        on_jump: Callable[[Jump], object] = lambda _: None,
    ) -> None:
        """Begin with the wall clock.

        Args:
            wall: the clock on the wall, which people and the network set.
            machine_ms: the clock that nobody sets.
            on_jump: told of every jump that is noticed, in the thread that asked for the time.
        """
        self._wall, self._machine_ms, self._on_jump = wall, machine_ms, on_jump
        self._lock = threading.Lock()
        self._seen = self._both()
        self._ahead = 0
        self._last = 0
        self.refused: Jump | None = None
        """A jump of more than a day that a supervisor has not accepted."""

    def begin(self, at: int) -> None:
        """Go on where a journal's hall time ended: the clock may have been set while no hub was running."""
        with self._lock:
            wall = self._seen[0]
            self._ahead, self._last = max(0, at - wall), at
            jump = Jump(at, wall) if at - wall > NOTICED_MS else None
        if jump is not None:
            self._on_jump(jump)

    def now_ms(self) -> int:
        """Return hall time, UTC milliseconds; it never falls."""
        with self._lock:
            jump = self._look()
            self._last = max(self._last, self._seen[0] + self._ahead)
            now = self._last
        if jump is not None:
            self._on_jump(jump)
        return now

    @property
    def held_back_ms(self) -> int:
        """By how much the wall is before hall time while a supervisor has not said that it is right; 0 otherwise."""
        with self._lock:
            return -self._ahead if self.refused is not None else 0

    def accept(self) -> Jump | None:
        """Follow the jump that was refused; returns it, or None where there is none. A supervisor has looked."""
        with self._lock:
            jump, self.refused = self.refused, None
            if jump is not None:
                self._ahead = max(0, self._ahead)
        return jump

    def _both(self) -> tuple[int, int]:
        """Read what both clocks show at one moment."""
        wall = machine = 0
        for _ in range(LOOKS):
            before, wall, machine = self._machine_ms(), self._wall.now_ms(), self._machine_ms()
            if machine - before < TOGETHER_MS:
                break
        return wall, machine

    def _look(self) -> Jump | None:
        """Compare both clocks with what they showed at the last look."""
        (wall_before, machine_before), self._seen = self._seen, self._both()
        expected = wall_before + self._seen[1] - machine_before
        moved = self._seen[0] - expected
        if abs(moved) < NOTICED_MS:
            return None
        jump = Jump(expected, self._seen[0])
        ahead = self._ahead - moved
        if ahead < -DAY_MS:
            self.refused = jump
            self._ahead = ahead
        else:
            # What is left of a jump back is taken off first: a clock that is set right again changes nothing.
            self._ahead = max(0, ahead)
            self.refused = None
        return jump
