"""The hub's machine is lost: the standby is asked how it is, and takes over when a person says so (DESIGN §6)."""

from msgspec.structs import replace

from kiosk.flows.supervisor_events import AskStandby, OldMachineIsOff, StandbyTold, Step, Ticked, Touched, Viewed
from kiosk.flows.supervisor_state import ALONE, TAKEOVER, Screen, State


def viewed(state: State, event: Viewed) -> Step:
    """Follow the connection: where a hub is there again nobody takes over."""
    state = replace(state, connected=event.connected)
    if not event.connected:
        return state, ()
    state = replace(state, standby="", taking_over=False)
    if state.part == TAKEOVER and not state.waiting:
        state = replace(state, screen=Screen.HALL, part=None, staff="", pin="", sentence="")
    return state, ()


def ticked(state: State, event: Ticked) -> Step:
    """Ask the standby while the hub is away, one question after the other."""
    if state.connected or state.asking or state.waiting:
        return state, ()
    return replace(state, asking=True), (AskStandby(),)


def standby_told(state: State, event: StandbyTold) -> Step:
    """Keep what it said."""
    return replace(state, asking=False, standby="" if state.connected else event.status), ()


def touched(state: State, event: Touched) -> Step:
    """Ask first whether the old machine is off; only for a standby that does not hear the hub either."""
    if state.screen is not Screen.HALL or state.waiting or state.connected or state.standby != ALONE:
        return state, ()
    return replace(state, screen=Screen.OLD_MACHINE, part=TAKEOVER, sentence="", unanswered=False), ()


def old_machine_is_off(state: State, event: OldMachineIsOff) -> Step:
    """Then who says so, and the PIN."""
    if state.screen is not Screen.OLD_MACHINE:
        return state, ()
    return replace(state, screen=Screen.NAMES, staff="", pin=""), ()
