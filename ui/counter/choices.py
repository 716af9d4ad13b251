"""What a clerk answers with one digit: why a pause, how it ended, how long it is set aside."""

from kiosk.flows.counter_ask import OUTCOMES, PARK_MINUTES
from kiosk.flows.counter_state import PAUSE_REASONS
from kiosk.i18n import Words


def pause_reasons(say: Words) -> list[tuple[str, str]]:
    """Return why a clerk may pause."""
    texts = {
        "break": say("A break"),
        "meeting": say("A sudden meeting"),
        "urgent": say("Urgent work"),
        "helping": say("Helping a colleague"),
        "other": say("Something else"),
    }
    return [(reason, texts[reason]) for reason in PAUSE_REASONS]


def outcomes(say: Words) -> list[tuple[str, str]]:
    """Return how a visit may end."""
    texts = {
        "served": say("Done as she wished"),
        "guided": say("Shown how, or filed online"),
        "incomplete": say("Papers missing, not received"),
        "elsewhere": say("Another office is competent"),
        "withdrawn": say("She changed her mind"),
    }
    return [(outcome, texts[outcome]) for outcome in OUTCOMES]


def park_times(say: Words) -> list[tuple[str, str]]:
    """Return how long a ticket may be set aside."""
    return [(str(minutes), say("{n} min", n=minutes)) for minutes in PARK_MINUTES]
