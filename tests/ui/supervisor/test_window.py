"""The supervisor's window with a real hub behind it: what is seen is the hall, what is touched is done there."""

from PySide6.QtCore import Qt

from tests.halls import issue_body
from tests.ui.supervisor.office import Supervisor


def test_who_waits_is_seen_at_once_and_a_line_is_closed_with_a_reason_and_opened_again(supervisor: Supervisor) -> None:
    queue = issue_body()["queue"]
    supervisor.sees(f"queue_{queue}", "chưa có ai chờ")
    assert supervisor.issue().status_code == 200
    supervisor.sees(f"queue_{queue}", "1 người chờ · lâu nhất 0 phút")

    supervisor.touches(f"queue_{queue}")
    supervisor.signs_in()
    supervisor.touches("reason_meeting")
    supervisor.sees(f"queue_{queue}", "NGƯNG: cán bộ đang họp")
    assert supervisor.issue().json()["code"] == "queue_closed"

    supervisor.touches(f"queue_{queue}")
    supervisor.sees(f"queue_{queue}", "1 người chờ")
    supervisor.sees_no_more(f"queue_{queue}", "NGƯNG")
    assert supervisor.issue().status_code == 200


def test_an_open_counter_takes_another_line_and_the_hub_knows(supervisor: Supervisor) -> None:
    supervisor.opens_counter()
    supervisor.touches("counter_1")
    supervisor.touches("staff_nv07")
    supervisor.qtbot.keyClicks(supervisor.window, "0007")
    supervisor.touches("enter")
    supervisor.sees("serve_H", "không phục vụ")
    supervisor.touches("serve_H")
    supervisor.sees("serve_H", "phục vụ trước")
    supervisor.touches("save")
    supervisor.sees("queue_H", "quầy 1")


def test_a_wrong_pin_is_said_and_nothing_is_done(supervisor: Supervisor) -> None:
    supervisor.touches("queue_A")
    supervisor.qtbot.keyClicks(supervisor.window, "1")
    supervisor.sees("pin")
    supervisor.qtbot.keyClicks(supervisor.window, "9999")
    supervisor.touches("enter")
    supervisor.sees("sentence", "PIN")
    supervisor.qtbot.keyClick(supervisor.window, Qt.Key.Key_Escape)
    supervisor.sees("queue_A", "chưa có ai chờ")


def test_a_hub_that_is_gone_is_said_and_the_hall_stays_as_it_was(supervisor: Supervisor) -> None:
    supervisor.sees("queue_A", "chưa có ai chờ")
    supervisor.hub.kill()
    supervisor.sees("sentence", "Mất liên lạc")
    assert supervisor.find("queue_A") is not None
