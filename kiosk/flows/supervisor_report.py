"""The day on paper: of which day, and what became of it. Looking at a day needs nobody's PIN, printing it neither."""

from msgspec.structs import replace

from kiosk.flows.supervisor_events import DayPicked, PaperEnded, PrintDay, ReportAsked, ReportMade, Step
from kiosk.flows.supervisor_state import Paper, Screen, State


def settled(paper: Paper | None) -> Paper | None:
    """Forget what became of a paper, but not one that is still being printed."""
    return paper if paper is not None and paper.result is None else None


def report_asked(state: State, event: ReportAsked) -> Step:
    """Ask of which day; nothing while another report is being printed."""
    if state.screen is not Screen.HALL or state.waiting or not state.connected or settled(state.paper) is not None:
        return state, ()
    return replace(state, screen=Screen.DAYS, sentence="", unanswered=False, paper=None), ()


def day_picked(state: State, event: DayPicked) -> Step:
    """Have it printed."""
    if state.screen is not Screen.DAYS or state.waiting:
        return state, ()
    return replace(state, waiting=True, sentence="", unanswered=False), (PrintDay(event.day),)


def report_made(state: State, event: ReportMade) -> Step:
    """Go back to the hall while it is printed: a printer that hangs keeps nobody from the hall."""
    return replace(state, screen=Screen.HALL, waiting=False, paper=Paper()), ()


def paper_ended(state: State, event: PaperEnded) -> Step:
    """Keep what became of it, to be said."""
    return replace(state, paper=Paper(event.result, event.printer)), ()
