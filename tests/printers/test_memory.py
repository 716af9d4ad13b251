from kiosk.ports import Printed, PrinterStatus, PrintRefused, PrintUncertain
from printers.drawing.raster import draw
from printers.memory import MemoryPrinter
from tests.printers import samples


def test_it_keeps_what_it_prints() -> None:
    printer = MemoryPrinter(384)
    assert printer.print(samples.ticket("A027")) == Printed()
    assert printer.print(samples.ticket("A028")) == Printed()
    assert printer.receipts == [samples.ticket("A027"), samples.ticket("A028")]
    assert printer.paper().tobytes() == draw(samples.ticket("A028"), 384).tobytes()


def test_it_refuses_in_the_state_it_is_put_in() -> None:
    printer = MemoryPrinter()
    printer.status_now = PrinterStatus.PAPER_OUT
    assert printer.print(samples.ticket()) == PrintRefused(PrinterStatus.PAPER_OUT)
    printer.status_now = PrinterStatus.PAPER_LOW
    assert printer.status() is PrinterStatus.PAPER_LOW
    assert printer.print(samples.ticket()) == Printed(PrinterStatus.PAPER_LOW)
    assert len(printer.receipts) == 1


def test_one_job_can_be_made_to_end_differently() -> None:
    printer = MemoryPrinter()
    printer.next_outcome = PrintUncertain(PrinterStatus.PAPER_OUT)
    assert printer.print(samples.ticket()) == PrintUncertain(PrinterStatus.PAPER_OUT)
    assert printer.print(samples.ticket()) == Printed()
    assert len(printer.receipts) == 1
