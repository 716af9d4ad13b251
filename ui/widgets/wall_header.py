"""The head of a screen, on the wall: whose centre this is, where, and what time it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.number_label import NumberLabel
from ui.widgets.text_block import CAP_EM, TALLEST_EM, Text
from ui.widgets.text_label import TextLabel

_CLOCK_MM = (14.6, 17.5)  # em of the clock: 46 px, tall 55 px at 80 dpi (pictures 02, 01)
_CLOCK_DROP_MM = 3.5
# Role of the title and of the clock by kind of screen; the clerk's window has a head of its own.
_STYLES = {
    "kiosk": ("caption", "value"),
    "tablet": ("row", "row"),
    "clerk": ("body", "value"),
    "board": ("notice", "waiting"),
}
_TOP_MM = (4.5, 11.0)
_STEP_FOR_BOTH = 1.2


class WallHeader(QWidget):
    """Title and place at the left, clock and date at the right. `tall` is the two-line form of home and ticket."""

    def __init__(
        self,
        theme: Theme,
        title: Text,
        place: Text | None = None,
        *,
        clock: str = "",
        date: str = "",
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        top = theme.near(_TOP_MM[tall])
        row.setContentsMargins(theme.margin, top, theme.margin, 0)
        row.setSpacing(theme.space("s4"))
        title_role, clock_role = _STYLES[theme.types]
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = TextLabel(theme, title, title_role, color="on_wall", weight=600)
        names.addWidget(self.title)
        self.place = TextLabel(theme, place or "", title_role, color="on_wall_2", weight=400)
        self.place.setVisible(bool(place))
        names.addWidget(self.place)
        if place and not tall and theme.text_step > _STEP_FOR_BOTH:
            self.title.hide()  # the place tells where one is; both would push the question down
        names.addStretch()
        row.addLayout(names, 1)
        times = QVBoxLayout()
        times.setSpacing(0)
        clock_px = theme.near(_CLOCK_MM[tall]) if theme.types == "kiosk" else theme.type(clock_role).px
        self.clock = NumberLabel(theme, clock, clock_role, color="on_wall", weight=700, align="right", px=clock_px)
        self.clock.setObjectName("clock")
        times.addSpacing(self._clock_drop(theme, title_role))
        times.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignRight)
        self.date = TextLabel(theme, date, title_role, color="on_wall_2", weight=400, align="right")
        self.date.setVisible(bool(date))
        times.addWidget(self.date, 0, Qt.AlignmentFlag.AlignRight)
        times.addStretch()
        row.addLayout(times)

    def _clock_drop(self, theme: Theme, title_role: str) -> int:
        """Return what brings the clock's middle to the middle of the first line's capitals; a kiosk's stands lower."""
        capitals = (TALLEST_EM - CAP_EM / 2) * theme.type(title_role).px
        lower = theme.near(_CLOCK_DROP_MM) if theme.types == "kiosk" else 0
        return max(0, round(capitals - self.clock.sizeHint().height() / 2) + lower)

    def hasHeightForWidth(self) -> bool:
        """Qt: words may wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: what the words need."""
        return self.layout().totalHeightForWidth(width)

    def setClock(self, clock: str) -> None:
        """Show another time, as it shall be read ("8:42")."""
        self.clock.setText(clock)

    def setDate(self, date: str) -> None:
        """Show another date, or none."""
        self.date.setText(date)
        self.date.setVisible(bool(date))

    def setTitle(self, title: Text, place: Text | None = None) -> None:
        """Name the centre, or on a tablet the counter and the ticket."""
        self.title.setText(title)
        self.place.setText(place or "")
        self.place.setVisible(bool(place))
