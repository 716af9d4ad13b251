"""The hall display as a table: which call stands large, which are on the wall, and which must be spoken (DESIGN §6).

All times are hub time in milliseconds; `now` comes with the event.
"""

from msgspec import Struct
from msgspec.structs import replace

FRESH_MS = 15_000
"""A call older than this is never spoken (DESIGN §6); for as long it stays in the door even if the citizen has come."""


class Call(Struct, frozen=True):
    """A call as the board is told of it. `seq` and `at` together name it."""

    seq: int
    at: int
    number: str
    counter: int
    again: bool = False
    serving: bool = False


class State(Struct, frozen=True):
    """The display's state."""

    calls: tuple[Call, ...] = ()
    """Each number once, newest first."""
    newest: Call | None = None
    """The call in the door: the newest that is still asked for."""
    connected: bool = False
    away_since: int | None = None
    """When the hub was last there; None while it is, and before it ever was."""
    known: tuple[tuple[int, int], ...] = ()
    """Fresh calls that were dealt with, by (seq, at): a recovered hub may give a sequence number again."""

    @property
    def earlier(self) -> tuple[Call, ...]:
        """The calls on the wall beside the door, newest first."""
        return tuple(call for call in self.calls if call != self.newest)


class Viewed(Struct, frozen=True):
    """A view came, or the connection went or returned."""

    calls: tuple[Call, ...]
    """Newest first, a recall beside the call it repeats."""
    connected: bool
    now: int
    there: dict[int, str] = {}
    """The number at each counter now: a call that left a full list still holds while its number is there."""


class Ticked(Struct, frozen=True):
    """Time passed."""

    now: int


Event = Viewed | Ticked


class Speak(Struct, frozen=True):
    """Speak one call; `age_ms` is how long ago it was made."""

    call: Call
    age_ms: int


class Withdraw(Struct, frozen=True):
    """Speak a call no further: it was taken back, or nobody is asked to come any more."""

    call: Call


Effect = Speak | Withdraw


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Return the next state, and what the voice must do now, in order."""
    if isinstance(event, Ticked):
        return replace(state, newest=_newest(state.calls, event.now)), ()
    calls = _each_number_once(event.calls)
    spoken = _to_speak(state, event) if event.connected else ()
    void = _withdrawn(state, event) if event.connected else ()
    # Whatever its age: should the clock be set back, an old call would seem fresh and be spoken once more.
    seen = tuple((c.seq, c.at) for c in event.calls if event.connected)
    forgets = event.connected
    kept = tuple(name for name in state.known if name not in seen and not (forgets and event.now - name[1] >= FRESH_MS))
    away = None if event.connected else state.away_since or (event.now if state.connected else None)
    state = State(calls, _newest(calls, event.now), event.connected, away, kept + seen)
    speak = (Speak(call, max(0, event.now - call.at)) for call in spoken)
    return state, (*(Withdraw(call) for call in void), *speak)


def _to_speak(state: State, event: Viewed) -> tuple[Call, ...]:
    """Every call once, oldest first, none too old; a call made before this start or reconnection only while fresh."""
    oldest_first = reversed(event.calls)
    return tuple(c for c in oldest_first if (c.seq, c.at) not in state.known and event.now - c.at < FRESH_MS)


def _withdrawn(state: State, event: Viewed) -> tuple[Call, ...]:
    """Calls that hold no more; one whose number is called again there, or that only made room for newer ones, does."""
    asked = {(call.number, call.counter) for call in event.calls}
    gone = (call for call in state.calls if (call.number, call.counter) not in asked)
    return tuple(call for call in gone if event.there.get(call.counter) != call.number)


def _each_number_once(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """A recall stands where the newest call of its number stands."""
    seen: dict[str, Call] = {}
    for call in calls:
        seen.setdefault(call.number, call)
    return tuple(seen.values())


def _newest(calls: tuple[Call, ...], now: int) -> Call | None:
    """Pick the call for the door: someone is still asked to come, or has only just been."""
    return next((c for c in calls if not c.serving or now - c.at < FRESH_MS), None)
