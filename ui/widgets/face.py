"""Faces for the rating, drawn by us: one colour, one size, good to bad, no middle; to skip is as large (LOOK 13)."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_look import Look
from ui.widgets.sill_marks import IconMark, Mark
from ui.widgets.text_block import Text, frozen, plain

FACES = ("very_good", "good", "bad", "very_bad")
SKIP = "skip"
_SIDE_MM = 23.6  # 138 px at 149 dpi, picture 13c
_FACE_AT = 0.36
_SKIP_ICON = "player-track-next"
_LINE = 0.058  # width of the outline, share of the side


def paint_face(painter: QPainter, rect: QRectF, theme: Theme, face: str, line_role: str, skin_role: str) -> None:
    """Draw a face. Only mouth, eyes and brows differ, so that no face is prettier than another."""
    side = rect.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(side / 100, side / 100)
    line = theme.color(line_role)
    pen = QPen(line, _LINE * 100)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(theme.color(skin_role))
    painter.drawEllipse(QPointF(50, 50), 47, 47)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_eyes(painter, face, pen)
    _paint_mouth(painter, face, pen)
    painter.restore()


def _paint_eyes(painter: QPainter, face: str, pen: QPen) -> None:
    if face == "very_good":
        for x in (37, 63):
            smile = QPainterPath(QPointF(x - 7, 42))
            smile.quadTo(QPointF(x, 30), QPointF(x + 7, 42))
            painter.strokePath(smile, pen)
        return
    height = 44 if face == "very_bad" else 42
    for x in (36.5, 63.5):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawEllipse(QPointF(x, height), 5.2, 5.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if face == "very_bad":
        painter.setPen(pen)
        painter.drawLine(QPointF(25, 35), QPointF(37, 29))
        painter.drawLine(QPointF(75, 35), QPointF(63, 29))


def _paint_mouth(painter: QPainter, face: str, pen: QPen) -> None:
    if face == "very_good":
        mouth = QPainterPath(QPointF(27, 57))
        mouth.lineTo(73, 57)
        mouth.cubicTo(QPointF(71, 86), QPointF(29, 86), QPointF(27, 57))
        painter.fillPath(mouth, pen.color())
        thin = QPen(pen)
        thin.setWidthF(pen.widthF() * 0.6)
        painter.strokePath(mouth, thin)
        return
    ends, bend = {"good": (60, 81), "bad": (69, 55), "very_bad": (76, 46)}[face]
    half = {"good": 20, "bad": 17, "very_bad": 20}[face]
    mouth = QPainterPath(QPointF(50 - half, ends))
    mouth.quadTo(QPointF(50, bend), QPointF(50 + half, ends))
    painter.strokePath(mouth, pen)


class Face(QWidget):
    """A face alone."""

    def __init__(self, theme: Theme, face: str, *, px: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if face not in FACES:
            raise ValueError(f"no face {face!r}")
        self._theme, self._face = theme, face
        self._px = px or theme.mm(_SIDE_MM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: round."""
        return QSize(self._px, self._px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        skin = "paper" if self._theme.contrast else "tint"
        paint_face(QPainter(self), QRectF(self.rect()), self._theme, self._face, "primary", skin)


class FaceMark:
    """A face on a button."""

    def __init__(self, theme: Theme, face: str, px: int) -> None:
        self._theme, self._face, self._px = theme, face, px

    def size(self) -> QSizeF:
        """Round."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw in the look's icon colour."""
        skin = look.face if self._theme.contrast or look.face == "tint" else "tint"
        paint_face(painter, rect, self._theme, self._face, look.icon, skin)


class SkipMark:
    """The arrow of "no rating", in a place as large as a face."""

    def __init__(self, theme: Theme, px: int) -> None:
        self._px = px
        self._icon = IconMark(theme, _SKIP_ICON, px * 0.85, stroke_width=1.5)

    def size(self) -> QSizeF:
        """As a face."""
        return QSizeF(self._px, self._px)

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw in the middle."""
        place = QRectF(0, 0, self._px * 0.85, self._px * 0.85)
        place.moveCenter(rect.center())
        self._icon.paint(painter, place, look)


class FaceButton(Sill):
    """One answer of the rating: a face, or "skip", and what it means."""

    def __init__(self, theme: Theme, face: str, title: Text, *, parent: QWidget | None = None) -> None:
        if face not in (*FACES, SKIP):
            raise ValueError(f"no face {face!r}")
        self._answer = face
        self._title = frozen(title)
        super().__init__(theme, "plain", sill="primary", parent=parent)
        self.setText(plain(self._title).replace("&", "&&"))
        self.setAccessibleName(plain(self._title))

    @property
    def face(self) -> str:
        """One of FACES, or "skip"."""
        return self._answer

    def sill_height(self) -> int:
        """Return the sill of a next step: these are the only thing to press."""
        return self.theme.stroke("sill_next")

    def make_content(self) -> Content:
        """Return the face over its words."""
        px = self.theme.mm(_SIDE_MM)
        mark: Mark = SkipMark(self.theme, px) if self._answer == SKIP else FaceMark(self.theme, self._answer, px)
        return Content(
            self.theme,
            [Line(self._title, "row")],
            [mark],
            stacked=True,
            pad_x=self.theme.space("s2"),
            pad_y=self.theme.space("s4"),
            gap=self.theme.space("s3"),
            lead_at=_FACE_AT,
        )
