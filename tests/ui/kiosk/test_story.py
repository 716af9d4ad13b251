"""One citizen at the kiosk, from the first touch to the paper, with real clicks."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.domain.commands import PrintResult
from kiosk.domain.receipt import NumberBlock
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import Screen
from kiosk.ports import PrinterStatus, PrintRefused, PrintUncertain
from kiosk.settings import TimingSettings
from tests.ui.kiosk.hall import Hall

MakeHall = Callable[..., Hall]


@pytest.fixture
def make_hall(qtbot: QtBot) -> MakeHall:
    return lambda **options: Hall(qtbot, **options)


def to_birth(hall: Hall) -> None:
    hall.touch("search")
    hall.type("khai sinh")
    hall.touch("procedure_1.001193")
    hall.sees("screen_procedure")


def test_from_search_to_paper(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    assert hall.text("procedure_name") == "Đăng ký khai sinh"
    hall.touch("paper_0", "issue")
    hall.sees("issuing")
    ((body, command_id),) = hall.link.wishes
    assert command_id
    assert (body["queue"], body["procedure"], body["missing"], body["kiosk"]) == ("A", "1.001193", [1, 5], 1)
    hall.link.issue()
    hall.sees("ticket_number")
    assert hall.text("ticket_number") == "A027"
    hall.qtbot.waitUntil(lambda: hall.link.facts != [])
    assert hall.link.facts == [(f"/v1/tickets/{body['ticket_id']}/printed", {"result": "printed", "detail": "ready"})]
    (receipt,) = hall.printer.printed
    assert [b.number for b in receipt.blocks if isinstance(b, NumberBlock)] == ["A027"]
    hall.touch("done")
    hall.sees("screen_home")
    assert hall.window.state == hall.window.state.forgotten()


def test_a_hardware_keyboard_types_into_the_search(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("search")
    hall.sees("query")
    for letter in "so do":
        QTest.keyClick(hall.window.windowHandle(), letter)
    assert hall.text("query") == "so do"
    hall.sees("procedure_1.012783")


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_hidden_keys_come_back_with_a_touch_on_the_words(make_hall: MakeHall, size: tuple[int, int]) -> None:
    hall = make_hall(size=size)
    hall.touch("search")
    hall.type("kh")
    hall.touch("key_hide")
    hall.qtbot.waitUntil(lambda: hall.find("keyboard") is None)
    hall.touch("query")
    hall.type("a")
    assert hall.text("query") == "kha"


def test_clear_empties_the_words(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("search")
    hall.type("kh")
    hall.touch("key_clear")
    assert (hall.text("query"), hall.window.state.query) == ("", "")


def test_two_touches_and_the_number_is_asked_for(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_B")
    assert [body["queue"] for body, _ in hall.link.wishes] == ["B"]
    hall.link.issue("B005")
    hall.sees("ticket_number")


def test_without_paper_the_number_stays_on_the_screen_with_its_code(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=PrintRefused(PrinterStatus.PAPER_OUT))
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    assert hall.text("ticket_number") == "A027"
    assert hall.printer.printed[0].job == hall.link.wishes[0][0]["ticket_id"]
    assert hall.find("ticket_qr") is not None
    assert hall.link.facts[0][1] == {"result": "refused", "detail": "paper_out"}


def test_the_number_is_never_gone_from_the_screen_while_the_papers_news_comes(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("paper_coming")
    ticket = hall.window.state.ticket
    assert ticket is not None
    for result in (PrintResult.UNCERTAIN, PrintResult.REFUSED):
        hall.window.happen(e.PaperEnded(ticket.id, result, ""))
        assert hall.text("ticket_number") == "A027"  # at once: the event loop has not run since


def test_a_silent_printer_is_not_called_empty(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=PrintUncertain(PrinterStatus.UNKNOWN))
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    assert hall.link.facts[0][1] == {"result": "uncertain", "detail": "unknown"}


def test_a_bug_while_printing_leaves_the_outcome_uncertain_and_the_number_on_the_screen(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=ZeroDivisionError("ours"))
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    assert hall.link.facts[0][1] == {"result": "uncertain", "detail": "ZeroDivisionError"}


def test_a_hub_that_comes_back_gets_the_same_wish_under_the_same_id(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    hall.touch("paper_0", "issue")
    hall.link.answer(0)
    hall.sees("trouble")
    hall.touch("lang_en", "try_again")
    hall.sees("issuing")
    first, second = hall.link.wishes
    assert first == second
    hall.link.issue()
    hall.sees("ticket_number")


def test_a_refusal_is_said_in_the_hubs_words_and_the_choice_can_be_changed(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    hall.touch("issue")
    hall.link.answer(422, {"code": "unknown_queue", "detail": "Ở đây không có hàng này."})
    hall.sees("trouble")
    assert hall.text("trouble_text") == "Ở đây không có hàng này."
    hall.touch("choose_again")
    hall.sees("screen_procedure")
    hall.touch("issue")
    (_, first), (_, second) = hall.link.wishes
    assert first != second


def test_a_second_press_does_not_ask_twice(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.sees("issuing")
    assert len(hall.link.wishes) == 1
    hall.link.answer(0)
    hall.sees("trouble")
    hall.touch("try_again")
    assert len({body["ticket_id"] for body, _ in hall.link.wishes}) == 1


def test_the_language_changes_midway_and_the_ticks_stay(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    hall.touch("paper_0", "lang_en")
    hall.qtbot.waitUntil(lambda: hall.text("procedure_name") == "Birth registration")
    assert hall.window.state.have == (0,)
    hall.touch("issue")
    assert hall.link.wishes[0][0]["language"] == "en"


def test_size_and_contrast_are_for_this_citizen_only(make_hall: MakeHall) -> None:
    hall = make_hall(timing=TimingSettings(idle_before_warning=0.6))
    hall.touch("text_size", "contrast")
    assert (hall.window.state.text_step, hall.window.state.contrast) == (1, "hc_dark")
    hall.qtbot.waitUntil(lambda: hall.window.state == hall.window.state.forgotten())


def test_idle_asks_and_goes_home_and_forgets(make_hall: MakeHall) -> None:
    hall = make_hall(timing=TimingSettings(idle_before_warning=0.3, idle_countdown=0.3))
    to_birth(hall)
    hall.sees("still_here")
    hall.touch("still_here")
    assert hall.find("still_here") is None
    assert hall.window.state.screen is Screen.PROCEDURE
    hall.sees("still_here")
    hall.qtbot.waitUntil(lambda: hall.window.state == hall.window.state.forgotten())
    hall.sees("screen_home")


def test_a_slow_hub_is_said_calmly(make_hall: MakeHall) -> None:
    hall = make_hall(patience_s=0.02)
    hall.touch("take_number", "field_A")
    hall.sees("slow")
    hall.link.issue()
    hall.sees("ticket_number")


def test_a_lost_hub_is_said_on_home_and_taken_back_when_it_returns(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.show_hall(connected=False)
    hall.sees("hall_notice")
    hall.show_hall(connected=True)
    hall.sees("hall")
    assert hall.find("hall_notice") is None


def test_our_own_bug_shows_a_calm_screen_and_leads_home(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    hall.window.bug_happened()
    hall.touch("start_again")
    hall.sees("screen_home")


def test_the_full_official_name_is_one_touch_away(make_hall: MakeHall) -> None:
    hall = make_hall()
    to_birth(hall)
    hall.touch("details")
    hall.sees("full_name")
    hall.touch("back")
    hall.sees("screen_procedure")


def test_papers_first_leads_through_the_fields_procedures(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("papers", "field_A", "procedure_1.001193")
    hall.sees("screen_procedure")
    hall.touch("back", "issue_field")
    assert [body.get("procedure") for body, _ in hall.link.wishes] == [None]


def test_lying_it_works_the_same(make_hall: MakeHall) -> None:
    hall = make_hall(size=(1920, 1080))
    to_birth(hall)
    hall.touch("paper_0", "issue")
    hall.link.issue()
    hall.sees("ticket_number")
