"""The kiosk's staff menu as a table: who it is, her PIN, then the printer and its last papers (docs/decisions/0015).

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


class Screen(StrEnum):
    """One question at a time; NONE while a citizen has the kiosk."""

    NONE = "none"
    NAMES = "names"
    PIN = "pin"
    MENU = "menu"


class State(Struct, frozen=True):
    """The menu's state."""

    screen: Screen = Screen.NONE
    staff: str = ""
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


class Picked(Struct, frozen=True):
    """A member of staff touched her name."""

    staff: str


class Typed(Struct, frozen=True):
    """A digit of the PIN; "" takes the last one away."""

    digit: str


class Cleared(Struct, frozen=True):
    """The PIN is typed anew."""


class Entered(Struct, frozen=True):
    """The PIN is complete."""


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
    """One question back; from the menu and from the names to the citizen's screen."""


class Quiet(Struct, frozen=True):
    """Nobody touched anything for `QUIET_S`."""


Event = Held | Picked | Typed | Cleared | Entered | Told | AgainWanted | TrialPageWanted | Back | Quiet


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
    return (_names(state) if state.screen is Screen.NONE else state), ()


def _picked(state: State, event: Picked) -> Step:
    if state.screen is not Screen.NAMES:
        return state, ()
    return replace(_names(state), screen=Screen.PIN, staff=event.staff), ()


def _typed(state: State, event: Typed) -> Step:
    if state.screen is not Screen.PIN or state.waiting:
        return state, ()
    pin = (state.pin + event.digit)[:PIN_MAX] if event.digit else state.pin[:-1]
    return replace(state, pin=pin, sentence="", unanswered=False), ()


def _cleared(state: State, event: Cleared) -> Step:
    return (state if state.waiting else replace(state, pin="", sentence="", unanswered=False)), ()


def _entered(state: State, event: Entered) -> Step:
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
    return (_names(state) if state.screen is Screen.PIN else State(asked=state.asked)), ()


def _quiet(state: State, event: Quiet) -> Step:
    return State(asked=state.asked), ()


def _names(state: State) -> State:
    return State(Screen.NAMES, asked=state.asked)


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Held: _held,
    Picked: _picked,
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
