"""The day on the supervisor's own paper: real hub, real spool, a printer on TCP; its words are read off the paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.commands import PrintResult
from kiosk.domain.receipt import GridBlock, NumberBlock, TextBlock
from kiosk.flows.supervisor_events import PaperEnded
from kiosk.ports import JobNews, Printed, PrinterStatus, PrintRefused, PrintUncertain
from printers.memory import MemoryPrinter
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tests.halls import WallClock
from tests.ui.supervisor.office import Supervisor
from tools.processes import HubProcess
from ui.supervisor.report import event_of_job


@pytest.fixture
def printer() -> MemoryPrinter:
    return MemoryPrinter()


@pytest.fixture
def printing(qtbot: QtBot, hub: HubProcess, tmp_path: Path, printer: MemoryPrinter) -> Iterator[Supervisor]:
    spool = Spool(printer, SpoolStore(tmp_path / "spool.db"), lambda fate: None, WallClock(), look_every_s=0.1)
    supervisor = Supervisor(qtbot, hub, tmp_path / "box.db", spool)
    spool.start()
    yield supervisor
    supervisor.window.close()
    spool.close()
    supervisor.link.close()


def words_on(printer: MemoryPrinter) -> str:
    said = []
    for block in printer.receipts[-1].blocks:
        if isinstance(block, TextBlock):
            said.append(block.text)
        elif isinstance(block, NumberBlock):
            said.append(f"{block.caption} {block.number}")
        elif isinstance(block, GridBlock):
            said += [" ".join(row) for row in block.rows]
    return "\n".join(said)


def test_the_day_so_far_is_printed_with_its_figures_and_the_journals_head(
    printing: Supervisor, printer: MemoryPrinter
) -> None:
    assert printing.issue().status_code == 200
    printing.sees("queue_A", "1 người chờ")
    printing.presses(Qt.Key.Key_F2)
    printing.sees("question", "In báo cáo của ngày nào?")
    printing.presses(Qt.Key.Key_1)
    printing.sees("sentence", "Đã in báo cáo.")
    told = printing.asks(f"/v1/days/{printing.day()}")
    paper = words_on(printer)
    assert "Số đã cấp 1" in paper
    assert told["head_hash"][:16] in paper
    assert str(told["head_seq"]) in paper
    printing.touches("queue_A")
    printing.presses(Qt.Key.Key_Escape)
    printing.sees("queue_A")
    assert printing.find("sentence") is None, "what was said of the paper is said until something else is touched"


def test_a_closed_day_is_printed_with_the_row_that_closed_it(printing: Supervisor, printer: MemoryPrinter) -> None:
    assert printing.issue().status_code == 200
    printing.sees("queue_A", "1 người chờ")
    day = printing.day()
    printing.closes_the_day()
    printing.sees("queue_A", "chưa có ai chờ")
    told = printing.asks(f"/v1/days/{day}")
    printing.touches("report")
    printing.touches(f"day_{day}")
    printing.sees("sentence", "Đã in báo cáo.")
    assert told["head_hash"][:16] in words_on(printer)
    assert "A001" in words_on(printer), "who was not served must be told"


def test_a_printer_in_trouble_is_named_and_the_report_is_printed_when_asked_again(
    printing: Supervisor, printer: MemoryPrinter
) -> None:
    assert printing.issue().status_code == 200
    printer.status_now = PrinterStatus.COVER_OPEN
    printing.sees("queue_A", "1 người chờ")
    printing.touches("report")
    printing.touches(f"day_{printing.day()}")
    printing.sees("sentence", "Chưa in được báo cáo: nắp máy in đang mở.")
    printer.status_now = PrinterStatus.READY
    printing.presses(Qt.Key.Key_F2)
    printing.presses(Qt.Key.Key_1)
    printing.sees("sentence", "Đã in báo cáo.")
    assert len(printer.receipts) == 1


def test_a_window_without_a_printer_says_how_to_give_it_one(supervisor: Supervisor) -> None:
    supervisor.sees("queue_A")
    supervisor.presses(Qt.Key.Key_F2)
    supervisor.sees("sentence", "--printer")


def test_a_day_that_cannot_be_told_is_said_and_asked_for_again(printing: Supervisor, printer: MemoryPrinter) -> None:
    assert printing.issue().status_code == 200
    printing.sees("queue_A", "1 người chờ")
    printing.touches("report")
    printing.sees(f"day_{printing.day()}")
    printing.hub.kill()
    printing.presses(Qt.Key.Key_1)
    printing.sees("sentence", "Mất liên lạc")
    assert printer.receipts == []


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Printed(), PaperEnded(PrintResult.PRINTED)),
        (PrintRefused(PrinterStatus.PAPER_OUT), PaperEnded(PrintResult.REFUSED, "paper_out")),
        (PrintUncertain(PrinterStatus.UNKNOWN), PaperEnded(PrintResult.UNCERTAIN, "unknown")),
    ],
)
def test_each_fate_of_a_paper_is_told(outcome: Printed | PrintRefused | PrintUncertain, told: PaperEnded) -> None:
    assert event_of_job(JobNews("j", "", outcome)) == told
    assert event_of_job(JobNews("j", "")) is None
