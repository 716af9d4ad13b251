"""No ticket is at the counter: how many wait, and who would be next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows.counter_state import Phase
from kiosk.i18n import Words
from kiosk.wire.views import WaitingTicket
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import NumberLabel, QueueToken, Rule, TextLabel, rich


class NobodyHead(QWidget):
    """No ticket is here: how many wait, or that the counter is paused."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__()
        self._say = say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.mm(4), 0, 0)
        self._title = TextLabel(theme, "", "question")
        self._title.setObjectName("idle_title")
        self._note = TextLabel(theme, "", "body", color="ink_2")
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addStretch(1)

    def show_moment(self, moment: Moment) -> None:
        """Say how many wait for this counter's own lines."""
        say, view = self._say, moment.view
        if view is None:
            return
        waiting = sum(view.queues[q].waiting for tier in view.serves for q in tier)
        if moment.state.picking_reason:
            self._title.setText(say("Why pause?"))
            self._note.setText(say("Nobody is called here meanwhile."))
        elif moment.state.phase is Phase.PAUSED:
            self._title.setText(say("The counter is paused"))
            self._note.setText(say("Nobody is called to this counter until you go on."))
        elif waiting:
            self._title.setText(say.count("{n} person is waiting", "{n} people are waiting", waiting))
            self._note.setText(say("Ready for the next one."))
        else:
            self._title.setText(say("Nobody is waiting"))
            self._note.setText(say("A number that is taken now shows up here by itself."))


class NextOne(QWidget):
    """Who would be called: time to look for the papers before the citizen sits down."""

    def __init__(self, theme: Theme, say: Words, ticket: WaitingTicket, moment: Moment) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.mm(3))
        column.addWidget(TextLabel(theme, say("The next one"), "label"))
        column.addWidget(Rule(theme))
        row = QHBoxLayout()
        row.setSpacing(theme.mm(4))
        number = NumberLabel(theme, ticket.number, "bar_number", align="left")
        number.setObjectName("next_number")
        row.addWidget(QueueToken(theme, ticket.queue, height=theme.mm(17)), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(TextLabel(theme, moment.subject(ticket.procedure, ticket.queue), "row"))
        waited = say("waited **{n} min**", n=moment.minutes_since(ticket.issued_at))
        column.addWidget(TextLabel(theme, rich(waited), "body", color="ink_2"))
        column.addStretch(1)
