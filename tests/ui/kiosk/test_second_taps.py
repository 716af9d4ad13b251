"""A double tap is one wish, not two."""

import itertools

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.flows.kiosk_state import Screen
from tests.ui.kiosk.hall import Hall
from ui.kiosk.second_taps import WITHIN_MS

_clock_ms = itertools.count(1_000_000, 60_000)


def tap(hall: Hall, place: QPointF, at_ms: int) -> None:
    """Press and release through the native window, at a time of our own."""
    handle = hall.window.windowHandle()
    for kind, held in (
        (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(kind, place, place, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(handle, event)


def area(hall: Hall, name: str) -> QRectF:
    """Where a widget stands in the window."""
    hall.sees(name)
    widget = hall.find(name)
    assert widget is not None
    return QRectF(QRect(widget.mapTo(hall.window, QPoint(0, 0)), widget.size()))


def over_a_field(hall: Hall) -> QPointF:
    """Find a place on the large button of the first screen where the next screen has a field's tile."""
    button = area(hall, "take_number")
    hall.touch("take_number")
    both = button & area(hall, "field_A")
    hall.touch("back")
    hall.sees("take_number")
    assert not both.isEmpty()
    return both.center()


def test_tapping_twice_takes_no_ticket_for_the_field_under_the_finger(qtbot: QtBot) -> None:
    hall, start = Hall(qtbot), next(_clock_ms)
    place = over_a_field(hall)
    for after_ms in (0, 120, 400):
        tap(hall, place, start + after_ms)
    assert hall.window.state.screen is Screen.FIELDS
    assert hall.link.wishes == []


def test_who_has_looked_first_takes_the_ticket(qtbot: QtBot) -> None:
    hall, start = Hall(qtbot), next(_clock_ms)
    place = over_a_field(hall)
    tap(hall, place, start)
    tap(hall, place, start + WITHIN_MS)
    hall.sees("issuing")
    assert len(hall.link.wishes) == 1


def test_a_quick_tap_elsewhere_counts(qtbot: QtBot) -> None:
    hall, start = Hall(qtbot), next(_clock_ms)
    tap(hall, over_a_field(hall), start)
    tap(hall, area(hall, "back").center(), start + 120)
    assert hall.window.state.screen is Screen.HOME


def test_the_same_key_twice_types_two_letters(qtbot: QtBot) -> None:
    hall, start = Hall(qtbot), next(_clock_ms)
    hall.touch("search")
    for after_ms in (0, 90):
        tap(hall, area(hall, "key_o").center(), start + after_ms)
    assert hall.text("query") == "oo"
