"""Virtual time: a heap of things that will happen, one source of chance, and a trace of what did."""

import hashlib
import heapq
import random
from collections import Counter, deque
from collections.abc import Callable

MORNING = 1_795_392_000_000
"""07:00 in Vietnam on Monday 23 November 2026, UTC milliseconds."""
STARTS = (5, 5, 5, 165, 235, 350, 520, 590)
"""Minutes after that at which a run may begin: in the morning, before the break, in it, and before closing."""
TOLD = 60
"""How many of the last steps a failure tells."""

Action = Callable[[], None]


class World:
    """The run's clock and dice. Nothing in a run may ask another clock, other dice, or the order of a set."""

    def __init__(self, seed: int, tell: Callable[[str], None] | None = None) -> None:
        """Begin on a Monday.

        Args:
            seed: what the whole run comes from.
            tell: told every line of the trace; None keeps the last ones only.
        """
        self.rng = random.Random(seed)
        self.now = MORNING + self.rng.choice(STARTS) * 60_000
        self.figures: Counter[str] = Counter()
        self.last = deque[str](maxlen=TOLD)
        self.is_open = True
        """Whether the centre is open: people act only then."""
        self.tickets: dict[str, str] = {}
        """Tokens of the tickets people hold, by id, in the order they were given."""
        self._digest = hashlib.sha256()
        self._tell = tell
        self._heap: list[tuple[int, int, Action]] = []
        self._order = 0

    def after(self, delay_ms: float, action: Action) -> None:
        """Have something happen later; what is planned for one moment happens in the order it was planned."""
        self._order += 1
        heapq.heappush(self._heap, (self.now + max(0, int(delay_ms)), self._order, action))

    def step(self, until: int) -> bool:
        """Let the next thing happen, if it is planned before `until`; otherwise time moves there and that is all."""
        if not self._heap or self._heap[0][0] > until:
            self.now = max(self.now, until)
            return False
        self.now, _, action = heapq.heappop(self._heap)
        self.figures["events"] += 1
        action()
        return True

    def say(self, who: str, what: str) -> None:
        """Write a line of the trace."""
        line = f"{self.clock()} {who}: {what}"
        self._digest.update(line.encode() + b"\n")
        self.last.append(line)
        if self._tell is not None:
            self._tell(line)

    def pause(self, mean_ms: float) -> float:
        """Return how long somebody waits before the next thing, about so long; at night nobody is in a hurry."""
        return self.about(mean_ms) if self.is_open else 600_000

    def count(self, figure: str, by: int = 1) -> None:
        """Count something for the summary."""
        self.figures[figure] += by

    def clock(self) -> str:
        """Return virtual time as "+HH:MM:SS.mmm" since the beginning."""
        seconds, ms = divmod(self.now - MORNING, 1000)
        return f"+{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{ms:03d}"

    def digest(self) -> str:
        """Return the hash of the whole trace so far: two runs are the same run if and only if theirs is the same."""
        return self._digest.hexdigest()

    # --- chance

    def chance(self, probability: float) -> bool:
        """Throw a die; asks for no chance where the answer is certain, so that a calm run stays the same run."""
        return probability > 0 and self.rng.random() < probability

    def between(self, low: float, high: float) -> float:
        """Return a number between two."""
        return self.rng.uniform(low, high)

    def about(self, mean: float) -> float:
        """Return a waiting time of a mean length, as arrivals have."""
        return self.rng.expovariate(1 / mean)

    def new_id(self) -> str:
        """Make a UUIDv7 of this moment (`kiosk.ids.uuid7` takes the machine's own chance)."""
        bits = f"{self.now:012x}7{self.rng.getrandbits(12):03x}{0x8 | self.rng.getrandbits(2):x}"
        text = f"{bits}{self.rng.getrandbits(60):015x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def new_ticket(self) -> tuple[str, str]:
        """Make id and token of a ticket; from now on somebody may ask about it."""
        ticket_id, token = self.new_id(), self.new_token()
        self.tickets[ticket_id] = token
        return ticket_id, token

    def new_token(self) -> str:
        """Make a ticket's token of the length real ones have."""
        return f"{self.rng.getrandbits(64):016x}"


class MachineClock:
    """A machine's own wall clock: virtual time, off by what it was set to (`kiosk.ports.Clock`)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.off_ms = 0

    def now_ms(self) -> int:
        """Return what the machine believes the time is, UTC milliseconds."""
        return self._world.now + self.off_ms
