"""The keys while papers or a target are being said: send, how long or which place, back."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import ENDS_WITH, PAPER_TIMES, PLACES, Ask
from kiosk.flows.counter_events import AskKind
from kiosk.i18n import Words
from ui.counter.keys import KEYS_MM, ending_key
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import SillButton

OnEvent = Callable[[ev.Event], None]


class AskKeys(QWidget):
    """Stands where the ticket's keys stand, the saffron one in the same place."""

    def __init__(
        self, theme: Theme, say: Words, kind: AskKind, *, on_wish: Callable[..., None], on_event: OnEvent
    ) -> None:
        super().__init__()
        self._say, self._kind = say, kind
        self.setFixedWidth(theme.mm(KEYS_MM))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.mm(2.6))
        titles = {
            AskKind.PAPERS: say("Send for papers"),
            AskKind.TRANSFER: say("Send on"),
            AskKind.RETURN: say("Back in line"),
        }
        self._send = ending_key(theme, titles[kind])
        self._send.setObjectName("ask_send")
        self._send.clicked.connect(lambda: on_wish(ENDS_WITH[kind]))
        column.addWidget(self._send)
        self._turn = SillButton(
            theme,
            say("Come back") if kind is AskKind.PAPERS else say("Place in line"),
            note=" ",
            key="→",
            align="left",
        )
        self._turn.setObjectName("ask_turn")
        self._turn.clicked.connect(lambda: on_event(ev.Turned()))
        self._turn.setVisible(kind is not AskKind.RETURN)
        column.addWidget(self._turn)
        self._come_back: SillButton | None = None
        if kind is AskKind.TRANSFER:
            self._come_back = SillButton(theme, say("Back to me after"), key="0", box=True, align="left")
            self._come_back.setObjectName("ask_come_back")
            self._come_back.clicked.connect(lambda: on_event(ev.Flagged()))
            column.addWidget(self._come_back)
        back = SillButton(theme, say("Back"), icon="arrow-back-up", key="Esc", align="left")
        back.setObjectName("ask_back")
        back.clicked.connect(lambda: on_event(ev.Asked(None)))
        column.addWidget(back)
        column.addStretch(1)

    def show_moment(self, moment: Moment) -> None:
        """Say how long, where in line, and whether it can be sent."""
        ask, say = moment.state.ask, self._say
        if ask is None or ask.kind is not self._kind:
            return
        ready = ask.complete and moment.state.connected
        self._send.setKind("next" if ready else "plain")
        if not moment.state.connected:
            self._send.set_off(say("No link to the hub."))
        else:
            self._send.set_off(None if ask.complete else self._what_lacks())
        if self._kind is AskKind.PAPERS:
            self._send.setNote(say.count("{n} paper missing", "{n} papers missing", len(ask.missing)))
            self._turn.setNote(_time_in_words(ask, say))
        elif self._kind is AskKind.RETURN:
            self._send.setNote(_place_of_who_is_back(moment, say) if ask.complete else self._what_lacks())
        else:
            self._send.setNote(self._what_lacks() if not ask.complete else say("the ticket leaves this counter"))
            self._turn.setNote(_place_in_words(ask, say))
        if self._come_back is not None:
            self._come_back.set_chosen(ask.come_back)

    def _what_lacks(self) -> str:
        say = self._say
        if self._kind is AskKind.PAPERS:
            return say("Touch the missing papers, or write a note.")
        if self._kind is AskKind.RETURN:
            return say("Choose who stands here.")
        return say("Choose where it goes.")


def _time_in_words(ask: Ask, say: Words) -> str:
    unit, amount = PAPER_TIMES[ask.time]
    if unit == "days":
        return say.count("within {n} day", "within {n} days", amount)
    return say("within {n} min", n=amount) if unit else say("in the centre's usual time")


def _place_of_who_is_back(moment: Moment, say: Words) -> str:
    """Say where she will stand, so that the clerk can tell her: each kind has its own right (DESIGN §4)."""
    target, view = moment.state.ask.target if moment.state.ask else "", moment.view
    if view is not None and any(ticket.id == target for ticket in view.no_shows):
        return say("behind the next few")
    if view is not None and any(ticket.id == target for ticket in view.parked):
        return say("in the old place")
    return say("next at this counter")


def _place_in_words(ask: Ask, say: Words) -> str:
    words = {"keep": say("keeps its place"), "front": say("to the front"), "end": say("to the end")}
    return words[PLACES[ask.place]]
