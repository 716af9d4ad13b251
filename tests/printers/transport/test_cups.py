"""Through a real CUPS scheduler, over its socket backend, to the simulated printer: where CUPS is installed."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.ports import Printed, PrinterStatus, PrintRefused
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from printers.transport.cups import CupsTarget, queues
from tests.printers import samples
from tests.printers.transport.cups_server import INSTALLED, CupsServer

pytestmark = pytest.mark.skipif(not INSTALLED, reason="CUPS is not installed here")

QUEUE = "mayin1"


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    # Not pytest's own folder, which is closed to the user that CUPS prints as.
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        server = CupsServer(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def receiver(server: CupsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("CUPS_SERVER", server.socket)
    with Receiver() as receiver:
        server.add_raw_queue(QUEUE, receiver.port)
        server.run("cupsenable", QUEUE)
        yield receiver
        server.run("cancel", "-a", "-x", QUEUE)


def test_a_ticket_goes_through_the_queue_untouched(receiver: Receiver) -> None:
    with closing(open_printer(PrinterSettings(f"cups://{QUEUE}", 576, 20.0))) as printer:
        assert printer.print(samples.ticket()) == Printed()
    assert receiver.wait_for_papers(1, 20)
    drawn = draw(samples.ticket(), 576)
    assert receiver.papers[0].image.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    assert receiver.problems == []


def test_queues_are_found_by_name(receiver: Receiver) -> None:
    assert queues(10) == [QUEUE]


def test_a_queue_that_was_stopped_takes_no_job(receiver: Receiver, server: CupsServer) -> None:
    server.run("cupsdisable", QUEUE)
    with closing(open_printer(PrinterSettings(f"cups://{QUEUE}", 576, 20.0))) as printer:
        assert printer.print(samples.ticket()) == PrintRefused(PrinterStatus.UNREACHABLE)
    with pytest.raises(OSError, match="has been stopped"):
        CupsTarget(QUEUE).open(10)
    assert receiver.raw == b""


def test_a_job_that_stays_in_the_queue_is_not_called_printed(receiver: Receiver) -> None:
    receiver.slow_down(0)
    receiver.begin(ReceiverState.PAPER_OUT)
    transport = CupsTarget(QUEUE).open(20)
    transport.send(b"\0" * 10_000_000)  # more than the line between the two holds
    transport.patience_s = 1
    with pytest.raises(TimeoutError, match="still waits"):
        transport.end_job()
    transport.close()


def test_a_queue_that_does_not_exist_is_an_os_error(receiver: Receiver) -> None:
    with pytest.raises(OSError, match="nobody"):
        CupsTarget("nobody").open(10)


def test_without_cups_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OSError, match="CUPS is not installed"):
        CupsTarget(QUEUE).open(1)
    assert queues(1) == []
