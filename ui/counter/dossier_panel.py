"""Form 01 in a small panel: code, owner, how each paper came; F9 prints it (DOMAIN §1.3).

What is typed stands in the flow's question and nowhere else, and is gone when the receipt is out or the question left.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.due import due_at
from kiosk.domain.procedure import Procedure
from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import Ask
from kiosk.flows.counter_dossier import Came, came_as, count_of, rows_of
from kiosk.flows.counter_events import Wish
from kiosk.flows.counter_paper import of_dossier
from kiosk.i18n import Words
from kiosk.wire.paper_views import PaperFate
from ui.counter.keys import KEYS_MM, ending_key
from ui.counter.moment import Moment
from ui.counter.paper_words import fate_in_words
from ui.theme import Theme
from ui.widgets import Pages, SillButton, TextField, TextLabel

OnEvent = Callable[[ev.Event], None]
CODE_MAX, OWNER_MAX = 40, 60


class DossierPanel(QWidget):
    """Two lines to type in, then the papers, one a key. Enter goes from line to line, then to the keys."""

    def __init__(self, theme: Theme, say: Words, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__()
        self._say = say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.mm(2))
        ask = moment.state.ask
        assert ask is not None
        lines = QHBoxLayout()
        lines.setSpacing(theme.mm(2))
        self.code = self._line(theme, say("Dossier code"), "dossier_code", CODE_MAX, ask.code)
        self.owner = self._line(theme, say("Owner (optional)"), "dossier_owner", OWNER_MAX, ask.owner)
        self.code.changed.connect(lambda text: on_event(ev.Wrote(code=text)))
        self.owner.changed.connect(lambda text: on_event(ev.Wrote(owner=text)))
        self.code.submitted.connect(lambda _: self.owner.edit.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.owner.submitted.connect(lambda _: self.window().setFocus())
        lines.addWidget(self.code, 1)
        lines.addWidget(self.owner, 1)
        column.addLayout(lines)
        self._buttons: dict[int, SillButton] = {}
        procedure = moment.procedure(moment.view.ticket.procedure) if moment.view and moment.view.ticket else None
        for place, position in enumerate(rows_of(procedure) if procedure is not None else []):
            assert procedure is not None
            name, key = procedure.documents[position].name, str(place + 1) if place < 9 else None
            button = SillButton(
                theme, name, key=key, note=" ", note_side="right", align="left", title_role="label",
                height=theme.touch("min"),
            )  # fmt: skip
            button.setObjectName(f"came_{position}")
            button.clicked.connect(lambda _=False, chosen=position: on_event(ev.Chosen(str(chosen))))
            self._buttons[position] = button
        pages = Pages(theme, next_text=say("More"), previous_text=say("Before"), spacing=theme.mm(2))
        pages.set_rows(list(self._buttons.values()))
        column.addWidget(pages, 1)
        if procedure is None:
            nothing = say("No procedure was chosen: its papers cannot be listed.")
            column.addWidget(TextLabel(theme, nothing, "body", color="ink_2"))

    def _line(self, theme: Theme, title: str, name: str, longest: int, text: str) -> TextField:
        line = TextField(theme, title)
        line.setObjectName(name)
        line.edit.setMaxLength(longest)
        line.setText(text)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: whoever opens it has the code in her hand, or in the scanner."""
        super().showEvent(event)
        self.code.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_moment(self, moment: Moment) -> None:
        """Say how each paper came."""
        ask, ticket = moment.state.ask, moment.view.ticket if moment.view else None
        procedure = moment.procedure(ticket.procedure) if ticket is not None else None
        if ask is None or ticket is None or procedure is None:
            return
        for position, button in self._buttons.items():
            came = came_as(procedure, position, ticket.missing, ask.presses)
            button.setNote(_in_words(came, count_of(procedure.documents[position], came), self._say))
            button.set_chosen(came is not Came.NOT)


class DossierKeys(QWidget):
    """Stands where the ticket's keys stand: print, and back."""

    def __init__(self, theme: Theme, say: Words, *, on_wish: Callable[..., None], on_event: OnEvent) -> None:
        super().__init__()
        self._say = say
        self.setFixedWidth(theme.mm(KEYS_MM))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.mm(2.6))
        self._print = ending_key(theme, say("Print receipt"))
        self._print.setObjectName("dossier_print")
        self._print.clicked.connect(lambda: on_wish(Wish.DOSSIER))
        self._due = TextLabel(theme, "", "body", color="ink_2")
        self._due.setObjectName("dossier_due")
        back = SillButton(theme, say("Back"), icon="arrow-back-up", key="Esc", align="left")
        back.setObjectName("ask_back")
        back.clicked.connect(lambda: on_event(ev.Asked(None)))
        column.addWidget(self._print)
        column.addWidget(self._due)
        column.addWidget(back)
        column.addStretch(1)

    def show_moment(self, moment: Moment) -> None:
        """Say when the result will be due, whether it can be printed, and what became of it."""
        ask, say, ticket = moment.state.ask, self._say, moment.view.ticket if moment.view else None
        if ask is None or ticket is None:
            return
        self._print.setKind("next" if ask.complete else "plain")
        self._print.set_off(None if ask.complete else say("Type or scan the dossier's code first: H12.14-261123-0361."))
        self._print.setNote(_fate(moment, say) or self._what_lacks(ask))
        self._due.setText(_due(moment.procedure(ticket.procedure), moment, ticket.queue, say))

    def _what_lacks(self, ask: Ask) -> str:
        return self._say("two copies to sign") if ask.complete else self._say("its code is missing")


def _fate(moment: Moment, say: Words) -> str:
    """Say what became of this ticket's receipt."""
    papers = moment.state.papers
    if papers.about != of_dossier(moment.state.desk.ticket):
        return ""
    return fate_in_words(PaperFate(0, papers.result.value if papers.result else "", papers.detail), say)


def _due(procedure: Procedure | None, moment: Moment, queue: str, say: Words) -> str:
    at = None
    if procedure is not None and moment.site is not None:
        at = due_at(moment.site, procedure, queue, moment.now)
    if at is None or moment.site is None:
        return say("The result's day is not known: write it by hand.")
    return say("Result by {time} on {day}", time=moment.clock(at), day=f"{moment.site.local(at):%d/%m/%Y}")


def _in_words(came: Came, count: int, say: Words) -> str:
    words = {
        Came.ORIGINAL: say.count("{n} original", "{n} originals", count),
        Came.CERTIFIED: say.count("{n} certified copy", "{n} certified copies", count),
        Came.PHOTOCOPY: say.count("{n} photocopy", "{n} photocopies", count),
        Came.NOT: say("not received"),
    }
    return words[came]
