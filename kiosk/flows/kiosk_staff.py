"""The kiosk's staff menu as a table: her id, her PIN, then the printer and its last papers (docs/decisions/0015).

She types her id: whoever holds the clock learns nobody's name, and an id nobody has is refused as a wrong PIN is.

`step(state, event)` is pure. It stands before the citizen's flow (`flows.kiosk`), of which it knows and changes
nothing: when it goes, what a citizen had chosen is there again.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.site import PIN_MAX, PIN_MIN

HOLD_S = 3.0
"""So long the clock is held to open the menu: nobody rests a finger there by mistake for as long."""
QUIET_S = 60.0
"""Without a touch for so long it closes: whoever comes next is a citizen."""


STAFF_MAX = 24
"""Letters and digits of an id that are taken."""


class Screen(StrEnum):
    """One question at a time; NONE while a citizen has the kiosk."""

    NONE = "none"
    WHO = "who"
    PIN = "pin"
    MENU = "menu"


class State(Struct, frozen=True):
    """The menu's state."""

    screen: Screen = Screen.NONE
    staff: str = ""
    """Her id as she typed it."""
    pin: str = ""
    asked: int = 0
    """Counts the questions to the hub: an answer to an older one opens nothing."""
    waiting: bool = False
    """The hub is being asked."""
    sentence: str = ""
    """What the hub said to the PIN."""
    unanswered: bool = False
    """The hub gave no answer."""
    sent: str = ""
    """The number whose paper was sent to the printer last, or TEST."""


TEST = "test"


class Held(Struct, frozen=True):
    """The clock was held."""


class Typed(Struct, frozen=True):
    """A letter or digit of the id, a digit of the PIN; "" takes the last one away."""

    key: str


class Cleared(Struct, frozen=True):
    """What stands there is typed anew."""


class Entered(Struct, frozen=True):
    """Id or PIN is complete."""


class Told(Struct, frozen=True):
    """What the hub says to a PIN; `reached` is False where it gave no answer."""

    asked: int
    ok: bool
    reached: bool = True
    sentence: str = ""


class AgainWanted(Struct, frozen=True):
    """A ticket's paper is wanted once more."""

    ticket_id: str
    number: str


class TrialPageWanted(Struct, frozen=True):
    """The test page is wanted."""


class Back(Struct, frozen=True):
    """One question back; from the menu and from the id to the citizen's screen."""


class Quiet(Struct, frozen=True):
    """Nobody touched anything for `QUIET_S`."""


Event = Held | Typed | Cleared | Entered | Told | AgainWanted | TrialPageWanted | Back | Quiet


class CheckPin(Struct, frozen=True):
    """Ask the hub whether the PIN is right."""

    asked: int
    staff: str
    pin: str


class PrintAgain(Struct, frozen=True):
    """Print a ticket's paper once more, marked as a copy."""

    ticket_id: str


class PrintTest(Struct, frozen=True):
    """Print the test page."""


Effect = CheckPin | PrintAgain | PrintTest
Step = tuple[State, tuple[Effect, ...]]


def _held(state: State, event: Held) -> Step:
    return (_who(state) if state.screen is Screen.NONE else state), ()


def _typed(state: State, event: Typed) -> Step:
    if state.screen is Screen.WHO:
        added = event.key if event.key.isalnum() else ""
        return replace(state, staff=(state.staff + added)[:STAFF_MAX] if event.key else state.staff[:-1]), ()
    if state.screen is not Screen.PIN or state.waiting:
        return state, ()
    pin = (state.pin + event.key)[:PIN_MAX] if event.key else state.pin[:-1]
    return replace(state, pin=pin, sentence="", unanswered=False), ()


def _cleared(state: State, event: Cleared) -> Step:
    if state.screen is Screen.WHO:
        return replace(state, staff=""), ()
    return (state if state.waiting else replace(state, pin="", sentence="", unanswered=False)), ()


def _entered(state: State, event: Entered) -> Step:
    if state.screen is Screen.WHO and state.staff:
        return replace(state, screen=Screen.PIN), ()
    if state.screen is not Screen.PIN or len(state.pin) < PIN_MIN or state.waiting:
        return state, ()
    asked = state.asked + 1
    after = replace(state, waiting=True, asked=asked, pin="", sentence="", unanswered=False)
    return after, (CheckPin(asked, state.staff, state.pin),)


def _told(state: State, event: Told) -> Step:
    if not state.waiting or event.asked != state.asked:
        return state, ()
    if event.ok:
        return replace(state, screen=Screen.MENU, waiting=False), ()
    return replace(state, waiting=False, sentence=event.sentence, unanswered=not event.reached), ()


def _again(state: State, event: AgainWanted) -> Step:
    if state.screen is not Screen.MENU:
        return state, ()
    return replace(state, sent=event.number), (PrintAgain(event.ticket_id),)


def _test(state: State, event: TrialPageWanted) -> Step:
    if state.screen is not Screen.MENU:
        return state, ()
    return replace(state, sent=TEST), (PrintTest(),)


def _back(state: State, event: Back) -> Step:
    return (_who(state) if state.screen is Screen.PIN else State(asked=state.asked)), ()


def _quiet(state: State, event: Quiet) -> Step:
    return State(asked=state.asked), ()


def _who(state: State) -> State:
    return State(Screen.WHO, asked=state.asked)


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Held: _held,
    Typed: _typed,
    Cleared: _cleared,
    Entered: _entered,
    Told: _told,
    AgainWanted: _again,
    TrialPageWanted: _test,
    Back: _back,
    Quiet: _quiet,
}


def step(state: State, event: Event) -> Step:
    """Return the next state, and what to do now."""
    return _TABLE[type(event)](state, event)
