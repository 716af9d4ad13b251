"""The supervisor's screen as a table: the hall to look at, and what it takes to close or open a part of it.

`step(state, event)` is pure. Looking needs nobody; acting needs a supervisor's PIN, once, and then a reason.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

REASONS = {
    "queue": ("no_staff", "meeting", "system", "weather"),
    "kiosk": ("paper", "repair", "system", "weather"),
}
"""Why a part of the hall is closed, as citizens are told it (`wire.problems.REASONS`)."""
PIN_MAX = 8
VALID_MS = 5_000
"""How long a supervisor's wish is meant (DESIGN §3)."""


class Screen(StrEnum):
    """One question at a time."""

    HALL = "hall"
    NAMES = "names"
    PIN = "pin"
    REASON = "reason"
    QUEUES = "queues"


Tiers = tuple[tuple[str, ...], ...]
"""Queues a counter serves: the first ones, then those it takes when these are empty."""
TIERS = 2
"""Tiers a touch goes through; a third one of the set-up becomes the second where it is touched."""


class Part(Struct, frozen=True):
    """A queue, or a kiosk or counter by its number; whether it is closed now, and which queues a counter serves."""

    kind: str
    id: str
    closed: bool = False
    tiers: Tiers = ()


class State(Struct, frozen=True):
    """The screen's state."""

    screen: Screen = Screen.HALL
    connected: bool = False
    part: Part | None = None
    """What was touched, kept through signing in."""
    staff: str = ""
    pin: str = ""
    tiers: Tiers = ()
    """Of the counter that is being changed."""
    signed_in: str = ""
    """Who is signed in."""
    waiting: bool = False
    """Something is on its way to the hub."""
    sentence: str = ""
    unanswered: bool = False
    """The hub gave no answer to the last wish."""


class Viewed(Struct, frozen=True):
    """A view came, or the connection went or returned."""

    connected: bool


class Touched(Struct, frozen=True):
    """A queue or a kiosk was touched."""

    part: Part


class Picked(Struct, frozen=True):
    """A supervisor touched her name."""

    staff: str


class Typed(Struct, frozen=True):
    """A digit of the PIN; "" takes the last one away."""

    digit: str


class Entered(Struct, frozen=True):
    """The PIN is complete."""


class Reasoned(Struct, frozen=True):
    """Why it is closed."""

    reason: str


class Cycled(Struct, frozen=True):
    """A queue of the counter was touched: first, when these are empty, not here, and round again."""

    queue: str


class Saved(Struct, frozen=True):
    """The counter serves these queues from now on."""


class Left(Struct, frozen=True):
    """Back to the hall; nothing is done."""


class SignedIn(Struct, frozen=True):
    """The PIN was right."""

    session: str


class Told(Struct, frozen=True):
    """What became of a wish or of a sign-in; `reached` is False where the hub gave no answer."""

    ok: bool
    reached: bool = True
    code: str = ""
    sentence: str = ""


Event = Viewed | Touched | Picked | Typed | Entered | Reasoned | Cycled | Saved | Left | SignedIn | Told


class SignIn(Struct, frozen=True):
    """Ask the hub whether the PIN is right."""

    staff: str
    pin: str


class ActAs(Struct, frozen=True):
    """From now on everything is done in this session's name."""

    session: str


class Send(Struct, frozen=True):
    """Send a command."""

    path: str
    body: dict[str, Any]


Effect = SignIn | ActAs | Send
Step = tuple[State, tuple[Effect, ...]]


def _viewed(state: State, event: Viewed) -> Step:
    return replace(state, connected=event.connected), ()


def _touched(state: State, event: Touched) -> Step:
    if state.screen is not Screen.HALL or state.waiting or not state.connected:
        return state, ()
    return _go_on(replace(state, part=event.part, sentence="", unanswered=False))


def _go_on(state: State) -> Step:
    """Ask for what is still missing: who it is, then why; opening again needs no reason."""
    part = state.part
    if part is None:
        return replace(state, screen=Screen.HALL), ()
    if not state.signed_in:
        return replace(state, screen=Screen.NAMES, staff="", pin=""), ()
    if part.kind == "counter":
        return replace(state, screen=Screen.QUEUES, tiers=part.tiers), ()
    if not part.closed:
        return replace(state, screen=Screen.REASON), ()
    return _send(replace(state, screen=Screen.HALL), part, "open", {})


def _picked(state: State, event: Picked) -> Step:
    if state.screen is not Screen.NAMES:
        return state, ()
    return replace(state, screen=Screen.PIN, staff=event.staff, pin="", sentence=""), ()


def _typed(state: State, event: Typed) -> Step:
    if state.screen is not Screen.PIN or state.waiting:
        return state, ()
    pin = (state.pin + event.digit)[:PIN_MAX] if event.digit else state.pin[:-1]
    return replace(state, pin=pin, sentence=""), ()


def _entered(state: State, event: Entered) -> Step:
    if state.screen is not Screen.PIN or not state.pin or state.waiting:
        return state, ()
    return replace(state, waiting=True, pin="", sentence=""), (SignIn(state.staff, state.pin),)


def _signed_in(state: State, event: SignedIn) -> Step:
    known = replace(state, waiting=False, signed_in=state.staff)
    after, effects = _go_on(known)
    return after, (ActAs(event.session), *effects)


def _reasoned(state: State, event: Reasoned) -> Step:
    part = state.part
    if state.screen is not Screen.REASON or part is None or state.waiting or event.reason not in REASONS[part.kind]:
        return state, ()
    return _send(state, part, "close", {"reason": event.reason})


def _cycled(state: State, event: Cycled) -> Step:
    if state.screen is not Screen.QUEUES or state.waiting:
        return state, ()
    return replace(state, tiers=cycled(state.tiers, event.queue), sentence=""), ()


def cycled(tiers: Tiers, queue: str) -> Tiers:
    """Return the tiers with one queue a tier further on; behind the last it is not served here."""
    place = next((n for n, tier in enumerate(tiers) if queue in tier), -1) + 1
    rest = [tuple(q for q in tier if q != queue) for tier in tiers]
    rest += [()] * (TIERS - len(rest))
    if place < TIERS:
        rest[place] = (*rest[place], queue)
    return tuple(rest)


def _saved(state: State, event: Saved) -> Step:
    """Send what was chosen; nothing at all would mean the set-up again, and is not sent by mistake."""
    part, tiers = state.part, [list(tier) for tier in state.tiers if tier]
    if state.screen is not Screen.QUEUES or part is None or state.waiting or not tiers:
        return state, ()
    return _send(state, part, "queues", {"tiers": tiers})


def _send(state: State, part: Part, verb: str, body: dict[str, Any]) -> Step:
    return replace(state, waiting=True), (Send(f"/v1/{part.kind}s/{part.id}/{verb}", body),)


def _told(state: State, event: Told) -> Step:
    """Follow an answer. A session that has ended asks for the PIN again and then goes on with what was wanted."""
    state = replace(state, waiting=False, sentence=event.sentence, unanswered=not event.reached)
    if event.code == "staff_not_signed_in":
        after, effects = _go_on(replace(state, signed_in=""))
        return after, (ActAs(""), *effects)
    if event.ok:
        return replace(state, screen=Screen.HALL, part=None, sentence=""), ()
    return state, ()


def _left(state: State, event: Left) -> Step:
    if state.waiting:
        return state, ()
    return replace(state, screen=Screen.HALL, part=None, staff="", pin="", sentence="", unanswered=False), ()


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Viewed: _viewed,
    Touched: _touched,
    Picked: _picked,
    Typed: _typed,
    Entered: _entered,
    SignedIn: _signed_in,
    Reasoned: _reasoned,
    Cycled: _cycled,
    Saved: _saved,
    Told: _told,
    Left: _left,
}


def step(state: State, event: Event) -> Step:
    """Return the next state, and what to do now."""
    return _TABLE[type(event)](state, event)
