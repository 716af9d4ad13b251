"""Why one number goes before another, asked at the supervisor's window of a real hub."""

from PySide6.QtCore import Qt

from tests.ui.supervisor.office import Supervisor


def test_two_numbers_are_typed_and_the_hubs_sentence_is_shown_for_waiting_and_for_a_call(
    supervisor: Supervisor,
) -> None:
    assert [supervisor.issue().json()["ticket"]["number"] for _ in range(2)] == ["A001", "A002"]
    supervisor.sees("queue_A", "2 người chờ")
    supervisor.presses(Qt.Key.Key_F1)
    supervisor.sees("question", "Vì sao")
    supervisor.qtbot.keyClicks(supervisor.window, "a2")
    supervisor.presses(Qt.Key.Key_Return)
    supervisor.sees("number_0", "A002")
    supervisor.qtbot.keyClicks(supervisor.window, "a1")
    supervisor.sees("enter", "Vì sao A002 trước A1?")
    supervisor.presses(Qt.Key.Key_Return)
    supervisor.sees("why", "Số A001 đứng trước số A002")

    supervisor.opens_counter_and_calls()
    supervisor.touches("letter_A")
    supervisor.sees_no_more("number_0", "A002")
    supervisor.touches("key_1")
    supervisor.sees("number_0", "A1")
    supervisor.touches("enter")
    supervisor.sees("enter", "Vì sao gọi A001?")
    supervisor.touches("enter")
    supervisor.sees("why", "Số A001 được mời đến quầy 1")
    supervisor.touches("back")
    supervisor.sees("queue_A")


def test_a_number_nobody_has_is_said_so_and_taken_back_with_one_key(supervisor: Supervisor) -> None:
    assert supervisor.issue().status_code == 200
    supervisor.sees("queue_A", "1 người chờ")
    supervisor.touches("ask_why")
    supervisor.qtbot.keyClicks(supervisor.window, "A999")
    supervisor.presses(Qt.Key.Key_Return)
    supervisor.presses(Qt.Key.Key_Return)
    supervisor.sees("sentence", "không có số này")
    supervisor.touches("key_clear")
    supervisor.sees("number_0", "–")
    supervisor.touches("enter")
    assert supervisor.find("question") is not None, "a key that is off asks nothing"
