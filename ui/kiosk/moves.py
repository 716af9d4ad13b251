"""How one kiosk screen follows another."""

from kiosk.flows.kiosk_state import KioskState, Screen

_AT_ONCE = (Screen.ISSUING, Screen.TROUBLE)
"""Screens that must be there the moment something happened: they do not slide in."""


def look(state: KioskState) -> tuple[int, str]:
    """Return what decides how everything is drawn: another look draws the screen anew."""
    return state.text_step, state.contrast


def move(before: KioskState, after: KioskState) -> str:
    """Say how the new screen comes: forward slides up, back slides down, the same question is only redrawn."""
    if before.screen is after.screen or after.screen in _AT_ONCE:
        return "cut"
    if after.screen is Screen.HOME or (len(after.trail) < len(before.trail) and after.screen is not Screen.TICKET):
        return "back"
    return "forward"
