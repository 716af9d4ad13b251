"""Two hundred calls a day: a key each for papers, transfer, parking, outcome, priority, and why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.counter.test_window import Clerk
from tests.ui.hall_fakes import CATALOGUE, NOW, QUEUES, FakeLink, counter_view, ticket
from ui.counter.gallery import _site
from ui.counter.window import CounterWindow
from ui.theme import Metrics, Theme

pytestmark = pytest.mark.usefixtures("qapp")
F = {n: getattr(Qt.Key, f"Key_F{n}") for n in range(1, 13)}


@pytest.fixture
def clerk(qtbot, monkeypatch):
    return Clerk(qtbot, monkeypatch)


def last(clerk):
    sent = clerk.link.sent[-1]
    return sent.path, {name: value for name, value in sent.body.items() if name != "not_after"}


def test_missing_papers_by_keys_alone(clerk):
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.presses(F[2])
    assert clerk.text("ask_title") == "Còn thiếu giấy nào?"
    clerk.types("13")
    assert clerk.find("choose_1").isChecked()
    assert not clerk.find("choose_0").isChecked()
    for _ in range(3):
        clerk.presses(Qt.Key.Key_Right)
    clerk.presses(F[9])
    assert last(clerk) == ("/v1/tickets/t27/papers", {"counter": 2, "missing": [1, 3], "print_list": True, "days": 1})


def test_missing_papers_by_touch_and_the_step_key_means_nothing_else_meanwhile(clerk):
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.touches("ask_papers")
    clerk.presses(F[9])
    clerk.presses(F[5])
    assert clerk.asked == [], "neither sent without papers, nor finished by habit"
    clerk.touches("choose_0")
    clerk.touches("ask_send")
    assert last(clerk) == ("/v1/tickets/t27/papers", {"counter": 2, "missing": [0], "print_list": True})


def test_a_transfer_with_a_note_and_back_to_me(clerk):
    clerk.sees(counter_view(at=ticket("called")))
    clerk.presses(F[3])
    assert clerk.find("choose_B") is not None
    assert clerk.find("choose_A") is None, "it is in this line already"
    clerk.types("1")
    clerk.types("0")
    clerk.types("n")
    clerk.qtbot.keyClicks(clerk.window.focusWidget(), "quay 4, F9")
    clerk.qtbot.keyClick(clerk.window.focusWidget(), Qt.Key.Key_Return)
    assert clerk.asked == [], "Enter ends the note and sends nothing"
    clerk.presses(F[9])
    path, body = last(clerk)
    assert path == "/v1/tickets/t27/transfer"
    assert body == {"counter": 2, "queue": "B", "place": "keep", "come_back": True, "note": "quay 4, F9"}


def test_the_same_key_goes_on_to_counters_and_colleagues(clerk):
    queues = {**QUEUES, "A": QUEUES["A"].__class__(QUEUES["A"].name, 3, (2, 4))}
    clerk.sees(counter_view(at=ticket("called"), queues=queues))
    clerk.presses(F[3])
    clerk.presses(F[3])
    assert clerk.find("choose_4") is not None
    assert clerk.find("choose_2") is None, "not to herself"
    clerk.presses(F[3])
    clerk.touches("choose_nv01")
    clerk.touches("ask_turn")
    clerk.touches("ask_send")
    assert last(clerk)[1] == {"counter": 2, "to_staff": "nv01", "place": "front", "come_back": False}


def test_a_refusal_is_said_and_what_was_written_is_still_there(clerk):
    clerk.sees(counter_view(at=ticket("called")))
    clerk.presses(F[3])
    clerk.types("1n")
    clerk.qtbot.keyClicks(clerk.find("ask_note").edit, "Xem giup")
    clerk.presses(F[9])
    clerk.link.sent[-1].answer(409, code="staff_not_here", detail="Chị Hoa không có ở quầy nào.")
    clerk.settle()
    assert "Chị Hoa không có ở quầy nào." in clerk.all_text()
    assert clerk.find("ask_note").text() == "Xem giup"
    clerk.presses("Escape")
    assert clerk.find("ask_note") is None
    assert clerk.find("wish_start") is not None


@pytest.mark.parametrize(
    ("state", "key", "digit", "path", "said"),
    [
        ("called", 4, "3", "park", {"minutes": 15}),
        ("serving", 6, "2", "finish", {"outcome": "guided"}),
        ("serving", 6, "5", "finish", {"outcome": "withdrawn"}),
    ],
)
def test_one_key_and_one_digit(clerk, state, key, digit, path, said):
    clerk.sees(counter_view(at=ticket(state)))
    clerk.presses(F[key])
    assert clerk.asked == []
    clerk.types(digit)
    assert last(clerk) == (f"/v1/tickets/t27/{path}", {"counter": 2, **said})


@pytest.mark.parametrize(("key", "confirmed"), [("+", True), ("-", False)])
def test_a_declared_priority_is_confirmed_or_struck_with_one_key(clerk, key, confirmed):
    clerk.sees(counter_view(at=ticket("called", priority_minutes=15)))
    assert clerk.find("wish_confirm") is not None
    clerk.types(key)
    assert last(clerk) == ("/v1/tickets/t27/priority", {"counter": 2, "confirmed": confirmed})


def test_nothing_is_to_be_judged_without_a_priority_or_after_it(clerk):
    for at in (ticket("called"), ticket("called", priority_minutes=15, priority_confirmed=True)):
        clerk.sees(counter_view(at=at))
        assert clerk.find("wish_confirm") is None
        clerk.types("+")
    assert clerk.asked == []


def test_how_often_a_call_may_be_repeated_is_shown_and_then_said(clerk):
    clerk.sees(counter_view(at=ticket("called", calls=2), recall_limit=3))
    assert "đã mời lại 1/3 lần" in clerk.find("wish_recall").accessibleName()
    clerk.sees(counter_view(at=ticket("called", calls=4), recall_limit=3))
    clerk.touches("wish_recall")
    assert clerk.asked == []
    assert "Đã mời đủ số lần" in clerk.all_text()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"call_reason": "next", "rank_reason": "papers"}, "giấy"),
        ({"call_reason": "chosen", "rank_reason": "arrived"}, "chọn"),
        ({"call_reason": "next", "rank_reason": "priority", "priority_minutes": 15}, "ưu tiên"),
        ({"call_reason": "overdue", "rank_reason": "arrived"}, "phút"),
    ],
)
def test_one_key_says_why_this_number_was_called(qtbot, changes, words):
    link = FakeLink()
    theme = Theme("light", Metrics.from_dpi(96, 1024, 640), types="clerk", reduced_motion=True)
    window = CounterWindow(theme, link, 2, catalogue=CATALOGUE, now_ms=lambda: NOW, site=_site())
    qtbot.addWidget(window)
    window.show()
    link.show(counter_view(at=ticket("called", came_at=NOW - 720_000, **changes)))
    qtbot.wait(1)
    qtbot.keyClick(window, F[1])
    qtbot.waitUntil(lambda: "A027" in window.findChild(QWidget, "sentence").text())
    assert words in window.findChild(QWidget, "sentence").text()
    assert link.sent == []


def test_the_pause_key_stays_off_while_a_ticket_is_asked_about(clerk):
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.presses(F[2])
    clerk.presses(F[11])
    assert clerk.text("ask_title") is not None
