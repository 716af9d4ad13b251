"""Shapes of the look: arches, doorways, sills. Everything here is paths; widgets give colours and sizes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """Return a rectangle with round corners."""
    path = QPainterPath()
    radius = min(radius, rect.width() / 2, rect.height() / 2)
    path.addRoundedRect(rect, radius, radius)
    return path


def arch(rect: QRectF, rise: float, foot: float = 0.0) -> QPainterPath:
    """Return a doorway: an elliptical arch of height `rise` on straight sides, corners of `foot` px at the floor."""
    rise = min(rise, rect.height())
    foot = min(foot, rect.width() / 2, max(0.0, rect.height() - rise))
    path = QPainterPath(QPointF(rect.left(), rect.top() + rise))
    path.arcTo(QRectF(rect.left(), rect.top(), rect.width(), 2 * rise), 180, -180)
    path.lineTo(rect.right(), rect.bottom() - foot)
    if foot:
        path.arcTo(QRectF(rect.right() - 2 * foot, rect.bottom() - 2 * foot, 2 * foot, 2 * foot), 0, -90)
        path.lineTo(rect.left() + foot, rect.bottom())
        path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * foot, 2 * foot, 2 * foot), 270, -90)
    else:
        path.lineTo(rect.left(), rect.bottom())
    path.closeSubpath()
    return path


def fill(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    """Fill a path with smooth edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, QBrush(color))


def stroke(painter: QPainter, path: QPainterPath, color: QColor, width: float, *, dashed: bool = False) -> None:
    """Draw along a path."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([2.6, 1.7])
    painter.strokePath(path, pen)
