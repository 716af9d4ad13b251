"""Saffron without a sill: do this with your hands (take the paper, photograph the screen)."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.panel import Panel
from ui.widgets.text_block import Text
from ui.widgets.text_label import TextLabel

_HEIGHT_MM = 58.0  # 183 px at 80 dpi, picture 06
_ICON_MM = 36.0
_MOVE_MM = 4.0  # LOOK, "Motion": once a second
_FRAME_MS = 40
_PERIOD_MS = 1000


class HandSlab(Panel):
    """A slab to obey, not to press: title, a second line, an icon that may move until the paper is taken."""

    def __init__(
        self,
        theme: Theme,
        title: Text,
        note: Text | None = None,
        *,
        icon: str = "arrow-big-down",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "accent", radius=theme.radius("control"), parent=parent)
        self._slab_theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("s5"), theme.space("s2"), theme.space("s6"), theme.space("s2"))
        row.setSpacing(theme.space("s5"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = TextLabel(theme, title, "button", color="on_accent")
        self.note = TextLabel(theme, note or "", "body", color="on_accent", weight=600)
        self.note.setVisible(note is not None)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.note)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._arrow = _MovingIcon(theme, icon)
        row.addWidget(self._arrow)
        self.setMinimumHeight(theme.near(_HEIGHT_MM))

    @property
    def moving(self) -> bool:
        """Whether the icon moves."""
        return self._arrow.moving

    def set_moving(self, moving: bool) -> None:
        """Let the icon move, or rest; under reduced motion it always rests."""
        self._arrow.set_moving(moving and not self._slab_theme.reduced_motion)

    def setTitle(self, title: Text) -> None:
        """Say something else."""
        self.title.setText(title)

    def setNote(self, note: Text | None) -> None:
        """Say more, or nothing more."""
        self.note.setText(note or "")
        self.note.setVisible(note is not None)


class _MovingIcon(QWidget):
    """The icon, moving down and back by 4 mm once a second."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self._px, self._reach = theme.near(_ICON_MM), theme.near(_MOVE_MM)
        self._at = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    @property
    def moving(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def set_moving(self, moving: bool) -> None:
        """Start or stop."""
        self._at = 0
        if moving:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: room for the movement."""
        return QSize(self._px, self._px + 2 * self._reach)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: repaint in the middle."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a triangle wave, down in the first half of the second and back in the other."""
        phase = self._at / _PERIOD_MS
        down = self._reach * (1 - abs(2 * phase - 1))
        pixmap = self._theme.icon(self._name, "on_accent", self._px, 1.5)
        y = (self.height() - self._px) / 2 - self._reach / 2 * self.moving + down
        QPainter(self).drawPixmap(0, round(y), pixmap)

    def _step(self) -> None:
        self._at = (self._at + _FRAME_MS) % _PERIOD_MS
        self.update()
