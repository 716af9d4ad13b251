import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import log
from kiosk.domain.receipt import CutBlock, Receipt, TextBlock
from kiosk.ports import News, Printed, PrinterStatus, PrintRefused, PrintUncertain, WatchedPrinter
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from printers.status import TELL_CHANGES
from tests.printers import samples

SHORT = Receipt((TextBlock("Mời"), CutBlock()), job="j1")


OPENED: list[WatchedPrinter] = []


@pytest.fixture(autouse=True)
def connections_are_given_back() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


def printer_at(address: str, *, width_dots: int = 576, timeout_s: float = 5.0, shared: bool = False) -> WatchedPrinter:
    OPENED.append(open_printer(PrinterSettings(address, width_dots, timeout_s, shared)))
    return OPENED[-1]


@pytest.mark.parametrize("width", [576, 384])
def test_a_ticket_arrives_on_paper_dot_by_dot(width: int) -> None:
    with Receiver(width_dots=width) as receiver:
        assert printer_at(receiver.address, width_dots=width).print(samples.ticket()) == Printed()
        (paper,) = receiver.papers
        assert receiver.problems == []
    drawn = draw(samples.ticket(), width)
    assert paper.image.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


def test_paper_near_its_end_prints_and_says_so() -> None:
    with Receiver() as receiver:
        receiver.set_state(ReceiverState.PAPER_LOW)
        printer = printer_at(receiver.address)
        assert printer.status() is PrinterStatus.PAPER_LOW
        assert printer.print(SHORT) == Printed(PrinterStatus.PAPER_LOW)
        assert len(receiver.papers) == 1


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (ReceiverState.CUTTER_JAMMED, PrinterStatus.CUTTER_ERROR),
        (ReceiverState.OVERHEATED, PrinterStatus.OVERHEATED),
        (ReceiverState.PAPER_OUT, PrinterStatus.PAPER_OUT),
        (ReceiverState.COVER_OPEN, PrinterStatus.COVER_OPEN),
        (ReceiverState.OFFLINE, PrinterStatus.OFFLINE),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(state: ReceiverState, status: PrinterStatus) -> None:
    with Receiver() as receiver:
        receiver.set_state(state)
        printer = printer_at(receiver.address)
        assert printer.status() is status
        assert printer.print(SHORT) == PrintRefused(status)
        assert set(receiver.raw.replace(TELL_CHANGES, b"")) <= set(b"\x10\x04\x01\x02\x03\x04")
        receiver.set_state(ReceiverState.READY)
        assert printer.print(SHORT) == Printed()
        assert len(receiver.papers) == 1


def test_paper_that_ends_while_printing_is_uncertain_and_the_held_receipt_comes_later() -> None:
    with Receiver() as receiver:
        printer = printer_at(receiver.address)
        assert printer.status() is PrinterStatus.READY
        receiver.run_out_with_next_job()
        assert printer.print(SHORT) == PrintUncertain(PrinterStatus.PAPER_OUT)
        assert receiver.papers == []
        receiver.set_state(ReceiverState.READY)
        assert len(receiver.papers) == 1


def test_a_printer_without_answers_gets_the_job_and_the_outcome_is_uncertain() -> None:
    with Receiver() as receiver:
        receiver.set_state(ReceiverState.MUTE)
        printer = printer_at(receiver.address, timeout_s=0.05)
        assert printer.status() is PrinterStatus.UNKNOWN
        assert printer.print(SHORT) == PrintUncertain(PrinterStatus.UNKNOWN)
        assert receiver.wait_for_papers(1, 10)


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    printer = printer_at(address, timeout_s=0.5)
    assert printer.status() is PrinterStatus.UNREACHABLE
    assert printer.print(SHORT) == PrintRefused(PrinterStatus.UNREACHABLE)


class OddPrinter:
    """A printer on a real socket that answers `answers`, then reads `takes` bytes of the job and does `then`."""

    def __init__(self, answers: bytes, takes: int, then: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answers, self._takes, self._then = answers, takes, then
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def __enter__(self) -> "OddPrinter":
        return self

    def __exit__(self, *_args: object) -> None:
        self._released.set()
        while OPENED:  # it serves as long as someone is there
            OPENED.pop().close()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        with client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            taken, job = 0, False
            while taken < self._takes and (part := client.recv(4096)):
                job = job or b"\x1b@" in part
                if job:
                    taken += len(part)
                else:
                    self._answer(client, part)
            if self._then == "answer status only":
                while part := client.recv(4096):
                    self._answer(client, part)
            elif self._then == "stall":
                self._released.wait(30)
            elif self._then == "reset":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def _answer(self, client: socket.socket, part: bytes) -> None:
        asked = [part[at + 2] for at in range(len(part) - 2) if part[at : at + 2] == b"\x10\x04"]
        client.sendall(bytes(self._answers[number - 1] for number in asked))


READY = bytes.fromhex("16 12 12 12")


def long_job() -> Receipt:
    """More than the buffers between two sockets hold."""
    return Receipt((*(samples.checklist().blocks[:-1] * 40), CutBlock()))


def test_a_printer_that_resets_the_connection_in_the_middle_is_uncertain() -> None:
    with OddPrinter(READY, takes=9000, then="reset") as odd:
        assert printer_at(odd.address).print(long_job()) == PrintUncertain(PrinterStatus.UNREACHABLE)


def test_a_printer_that_stops_taking_bytes_is_uncertain() -> None:
    with OddPrinter(READY, takes=9000, then="stall") as odd:
        assert printer_at(odd.address, timeout_s=0.2).print(long_job()) == PrintUncertain(PrinterStatus.UNKNOWN)


def test_a_printer_that_falls_silent_after_the_job_is_uncertain() -> None:
    with OddPrinter(READY, takes=9000, then="stall") as odd:
        assert printer_at(odd.address, timeout_s=0.2).print(SHORT) == PrintUncertain(PrinterStatus.UNKNOWN)


def test_a_printer_that_hangs_up_before_it_is_asked_is_unreachable() -> None:
    with OddPrinter(b"", takes=0, then="reset") as odd:
        assert printer_at(odd.address).print(SHORT) == PrintRefused(PrinterStatus.UNREACHABLE)
    with OddPrinter(b"", takes=0, then="reset") as odd:
        assert printer_at(odd.address).status() is PrinterStatus.UNREACHABLE


def test_a_printer_that_is_ready_but_does_not_know_finished_counts_as_printed() -> None:
    with OddPrinter(READY, takes=1, then="answer status only") as odd:
        assert printer_at(odd.address, timeout_s=1.0).print(Receipt((CutBlock(),))) == Printed()


def test_a_file_takes_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "paper.bin"
    printer = printer_at(path.as_uri())
    assert printer.status() is PrinterStatus.READY
    assert printer.print(samples.ticket()) == Printed()
    with Receiver() as receiver:
        assert printer_at(receiver.address).print(samples.ticket()) == Printed()
        assert path.read_bytes() in receiver.raw
    missing = printer_at((tmp_path / "no" / "folder").as_uri())
    assert missing.print(SHORT) == PrintRefused(PrinterStatus.UNREACHABLE)


def test_a_ticket_after_the_first_needs_no_connection_of_its_own() -> None:
    with Receiver() as receiver:
        printer = printer_at(receiver.address)
        assert [printer.print(SHORT) for _ in range(3)] == [Printed()] * 3
        assert printer.status() is PrinterStatus.READY
        assert receiver.raw.count(TELL_CHANGES) == 4  # once when connected, and after the ESC @ of each job


def test_a_printer_that_was_switched_off_and_on_is_connected_again_without_a_word() -> None:
    with Receiver() as receiver:
        port, printer = receiver.port, printer_at(receiver.address)
        assert printer.print(SHORT) == Printed()
    assert printer.listen(0) == News(PrinterStatus.UNREACHABLE)
    assert printer.print(SHORT) == PrintRefused(PrinterStatus.UNREACHABLE)
    with Receiver(port) as receiver:
        assert printer.print(SHORT) == Printed()
        assert len(receiver.papers) == 1


def test_a_shared_printer_is_free_for_others_between_two_jobs() -> None:
    with Receiver() as receiver:
        ours, theirs = (printer_at(receiver.address, shared=True) for _ in range(2))
        for printer in (ours, theirs, ours):
            assert printer.print(SHORT) == Printed()
            assert printer.listen(0) == News(PrinterStatus.READY)
        assert len(receiver.papers) == 3


def test_what_changes_is_heard_while_nothing_is_printed() -> None:
    with Receiver() as receiver:
        printer = printer_at(receiver.address)
        assert printer.listen(0) == News(PrinterStatus.READY)
        receiver.set_state(ReceiverState.COVER_OPEN)
        assert printer.listen(0) == News(PrinterStatus.COVER_OPEN)


def test_listening_ends_at_once_when_there_is_something_to_do() -> None:
    with Receiver() as receiver:
        printer = printer_at(receiver.address)
        printer.interrupt()
        assert printer.listen(600) is None


def test_an_uncertain_job_that_comes_out_after_all_is_told() -> None:
    with Receiver() as receiver:
        printer = printer_at(receiver.address)
        assert printer.status() is PrinterStatus.READY
        receiver.run_out_with_next_job()
        assert printer.print(SHORT) == PrintUncertain(PrinterStatus.PAPER_OUT)
        assert printer.listen(0) == News(PrinterStatus.PAPER_OUT)
        receiver.set_state(ReceiverState.READY)
        heard = [printer.listen(0.1) for _ in range(2)]
        assert News(PrinterStatus.READY, finished=True) in heard
        assert printer.listen(0) == News(PrinterStatus.READY)
        assert len(receiver.papers) == 1


def test_two_threads_share_one_printer_and_no_ticket_is_lost() -> None:
    outcomes: list[object] = []
    with Receiver() as receiver:
        printer = printer_at(receiver.address)

        def work() -> None:
            outcomes.extend((printer.print(SHORT), printer.status()))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count(Printed()) == outcomes.count(PrinterStatus.READY) == 4
        assert len(receiver.papers) == 4


def test_the_first_byte_of_a_job_is_traced_with_the_job(tmp_path: Path) -> None:
    log.trace_to(tmp_path / "trace")
    try:
        with Receiver() as receiver:
            printer_at(receiver.address).print(SHORT)
    finally:
        log.trace_to(None)
    moments = [json.loads(line) for line in (tmp_path / "trace").read_text().splitlines()]
    assert [(moment["moment"], moment["job"]) for moment in moments] == [("printer_first_byte", "j1")]
