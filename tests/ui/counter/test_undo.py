"""A clerk takes back what she did last, while there is time."""

import pytest

from kiosk.wire.views import UndoView
from tests.ui.counter.test_window import clerk
from tests.ui.hall_fakes import NOW, counter_view, ticket

__all__ = ["clerk"]
pytestmark = pytest.mark.usefixtures("qapp")


def test_what_was_done_last_is_taken_back_by_its_key_while_there_is_time(clerk):
    undo = UndoView("ticket_called", NOW + 4_000, "A027")
    clerk.sees(counter_view("open", ticket("called"), undo=undo))
    assert "A027" in clerk.find("wish_undo").accessibleName()
    clerk.presses("F7")
    assert clerk.asked == ["/v1/counters/2/undo"]


def test_the_key_to_take_back_is_gone_when_the_time_is_over_and_where_nothing_can_be(clerk):
    clerk.sees(counter_view("open", ticket("called"), undo=UndoView("ticket_called", NOW - 1, "A027")))
    assert clerk.find("wish_undo") is None
    clerk.sees(counter_view("open", ticket("called")))
    assert clerk.find("wish_undo") is None
    clerk.presses("F7")
    assert clerk.asked == []
