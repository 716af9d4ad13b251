"""The dossier's receipt at a counter with a printer: typed by hand or scanned, printed, forgotten."""

import pytest
from PySide6.QtCore import Qt

from kiosk.domain.receipt import GridBlock, NumberBlock, QrBlock, TableBlock
from kiosk.ports import PrinterStatus
from tests.ui.counter.test_lists import Printing
from tests.ui.counter.test_window import Clerk
from tests.ui.hall_fakes import counter_view, ticket

pytestmark = pytest.mark.usefixtures("qapp")
F = {n: getattr(Qt.Key, f"Key_F{n}") for n in range(1, 13)}
CODE = "H12.14-261123-0361"


@pytest.fixture
def at_printer(qtbot, monkeypatch, tmp_path):
    made = Printing(qtbot, monkeypatch, tmp_path)
    made.clerk.sees(counter_view(at=ticket("serving")))
    yield made
    made.spool.close()


def types_into_focus(clerk, text, end=Qt.Key.Key_Return):
    """Type where the keyboard is, as hands and scanners do."""
    where = clerk.window.focusWidget()
    clerk.qtbot.keyClicks(where, text)
    clerk.qtbot.keyClick(where, end)
    clerk.settle()


def test_form_01_with_keys_alone(at_printer):
    clerk = at_printer.clerk
    clerk.presses(F[8])
    types_into_focus(clerk, CODE)
    types_into_focus(clerk, "Le Van Ut 19")
    clerk.types("1")
    assert "1 bản chứng thực" in clerk.find("came_0").accessibleName()
    assert "không nhận" in clerk.find("came_1").accessibleName(), "the ticket says that she lacks it"
    clerk.types("233")
    clerk.presses(F[9])
    at_printer.prints(1)
    (paper,) = at_printer.printer.printed
    assert [b.caption for b in paper.blocks if isinstance(b, NumberBlock)] == ["Bản lưu", "Bản giao công dân"]
    grid = next(block for block in paper.blocks if isinstance(block, GridBlock))
    assert grid.rows == (
        ("1. Tờ khai đăng ký khai sinh theo mẫu", "0", "1", "0"),
        ("2. Giấy chứng sinh", "1", "0", "0"),
        ("3. Giấy tờ tùy thân", "0", "1", "0"),
    )
    assert TableBlock((("Chủ hồ sơ", "Le Van Ut 19"),)) in paper.blocks
    assert {block.data for block in paper.blocks if isinstance(block, QrBlock)} == {CODE}
    clerk.qtbot.waitUntil(lambda: clerk.find("dossier_code") is None)
    assert clerk.link.sent == [], "the hub hears nothing of it"
    assert at_printer.told == []
    clerk.presses(F[9])
    assert clerk.asked == ["/v1/tickets/t27/finish"]


def test_nothing_typed_is_kept_anywhere(at_printer, tmp_path):
    clerk = at_printer.clerk
    clerk.touches("ask_dossier")
    types_into_focus(clerk, CODE)
    types_into_focus(clerk, "Le Van Ut")
    clerk.touches("dossier_print")
    clerk.qtbot.waitUntil(lambda: clerk.find("dossier_code") is None)
    at_printer.spool.close()
    for file in tmp_path.rglob("*"):
        stored = file.read_bytes() if file.is_file() else b""
        assert b"Le Van Ut" not in stored
        assert CODE.encode() not in stored


def test_the_key_says_what_is_missing_and_a_refused_receipt_is_printed_without_typing_again(at_printer):
    clerk = at_printer.clerk
    at_printer.printer.says(PrinterStatus.PAPER_OUT)
    clerk.presses(F[8])
    clerk.presses(F[9])
    assert at_printer.printer.printed == []
    assert "chưa có mã hồ sơ" in clerk.find("dossier_print").accessibleName()
    types_into_focus(clerk, CODE, Qt.Key.Key_F9)
    clerk.qtbot.waitUntil(lambda: "hết giấy in" in clerk.find("dossier_print").accessibleName())
    at_printer.printer.says(PrinterStatus.READY)
    clerk.qtbot.waitUntil(lambda: at_printer.spool.status is PrinterStatus.READY)
    clerk.presses(F[9])
    at_printer.prints(2)
    clerk.qtbot.waitUntil(lambda: clerk.find("dossier_code") is None)


def test_when_the_result_is_due_is_said_before_it_is_printed(at_printer):
    at_printer.clerk.presses(F[8])
    assert at_printer.clerk.text("dossier_due") == "Chưa rõ ngày trả: mời ghi tay."


def test_escape_leaves_it_and_forgets_what_was_typed(at_printer):
    clerk = at_printer.clerk
    clerk.presses(F[8])
    types_into_focus(clerk, CODE, Qt.Key.Key_Escape)
    assert clerk.find("dossier_code") is None
    clerk.presses(F[8])
    assert clerk.find("dossier_code").text() == ""


def test_without_a_printer_there_is_no_such_key_and_f8_does_nothing_to_who_is_served(qtbot, monkeypatch):
    clerk = Clerk(qtbot, monkeypatch)
    clerk.sees(counter_view(at=ticket("serving")))
    assert clerk.find("ask_dossier") is None
    clerk.presses(F[8])
    assert (clerk.find("dossier_code"), clerk.asked) == (None, [])


def test_f8_still_says_that_nobody_came(at_printer):
    at_printer.clerk.sees(counter_view(at=ticket("called")))
    at_printer.clerk.presses(F[8])
    assert at_printer.clerk.asked == ["/v1/tickets/t27/no-show"]
