"""Why this ticket before that one, or why it was called: two numbers are typed, the hub says the sentence (issue 3)."""

import re

from msgspec.structs import replace

from kiosk.domain.ticket import number_text
from kiosk.flows.supervisor_events import AskWhy, Cleared, Entered, SlotPicked, Step, Typed, WhyAsked, WhyTold
from kiosk.flows.supervisor_report import settled
from kiosk.flows.supervisor_state import Screen, State

NUMBER_MAX = 12
"""Letters of a number at most: "TAP-001", "A2-015"."""
_NUMBER = re.compile(r"(.*?)(\d+)")


def why_asked(state: State, event: WhyAsked) -> Step:
    """Ask for the numbers."""
    if state.screen is not Screen.HALL or state.waiting or not state.connected:
        return state, ()
    return _anew(replace(state, screen=Screen.WHY, unanswered=False, paper=settled(state.paper))), ()


def typed(state: State, event: Typed) -> Step:
    """Write on in a number; after an answer what is typed begins the next question."""
    if state.waiting:
        return state, ()
    if state.why:
        state = _anew(state)
    text = state.numbers[state.slot]
    text = (text + event.digit.upper())[:NUMBER_MAX] if event.digit else text[:-1]
    return replace(state, numbers=_with(state, text), sentence=""), ()


def slot_picked(state: State, event: SlotPicked) -> Step:
    """Write in the other one."""
    if state.screen is not Screen.WHY or state.waiting:
        return state, ()
    return replace(state, slot=event.slot, why=""), ()


def cleared(state: State, event: Cleared) -> Step:
    """Begin again."""
    return (_anew(state), ()) if state.screen is Screen.WHY and not state.waiting else (state, ())


def entered(state: State, event: Entered) -> Step:
    """Go on to the second number, and from there to the hub; the second may be left empty."""
    if state.waiting or not state.numbers[0]:
        return replace(state, slot=0), ()
    whole = tuple(full_number(text) for text in state.numbers)
    state = replace(state, numbers=(whole[0], whole[1]), sentence="", unanswered=False, why="")
    if state.slot == 0:
        return replace(state, slot=1), ()
    return replace(state, waiting=True), (AskWhy(*state.numbers),)


def why_told(state: State, event: WhyTold) -> Step:
    """Show it, and be ready for the next question."""
    return replace(state, waiting=False, slot=0, why=event.sentence), ()


def full_number(text: str) -> str:
    """Write a number as it is printed, with the zeros that nobody says: "A17" is A017."""
    found = _NUMBER.fullmatch(text)
    return number_text(found[1], int(found[2])) if found else text


def _anew(state: State) -> State:
    return replace(state, numbers=("", ""), slot=0, why="", sentence="")


def _with(state: State, text: str) -> tuple[str, str]:
    first, second = state.numbers
    return (text, second) if state.slot == 0 else (first, text)
