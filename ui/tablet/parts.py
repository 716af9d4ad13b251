"""Parts of the tablet's screens that stand where no layout would put them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets import FaceButton, NumberLabel, RootArches

DOOR_SIDE_MM, DOOR_TOP_MM = 20.5, 8.2
"""Wall beside and above the called number's door (LOOK 13b: 120 and 48 px at 149 dpi)."""


class Flush(QWidget):
    """A lone digit flush with its heading: it stands in the middle of its cell, so the cell is moved left."""

    def __init__(self, number: NumberLabel, by: int) -> None:
        super().__init__()
        self._number = number
        self._by = by
        number.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cell's empty edge stand outside."""
        self._number.setGeometry(-self._by, 0, self.width() + self._by, self.height())

    def sizeHint(self) -> QSize:
        """As large as the number."""
        return self._number.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As large as the number at least."""
        return self._number.minimumSizeHint()


class Doorway(QWidget):
    """An arch lit from inside, with a person standing in it where somebody sits at the counter."""

    def __init__(self, theme: Theme, *, someone: bool) -> None:
        super().__init__()
        self._theme = theme
        self._someone = someone

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arch, then head and shoulders, which the door's frame cuts."""
        width = min(float(self.width()), self.height() * 0.8)
        left, middle, floor = (self.width() - width) / 2, self.width() / 2, float(self.height())
        door = QPainterPath()
        door.moveTo(left, floor)
        door.lineTo(left, width / 2)
        door.arcTo(QRectF(left, 0, width, width), 180, -180)
        door.lineTo(left + width, floor)
        door.closeSubpath()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(door, self._theme.color("ink" if self._theme.contrast else "tint"))
        if not self._someone:
            return
        painter.setClipPath(door)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("paper" if self._theme.contrast else "primary"))
        head, shoulders = width * 0.17, width * 0.36
        painter.drawEllipse(QPointF(middle, floor - width * 0.62), head, head)
        painter.drawEllipse(QPointF(middle, floor), shoulders, shoulders)


class CalledWall(RootArches):
    """The wall with the called number's door; the door's crown rises between the header's words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._parts: tuple[QWidget, QWidget] | None = None

    def stand(self, header: QWidget, door: QWidget) -> None:
        """Put header and door on the wall."""
        self._parts = (header, door)
        for part in (door, header):
            part.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place both; roots stand beside the door up to its shoulders."""
        super().resizeEvent(event)
        if self._parts is None:
            return
        header, door = self._parts
        tall = header.sizeHint().height()
        side = self._theme.mm(DOOR_SIDE_MM)
        crown = self._theme.mm(DOOR_TOP_MM) if self._theme.text_step == 1.0 and not self._theme.contrast else tall
        header.setGeometry(0, 0, self.width(), tall)
        door.setGeometry(side, crown, self.width() - 2 * side, self.height() - crown)
        self.set_roots(tall, self.height())


class FaceRow(QWidget):
    """Faces side by side, every one exactly as large as the others: a layout would give the last pixels to some."""

    def __init__(self, faces: list[FaceButton], gap: int) -> None:
        super().__init__()
        self._faces = faces
        self._gap = gap
        for face in faces:
            face.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the width."""
        count = len(self._faces)
        width = (self.width() - (count - 1) * self._gap) // count
        left = (self.width() - count * width - (count - 1) * self._gap) // 2
        for place, face in enumerate(self._faces):
            face.setGeometry(left + place * (width + self._gap), 0, width, self.height())

    def sizeHint(self) -> QSize:
        """As high as the highest."""
        hints = [face.sizeHint() for face in self._faces]
        return QSize(sum(hint.width() for hint in hints), max(hint.height() for hint in hints))
