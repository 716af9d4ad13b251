"""Whoever is sent for papers takes the list along: from the counter's own printer, or from her kiosk."""

import pytest
from PySide6.QtCore import Qt

from kiosk.domain.receipt import ChecklistBlock, NumberBlock
from kiosk.ports import PrinterStatus, PrintUncertain
from kiosk.wire.paper_views import AwayTicket, PaperFate, PapersView
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tests.ui.counter.test_window import Clerk
from tests.ui.hall_fakes import MINUTE, NOW, counter_view, ticket
from tests.ui.kiosk.fakes import FakeClock, FakePrinter
from ui.counter.gallery import _site

pytestmark = pytest.mark.usefixtures("qapp")
F = {n: getattr(Qt.Key, f"Key_F{n}") for n in range(1, 13)}


def away(number="A027", kiosk=1, paper=None, missing=(1, 3), procedure="1.001193"):
    papers = PapersView(number, "A", procedure, missing, NOW + 60 * MINUTE, 2)
    return AwayTicket(f"t{number[-2:]}", papers, NOW - 12 * MINUTE, kiosk, paper)


def note(clerk):
    return clerk.find("wish_list").accessibleName()


@pytest.fixture
def clerk(qtbot, monkeypatch):
    """Sits at a counter without a printer."""
    return Clerk(qtbot, monkeypatch)


class Printing:
    """Counter 2 with a printer of its own."""

    def __init__(self, qtbot, monkeypatch, folder):
        self.qtbot, self.printer, self.told = qtbot, FakePrinter(), []
        self.store = SpoolStore(folder / "counter-spool.db")
        self.spool = Spool(self.printer, self.store, self.told.append, FakeClock(NOW))
        self.clerk = Clerk(qtbot, monkeypatch, site=_site(), spool=self.spool)
        self.spool.start()

    def sends_for_papers(self):
        self.clerk.sees(counter_view(at=ticket("serving")))
        self.clerk.presses(F[2])
        self.clerk.types("1")
        self.clerk.presses(F[9])
        self.clerk.link.sent[-1].answer()
        self.clerk.settle()

    def prints(self, count):
        self.qtbot.waitUntil(lambda: len(self.printer.printed) == count)

    def says(self, words):
        self.qtbot.waitUntil(lambda: words in note(self.clerk))


@pytest.fixture
def at_printer(qtbot, monkeypatch, tmp_path):
    made = Printing(qtbot, monkeypatch, tmp_path)
    yield made
    made.spool.close()


def test_without_a_printer_at_the_counter_her_kiosk_prints_and_the_clerk_sees_it_come_out(clerk):
    clerk.sees(counter_view(away=(away(paper=PaperFate(1)),)))
    assert note(clerk) == "In danh sách. A027: đang in ở máy 1"
    clerk.sees(counter_view(away=(away(paper=PaperFate(1, "printed")),)))
    assert note(clerk) == "In danh sách. A027: đã in ở máy 1"
    clerk.presses(F[10])
    assert (clerk.asked[-1], clerk.link.sent[-1].body["counter"]) == ("/v1/tickets/t27/reprint", 2)
    clerk.link.sent[-1].answer()
    clerk.sees(counter_view(away=(away(paper=PaperFate(1)),)))
    clerk.touches("wish_list")
    assert clerk.asked == ["/v1/tickets/t27/reprint"] * 2


def test_a_list_that_did_not_come_out_is_said_also_when_the_next_one_has_been_called(clerk):
    clerk.sees(counter_view(at=ticket("called", id="t28"), away=(away(paper=PaperFate(1, "refused", "paper_out")),)))
    assert clerk.text("sentence") == "Danh sách giấy của số A027: chưa in được: hết giấy in."
    clerk.sees(counter_view(at=ticket("called", id="t28"), away=(away(paper=PaperFate(1, "printed")),)))
    assert clerk.find("sentence") is None


@pytest.mark.parametrize("nobody", [(), (away(kiosk=0),), (away(missing=()),)], ids=["nobody", "no kiosk", "no papers"])
def test_there_is_no_key_where_nothing_can_be_printed(clerk, nobody):
    clerk.sees(counter_view(away=nobody))
    assert clerk.find("wish_list") is None
    clerk.presses(F[10])
    assert clerk.asked == []


def test_the_list_comes_out_of_the_counters_own_printer_once_its_ticket_is_away(at_printer):
    clerk = at_printer.clerk
    at_printer.sends_for_papers()
    assert clerk.link.sent[-1].body["print_list"] is False
    assert at_printer.printer.printed == []
    clerk.sees(counter_view(away=(away(kiosk=0),)))
    at_printer.prints(1)
    at_printer.says("A027: đã in")
    (paper,) = at_printer.printer.printed
    assert NumberBlock("A027", "Giấy tờ cần mang thêm") in paper.blocks
    (rows,) = [block.rows for block in paper.blocks if isinstance(block, ChecklistBlock)]
    assert [text.splitlines()[0] for text, _ in rows] == ["Giấy chứng sinh", "Giấy tờ tùy thân"]
    clerk.sees(counter_view(away=(away(kiosk=0),)))
    assert len(at_printer.printer.printed) == 1
    assert at_printer.told == [], "the hub need not know"


def test_a_list_that_cannot_be_kept_is_said_not_to_have_come_out(at_printer):
    at_printer.sends_for_papers()
    at_printer.store.close()
    at_printer.clerk.sees(counter_view(away=(away(),)))
    at_printer.says("A027: chưa in được: không ghi được vào ổ đĩa")
    assert at_printer.printer.printed == []


def test_a_list_whose_kiosk_went_off_before_its_turn_is_said_to_have_stayed_there(clerk):
    clerk.sees(counter_view(away=(away(paper=PaperFate(1, "refused", "not_begun")),)))
    assert note(clerk) == "In danh sách. A027: chưa in được: máy tắt trước khi in"


def test_a_view_before_the_answer_prints_it_as_well_and_once(at_printer):
    clerk = at_printer.clerk
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.presses(F[2])
    clerk.types("1")
    clerk.presses(F[9])
    clerk.sees(counter_view(away=(away(),)))
    assert at_printer.printer.printed == []
    clerk.link.sent[-1].answer()
    clerk.settle()
    at_printer.prints(1)


def test_a_refused_list_is_printed_with_one_key_when_there_is_paper_and_not_by_itself(at_printer):
    clerk = at_printer.clerk
    at_printer.printer.says(PrinterStatus.PAPER_OUT)
    at_printer.sends_for_papers()
    clerk.sees(counter_view(away=(away(),)))
    at_printer.says("chưa in được: hết giấy in")
    assert clerk.text("sentence") == "Máy in ở quầy: hết giấy in."
    at_printer.printer.says(PrinterStatus.READY)
    at_printer.qtbot.waitUntil(lambda: at_printer.spool.status is PrinterStatus.READY)
    assert len(at_printer.printer.printed) == 1
    clerk.presses(F[10])
    at_printer.prints(2)
    at_printer.says("A027: đã in")
    assert clerk.link.sent[-1].path == "/v1/tickets/t27/papers", "it needed no hub"


def test_a_list_nobody_knows_of_is_to_be_looked_for(at_printer):
    at_printer.printer.outcome = PrintUncertain(PrinterStatus.UNKNOWN)
    at_printer.sends_for_papers()
    at_printer.clerk.sees(counter_view(away=(away(),)))
    at_printer.says("mời xem đã ra giấy chưa")


def test_the_list_can_be_printed_without_the_hub(at_printer):
    at_printer.clerk.sees(counter_view(away=(away(),)))
    at_printer.clerk.sees(counter_view(away=(away(),)), connected=False)
    at_printer.clerk.touches("wish_list")
    at_printer.prints(1)


def test_a_procedure_that_is_not_known_here_is_said(at_printer):
    at_printer.clerk.sees(counter_view(away=(away(procedure="9.999999"),)))
    at_printer.clerk.presses(F[10])
    at_printer.says("ở đó chưa có thủ tục này")


def test_trouble_of_the_own_printer_is_said_before_somebody_needs_it(at_printer):
    at_printer.clerk.sees(counter_view())
    at_printer.printer.says(PrinterStatus.COVER_OPEN)
    at_printer.qtbot.waitUntil(lambda: at_printer.clerk.text("sentence") == "Máy in ở quầy: nắp máy in đang mở.")


def test_nothing_of_what_it_printed_is_kept(at_printer):
    at_printer.clerk.sees(counter_view(away=(away(),)))
    at_printer.clerk.presses(F[10])
    at_printer.says("A027: đã in")
    rows = at_printer.store._db.execute("SELECT papers, ticket, number FROM jobs").fetchall()
    assert rows == [(b"", "", "")]
