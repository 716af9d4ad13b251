"""Serial lines and device files, on a real pseudo terminal with the simulated printer at its other end."""

import select
import sys
from contextlib import closing

import pytest

from kiosk.ports import Printed, PrinterStatus, PrintRefused, WatchedPrinter
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import draw
from printers.simulator.state import ReceiverState
from printers.transport import Transport, parse_target
from printers.transport.serial_line import SerialTarget
from tests.printers import samples
from tests.printers.transport.pty_printer import PtyPrinter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")

WAYS = ("serial://{path}?baud=115200", "serial://{path}?baud=9600&flow=xonxoff", "usb://{path}")


def printer_on(line: PtyPrinter, way: str) -> "closing[WatchedPrinter]":
    return closing(open_printer(PrinterSettings(way.format(path=line.path), 576, 10.0)))


def hear_something(transport: Transport) -> None:
    while not transport.receive(10):
        pass


def send_much(transport: Transport) -> None:
    for _ in range(1000):
        transport.send(b"\0" * 1000)


@pytest.mark.parametrize("way", [WAYS[0], WAYS[2]])
def test_a_ticket_goes_over_the_line_dot_by_dot(way: str) -> None:
    with PtyPrinter() as line, printer_on(line, way) as printer:
        assert printer.print(samples.ticket()) == Printed()
        assert line.wait_for_papers(1)
    drawn = draw(samples.ticket(), 576)
    assert line.papers[0].image.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


def test_on_a_slow_line_a_known_printer_gets_letters_by_itself() -> None:
    with PtyPrinter() as line:
        settings = PrinterSettings(f"serial://{line.path}?baud=9600", 576, 10.0, model="TM-T20II")
        with closing(open_printer(settings)) as printer:
            assert printer.print(samples.ticket()) == Printed()
        assert line.wait_for_papers(1)
        assert len(line.raw) < 1000
    assert "Còn thiếu: Giấy chứng sinh." in line.papers[0].text
    assert line.papers[0].codes == (samples.ADDRESS,)


@pytest.mark.parametrize("way", WAYS)
def test_the_printer_can_say_over_the_line_that_it_has_no_paper(way: str) -> None:
    with PtyPrinter() as line:
        line.set_state(ReceiverState.PAPER_OUT)
        with printer_on(line, way) as printer:
            assert printer.status() is PrinterStatus.PAPER_OUT
            assert printer.print(samples.ticket()) == PrintRefused(PrinterStatus.PAPER_OUT)
            line.set_state()
            assert printer.status() is PrinterStatus.READY


@pytest.mark.parametrize("way", WAYS)
def test_words_can_be_waited_for(way: str) -> None:
    with PtyPrinter() as line:
        transport = parse_target(way.format(path=line.path)).open(5)
        try:
            assert transport.receive(0) == b""
            assert select.select([transport], [], [], 0)[0] == []
            transport.send(b"\x10\x04\x01")
            assert select.select([transport], [], [], 10)[0] == [transport]
            assert transport.receive(10) == b"\x16"
            transport.end_job()
        finally:
            transport.close()


@pytest.mark.parametrize("way", WAYS[::2])
def test_a_line_that_ends_is_told_from_one_that_is_silent(way: str) -> None:
    with PtyPrinter() as line:
        transport = parse_target(way.format(path=line.path)).open(5)
        line.unplug()
        try:
            with pytest.raises(OSError, match=r"unplugged|error"):
                hear_something(transport)
        finally:
            transport.close()


@pytest.mark.parametrize("way", WAYS[::2])
def test_a_printer_that_takes_nothing_more_is_a_time_out(way: str) -> None:
    with PtyPrinter() as line:
        transport = parse_target(way.format(path=line.path)).open(0.05)
        line.takes.clear()
        try:
            with pytest.raises(TimeoutError):
                send_much(transport)
        finally:
            line.takes.set()
            transport.close()


@pytest.mark.parametrize("way", ["serial:///dev/no-such-port", "usb:///dev/no-such-port"])
def test_a_port_that_is_not_there_is_an_os_error(way: str) -> None:
    with pytest.raises(OSError, match="No such file"):
        parse_target(way).open(1)
    with closing(open_printer(PrinterSettings(way))) as printer:
        assert printer.status() is PrinterStatus.UNREACHABLE


def test_a_serial_port_is_not_shared() -> None:
    with PtyPrinter() as line:
        first = SerialTarget(line.path, 115200).open(1)
        with pytest.raises(OSError, match="lock"):
            SerialTarget(line.path, 115200).open(1)
        first.close()
        SerialTarget(line.path, 115200).open(1).close()
