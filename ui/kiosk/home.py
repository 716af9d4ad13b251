"""Home: the greeting, the one question, and the doors to it (LOOK 01)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import kiosk_events as e
from ui.kiosk import phrases
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import DoorTile, IconText, Notice, Rule, SillButton, Span, TextLabel, rich


class HomeScreen(KioskScreen):
    """Takes the citizen in; the number is the biggest way on, two white doors are the others."""

    shape = "high"
    has_back = False

    def fill(self, body: QVBoxLayout) -> None:
        """Put greeting, question, hall state, slab and doors."""
        theme, say = self.shown.theme, self.shown.say
        body.addWidget(TextLabel(theme, say("Welcome"), "value", color="primary", weight=600, align="center"))
        question = TextLabel(
            theme, say("What do you need today?"), "welcome", align="center", max_lines=2, smaller="question"
        )
        body.addWidget(question)
        self._hall_place = QHBoxLayout()
        self._hall: QWidget | None = None
        body.addLayout(self._hall_place)
        body.addStretch(1)
        self._show_hall()
        body.addLayout(self._ways(theme.metrics.portrait))
        body.addStretch(2)

    def refresh(self, shown: Shown) -> None:
        """Follow the hall: how many counters are open, how many people wait, whether the hub is there."""
        before = self.shown
        super().refresh(shown)
        if (before.hall, before.connected) != (shown.hall, shown.connected):
            self._show_hall()

    def _ways(self, portrait: bool) -> QBoxLayout:
        theme, say = self.shown.theme, self.shown.say
        take = SillButton(
            theme,
            say("Take a number"),
            kind="hero",
            note=say("Choose, take your ticket, wait"),
            icon="ticket",
            trail="arrow-right",
        )
        take.setObjectName("take_number")
        take.clicked.connect(lambda: self.tell(e.NumberWanted()))
        papers = DoorTile(theme, say("Papers needed"), say("See the list first"), "file-description")
        papers.setObjectName("papers")
        papers.clicked.connect(lambda: self.tell(e.PapersWanted()))
        search = DoorTile(theme, say("Find by name"), say("Type a few letters"), "search")
        search.setObjectName("search")
        search.clicked.connect(lambda: self.tell(e.SearchWanted()))
        gap = theme.metrics.gap
        doors = QHBoxLayout()
        doors.setSpacing(gap)
        for door in (papers, search):
            doors.addWidget(door, 1)
        ways: QBoxLayout = QVBoxLayout() if portrait else QHBoxLayout()
        ways.setSpacing(theme.space("s5") if portrait else gap)
        ways.addWidget(take, 1 if not portrait else 0)
        ways.addLayout(doors, 1)
        return ways

    def _show_hall(self) -> None:
        if self._hall is not None:
            self._hall_place.removeWidget(self._hall)
            self._hall.deleteLater()
        self._hall = self._make_hall()
        self._hall_place.addWidget(self._hall)

    def _make_hall(self) -> QWidget:
        theme, say = self.shown.theme, self.shown.say
        if not self.shown.connected:
            notice = Notice(theme, say("No link to the hub just now. If it takes long, please ask at the desk."))
            notice.setObjectName("hall_notice")
            return notice
        place = QWidget(objectName="hall")
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s4"))
        row.addStretch(1)
        if self.shown.hall is not None:
            open_counters, waiting = phrases.hall_in_words(self.shown.hall, say)
            row.addWidget(IconText(theme, "door-enter", _strong(open_counters), color="ink_2"))
            row.addWidget(Rule(theme, vertical=True))
            row.addWidget(IconText(theme, "users", _strong(waiting), color="ink_2"))
        row.addStretch(1)
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return place


def _strong(text: str) -> list[Span]:
    """Return spans whose **bold** parts are in full ink."""
    return [Span(span.text, weight=span.weight, color="ink" if span.weight else None) for span in rich(text)]
