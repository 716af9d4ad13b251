"""The keys for the ticket: one saffron key for what comes next, plain keys for the rest."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.flows import counter_events as ev
from kiosk.flows.counter_events import AskKind, Wish
from kiosk.flows.counter_state import Phase
from kiosk.i18n import Words
from ui.counter.moment import Moment
from ui.counter.paper_words import fate_in_words
from ui.counter.strip import KEY_OF_ASK
from ui.theme import Theme
from ui.widgets import SillButton

KEYS_MM = 70
"""Width of the column of keys (LOOK 14b: 290 px at 96 dpi, less in a narrow window)."""
_ICON = {
    Wish.RECALL: "speakerphone",
    Wish.REPRINT: "printer",
    Wish.LIST: "printer",
    Wish.NO_SHOW: "user",
    Wish.UNDO: "arrow-back-up",
}
_KEY = {Wish.RECALL: "F10", Wish.REPRINT: "F10", Wish.LIST: "F10", Wish.NO_SHOW: "F8", Wish.UNDO: "F7"}

OnWish = Callable[..., None]


class Keys(QWidget):
    """Keys of one phase."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        phase: Phase,
        *,
        on_wish: OnWish,
        on_why: Callable[[str], None],
        on_event: Callable[[ev.Event], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._say = say
        self._on_wish = on_wish
        self._on_why = on_why
        self._on_event = on_event
        self._buttons: list[SillButton] = []
        self._next: SillButton | None = None
        self._recall: SillButton | None = None
        self._reprint: SillButton | None = None
        self._list: SillButton | None = None
        self._dossier: SillButton | None = None
        self._phase = phase
        self.setFixedWidth(theme.mm(KEYS_MM))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.mm(2.6))
        self._add_keys(phase)
        self._column.addStretch(1)

    def _add_keys(self, phase: Phase) -> None:
        say = self._say
        titles = {
            Wish.CALL: (say("Call next"), None),
            Wish.START: (say("Start"), say("the citizen has come")),
            Wish.FINISH: (say("Done"), say("this visit is over")),
            Wish.RESUME: (say("Go on"), say("calling works again")),
        }
        next_step = {
            Phase.READY: Wish.CALL,
            Phase.CALLED: Wish.START,
            Phase.SERVING: Wish.FINISH,
            Phase.PAUSED: Wish.RESUME,
        }[phase]
        title, note = titles[next_step]
        self._next = SillButton(
            self._theme,
            title,
            kind="next",
            note=note,
            key="F9",
            trail="",
            align="left",
            title_role="hero",
            height=self._theme.touch("hero"),
        )
        self._add(self._next, next_step)
        if phase is Phase.CALLED:
            self._recall = self._plain(say("Call again"), Wish.RECALL)
            self._add(self._recall, Wish.RECALL)
            self._add(self._plain(say("Nobody came"), Wish.NO_SHOW), Wish.NO_SHOW)
        if phase is Phase.SERVING:
            self._reprint = self._plain(say("Print again"), Wish.REPRINT)
            self._add(self._reprint, Wish.REPRINT)
            self._dossier = SillButton(
                self._theme, say("Dossier receipt"), icon="receipt", key=KEY_OF_ASK[AskKind.DOSSIER], align="left"
            )
            self._dossier.setObjectName("ask_dossier")
            self._dossier.clicked.connect(lambda: self._on_event(ev.Asked(AskKind.DOSSIER)))
            self._column.addWidget(self._dossier)
        if phase is Phase.READY:
            self._list = self._plain(say("Print the list"), Wish.LIST)
            self._add(self._list, Wish.LIST)
        self._undo = self._plain(say("Take back"), Wish.UNDO)
        self._add(self._undo, Wish.UNDO)

    def _plain(self, title: str, wish: Wish) -> SillButton:
        return SillButton(self._theme, title, icon=_ICON[wish], key=_KEY[wish], align="left")

    def _add(self, button: SillButton, wish: Wish) -> None:
        button.setObjectName(f"wish_{wish.value}")
        button.clicked.connect(lambda: self._on_wish(wish))
        button.asked_why.connect(self._on_why)
        self._buttons.append(button)
        self._column.addWidget(button)

    def show_moment(self, moment: Moment) -> None:
        """Turn keys off while a wish is on its way or the hub is away; say whom the next call means."""
        state, say = moment.state, self._say
        why_off = None if state.connected else say("No link to the hub.")
        for button in self._buttons:
            button.set_off(why_off or (self._no_recall(moment) if button is self._recall else None))
        self._show_undo(moment)
        self._show_recalls(moment)
        self._show_papers(moment)
        if self._phase is Phase.READY and self._next is not None and moment.view:
            first = moment.view.upcoming[0] if moment.view.upcoming else None
            self._next.setNote(say("next is {number}", number=first.number) if first else say("nobody is waiting"))
            self._next.setKind("next" if first else "plain")

    def _no_recall(self, moment: Moment) -> str | None:
        view = moment.view
        if view is None or view.ticket is None or not view.recall_limit or view.ticket.calls <= view.recall_limit:
            return None
        return self._say("It was called as often as it may be. Nobody came: F8.")

    def _show_recalls(self, moment: Moment) -> None:
        """Say how often it was called again, and how often it may be."""
        view, say = moment.view, self._say
        if self._recall is None or view is None or view.ticket is None or not view.recall_limit:
            return
        done = min(max(0, view.ticket.calls - 1), view.recall_limit)
        self._recall.setNote(say("{n} of {limit} times", n=done, limit=view.recall_limit))

    def _show_papers(self, moment: Moment) -> None:
        """Say what became of the paper that was asked for, and whose list can be printed."""
        say, ticket = self._say, moment.view.ticket if moment.view else None
        if self._reprint is not None and ticket is not None:
            self._reprint.setNote(fate_in_words(ticket.reprint, say) if ticket.reprint is not None else None)
        if self._dossier is not None:
            self._dossier.setVisible(AskKind.DOSSIER in moment.state.asks)
        if self._list is None:
            return
        away, told = moment.away, moment.list_fate
        self._list.setVisible(away is not None)
        if moment.state.papers.here:
            self._list.set_off(None)  # it needs no hub
        if away is not None:
            fate = fate_in_words(told[1], say) if told is not None else say("papers to bring")
            self._list.setNote(f"{away.papers.number}: {fate}")

    def _show_undo(self, moment: Moment) -> None:
        """Offer to take the last action back, with the seconds that are left for it."""
        undo = moment.view.undo if moment.view is not None and moment.state.may_undo else None
        seconds = 0 if undo is None else -(-(undo.until - moment.now) // 1000)
        self._undo.setVisible(seconds > 0)
        if undo is not None and seconds > 0:
            left = self._say("{n} s left", n=seconds)
            self._undo.setNote(f"{undo.number}, {left}" if undo.number else left)


def ending_key(theme: Theme, title: str) -> SillButton:
    """Return the saffron key that ends a question, F9, with room for what is in its way under its title."""
    return SillButton(
        theme,
        title,
        kind="next",
        note=" ",
        key="F9",
        trail="",
        align="left",
        title_role="row",
        height=theme.touch("hero"),
    )
