"""Someone who missed her call, was parked or fetched papers stands before the clerk: a key brings her back in line."""

import pytest
from PySide6.QtCore import Qt

from kiosk.domain import commands as cmd
from kiosk.wire.make_views import counter_view as view_of
from kiosk.wire.paper_views import AwayTicket, PapersView
from kiosk.wire.views import UndoView, WaitingTicket
from tests.factory import Play
from tests.ui.counter.test_ask import clerk, last
from tests.ui.hall_fakes import NOW, counter_view, ticket

__all__ = ["clerk"]
pytestmark = pytest.mark.usefixtures("qapp")
F9 = Qt.Key.Key_F9
MISSED = tuple(WaitingTicket(f"m{n}", f"A0{n}", "A") for n in (11, 12))
ASIDE = {
    "no_shows": MISSED,
    "parked": (WaitingTicket("p", "A013", "A"),),
    "away": (AwayTicket("w", PapersView("B004", "B", "", (0,), NOW, 2)),),
}


@pytest.mark.parametrize("at", [None, ticket("called"), ticket("serving")])
def test_by_three_keys_whatever_she_is_doing(clerk, at):
    clerk.sees(counter_view(at=at, **ASIDE))
    clerk.types("*")
    assert clerk.text("ask_title") == "Ai vừa quay lại?"
    clerk.presses(F9)
    assert clerk.asked == [], "nobody was chosen"
    clerk.types("2")
    assert clerk.find("choose_m12").isChecked()
    clerk.presses(F9)
    assert last(clerk) == ("/v1/tickets/m12/return", {"counter": 2})


@pytest.mark.parametrize(
    ("who", "place"), [("m11", "sau vài người kế tiếp"), ("p", "giữ chỗ cũ"), ("w", "kế tiếp tại quầy này")]
)
def test_by_touch_and_the_key_says_where_she_will_stand(clerk, who, place):
    clerk.sees(counter_view("paused", **ASIDE))
    clerk.touches("ask_return")
    clerk.touches(f"choose_{who}")
    assert place in clerk.find("ask_send").accessibleName()
    clerk.touches("ask_send")
    assert last(clerk) == (f"/v1/tickets/{who}/return", {"counter": 2})


def test_once_it_is_done_the_question_is_gone_and_it_can_be_taken_back(clerk):
    clerk.sees(counter_view(**ASIDE))
    clerk.types("*1")
    clerk.presses(F9)
    clerk.link.sent[-1].answer(200)
    clerk.settle()
    assert clerk.find("ask_title") is None
    undo = UndoView("ticket_waiting", NOW + 9_000, "A011")
    clerk.sees(counter_view(**{**ASIDE, "no_shows": MISSED[1:]}, undo=undo))
    assert "A011" in clerk.find("wish_undo").accessibleName()
    clerk.presses("F7")
    assert clerk.asked[-1] == "/v1/counters/2/undo"


def test_a_refusal_is_said_and_she_may_choose_another(clerk):
    clerk.sees(counter_view(**ASIDE))
    clerk.types("*4")
    clerk.presses(F9)
    clerk.link.sent[-1].answer(409, code="papers_too_late", detail="Số B004 đã quá hẹn.")
    clerk.settle()
    assert "Số B004 đã quá hẹn." in clerk.all_text()
    assert clerk.find("choose_m11") is not None


def test_there_is_no_such_key_where_nobody_is_set_aside_and_none_works_without_the_hub(clerk):
    clerk.sees(counter_view())
    assert clerk.find("ask_return") is None
    clerk.sees(counter_view(**ASIDE), connected=False)
    clerk.types("*")
    clerk.touches("ask_return")
    assert clerk.find("ask_title") is None


def test_what_the_hall_shows_a_counter_is_enough_to_bring_its_no_shows_back_and_nobody_elses(clerk):
    play = Play()
    play.open(2, 3)
    mine, other = play.issue("A"), play.issue("C")
    for counter, called in ((2, mine), (3, other)):
        play.call(counter, called)
        play.do(cmd.NoShowTicket(called, counter))
    clerk.sees(view_of(play.hall, play.site, 2, play.now))
    clerk.types("*1")
    assert clerk.find(f"choose_{other}") is None, "counter 2 does not serve her line"
    clerk.presses(F9)
    path, body = last(clerk)
    play.do(cmd.ReturnTicket(path.split("/")[3], body["counter"]))
    clerk.sees(view_of(play.hall, play.site, 2, play.now))
    assert play.line("A") == [mine]
    play.do(cmd.Undo(2))
    assert play.line("A") == []
