"""The clerk's screen at work: the wall's column, the ticket, its papers, the keys, and who comes next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows.counter import Phase
from kiosk.i18n import Words
from kiosk.wire.views import WaitingTicket
from ui.counter.frame import Frame, Saying, Sheet
from ui.counter.keys import Keys, PauseReasons
from ui.counter.moment import MINUTE_MS, Moment
from ui.counter.nobody import NextOne, NobodyHead
from ui.counter.papers import Papers
from ui.counter.sign_in import keep_focus_on_window
from ui.counter.ticket_head import TicketHead
from ui.counter.wall import WallColumn
from ui.theme import Theme
from ui.widgets import Chip, Rule, Span, TextLabel

UPCOMING_SHOWN = 3
UPCOMING_MM, UPCOMING_WORDS_MM, UPCOMING_LINES = 19.5, 38, 2
"""Height of the strip, and room for a subject in it; one that needs more lines is told by its queue."""
HEAD_MM = 36
"""Height of the head in every state, so that the saffron key never moves under the hand."""


class DeskScreen(Frame):
    """Everything in one window; each part is built again only when what it stands for has changed."""

    def __init__(
        self, theme: Theme, say: Words, moment: Moment, *, on_wish: Callable[..., None], on_why: Callable[[str], None]
    ) -> None:
        super().__init__(theme, say, moment)
        self._theme = theme
        self._say = say
        self._on_wish = on_wish
        self._wall = WallColumn(theme, say, moment, on_wish=on_wish, on_why=on_why)
        sheet = Sheet(theme)
        self.body.addWidget(self._wall)
        self.body.addWidget(sheet, 1)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.mm(9), theme.mm(6), theme.mm(7), theme.mm(2))
        column.setSpacing(theme.mm(2.5))
        self._head = Slot()
        self._head.setMinimumHeight(theme.mm(HEAD_MM))
        self._papers = Slot()
        self._keys = Slot()
        self._upcoming = Slot()
        self._saying = Saying(theme, say)
        below = QHBoxLayout()
        below.setSpacing(theme.mm(6))
        left = QVBoxLayout()
        left.addWidget(self._papers, 1)
        left.addWidget(self._saying)
        below.addLayout(left, 1)
        below.addWidget(self._keys)
        column.addWidget(self._head)
        column.addLayout(below, 1)
        column.addWidget(Rule(theme))
        column.addWidget(self._upcoming)

    def show_moment(self, moment: Moment) -> None:
        """Bring every part up to date."""
        super().show_moment(moment)
        self._wall.show_moment(moment)
        self._saying.show_moment(moment)
        view, state = moment.view, moment.state
        ticket = view.ticket if view else None
        if ticket is not None:
            self._head.put((ticket.id, ticket), lambda: TicketHead(self._theme, self._say, ticket, moment))
        else:
            self._head.put((state.phase,), lambda: NobodyHead(self._theme, self._say))
        upcoming = view.upcoming if view else ()
        first = upcoming[0] if upcoming and state.phase is Phase.READY else None
        nobody = (state.picking_reason, first, moment.now // MINUTE_MS)
        papers = (ticket.id, ticket.missing) if ticket is not None else nobody
        self._papers.put(papers, lambda: self._make_papers(moment))
        self._keys.put(state.phase, lambda: Keys(self._theme, self._say, state.phase, on_wish=self._on_wish))
        self._keys.setVisible(not state.picking_reason)
        upcoming = upcoming[1 if first is not None else 0 :][:UPCOMING_SHOWN]
        minutes = tuple(moment.minutes_since(t.issued_at) for t in upcoming)
        self._upcoming.put((upcoming, minutes), lambda: self._make_upcoming(upcoming, moment))
        for slot in (self._head, self._keys):
            slot.show_moment(moment)

    def _make_papers(self, moment: Moment) -> QWidget:
        if moment.state.picking_reason:
            return PauseReasons(self._theme, self._say, on_wish=self._on_wish)
        view = moment.view
        if view is None:
            return QWidget()
        if view.ticket is None:
            ready = moment.state.phase is Phase.READY and view.upcoming
            return NextOne(self._theme, self._say, view.upcoming[0], moment) if ready else QWidget()
        procedure = moment.procedure(view.ticket.procedure)
        if procedure is None:
            return QWidget()
        return Papers(self._theme, self._say, procedure, view.ticket.missing)

    def _make_upcoming(self, upcoming: tuple[WaitingTicket, ...], moment: Moment) -> QWidget:
        theme, say = self._theme, self._say
        strip = QWidget()
        strip.setFixedHeight(theme.mm(UPCOMING_MM))
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.mm(2.5))
        title = say("Coming up") if upcoming else ""
        row.addWidget(TextLabel(theme, title, "caption", color="ink_2"), 0, Qt.AlignmentFlag.AlignVCenter)
        for ticket in upcoming:
            row.addSpacing(theme.mm(4))
            row.addWidget(Chip(theme, ticket.queue), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addLayout(self._one_upcoming(ticket, moment), 1)
        for _ in range(UPCOMING_SHOWN - len(upcoming)):
            row.addStretch(1)
        return strip

    def _one_upcoming(self, ticket: WaitingTicket, moment: Moment) -> QVBoxLayout:
        say = self._say
        waited = say("{n} min", n=moment.minutes_since(ticket.issued_at))
        spans = (Span(ticket.number, weight=700, color="ink"), Span(f"  {waited}", weight=400))
        number = TextLabel(self._theme, spans, "row", color="ink_2")
        subject = TextLabel(self._theme, moment.subject(ticket.procedure, ticket.queue), "caption")
        if subject.line_count(self._theme.mm(UPCOMING_WORDS_MM)) > UPCOMING_LINES:
            subject.setText(moment.queue_name(ticket.queue))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(number)
        words.addWidget(subject)
        words.addStretch(1)
        return words


class Slot(QWidget):
    """Holds one part of the screen and builds it again when what it stands for has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._stands_for: object = None
        self.part: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def put(self, stands_for: object, build: Callable[[], QWidget]) -> None:
        """Show what `build` makes, if `stands_for` is not what is shown already."""
        if self.part is not None and stands_for == self._stands_for:
            return
        self._stands_for = stands_for
        if self.part is not None:
            focused = self.window().focusWidget()
            if focused is not None and self.part.isAncestorOf(focused):
                self.window().setFocus()  # else Qt gives the focus to some other key, and Space would press that
            self._layout.removeWidget(self.part)
            self.part.hide()
            self.part.deleteLater()
        self.part = build()
        keep_focus_on_window(self.part)
        self._layout.addWidget(self.part)
        self.part.show()

    def show_moment(self, moment: Moment) -> None:
        """Pass the moment on to the part."""
        self.part.show_moment(moment)
