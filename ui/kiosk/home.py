"""Home: the greeting, the one question, and the doors to it (LOOK 01)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import kiosk_events as e
from ui.kiosk import phrases
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import DoorTile, IconText, Notice, Rule, SillButton, Span, TextLabel, rich
from ui.widgets.sill import Sill

LEANEST = 2
HERO_WEIGHT = 800
HERO_WORDS_MM = 186.0
"""Width of the slab's words between doorway and arrow, on a standing screen of 343 mm."""


class HomeScreen(KioskScreen):
    """Takes the citizen in; the number is the biggest way on, two white doors are the others."""

    shape = "high"
    has_nav = False
    leanest = LEANEST

    def fill(self, body: QVBoxLayout) -> None:
        """Put greeting, question, hall state, slab and doors; leaner, the greeting goes and doors become plain rows."""
        theme, say = self.shown.theme, self.shown.say
        if not self.lean:
            body.addWidget(TextLabel(theme, say("Welcome"), "value", color="primary", weight=600, align="center"))
        role = "welcome" if self.lean < LEANEST else "question"
        question = TextLabel(
            theme, say("What do you need today?"), role, align="center", max_lines=2, smaller="question"
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
        seen = (before.hall, before.connected, before.state.printer_trouble)
        if seen != (shown.hall, shown.connected, shown.state.printer_trouble):
            self._show_hall()

    def _ways(self, portrait: bool) -> QBoxLayout:
        theme, say = self.shown.theme, self.shown.say
        take = SillButton(
            theme,
            say("Take a number"),
            kind="hero",
            note=say("Choose, take your ticket, wait") if self.lean < LEANEST else None,
            icon="ticket" if portrait or not self.lean else None,
            trail="arrow-right",
            title_role=self._hero_role(),
            title_weight=HERO_WEIGHT,
        )
        take.setObjectName("take_number")
        take.clicked.connect(lambda: self.tell(e.NumberWanted()))
        doors: QBoxLayout = QHBoxLayout() if portrait or not self.lean else QVBoxLayout()
        doors.setSpacing(theme.metrics.gap)
        doors.addWidget(self._door("papers", say("Papers needed"), say("See the list first"), e.PapersWanted()), 1)
        doors.addWidget(self._door("search", say("Find by name"), say("Type a few letters"), e.SearchWanted()), 1)
        ways: QBoxLayout = QVBoxLayout() if portrait else QHBoxLayout()
        ways.setSpacing(theme.space("s5") if portrait else theme.metrics.gap)
        ways.addWidget(take, 1 if not portrait else 0)
        ways.addLayout(doors, 1)
        return ways

    def _hero_role(self) -> str:
        """Return the largest type in which the slab's words stay on one line (LOOK 01c)."""
        theme = self.shown.theme
        words = TextLabel(theme, self.shown.say("Take a number"), weight=HERO_WEIGHT)
        for role in ("hero", "welcome"):
            words.setRole(role)
            if words.natural_width() <= theme.mm(HERO_WORDS_MM):
                return role
        return "question"

    def _door(self, name: str, title: str, note: str, event: e.Event) -> Sill:
        theme = self.shown.theme
        icon = "search" if name == "search" else "file-description"
        door: Sill = (
            SillButton(theme, title, icon=icon, icon_color="primary", title_role="row", sill="primary")
            if self.lean
            else DoorTile(theme, title, note, icon)
        )
        door.setObjectName(name)
        door.clicked.connect(lambda: self.tell(event))
        return door

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
        if self.shown.state.printer_trouble:
            notice = Notice(theme, say("No paper comes out just now: your number stays on this screen."))
            notice.setObjectName("no_paper_notice")
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
