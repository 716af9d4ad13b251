"""A question that one digit answers: why a pause, how it ended, how long it is set aside."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.flows.counter import PAUSE_REASONS
from kiosk.flows.counter_ask import OUTCOMES, PARK_MINUTES
from kiosk.i18n import Words
from ui.theme import Theme
from ui.widgets import SillButton

IN_ROW = 2


class Choices(QWidget):
    """The answers, each with its digit, and the way back.

    Args:
        theme: of the window.
        say: the counter's words.
        name: begins the answers' names.
        answers: what each means, and its words.
        on_pick: told what is picked.
        on_back: told when the question is left.
    """

    def __init__(
        self,
        theme: Theme,
        say: Words,
        name: str,
        answers: Sequence[tuple[str, str]],
        *,
        on_pick: Callable[[str], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.mm(4))
        height = theme.mm(17)
        for place, (value, title) in enumerate(answers):
            button = SillButton(theme, title, key=str(place + 1), align="left", title_role="row", height=height)
            button.setObjectName(f"{name}_{value}")
            button.clicked.connect(lambda _=False, picked=value: on_pick(picked))
            grid.addWidget(button, place // IN_ROW, place % IN_ROW)
        back = SillButton(theme, say("Back"), icon="arrow-back-up", key="Esc", align="left", height=height)
        back.setObjectName(f"{name}_back")
        back.clicked.connect(lambda: on_back())
        last = len(answers)
        grid.addWidget(back, last // IN_ROW, last % IN_ROW)
        grid.setRowStretch(last, 1)


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
