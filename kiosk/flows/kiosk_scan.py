"""A code held to the reader, on any screen: asked about and answered before what was there, which stays untouched."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import KioskState, Screen
from kiosk.flows.scan import Scan, ScanKind

Result = tuple[KioskState, tuple[e.Effect, ...]]


def _scanned(state: KioskState, event: e.Scanned) -> Result:
    """Ask about a ticket; a code that is none is said so, and never takes an answer away that is still awaited."""
    if event.query is not None:
        state = structs.replace(state, query=event.query)
    if event.token:
        return _ask(state, event)
    if state.scan is not None and state.scan.kind is ScanKind.ASKING:
        return state, ()
    if not event.dossier:
        return structs.replace(state, scan=Scan(ScanKind.NO_TICKET)), ()
    on_its_way = state.asked is not None and state.screen is not Screen.TICKET
    kind = ScanKind.BUSY if on_its_way else ScanKind.DOSSIER
    return structs.replace(state, scan=Scan(kind, dossier=event.dossier)), ()


def _ask(state: KioskState, event: e.Scanned) -> Result:
    """Send one question for a ticket, however often its code is held there meanwhile; the newest code is answered."""
    if state.scan is not None and state.scan.token == event.token:
        return state, ()
    asking = Scan(ScanKind.ASKING, event.command_id, event.token)
    return structs.replace(state, scan=asking), (e.AskAboutTicket(event.command_id, event.token),)


def _answered(state: KioskState, event: e.ScanAnswered) -> Result:
    scan = state.scan
    if scan is None or scan.kind is not ScanKind.ASKING or scan.command_id != event.command_id:
        return state, ()
    return structs.replace(state, scan=event.scan), ()


def _closed(state: KioskState, event: e.ScanClosed) -> Result:
    return structs.replace(state, scan=None), ()


def scan_timed_out(state: KioskState) -> Result:
    """Go back by itself to what was there; a question without an answer says so first."""
    asking = state.scan is not None and state.scan.kind is ScanKind.ASKING
    return structs.replace(state, scan=Scan(ScanKind.UNREACHABLE) if asking else None), ()


SCAN_TABLE: dict[type[e.Event], Callable[[KioskState, Any], Result]] = {
    e.Scanned: _scanned,
    e.ScanAnswered: _answered,
    e.ScanClosed: _closed,
}
"""What every screen answers to a scan."""
