"""A procedure's checklist to take home: printed beside everything else, one at a time, with a rest after each.

It changes nothing of what was chosen and needs no number. What became of it is the machine's to know, not the
citizen's: it outlives her, so that neither leaving nor pressing again makes a second one of what is still coming.
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Procedure
from kiosk.flows.kiosk_events import Effect, Event, Touch
from kiosk.flows.kiosk_state import PAPER_AFTER, ChecklistPaper, KioskState, Paper, Screen
from kiosk.flows.scan import Scan

GIVE_UP_S = 60.0
"""So long one that says nothing holds the key; after it the key is offered again."""
REST_S = 8.0
"""So long the key says how it ended and takes no press: the paper is taken, and an impatient finger makes no second."""


class ChecklistWanted(Touch, frozen=True):
    """Print the list of this procedure's papers; `job` names this one for ever."""

    job: str


class SlipWanted(Touch, frozen=True):
    """Print the slip of the coming day that a scan told of; `job` names this one for ever."""

    job: str


class ChecklistEnded(Event, frozen=True):
    """The printer is done with a checklist, in whatever way; `detail` is its own word for it ("paper_out")."""

    job: str
    result: PrintResult
    detail: str = ""


class ChecklistRested(Event, frozen=True):
    """The rest is over, or the printer said nothing for too long."""


class PrintChecklist(Effect, frozen=True):
    """Put a procedure's papers on paper, with what she ticked (positions)."""

    job: str
    procedure: Procedure
    have: tuple[int, ...]
    language: str


class PrintSlip(Effect, frozen=True):
    """Put an appointment, or a number promised for a coming day, on paper; one at a time with checklists."""

    job: str
    scan: Scan
    language: str


class RestChecklist(Effect, frozen=True):
    """Say `ChecklistRested` in so many seconds, in place of any time said before. Not one of the flow's timers."""

    seconds: float


Result = tuple[KioskState, tuple[Effect, ...]]


def _wanted(state: KioskState, event: ChecklistWanted) -> Result:
    """Print it, unless one is coming or has just come, or the printer is known to print nothing."""
    if state.procedure is None or state.checklist is not None or state.printer_trouble:
        return state, ()
    wish = PrintChecklist(event.job, state.procedure, state.have, state.language)
    return structs.replace(state, checklist=ChecklistPaper(event.job)), (wish, RestChecklist(GIVE_UP_S))


def _slip_wanted(state: KioskState, event: SlipWanted) -> Result:
    """Print it as a checklist is printed: it is of no number that waits, and its key says how it ends."""
    if state.scan is None or state.scan.slip is None or state.checklist is not None or state.printer_trouble:
        return state, ()
    wish = PrintSlip(event.job, state.scan, state.language)
    return structs.replace(state, checklist=ChecklistPaper(event.job)), (wish, RestChecklist(GIVE_UP_S))


def _ended(state: KioskState, event: ChecklistEnded) -> Result:
    """Say how it ended, for as long as the rest lasts; one that is long given up changes nothing."""
    coming = state.checklist
    if coming is None or coming.job != event.job or coming.paper is not Paper.PRINTING:
        return state, ()
    ended = ChecklistPaper(event.job, PAPER_AFTER[event.result], event.detail)
    return structs.replace(state, checklist=ended), (RestChecklist(REST_S),)


def _rested(state: KioskState, event: ChecklistRested) -> Result:
    return structs.replace(state, checklist=None), ()


CHECKLIST_TABLE: dict[tuple[Screen, type[Event]], Callable[[KioskState, Any], Result]] = {
    (Screen.PROCEDURE, ChecklistWanted): _wanted,
}
"""Where a checklist can be asked for."""

CHECKLIST_ANYWHERE: dict[type[Event], Callable[[KioskState, Any], Result]] = {
    SlipWanted: _slip_wanted,
    ChecklistEnded: _ended,
    ChecklistRested: _rested,
}
"""What every screen hears of it: she may have gone on to her number."""
