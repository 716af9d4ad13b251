"""A ticket's paper comes before its screen, and a screen that is over at once is not drawn."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.flows.kiosk_state import Screen
from tests.ui.kiosk.hall import Hall
from ui.kiosk.later import LATER_MS

NEVER_MS = 3_600_000


def test_a_number_that_comes_at_once_shows_no_screen_of_waiting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LATER_MS, Screen.ISSUING, NEVER_MS)
    hall = Hall(qtbot)
    hall.touch("take_number")
    shown: list[QWidget] = []
    hall.window._stage.shown.connect(shown.append)
    hall.touch("field_A")
    hall.show_hall(connected=False)  # what is seen meanwhile goes on
    hall.touch("field_B")  # and takes no second choice
    assert len(hall.link.wishes) == 1
    hall.link.issue()
    hall.sees("ticket_number")
    assert [screen.objectName() for screen in shown] == ["screen_ticket"]


def test_a_tickets_paper_does_not_wait_for_its_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LATER_MS, Screen.TICKET, NEVER_MS)
    hall = Hall(qtbot)
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    assert len(hall.printer.printed) == 1
    assert hall.find("ticket_number") is None
