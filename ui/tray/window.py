"""The demo's paper tray: what the kiosk's printer puts out, newest on top, and a dock with all its troubles."""

from collections.abc import Callable, Set

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.i18n import Words, words
from ui.theme import Theme, apply
from ui.tray.dock import Dock, state_words
from ui.widgets import RootArches, SillButton, TextLabel

KEPT = 20
"""Papers the tray holds; older ones fall out of it."""
BEHIND = 3
"""Papers whose edges are seen behind the newest."""
PAPER_MM = 80.0
"""Width of the paper, whatever the image has in dots (DESIGN §8)."""


class TrayWindow(QWidget):
    """The window of the paper tray.

    Args:
        theme: of this window's size; drawn for someone at a desk.
        on_wish: told in the GUI thread what a key asks for: the name of a trouble (`dock.TROUBLES`, "paper_out") and
            whether it shall begin.
        language: what the keys read.

    What the printer is really like comes back by `show_state`; until then nothing changes here. `receive` and
    `show_state` may be called from any thread.
    """

    received = Signal(QImage)
    changed = Signal(object, int)

    def __init__(
        self,
        theme: Theme,
        *,
        on_wish: Callable[[str, bool], None],
        language: str = "vi",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = theme.with_(types="clerk")  # it stands on a desk, whatever screen it stands beside
        self._say = words(language, "tray")
        self._on_wish = on_wish
        self._states: Set[str] = frozenset()
        self._held = 0
        self.setWindowTitle(self._say("Paper tray"))
        apply(theme, self)
        ground = RootArches(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        margin = theme.mm(6)
        column.setContentsMargins(margin, theme.mm(4), margin, margin)
        column.setSpacing(theme.mm(4))
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, self._say("Paper tray"), "value", color="on_wall"), 1)
        self._count = TextLabel(theme, "", "body", color="on_wall_2", align="right")
        self._count.setObjectName("paper_count")
        head.addWidget(self._count)
        column.addLayout(head)
        self._state = TextLabel(theme, "", "caption", color="on_wall_2")
        self._state.setObjectName("printer_state")
        column.addWidget(self._state)
        self._mouth = Mouth(theme, self._say)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(theme.mm(4))
        self._body.addWidget(self._mouth, 1)
        column.addLayout(self._body, 1)
        below = QVBoxLayout()
        below.setSpacing(theme.mm(4))
        self._body.addLayout(below)
        self._dock = Dock(theme, self._say, on_wish)
        self._dock.hide()
        below.addWidget(self._dock)
        keys = QHBoxLayout()
        keys.setSpacing(theme.mm(4))
        self._take = SillButton(theme, self._say("Take the paper"), icon="receipt", align="left")
        self._take.setObjectName("take_paper")
        self._take.clicked.connect(lambda: self.take())
        self._roll = SillButton(theme, " ", kind="wall", icon="printer", align="left")
        self._roll.setObjectName("paper_roll")
        self._roll.clicked.connect(lambda: self.change_roll())
        keys.addWidget(self._take, 1)
        keys.addWidget(self._roll, 1)
        below.addLayout(keys)
        self._troubles = SillButton(
            theme, self._say("Troubles"), kind="wall", icon="alert-triangle", checkable=True, height=theme.touch("min")
        )
        self._troubles.setObjectName("troubles")
        self._troubles.toggled.connect(self._dock.setVisible)
        below.addWidget(self._troubles)
        below.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.received.connect(self._add)
        self.changed.connect(self._become)
        self._show()

    def receive(self, paper: QImage) -> None:
        """Put one paper into the tray."""
        self.received.emit(paper)

    def take(self) -> None:
        """Take the newest paper out."""
        self._mouth.take()
        self._show()

    @property
    def papers(self) -> int:
        """How many papers lie in the tray."""
        return self._mouth.count

    def _add(self, paper: QImage) -> None:
        self._mouth.add(paper)
        self._show()

    def change_roll(self) -> None:
        """Ask for the roll to be taken out, or put in."""
        self._on_wish("paper_out", "paper_out" not in self._states)

    def open_dock(self, is_open: bool = True) -> None:
        """Show the keys of all troubles, or put them away."""
        self._troubles.setChecked(is_open)

    def show_state(self, states: Set[str], held: int) -> None:
        """Show what the printer is like: names of troubles, and how many bytes it holds back."""
        self.changed.emit(frozenset(states), held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: on a wide window the keys stand beside the paper, which would have no room above them."""
        super().resizeEvent(event)
        wide = self.width() > self.height()
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _become(self, states: Set[str], held: int) -> None:
        self._states, self._held = states, held
        self._show()

    def _show(self) -> None:
        say, count, has_paper = self._say, self._mouth.count, "paper_out" not in self._states
        self._count.setText(say.count("{n} paper", "{n} papers", count))
        self._take.set_off(None if count else say("The tray is empty."))
        self._roll.setTitle(say("Take the roll out") if has_paper else say("Put a roll in"))
        self._roll.setIconName("printer-off" if has_paper else "printer")
        self._state.setText(state_words(say, self._states, self._held))
        self._dock.show_state(self._states)
        self._mouth.set_has_paper(has_paper)


class Mouth(QWidget):
    """The printer's slot with the papers that hang from it. The newest slides out, as it does from a printer."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__()
        self._theme = theme
        self._papers: list[QImage] = []
        self._has_paper = True
        self._out = 1.0
        self._slide = QPropertyAnimation(self, b"out", self)
        self._slide.setDuration(theme.duration("door_rise") * 2)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        column = QVBoxLayout(self)
        column.addStretch(1)
        self._words = TextLabel(theme, "", "body", color="on_wall_2", align="center")
        self._words.setObjectName("tray_words")
        self._say = say
        column.addWidget(self._words)
        column.addStretch(1)

    @property
    def count(self) -> int:
        """How many papers there are."""
        return len(self._papers)

    def add(self, paper: QImage) -> None:
        """Let a paper slide out of the slot."""
        self._papers = [*self._papers, paper][-KEPT:]
        self._slide.stop()
        if self._theme.duration("door_rise"):
            self._slide.setStartValue(0.0)
            self._slide.setEndValue(1.0)
            self._slide.start()
        else:
            self._out = 1.0
        self._changed()

    def take(self) -> None:
        """Remove the newest paper."""
        self._papers = self._papers[:-1]
        self._slide.stop()
        self._out = 1.0
        self._changed()

    def set_has_paper(self, has_paper: bool) -> None:
        """Say whether a roll is in the printer."""
        self._has_paper = has_paper
        self._changed()

    def _changed(self) -> None:
        if self._has_paper:
            self._words.setText(self._say("A ticket taken at the kiosk comes out here."))
        else:
            self._words.setText(self._say("The roll is out: the kiosk shows the number to photograph."))
        self._words.setVisible(not self._papers)
        self.update()

    def _get_out(self) -> float:
        return self._out

    def _set_out(self, out: float) -> None:
        self._out = out
        self.update()

    out = Property(float, _get_out, _set_out)
    """How far the newest paper has come out, 0 to 1."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the papers, oldest first, then the slot over their upper ends."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        slot = QRectF(0, 0, min(self.width(), self._theme.mm(PAPER_MM + 20)), self._theme.mm(9))
        slot.moveLeft((self.width() - slot.width()) / 2)
        room = self.height() - slot.height()
        for depth in range(min(BEHIND, len(self._papers) - 1), 0, -1):
            self._draw_paper(painter, self._papers[-1 - depth], slot, room, depth)
        if self._papers:
            self._draw_paper(painter, self._papers[-1], slot, room, 0)
        self._draw_slot(painter, slot)

    def _draw_slot(self, painter: QPainter, slot: QRectF) -> None:
        """The printer's lip above the papers: a raised bar with the dark slit they come from."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("wall_root"))
        painter.drawRoundedRect(slot.adjusted(0, 0, 0, -slot.height() / 2), slot.height() / 4, slot.height() / 4)
        slit = QRectF(slot.left() + slot.height(), slot.center().y() - slot.height() / 6, 0, slot.height() / 6)
        slit.setRight(slot.right() - slot.height())
        painter.fillRect(slit, self._theme.color("ink"))

    def _draw_paper(self, painter: QPainter, paper: QImage, slot: QRectF, room: float, depth: int) -> None:
        width = min(float(self._theme.mm(PAPER_MM)), room * paper.width() / max(1, paper.height()))
        height = width * paper.height() / max(1, paper.width())
        top = slot.center().y() + (height * (self._out - 1) if depth == 0 else 0)
        shift = depth * self._theme.mm(2)
        target = QRectF((self.width() - width) / 2 + shift, top - shift / 2, width, height)
        painter.save()
        painter.setClipRect(QRectF(0, slot.center().y(), self.width(), self.height()))
        painter.drawImage(target, paper)
        painter.setPen(self._theme.color("line"))
        painter.drawRect(target)
        painter.restore()
