"""What a digit picks, by what is asked."""

from kiosk.flows.counter_ask import OUTCOMES, PARK_MINUTES
from kiosk.flows.counter_events import AskKind
from kiosk.flows.counter_state import PAUSE_REASONS
from ui.counter.ask_panel import choices_of
from ui.counter.moment import Moment


def picked(moment: Moment, digit: str) -> str | None:
    """Return the answer beside a digit, or None where there is none."""
    answers, place = _answers(moment), int(digit)
    return answers[place - 1] if 1 <= place <= len(answers) else None


def _answers(moment: Moment) -> list[str]:
    state = moment.state
    if state.picking_reason:
        return list(PAUSE_REASONS)
    if state.ask is None:
        return list(moment.view.staff) if moment.view is not None else []
    if state.ask.kind is AskKind.OUTCOME:
        return list(OUTCOMES)
    if state.ask.kind is AskKind.PARK:
        return [str(minutes) for minutes in PARK_MINUTES]
    return [value for value, _ in choices_of(moment)]
