"""The row of keys under a ticket: what a clerk may do with it beside the next step, a key each."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.flows import counter_events as ev
from kiosk.flows.counter_events import AskKind
from kiosk.flows.counter_state import ASKS, Phase
from kiosk.i18n import Words
from ui.counter.moment import Moment
from ui.counter.why import why_this_one
from ui.theme import Theme
from ui.widgets import SillButton

STRIP_MM = 19.5
"""As high as the strip of who comes next, whose place it takes while a ticket is here."""
WHY_KEY = "F1"
KEY_OF_ASK = {
    AskKind.PAPERS: "F2",
    AskKind.TRANSFER: "F3",
    AskKind.PARK: "F4",
    AskKind.OUTCOME: "F6",
    AskKind.DOSSIER: "F8",
}
"""Keys of the questions about a ticket."""


class TicketKeys(QWidget):
    """Why this one, papers, transfer, set aside, another outcome."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        phase: Phase,
        *,
        on_event: Callable[[ev.Event], None],
        on_why: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._say, self._on_why = say, on_why
        self._moment: Moment | None = None
        self.setFixedHeight(theme.mm(STRIP_MM))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.mm(1), 0, 0)
        row.setSpacing(theme.mm(2))
        self._why = SillButton(theme, say("Why this one"), key=WHY_KEY, align="left", title_role="caption")
        self._why.setObjectName("why")
        self._why.clicked.connect(self.tell_why)
        row.addWidget(self._why, 1)
        titles = {
            AskKind.PAPERS: say("Missing papers"),
            AskKind.TRANSFER: say("Transfer"),
            AskKind.PARK: say("Set aside"),
            AskKind.OUTCOME: say("Other outcome"),
        }
        self._asks: list[SillButton] = []
        for kind in ASKS[phase]:
            button = SillButton(theme, titles[kind], key=KEY_OF_ASK[kind], align="left", title_role="caption")
            button.setObjectName(f"ask_{kind.value}")
            button.clicked.connect(lambda _=False, asked=kind: on_event(ev.Asked(asked)))
            button.asked_why.connect(on_why)
            self._asks.append(button)
            row.addWidget(button, 1)

    def tell_why(self) -> None:
        """Say in one sentence why this ticket was called."""
        moment = self._moment
        ticket = moment.view.ticket if moment is not None and moment.view is not None else None
        if moment is not None and ticket is not None and moment.site is not None:
            self._on_why(why_this_one(ticket, moment.state.counter, moment.site, moment.language))

    def show_moment(self, moment: Moment) -> None:
        """Turn keys off while the hub is away."""
        self._moment = moment
        self._why.setVisible(moment.site is not None)
        for button in self._asks:
            button.set_off(None if moment.state.connected else self._say("No link to the hub."))


class JudgeKeys(QWidget):
    """A priority was declared at the kiosk: the clerk has seen its proof, or strikes it (DOMAIN §5)."""

    def __init__(self, theme: Theme, say: Words, *, on_wish: Callable[..., None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.mm(2))
        for wish, title, key in (
            (ev.Wish.CONFIRM, say("Priority proved"), "+"),
            (ev.Wish.STRIKE, say("No proof"), "-"),
        ):
            button = SillButton(theme, title, key=key, align="left", title_role="label")
            button.setObjectName(f"wish_{wish.value}")
            button.clicked.connect(lambda _=False, asked=wish: on_wish(asked))
            row.addWidget(button, 1)
