import base64

import pytest
from nacl.public import PrivateKey
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from kiosk.wire.ballots import Ballot, open_ballot
from kiosk.wire.views import TabletView
from tests.ui.hall_fakes import SITE, FakeLink
from ui.tablet.window import TabletWindow
from ui.theme import Metrics, Theme

SECRET = PrivateKey(bytes(range(32)))
KEY = base64.b64encode(bytes(SECRET.public_key)).decode()


def view(**changes):
    known = {"site_name": SITE, "counter": 2, "state": "open", "staff_name": "Nguyễn Thị Hồng Đào", "ballot_key": KEY}
    return TabletView(**{**known, **changes})


FINISHED = {"rating_ticket": "t27", "rating_number": "A027"}


class Citizen:
    """Sits before the tablet."""

    def __init__(self, qtbot, monkeypatch):
        self.qtbot = qtbot
        self.link = FakeLink()
        self.millis = 1_000_000
        monkeypatch.setattr("ui.tablet.window._monotonic_ms", lambda: self.millis)
        theme = Theme("light", Metrics.from_dpi(149, 1280, 800), types="tablet", reduced_motion=True)
        self.window = TabletWindow(theme, self.link, 2)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.sees(view())

    def sees(self, shown, connected=True):
        self.link.show(shown, connected)
        self.qtbot.wait(1)

    def waits(self, seconds):
        self.millis += int(seconds * 1000)
        self.sees(self._last())

    def _last(self):
        return self.window._view

    def touches(self, name):
        self.qtbot.waitUntil(lambda: self.find(name) is not None)
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.qtbot.wait(1)

    def find(self, name):
        return next((w for w in self.window.findChildren(QWidget, name) if w.isVisible()), None)

    def all_text(self):
        return " ".join(w.text() for w in self.window.findChildren(QWidget) if w.isVisible() and hasattr(w, "text"))


@pytest.fixture
def citizen(qtbot, monkeypatch):
    return Citizen(qtbot, monkeypatch)


def test_an_idle_tablet_shows_its_counter_and_who_sits_there(citizen):
    assert citizen.find("counter_number").text() == "2"
    assert citizen.find("staff_name").text() == "Nguyễn Thị Hồng Đào"


def test_a_closed_counter_says_so(citizen):
    citizen.sees(view(state="closed", staff_name=""))

    assert "đang nghỉ" in citizen.all_text()


def test_the_called_number_and_then_the_visit(citizen):
    citizen.sees(view(number="A027"))
    assert citizen.find("called_door") is not None

    citizen.sees(view(number="A027", serving=True))
    assert citizen.find("serving_number").text() == "A027"


@pytest.mark.parametrize("choice", ["very_satisfied", "satisfied", "not_satisfied"])
def test_one_tap_sends_one_sealed_ballot_and_thanks(citizen, choice):
    citizen.sees(view(**FINISHED))
    citizen.touches(f"face_{choice}")

    assert citizen.find("thanks") is not None
    (sent,) = citizen.link.sent
    assert sent.path == "/v1/tickets/t27/rating"
    assert sent.fact, "a ballot waits for the hub as long as it takes"
    assert sent.body["label_set"] == "vn-legal-3/1"
    assert (sent.body["channel"], sent.body["scope"]) == ("tablet", "visit")
    assert open_ballot(base64.b64decode(sent.body["ballot"]), bytes(SECRET)) == Ballot(choice)


def test_thanks_close_and_the_next_call_is_shown(citizen):
    citizen.sees(view(**FINISHED))
    citizen.touches("face_satisfied")
    citizen.sees(view(number="A028"))
    assert citizen.find("thanks") is not None

    citizen.waits(4)
    assert citizen.find("called_door") is not None


def test_skipping_is_as_large_as_any_face_and_sends_nothing(citizen):
    citizen.sees(view(**FINISHED))
    assert citizen.find("face_skip").size() == citizen.find("face_satisfied").size()

    citizen.touches("face_skip")
    assert citizen.link.sent == []
    assert citizen.find("face_satisfied") is None


def test_faces_have_one_size_and_stand_from_good_to_bad(citizen):
    citizen.sees(view(**FINISHED))
    faces = [citizen.find(f"face_{choice}") for choice in ("very_satisfied", "satisfied", "not_satisfied")]

    assert len({face.size().toTuple() for face in faces}) == 1
    places = [face.mapTo(citizen.window, QPoint(0, 0)).x() for face in faces]
    assert places == sorted(places)


def test_the_question_closes_by_itself_and_a_touch_keeps_it_open(citizen):
    citizen.sees(view(**FINISHED))
    citizen.waits(20)
    citizen.qtbot.mouseClick(citizen.window, Qt.MouseButton.LeftButton, pos=QPoint(640, 30))
    citizen.waits(20)
    assert citizen.find("face_satisfied") is not None

    citizen.waits(30)
    assert citizen.find("face_satisfied") is None
    assert citizen.link.sent == []


def test_a_finished_rating_does_not_open_again(citizen):
    citizen.sees(view(**FINISHED))
    citizen.touches("face_satisfied")
    citizen.waits(10)

    assert citizen.find("face_satisfied") is None


def test_the_citizen_reads_her_language(citizen):
    citizen.sees(view(**FINISHED))
    citizen.touches("lang_en")
    assert "How was the service?" in citizen.all_text()

    citizen.touches("face_skip")
    citizen.waits(5)
    assert "Quầy" in citizen.all_text(), "the next citizen finds Vietnamese again"


def test_a_visit_in_english_is_asked_about_in_english(citizen):
    citizen.sees(view(**FINISHED, rating_language="en"))

    assert "Very satisfied" in citizen.all_text()


@pytest.mark.parametrize("option", ["text_size", "contrast"])
def test_text_size_and_contrast_keep_the_question(citizen, option):
    citizen.sees(view(**FINISHED))
    citizen.touches(option)

    assert citizen.find("face_not_satisfied") is not None
    assert citizen.find(option).isChecked()


@pytest.mark.parametrize("key", ["", "broken"])
def test_a_site_without_a_usable_ballot_key_asks_nothing(citizen, key):
    citizen.sees(view(**{**FINISHED, "ballot_key": key}))

    assert citizen.find("face_satisfied") is None
