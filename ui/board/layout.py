"""Where things stand on the hall display, lying and standing (LOOK 12, 12b). It knows neither hub nor voice."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kiosk.flows.board import Call
from kiosk.i18n import Words
from ui.board.calls import CallList, IdleDoor, TracedDoor
from ui.theme import Theme
from ui.widgets import IconText, Panel, RootArches, WaitStrip, WallHeader

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STRIP_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Share of the viewing distance for which the waiting strip may be drawn, the largest that fits."""
RIBS_SHARE = 0.035
"""Room that the ribs take at each side of a lying board's door, as a share of its width (LOOK 12)."""
ARCH_SHARE = 0.228
"""Height of the door's arch as a share of its width (LOOK 12b)."""
DOOR_SHARE, LIST_SHARE = 65, 35
"""How a lying board is divided between the door and the last calls (LOOK 12)."""


class BoardLayout(QWidget):
    """Header, door, last calls, waiting counts, and a strip that is there only when something has to be said."""

    def __init__(self, theme: Theme, say: Words, *, on_painted: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = theme
        self._say = say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._wall = RootArches(theme)
        self._on_wall = QVBoxLayout(self._wall)
        self._on_wall.setContentsMargins(0, 0, 0, 0)
        self._on_wall.setSpacing(0)
        self._header = WallHeader(theme, " ", clock=" ", date=" ")
        self._on_wall.addWidget(self._header)
        self._door = TracedDoor(theme, say("Now calling number"), on_painted)
        self._door.setObjectName("call_door")
        self._list = CallList(theme, say)
        self._list.setObjectName("last_calls")
        self._doors = QStackedLayout()
        self._doors.addWidget(self._idle_door())
        self._doors.addWidget(self._door)
        self._add_middle()
        self._column.addWidget(self._wall, 1)
        self._strip: WaitStrip | None = None
        self._letters: list[str] = []
        self._newest: Call | None = None
        self._roots_from = -1
        self._away = IconText(theme, "info-circle", " ", "notice", icon_color="need")
        self._away.setObjectName("hub_away")
        self._away_strip = Panel(theme, "need_tint")
        inside = QVBoxLayout(self._away_strip)
        side, above = theme.margin, theme.space("s2")
        inside.setContentsMargins(side, above, side, above)
        inside.addWidget(self._away)
        self._away_strip.hide()
        self._column.addWidget(self._away_strip)

    def _idle_door(self) -> QWidget:
        """The paper door stands where the saffron one stands between its ribs."""
        if self._theme.metrics.portrait:
            return IdleDoor(self._theme, self._say)
        place = QWidget()
        row = QHBoxLayout(place)
        ribs = round(self._theme.metrics.width * DOOR_SHARE / 100 * RIBS_SHARE)
        row.setContentsMargins(ribs, ribs, ribs, 0)
        row.addWidget(IdleDoor(self._theme, self._say))
        return place

    def _add_middle(self) -> None:
        """Door beside the list on a lying board, above it on a standing one."""
        if self._theme.metrics.portrait:
            self._on_wall.addLayout(self._doors, 55)
            self._on_wall.addWidget(self._list, 45)
            return
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._doors, DOOR_SHARE)
        middle.addWidget(self._list, LIST_SHARE)
        self._on_wall.addLayout(middle, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let roots grow beside the arch of a standing board; beside a lying one stand words.

        Here, because only now every part has its place.
        """
        top = self._header.geometry().bottom()
        if self._theme.metrics.portrait and top != self._roots_from:
            self._roots_from = top
            self._wall.set_roots(top, top + round(self.width() * ARCH_SHARE))

    def show_time(self, local: datetime) -> None:
        """Let the clock go on."""
        say = self._say
        weekday = say(WEEKDAYS[local.weekday()])
        self._header.setClock(f"{local.hour}:{local.minute:02d}")
        self._header.setDate(say("{weekday} {day}/{month}", weekday=weekday, day=local.day, month=local.month))

    def show_hall(self, title: str, waiting: Sequence[tuple[str, int]]) -> None:
        """Show the centre's name and how many wait in each line."""
        self._header.setTitle(title)
        letters = [letter for letter, _ in waiting]
        if self._strip is None or letters != self._letters:
            self._letters = letters
            old, self._strip = self._strip, self._fitting_strip(waiting)
            self._strip.setObjectName("waiting")
            self._column.insertWidget(1, self._strip)
            self._strip.show()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._strip.set_counts(waiting)

    def _fitting_strip(self, waiting: Sequence[tuple[str, int]]) -> WaitStrip:
        """Make the strip; where a hall has too many lines for the width, it is drawn for someone a little nearer."""
        for share in STRIP_SHARES:
            theme = self._theme.with_(viewing_m=self._theme.viewing_m * share)
            strip = WaitStrip(theme, self._say("People\nwaiting"), waiting)
            strip.label.setMinimumWidth(strip.label.natural_width())
            if strip.minimumSizeHint().width() <= self._theme.metrics.width:
                break
        return strip

    def show_calls(self, newest: Call | None, earlier: Sequence[Call]) -> None:
        """Show who is called and who was."""
        if newest is not None and newest != self._newest:
            self._door.set_call(newest.number, self._say("Counter {n}", n=newest.counter))
        self._newest = newest
        self._doors.setCurrentIndex(0 if newest is None else 1)
        self._list.show_calls(earlier)
        self._list.setVisible(newest is not None or bool(earlier))

    def rise(self) -> None:
        """A new call: the door rises with the chime (LOOK, "Motion")."""
        self._door.rise()

    def show_away(self, since: datetime | None) -> None:
        """Say since when the hub is away, or that it is there."""
        if since is not None:
            time = f"{since.hour}:{since.minute:02d}"
            self._away.setText(
                self._say(
                    "No link to the hub since {time}. Numbers keep their order; please listen to the staff.", time=time
                )
            )
        self._away_strip.setVisible(since is not None)
