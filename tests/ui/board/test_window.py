import json

import pytest
from PySide6.QtWidgets import QWidget

from kiosk.log import trace_to
from tests.ui.hall_fakes import NOW, FakeAnnouncer, FakeLink, board_view, call
from ui.board.window import BoardWindow
from ui.theme import Metrics, Theme

PX_PER_MM = 2.02


class Hall:
    """Looks at the board and listens."""

    def __init__(self, qtbot, size):
        self.qtbot = qtbot
        self.link, self.announcer = FakeLink(), FakeAnnouncer()
        self.now = NOW
        theme = Theme("light", Metrics(PX_PER_MM, *size), types="board", reduced_motion=True, viewing_m=10)
        self.window = BoardWindow(theme, self.link, self.announcer, spoken=("vi", "en"), now_ms=lambda: self.now)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()

    def sees(self, view, connected=True):
        self.link.show(view, connected)
        self.qtbot.wait(1)

    def find(self, name):
        return next((w for w in self.window.findChildren(QWidget, name) if w.isVisible()), None)

    def all_text(self):
        return " ".join(w.text() for w in self.window.findChildren(QWidget) if w.isVisible() and hasattr(w, "text"))


@pytest.fixture(params=[(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
def hall(request, qtbot):
    return Hall(qtbot, request.param)


def test_a_call_is_shown_large_and_spoken_once(hall):
    hall.sees(board_view())
    assert hall.find("call_door") is None

    hall.sees(board_view(call(1)))
    hall.sees(board_view(call(1)))
    assert hall.find("call_door") is not None
    assert hall.announcer.spoken == [("A027", 2, ("vi", "en"))]


def test_a_call_that_is_taken_back_leaves_the_door_and_the_voice(hall):
    hall.sees(board_view(call(1)))
    hall.sees(board_view())

    assert hall.find("call_door") is None
    assert hall.announcer.withdrawn == [("A027", 2)]


def test_an_old_call_is_shown_and_not_spoken(hall):
    hall.sees(board_view(call(1, at=NOW - 60_000)))

    assert hall.find("call_door") is not None
    assert hall.announcer.spoken == []


def test_the_calls_before_stand_on_the_wall(hall):
    hall.sees(board_view(call(3, "C014", 5), call(2, "B031", 3), call(1, "A026", 1)))

    assert "B031" in hall.all_text()
    assert "A026" in hall.all_text()
    assert "Vừa gọi" in hall.all_text()


def test_waiting_counts_follow_the_hall(hall):
    hall.sees(board_view())

    assert hall.find("waiting") is not None
    assert "Người" in hall.all_text()


def test_the_board_says_since_when_the_hub_is_away_and_keeps_what_it_knew(hall):
    hall.sees(board_view(call(1)))
    assert hall.find("hub_away") is None

    hall.sees(board_view(call(1)), connected=False)
    assert "Mất liên lạc với máy chủ từ" in hall.all_text()
    assert hall.find("call_door") is not None

    hall.sees(board_view(call(1)))
    assert hall.find("hub_away") is None
    assert len(hall.announcer.spoken) == 1


def test_a_call_answered_a_while_ago_leaves_the_door(hall):
    hall.sees(board_view(call(1, serving=True)))
    assert hall.find("call_door") is not None

    hall.now += 15_000
    hall.sees(board_view(call(1, serving=True)))
    assert hall.find("call_door") is None
    assert "A027" in hall.all_text()


def test_the_paint_that_first_shows_a_call_is_traced_once(hall, tmp_path):
    file = tmp_path / "trace"
    trace_to(file)
    try:
        hall.sees(board_view())
        hall.sees(board_view(call(7)))
        hall.window.grab()
        hall.window.grab()
    finally:
        trace_to(None)

    painted = [line for line in map(json.loads, file.read_text().splitlines()) if line["moment"] == "board_painted"]
    assert [(line["number"], line["call"]) for line in painted] == [("A027", 7)]


def test_a_board_without_a_voice_works(qtbot):
    link = FakeLink()
    window = BoardWindow(Theme("light", Metrics(PX_PER_MM, 1920, 1080), types="board", viewing_m=10), link)
    qtbot.addWidget(window)
    link.show(board_view(call(1)))
    qtbot.wait(1)

    assert window.findChild(QWidget, "call_door") is not None
