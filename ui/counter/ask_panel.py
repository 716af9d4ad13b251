"""What is said about the ticket: the papers that are missing, or where it goes, and a note."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import DocumentKind
from kiosk.domain.text import pick
from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import NOTE_MAX, Ask
from kiosk.flows.counter_dossier import rows_of
from kiosk.flows.counter_events import AskKind, Where
from kiosk.i18n import Words, words
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import Pages, SillButton, TextField, TextLabel

OnEvent = Callable[[ev.Event], None]
Choice = tuple[str, str]
"""What is chosen, and its words."""


def choices_of(moment: Moment) -> list[Choice]:
    """Return what can be chosen now, in the order of its digits."""
    ask, view = moment.state.ask, moment.view
    if ask is not None and view is not None and ask.kind is AskKind.RETURN:
        return set_aside(moment)
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


def set_aside(moment: Moment) -> list[Choice]:
    """Return whoever may stand before this counter again, each with why she did not: who missed a call first."""
    view, say = moment.view, words(moment.language, "counter")
    if view is None:
        return []
    who = (
        *((ticket.id, ticket.number, say("missed the call")) for ticket in view.no_shows),
        *((ticket.id, ticket.number, say("was set aside")) for ticket in view.parked),
        *((ticket.id, ticket.papers.number, say("fetched papers")) for ticket in view.away),
    )
    return [(ticket_id, f"{number}, {why}") for ticket_id, number, why in who]


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
        for place, (value, name) in enumerate(choices):
            text = say("Counter {n}", n=name) if ask.where is Where.COUNTER else name
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
        self.note = None if ask.kind is AskKind.RETURN else self._add_note(theme, column, ask, on_event)

    def _add_note(self, theme: Theme, column: QVBoxLayout, ask: Ask, on_event: OnEvent) -> TextField:
        say, papers = self._say, ask.kind is AskKind.PAPERS
        note = TextField(theme, say("Note for the colleague (N)") if not papers else say("Note (N)"), icon="note")
        note.setObjectName("ask_note")
        note.edit.setMaxLength(NOTE_MAX)
        note.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        note.setText(ask.note)
        note.changed.connect(lambda text: on_event(ev.Noted(text)))
        note.submitted.connect(lambda _: self.window().setFocus())
        column.addWidget(note)
        return note

    def show_moment(self, moment: Moment) -> None:
        """Show what is chosen."""
        ask = moment.state.ask
        if ask is None:
            return
        chosen = {str(n) for n in ask.missing} if ask.kind is AskKind.PAPERS else {ask.target}
        for value, button in self._buttons.items():
            button.set_chosen(value in chosen)

    def _title(self, kind: AskKind, where: Where) -> str:
        say = self._say
        if kind is AskKind.PAPERS:
            return say("Which papers are missing?")
        if kind is AskKind.RETURN:
            return say("Who is back?")
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
