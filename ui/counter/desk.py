"""The clerk's screen at work: the wall's column, the ticket, its papers, the keys, and who comes next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import ENDED_BY, ENDS_WITH
from kiosk.flows.counter_events import AskKind, Wish
from kiosk.flows.counter_state import ASKS, Phase, State
from kiosk.i18n import Words
from kiosk.wire.views import WaitingTicket
from ui.counter.ask_keys import AskKeys
from ui.counter.ask_panel import AskPanel, choices_of
from ui.counter.choices import outcomes, park_times, pause_reasons
from ui.counter.dossier_panel import DossierKeys, DossierPanel
from ui.counter.frame import Frame, Saying, Sheet
from ui.counter.keys import Keys
from ui.counter.moment import MINUTE_MS, Moment
from ui.counter.nobody import NextOne, NobodyHead
from ui.counter.papers import Papers
from ui.counter.strip import JudgeKeys, TicketKeys
from ui.counter.ticket_head import TicketHead
from ui.counter.wall import WallColumn
from ui.theme import Theme
from ui.widgets import Chip, Choices, Rule, Span, TextLabel, keep_focus_on_window

UPCOMING_SHOWN = 3
UPCOMING_MM, UPCOMING_WORDS_MM, UPCOMING_LINES = 19.5, 38, 2
"""Height of the strip, and room for a subject in it; one that needs more lines is told by its queue."""
HEAD_MM = 36
"""Height of the head in every state, so that the saffron key never moves under the hand."""


class DeskScreen(Frame):
    """Everything in one window; each part is built again only when what it stands for has changed."""

    def __init__(
        self,
        theme: Theme,
        say: Words,
        moment: Moment,
        *,
        on_wish: Callable[..., None],
        on_why: Callable[[str], None],
        on_event: Callable[[ev.Event], None],
    ) -> None:
        super().__init__(theme, say, moment)
        self._theme = theme
        self._say = say
        self._on_wish, self._on_why, self._on_event = on_wish, on_why, on_event
        self._wall = WallColumn(theme, say, moment, on_wish=on_wish, on_why=on_why, on_event=on_event)
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
        about = (ticket.id, ticket.missing, state.may_judge) if ticket is not None else nobody
        ask = state.ask
        said = (ask.kind, ask.where, tuple(choices_of(moment))) if ask is not None else None
        self._papers.put((about, said), lambda: self._make_papers(moment))
        with_send = ask is not None and ask.kind in ENDS_WITH
        self._keys.put((state.phase, ask.kind if ask and with_send else None), lambda: self._make_keys(state))
        self._upcoming.setVisible(ask is None)  # the room goes to what is asked
        self._keys.setVisible(not state.picking_reason and (ask is None or with_send))
        upcoming = upcoming[1 if first is not None else 0 :][:UPCOMING_SHOWN]
        minutes = tuple(moment.minutes_since(t.issued_at) for t in upcoming)
        if ticket is not None and state.phase in ASKS:
            self._upcoming.put(state.phase, lambda: self._make_strip(state.phase))
        else:
            self._upcoming.put((upcoming, minutes), lambda: self._make_upcoming(upcoming, moment))
        for slot in (self._head, self._papers, self._keys, self._upcoming):
            slot.show_moment(moment)

    def tell_why(self) -> None:
        """Say why the ticket here was called, as its key does."""
        if isinstance(self._upcoming.part, TicketKeys):
            self._upcoming.part.tell_why()

    def write_note(self) -> None:
        """Take the keyboard to the note, or to the dossier's code."""
        panel = self._papers.part
        if isinstance(panel, AskPanel) and panel.note is not None:
            panel.note.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif isinstance(panel, DossierPanel):
            panel.code.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_strip(self, phase: Phase) -> QWidget:
        return TicketKeys(self._theme, self._say, phase, on_event=self._on_event, on_why=self._on_why)

    def _make_keys(self, state: State) -> QWidget:
        theme, say, ask = self._theme, self._say, state.ask
        if ask is not None and ask.kind is AskKind.DOSSIER:
            return DossierKeys(theme, say, on_wish=self._on_wish, on_event=self._on_event)
        if ask is not None and ask.kind in ENDS_WITH:
            return AskKeys(theme, say, ask.kind, on_wish=self._on_wish, on_event=self._on_event)
        doing = {"on_wish": self._on_wish, "on_why": self._on_why, "on_event": self._on_event}
        return Keys(theme, say, state.phase, **doing)

    def _make_question(self, kind: AskKind, moment: Moment) -> QWidget:
        if kind is AskKind.DOSSIER:
            return DossierPanel(self._theme, self._say, moment, on_event=self._on_event)
        if kind in ENDS_WITH:
            return AskPanel(self._theme, self._say, moment, on_event=self._on_event)
        outcome = kind is AskKind.OUTCOME
        return Choices(
            self._theme,
            kind.value,
            outcomes(self._say) if outcome else park_times(self._say),
            back=self._say("Back"),
            on_pick=lambda value: self._on_wish(ENDED_BY[kind], value),
            on_back=lambda: self._on_event(ev.Asked(None)),
        )

    def _make_papers(self, moment: Moment) -> QWidget:
        if moment.state.picking_reason:
            return Choices(
                self._theme,
                "reason",
                pause_reasons(self._say),
                back=self._say("Back"),
                on_pick=lambda reason: self._on_wish(Wish.PAUSE, reason),
                on_back=lambda: self._on_wish(Wish.PAUSE),
            )
        if moment.state.ask is not None:
            return self._make_question(moment.state.ask.kind, moment)
        view = moment.view
        if view is None:
            return QWidget()
        if view.ticket is None:
            ready = moment.state.phase is Phase.READY and view.upcoming
            return NextOne(self._theme, self._say, view.upcoming[0], moment) if ready else QWidget()
        procedure = moment.procedure(view.ticket.procedure)
        papers = Papers(self._theme, self._say, procedure, view.ticket.missing) if procedure else QWidget()
        if not moment.state.may_judge:
            return papers
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(JudgeKeys(self._theme, self._say, on_wish=self._on_wish))
        column.addWidget(papers, 1)
        return both

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
        """Pass the moment on to the part, where it changes with it."""
        if hasattr(self.part, "show_moment"):
            self.part.show_moment(moment)
