"""What the hub asks back before it gives a number, and a number nobody took along."""

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.domain.receipt import Align, NumberBlock, QrBlock, Receipt, TableBlock, TextBlock
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_events import TimerKind
from kiosk.ports import PrinterStatus, PrintJob, PrintRefused
from kiosk.wire.paper_views import PapersView, ReprintView
from tests.ui.kiosk.hall import Hall
from tests.ui.kiosk.test_story import MakeHall, make_hall
from ui.kiosk.gallery import BIRTH, sample_hall, sample_site

__all__ = ["make_hall"]

ASKED = {"code": "confirm_number", "detail": "Máy này vừa cấp số A015 cách đây 5 giây. Lấy thêm số nữa?"}
FULL = {"code": "day_is_full", "detail": "Hôm nay kín. Bà con có thể lấy số cho thứ Ba 24/11."}
NO_PAPER = PrintRefused(PrinterStatus.PAPER_OUT)


def test_a_second_number_is_given_when_she_says_yes(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.answer(409, ASKED)
    hall.sees("another")
    assert hall.text("trouble_text") == ASKED["detail"]
    hall.touch("another")
    (first, first_id), (second, second_id) = hall.link.wishes
    assert second == {**first, "confirmed": True}
    assert second_id == first_id
    hall.link.issue("A016")
    hall.sees("ticket_number")


def test_no_second_number_when_she_says_no(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.answer(409, ASKED)
    hall.touch("go_home")
    hall.sees("take_number")
    assert len(hall.link.wishes) == 1


def test_when_today_is_full_the_first_hour_of_another_day_is_taken_with_one_touch(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.answer(409, FULL)
    hall.touch("take_promise")
    assert hall.link.wishes[-1][0]["defer"] is True
    hall.link.issue("A001", state="deferred", until=1_795_478_400_000, ahead=0)
    hall.sees("fact_day")
    assert hall.find("fact_ahead") is None
    hall.qtbot.waitUntil(lambda: len(hall.printer.printed) == 1)
    [when] = [block for block in hall.printer.printed[0].blocks if isinstance(block, TableBlock)]
    assert when.columns[0][1].split("\n") == ["Thứ Ba", "24/11/2026"]
    assert when.columns[1][1].startswith("7:00\n")


@pytest.mark.parametrize("touched", [True, False])
def test_a_number_without_paper_is_given_up_unless_somebody_touched_the_screen(
    make_hall: MakeHall, touched: bool
) -> None:
    hall = make_hall(outcome=NO_PAPER)
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    if touched:
        hall.touch("ticket_number")
    hall.window.happen(e.TimedOut(TimerKind.CLOSE))
    ticket_id = hall.link.wishes[0][0]["ticket_id"]
    given_up = [path for path, _ in hall.link.facts if path.endswith("/abandon")]
    assert given_up == ([] if touched else [f"/v1/tickets/{ticket_id}/abandon"])


def test_home_says_before_she_chooses_that_no_paper_comes_out(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.sees("hall")
    hall.printer.says(PrinterStatus.PAPER_OUT)
    hall.sees("no_paper_notice")
    hall.printer.says(PrinterStatus.PAPER_LOW)
    hall.sees("hall")
    hall.printer.says(PrinterStatus.UNKNOWN)
    hall.touch("take_number", "field_A")
    assert len(hall.link.wishes) == 1


def test_paper_that_is_loaded_while_she_stands_there_brings_her_ticket(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=NO_PAPER)
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    hall.printer.says(PrinterStatus.READY)
    hall.sees("paper_coming")
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 2)
    assert [body["result"] for _, body in hall.link.facts] == ["refused", "printed"]
    assert len(hall.printer.printed) == 2


def test_a_number_whose_paper_may_be_coming_out_is_not_given_up(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=NO_PAPER)
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    ticket = hall.window.state.ticket
    assert ticket is not None
    hall.spool._printing = ticket.id  # at this very moment there is paper again
    hall.window.happen(e.TimedOut(TimerKind.CLOSE))
    assert [path for path, _ in hall.link.facts if path.endswith("/abandon")] == []


def test_a_paper_that_staff_wants_once_more_comes_out_once_as_a_copy(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    ticket = hall.link.wishes[0][0]["ticket_id"]
    for seq, kiosk in ((7, 1), (7, 1), (8, 2)):
        view = replace(sample_hall(sample_site()), reprints=(ReprintView(ticket, seq, kiosk),))
        hall.link.show(msgspec.to_builtins(view))
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 2)
    assert len(hall.printer.printed) == 2
    assert TextBlock("Bản in lại", align=Align.CENTRE, bold=True) in hall.printer.printed[1].blocks


def wanted(hall: Hall, *wishes: ReprintView) -> None:
    hall.link.show(msgspec.to_builtins(replace(sample_hall(sample_site()), reprints=wishes)))


def test_a_paper_this_kiosk_never_had_is_asked_for_once_and_comes_out_as_a_copy(make_hall: MakeHall) -> None:
    hall = make_hall()
    for _ in range(2):
        wanted(hall, ReprintView("t27", 7, 1))
    hall.qtbot.waitUntil(lambda: len(hall.link.asked) == 1)
    assert hall.link.asked == [("/v1/tickets/t27/paper?kiosk=1", None)]
    url = f"https://moi.example/t/{'7' * 16}"
    ticket = {"id": "t27", "number": "A027", "queue": "A", "state": "serving", "url": url, "missing": [1]}
    hall.link.tell(200, {"ticket": ticket, "language": "vi", "procedure": BIRTH})
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    assert hall.link.facts == [("/v1/tickets/t27/printed", {"result": "printed", "detail": "ready"})]
    (paper,) = hall.printer.printed
    assert TextBlock("Bản in lại", align=Align.CENTRE, bold=True) in paper.blocks
    assert NumberBlock("A027", "Số của bạn") in paper.blocks
    assert [block.data for block in paper.blocks if isinstance(block, QrBlock)] == [url]
    assert hall.find("take_number") is not None, "whoever stands there is not disturbed"


@pytest.mark.parametrize(("status", "body"), [(404, {"code": "unknown_ticket"}), (0, {}), (200, {"other": "things"})])
def test_a_paper_the_hub_says_nothing_of_is_refused_and_said_so(
    make_hall: MakeHall, status: int, body: dict[str, str]
) -> None:
    hall = make_hall()
    wanted(hall, ReprintView("t27", 7, 1))
    hall.qtbot.waitUntil(lambda: len(hall.link.asked) == 1)
    hall.link.tell(status, body)
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    assert hall.link.facts == [("/v1/tickets/t27/printed", {"result": "refused", "detail": "not_here"})]
    assert hall.printer.printed == []


def test_a_paper_that_is_wanted_of_another_kiosk_does_not_come_out_here_as_well(make_hall: MakeHall) -> None:
    hall = make_hall(outcome=NO_PAPER)
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.sees("photograph")
    ticket = hall.link.wishes[0][0]["ticket_id"]
    before = len(hall.printer.printed)
    wanted(hall, ReprintView(ticket, 7, 2))
    hall.qtbot.waitUntil(lambda: not hall.spool._held)
    hall.printer.says(PrinterStatus.READY)
    hall.qtbot.waitUntil(lambda: hall.window.state.printer_trouble == "")
    job = PrintJob("list", Receipt(()), Receipt(()))
    hall.spool.submit(job)  # what was held would have come out before
    hall.qtbot.waitUntil(lambda: job.receipt in hall.printer.printed)
    assert len(hall.printer.printed) == before + 1


def test_the_list_of_who_was_sent_for_papers_comes_out_once_and_the_hub_is_told(make_hall: MakeHall) -> None:
    hall = make_hall()
    papers = PapersView("A027", "A", BIRTH, (1,), 1_795_401_720_000, 2)
    for at in (7, 7):
        wish = ReprintView("t27", at, 1, papers)
        hall.link.show(msgspec.to_builtins(replace(sample_hall(sample_site()), reprints=(wish,))))
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    assert hall.link.facts == [("/v1/tickets/t27/printed", {"result": "printed", "detail": "ready"})]
    (paper,) = hall.printer.printed
    assert NumberBlock("A027", "Giấy tờ cần mang thêm") in paper.blocks
    assert hall.find("take_number") is not None, "whoever stands there is not disturbed"


def test_the_list_is_not_what_staff_print_again_as_her_ticket(make_hall: MakeHall) -> None:
    hall = make_hall()
    hall.touch("take_number", "field_A")
    hall.link.issue()
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    ticket = hall.link.wishes[0][0]["ticket_id"]
    papers = PapersView("A027", "A", BIRTH, (1,), 1_795_401_720_000, 2)
    for wish in (ReprintView(ticket, 7, 1, papers), ReprintView(ticket, 8, 1)):
        hall.link.show(msgspec.to_builtins(replace(sample_hall(sample_site()), reprints=(wish,))))
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 3)
    captions = [next(b.caption for b in paper.blocks if isinstance(b, NumberBlock)) for paper in hall.printer.printed]
    assert captions == ["Số của bạn", "Giấy tờ cần mang thêm", "Số của bạn"]
    assert [one.number for one in hall.spool.recent(9)] == ["A027", "A027"]


def test_a_list_of_an_unknown_procedure_is_told_as_refused(make_hall: MakeHall) -> None:
    hall = make_hall()
    wish = ReprintView("t27", 7, 1, PapersView("A027", "A", "9.999999", (1,), 1_795_401_720_000, 2))
    hall.link.show(msgspec.to_builtins(replace(sample_hall(sample_site()), reprints=(wish,))))
    hall.qtbot.waitUntil(lambda: len(hall.link.facts) == 1)
    assert hall.link.facts[0][1] == {"result": "refused", "detail": "unknown_procedure"}
