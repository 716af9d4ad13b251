"""Which single timer runs in a state of the kiosk, and for how long."""

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_events import TimerKind
from kiosk.flows.kiosk_state import KioskState, Paper, Screen, Timing
from kiosk.flows.scan import ScanKind


def timer_of(state: KioskState) -> TimerKind | None:
    """Say which single timer runs in a state; from every state but a fresh home one does."""
    if state.scan is not None:
        return TimerKind.SCAN
    if state.warned:
        return TimerKind.COUNTDOWN
    if state.screen is Screen.ISSUING:
        return TimerKind.GIVE_UP if state.slow else TimerKind.PATIENCE
    if state.screen is Screen.TICKET:
        return TimerKind.CLOSE
    if state.screen is Screen.HOME:
        return None if state == state.forgotten() else TimerKind.IDLE
    return TimerKind.IDLE


def seconds_of(kind: TimerKind, state: KioskState, timing: Timing) -> float:
    """Say how many seconds a timer runs; a ticket that is not on paper stays longer, to be photographed."""
    if kind is TimerKind.CLOSE:
        return timing.ticket_close if state.paper is Paper.PRINTED else timing.ticket_close_no_paper
    if kind is TimerKind.SCAN:
        asking = state.scan is not None and state.scan.kind is ScanKind.ASKING
        return timing.give_up if asking else timing.scan_close
    return {
        TimerKind.IDLE: timing.idle_before_warning,
        TimerKind.COUNTDOWN: timing.idle_countdown,
        TimerKind.PATIENCE: timing.patience,
        TimerKind.GIVE_UP: timing.give_up,
    }[kind]


_NOT_STRETCHED = (TimerKind.PATIENCE, TimerKind.GIVE_UP)
"""A citizen's impatient finger must not make the hub's delay last longer."""


def timers_after(before: KioskState, after: KioskState, event: e.Event, timing: Timing) -> tuple[e.Effect, ...]:
    """Return what starts or stops the timer after an event."""
    old, new = timer_of(before), timer_of(after)
    if new is None:
        return (e.StopTimer(),) if old is not None else ()
    asking = after.scan is not None and after.scan.kind is ScanKind.ASKING
    stretched = isinstance(event, e.Touch) and new not in _NOT_STRETCHED and not asking
    moved = (before.screen, before.paper, before.scan) != (after.screen, after.paper, after.scan)
    if new is old and not stretched and not moved:
        return ()
    return (e.StartTimer(new, seconds_of(new, after, timing)),)
