"""The list of papers to take home: pressed on the screen, drawn by the printer in memory."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.receipt import ChecklistBlock
from kiosk.flows.kiosk_state import Paper, Screen
from kiosk.i18n import words
from kiosk.ports import PrinterStatus
from printers.memory import MemoryPrinter
from tests.ui.kiosk.hall import Hall
from ui.kiosk.checklist_key import AFTER, NO_LIST, NOT_READY, PRINT
from ui.kiosk.gallery import BIRTH
from ui.theme import Metrics, Theme
from ui.widgets import SillButton

KEY = "print_checklist"


def at_birth(hall: Hall) -> None:
    hall.touch("search")
    hall.type("khai sinh")
    hall.touch(f"procedure_{BIRTH}")
    hall.sees(KEY)


def ends(hall: Hall, paper: Paper) -> None:
    def ended() -> bool:
        found = hall.window.state.checklist
        return found is not None and found.paper is paper

    hall.qtbot.waitUntil(ended)


def ticks(printer: MemoryPrinter) -> dict[str, bool | None]:
    """Return each paper's row as printed, by its first line, with whether it is ticked."""
    blocks = [block for block in printer.receipts[-1].blocks if isinstance(block, ChecklistBlock)]
    return {text.splitlines()[0]: ticked for block in blocks for text, ticked in block.rows}


@pytest.fixture
def printer() -> MemoryPrinter:
    return MemoryPrinter()


def test_what_she_ticked_is_on_the_paper_and_nothing_else_has_changed(qtbot: QtBot, printer: MemoryPrinter) -> None:
    hall = Hall(qtbot, printer=printer)
    at_birth(hall)
    assert hall.text(KEY) == "In danh sách giấy tờ"
    hall.touch("paper_0", KEY)
    ends(hall, Paper.PRINTED)
    assert hall.text(KEY) == "Mời lấy danh sách"
    rows = ticks(printer)
    assert [name for name, ticked in rows.items() if ticked] == ["Tờ khai đăng ký khai sinh theo mẫu"]
    assert rows["Giấy chứng sinh"] is False
    assert printer.paper().height > 600
    state = hall.window.state
    assert (state.screen, state.have, state.ticket) == (Screen.PROCEDURE, (0,), None)
    assert hall.link.sent == []  # no number was asked for, and the hub need not know


def test_ten_presses_make_one_paper_and_the_number_can_be_had_after_it(qtbot: QtBot, printer: MemoryPrinter) -> None:
    hall = Hall(qtbot, printer=printer)
    at_birth(hall)
    hall.touch(*[KEY] * 10)
    ends(hall, Paper.PRINTED)
    hall.touch(*[KEY] * 3, "issue")
    hall.link.issue()
    hall.sees("paper_coming")
    hall.qtbot.waitUntil(lambda: hall.window.state.paper is Paper.PRINTED)
    assert len(printer.receipts) == 2  # one list, one ticket: the spool prints in the order of the presses
    assert len(hall.link.wishes) == 1


def test_without_paper_the_key_says_so_and_asks_nothing_of_the_printer(qtbot: QtBot, printer: MemoryPrinter) -> None:
    printer.status_now = PrinterStatus.PAPER_OUT
    hall = Hall(qtbot, printer=printer)
    hall.qtbot.waitUntil(lambda: hall.window.state.printer_trouble == "paper_out")
    at_birth(hall)
    assert hall.text(KEY) == "Máy in hết giấy"
    hall.touch(KEY)
    assert hall.window.state.checklist is None
    printer.status_now = PrinterStatus.READY
    hall.qtbot.waitUntil(lambda: hall.text(KEY) == "In danh sách giấy tờ")
    hall.touch(KEY)
    ends(hall, Paper.PRINTED)
    assert len(printer.receipts) == 1


def test_paper_that_ends_with_the_list_is_said_and_the_list_does_not_come_later(
    qtbot: QtBot, printer: MemoryPrinter
) -> None:
    hall = Hall(qtbot, printer=printer)
    at_birth(hall)
    hall.qtbot.waitUntil(lambda: hall.spool.status is PrinterStatus.READY)
    printer.status_now = PrinterStatus.PAPER_OUT
    hall.touch(KEY)
    ends(hall, Paper.REFUSED)
    assert hall.text(KEY) == "Máy in hết giấy"
    printer.status_now = PrinterStatus.READY
    hall.qtbot.waitUntil(lambda: hall.window.state.printer_trouble == "")
    hall.touch("issue")
    hall.link.issue()
    hall.qtbot.waitUntil(lambda: hall.window.state.paper is Paper.PRINTED)
    assert len(printer.receipts) == 1  # the ticket's own; whoever wants the list presses again


def test_a_mistake_of_ours_is_said_calmly_and_the_kiosk_goes_on(
    qtbot: QtBot, printer: MemoryPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    hall = Hall(qtbot, printer=printer)
    at_birth(hall)
    monkeypatch.setattr("ui.kiosk.paper.checklist_receipt", breaks)
    hall.touch(KEY)
    ends(hall, Paper.UNCERTAIN)
    assert hall.text(KEY) == "Mời xem ở khe giấy"
    assert hall.window.state.screen is Screen.PROCEDURE


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_the_key_stands_below_the_papers_and_above_the_next_step(
    qtbot: QtBot, printer: MemoryPrinter, size: tuple[int, int]
) -> None:
    hall = Hall(qtbot, printer=printer, size=size)
    at_birth(hall)
    tops = []
    for name in ("paper_0", KEY, "issue"):
        widget = hall.find(name)
        assert widget is not None
        tops.append(widget.mapTo(hall.window, widget.rect().topLeft()).y())
    assert tops == sorted(tops)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("step", [1.0, 1.6])
def test_whatever_the_key_says_takes_no_more_room_than_its_offer(qtbot: QtBot, language: str, step: float) -> None:
    theme, say = Theme("light", Metrics.from_dpi(80, 1080, 1920), text_step=step), words(language, "kiosk")
    offer, *others = (
        SillButton(theme, say(text), kind="pill", icon="printer")
        for text in (PRINT, *AFTER.values(), *NO_LIST.values(), NOT_READY)
    )
    for key in (offer, *others):
        qtbot.addWidget(key)
    for key in others:
        assert key.sizeHint().width() <= offer.sizeHint().width(), key.text()
