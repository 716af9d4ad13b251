"""What is said about the ticket: the papers that are missing, or where it goes, and a note."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import DocumentKind
from kiosk.domain.text import pick
from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import NOTE_MAX
from kiosk.flows.counter_dossier import rows_of
from kiosk.flows.counter_events import AskKind, Where
from kiosk.i18n import Words
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import Pages, SillButton, TextField, TextLabel

OnEvent = Callable[[ev.Event], None]
Choice = tuple[str, str]
"""What is chosen, and its words."""


def choices_of(moment: Moment) -> list[Choice]:
    """Return what can be chosen now, in the order of its digits."""
    ask, view = moment.state.ask, moment.view
    if ask is None or view is None or view.ticket is None:
        return []
    if ask.kind is AskKind.PAPERS:
        procedure = moment.procedure(view.ticket.procedure)
        documents = procedure.documents if procedure is not None else ()
        papers = [(n, d) for n, d in enumerate(documents) if d.kind is not DocumentKind.NOTE]
        papers.sort(key=lambda paper: (paper[0] not in view.ticket.missing, paper[1].conditional))
        return [(str(n), document.name) for n, document in papers]
    if ask.kind is AskKind.DOSSIER:
        procedure = moment.procedure(view.ticket.procedure)
        return [(str(n), procedure.documents[n].name) for n in rows_of(procedure)] if procedure is not None else []
    if ask.kind is not AskKind.TRANSFER:
        return []
    if ask.where is Where.QUEUE:
        return [(q, pick(v.name, moment.language)) for q, v in view.queues.items() if q != view.ticket.queue]
    if ask.where is Where.COUNTER:
        there = view.queues[view.ticket.queue].open_counters if view.ticket.queue in view.queues else ()
        return [(str(number), str(number)) for number in there if number != view.counter]
    return [(staff, name) for staff, name in view.staff.items() if staff != view.staff_id]


class AskPanel(QWidget):
    """The choices, one a row with its digit, the title above, the note below. Built once for a list of choices."""

    def __init__(self, theme: Theme, say: Words, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__()
        self._say = say
        ask = moment.state.ask
        assert ask is not None
        papers = ask.kind is AskKind.PAPERS
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.mm(2))
        title = TextLabel(theme, self._title(ask.kind, ask.where), "label")
        title.setObjectName("ask_title")
        column.addWidget(title)
        self._buttons: dict[str, SillButton] = {}
        choices, height = choices_of(moment), theme.touch("min")
        for place, (value, words) in enumerate(choices):
            text = say("Counter {n}", n=words) if ask.where is Where.COUNTER and not papers else words
            key = str(place + 1) if place < 9 else None
            button = SillButton(theme, text, key=key, box=True, align="left", title_role="label", height=height)
            button.setObjectName(f"choose_{value}")
            button.clicked.connect(lambda _=False, chosen=value: on_event(ev.Chosen(chosen)))
            self._buttons[value] = button
        pages = Pages(theme, next_text=say("More"), previous_text=say("Before"), spacing=theme.mm(2))
        buttons = list(self._buttons.values())
        pages.set_rows(buttons if papers else _two_by_two(theme, buttons))
        column.addWidget(pages, 1)
        if not choices:
            nothing = say("This number has no list of papers.") if papers else say("Nobody is there now.")
            column.addWidget(TextLabel(theme, nothing, "body", color="ink_2"))
        self.note = TextField(theme, say("Note for the colleague (N)") if not papers else say("Note (N)"), icon="note")
        self.note.setObjectName("ask_note")
        self.note.edit.setMaxLength(NOTE_MAX)
        self.note.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.note.setText(ask.note)
        self.note.changed.connect(lambda text: on_event(ev.Noted(text)))
        self.note.submitted.connect(lambda _: self.window().setFocus())
        column.addWidget(self.note)

    def show_moment(self, moment: Moment) -> None:
        """Show what is chosen."""
        ask = moment.state.ask
        if ask is None:
            return
        chosen = {ask.target} if ask.kind is AskKind.TRANSFER else {str(n) for n in ask.missing}
        for value, button in self._buttons.items():
            button.set_chosen(value in chosen)

    def _title(self, kind: AskKind, where: Where) -> str:
        say = self._say
        if kind is AskKind.PAPERS:
            return say("Which papers are missing?")
        titles = {
            Where.QUEUE: say("To which line? F3: counters"),
            Where.COUNTER: say("To which counter? F3: colleagues"),
            Where.STAFF: say("To which colleague? F3: lines"),
        }
        return titles[where]


def _two_by_two(theme: Theme, buttons: Sequence[QWidget]) -> list[QWidget]:
    rows = []
    for start in range(0, len(buttons), 2):
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.mm(2))
        for button in buttons[start : start + 2]:
            line.addWidget(button, 1)
        if len(buttons) == start + 1:
            line.addStretch(1)
        rows.append(row)
    return rows
