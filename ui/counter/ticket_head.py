"""The ticket before the clerk: its number, what it is for, how long it waited."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows.counter_state import Phase
from kiosk.i18n import Words
from kiosk.wire.views import TicketAtCounter
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import NumberLabel, QueueToken, TextLabel, rich

LANGUAGES = {"vi": "Vietnamese", "en": "English", "km": "Khmer"}


class TicketHead(QWidget):
    """Number on the left, its procedure on the right. Built for one ticket; times go on."""

    def __init__(self, theme: Theme, say: Words, ticket: TicketAtCounter, moment: Moment) -> None:
        super().__init__()
        self._say = say
        self._ticket = ticket
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.mm(7))
        left = QVBoxLayout()
        left.setSpacing(0)
        self._status = TextLabel(theme, "", "label", color="primary", weight=700)
        self._status.setObjectName("ticket_status")
        number = NumberLabel(theme, ticket.number, "number", align="left")
        number.setObjectName("ticket_number")
        left.addWidget(self._status)
        left.addWidget(number)
        row.addLayout(left)
        row.addLayout(self._subject(theme, moment), 1)

    def _subject(self, theme: Theme, moment: Moment) -> QVBoxLayout:
        ticket, say = self._ticket, self._say
        procedure = moment.procedure(ticket.procedure)
        title = TextLabel(theme, moment.subject(ticket.procedure, ticket.queue), "question", max_lines=2, smaller="row")
        title.setObjectName("ticket_subject")
        place = [procedure.field, procedure.code] if procedure else [say("No procedure was chosen at the kiosk")]
        self._facts = TextLabel(theme, "", "body", color="ink_2")

        words = QVBoxLayout()
        words.setSpacing(theme.mm(0.5))
        words.addWidget(title)
        words.addWidget(TextLabel(theme, "  ·  ".join(place), "caption", color="ink_2"))
        head = QHBoxLayout()
        head.setSpacing(theme.mm(3.7))
        head.addWidget(QueueToken(theme, ticket.queue, height=theme.mm(17)), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, theme.mm(2), 0, 0)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addStretch(1)
        return column

    def show_moment(self, moment: Moment) -> None:
        """Let the times go on."""
        say, ticket = self._say, self._ticket
        if moment.state.phase is Phase.SERVING:
            self._status.setText(say("Serving, {span}", span=moment.span(ticket.started_at)))
        elif ticket.calls > 1:
            self._status.setText(say("Called {n} times, {span}", n=ticket.calls, span=moment.span(ticket.called_at)))
        else:
            self._status.setText(say("Calling, {span}", span=moment.span(ticket.called_at)))
        waited = max(0, (ticket.started_at or ticket.called_at or moment.now) - ticket.issued_at) // 60_000
        facts = [say("waited **{n} min**", n=waited)]
        language = LANGUAGES.get(ticket.language)
        if language:
            facts.append(say("speaks **{language}**", language=say(language)))
        if ticket.priority_minutes:
            facts.append(say("priority **{n} min**", n=ticket.priority_minutes))
        self._facts.setText(rich("      ".join(facts)))
