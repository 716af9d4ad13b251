"""What every screen of the counter stands in: the wall with its header, and the sheet of paper on it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.i18n import Words
from ui.counter.moment import Moment
from ui.theme import Theme
from ui.widgets import IconText, IconView, Notice, Panel, TextLabel

SHEET_CORNER_MM = 10.5
"""Corner of the sheet beside the wall's column (LOOK 14b)."""
HEADER_MM = 14.8


class Header(QWidget):
    """Counter, clerk, link to the hub, clock; on the wall."""

    def __init__(self, theme: Theme, say: Words, moment: Moment) -> None:
        super().__init__()
        self._say = say
        self.setFixedHeight(theme.mm(HEADER_MM))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.mm(5.8), 0, theme.mm(5.8), 0)
        row.setSpacing(theme.mm(3.7))
        counter = say("Counter {n}", n=moment.state.counter)
        self._clerk = TextLabel(theme, "", "body", color="on_wall_2")
        self._clerk.setObjectName("clerk")
        self._linked = IconText(
            theme, "circle-check", say("Linked to the hub"), "body", color="on_wall_2", icon_color="on_wall_2"
        )
        self._away = IconText(
            theme, "info-circle", say("Calling is off"), "row", color="on_wall", icon_color="on_wall", weight=700
        )
        self._away.setObjectName("calling_off")
        self._clock = TextLabel(theme, "", "value", color="on_wall", align="right")
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconView(theme, "door-enter", color="on_wall", mm=6.6), 0, middle)
        row.addWidget(TextLabel(theme, counter, "row", color="on_wall", weight=700), 0, middle)
        row.addWidget(self._clerk, 0, middle)
        row.addStretch(1)
        row.addWidget(self._linked, 0, middle)
        row.addWidget(self._away, 0, middle)
        row.addSpacing(theme.mm(3))
        row.addWidget(self._clock, 0, middle)

    def show_moment(self, moment: Moment) -> None:
        """Show who sits here, whether the hub hears us, and the time."""
        self._clerk.setText(moment.view.staff_name if moment.view else "")
        self._clock.setText(moment.clock())
        self._linked.setVisible(moment.state.connected)
        self._away.setVisible(moment.away_since is not None)


class Sheet(QWidget):
    """Paper on the wall, with one round corner where the wall's column ends."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        radius = 0 if self._theme.contrast else self._theme.mm(SHEET_CORNER_MM)
        sheet = QPainterPath()
        sheet.addRoundedRect(QRectF(0, 0, self.width() + radius, self.height() + radius), radius, radius)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(sheet, self._theme.color("paper"))
        if self._theme.contrast:
            painter.fillRect(0, 0, self._theme.stroke("outline"), self.height(), self._theme.color("edge"))


class Frame(Panel):
    """A whole screen: header above, `.body` (QHBoxLayout) below, nothing in it yet."""

    def __init__(self, theme: Theme, say: Words, moment: Moment) -> None:
        super().__init__(theme, "wall")
        self._header = Header(theme, say, moment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        self.body = QHBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)

    def show_moment(self, moment: Moment) -> None:
        """Bring the header up to date."""
        self._header.show_moment(moment)


class Saying(QWidget):
    """The place of the one calm sentence; its room is kept, so nothing jumps when it comes."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__()
        self._say = say
        self._notice = Notice(theme, " ", kind="note", icon="info-circle")
        self._notice.setObjectName("sentence")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        self._notice.hide()

    def show_moment(self, moment: Moment) -> None:
        """Say what has to be said, or nothing."""
        sentence = moment.sentence(self._say)
        if sentence:
            self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
