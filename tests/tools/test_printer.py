"""`main.py printer`: what it says, and with which code it ends."""

import subprocess
import sys

import pytest
import zxingcpp

import main
from kiosk.ports import Printed, PrinterStatus, PrintUncertain
from kiosk.receipts.test_page import ADDRESS, VIETNAMESE
from kiosk.settings import PrinterSettings
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from printers.transport import PrinterSetupError
from tests.factory import SITE
from tests.house.source import ROOT
from tools.printer import STATUS, fate, run_scan, run_test


@pytest.mark.parametrize("width", [576, 384])
def test_a_good_printer_gets_the_page_and_both_are_said(width: int) -> None:
    said: list[str] = []
    with Receiver(width_dots=width) as receiver:
        assert run_test(PrinterSettings(receiver.address, width, 5), SITE, said.append) == 0
        (paper,) = receiver.papers
    assert said == ["The printer is ready.", "It calls itself SIMULATOR.", "The test page was printed."]
    assert [code.text for code in zxingcpp.read_barcodes(paper.image.convert("L"))] == [ADDRESS]


@pytest.mark.parametrize(
    ("state", "what_to_do"),
    [
        (ReceiverState.PAPER_OUT, "Put a roll in"),
        (ReceiverState.COVER_OPEN, "Close it"),
        (ReceiverState.CUTTER_JAMMED, "free the knife"),
        (ReceiverState.OVERHEATED, "cooled down"),
        (ReceiverState.OFFLINE, "feed button"),
    ],
)
def test_one_that_cannot_print_is_named_with_what_to_do(state: ReceiverState, what_to_do: str) -> None:
    said: list[str] = []
    with Receiver() as receiver:
        receiver.begin(state)
        assert run_test(PrinterSettings(receiver.address, 576, 5), SITE, said.append) == 1
        assert receiver.paper_count == 0
    assert what_to_do in said[0]
    assert said[1] == f"The test page was not sent. {said[0]}"


def test_one_that_says_nothing_gets_the_page_and_somebody_must_look() -> None:
    said: list[str] = []
    with Receiver() as receiver:
        receiver.begin(ReceiverState.MUTE)
        assert run_test(PrinterSettings(receiver.address, 576, 0.05), SITE, said.append) == 1
        assert receiver.wait_for_papers(1, 10)
    assert "look" in said[1]


def test_a_page_that_was_cut_off_is_not_called_printed() -> None:
    assert fate(PrintUncertain(PrinterStatus.PAPER_OUT)).startswith("The test page was sent, and nobody knows")
    assert fate(Printed(PrinterStatus.PAPER_LOW)).endswith("nearly used up.")


def test_a_way_without_answers_says_so(tmp_path: object) -> None:
    said: list[str] = []
    assert run_test(PrinterSettings(f"file://{tmp_path}/paper", 576, 5), SITE, said.append) == 0
    assert said[0].startswith("This way carries no answers")


def test_the_page_can_be_tried_in_letters(capsys: pytest.CaptureFixture[str]) -> None:
    with Receiver() as receiver:
        assert main.main(["printer", "test", receiver.address, "--letters", "TM-T20II"]) == 0
        (paper,) = receiver.papers
        assert receiver.problems == []
    assert VIETNAMESE in " ".join(paper.text)
    assert paper.codes == (ADDRESS,)
    assert capsys.readouterr().out.endswith("The test page was printed.\n")
    assert main.main(["printer", "test", "tcp://127.0.0.1:9", "--letters", "XP-58"]) == 2


def test_every_status_has_a_sentence() -> None:
    assert set(STATUS) == set(PrinterStatus)


def test_what_is_no_target_is_refused_in_a_sentence() -> None:
    with pytest.raises(PrinterSetupError, match="printer address"):
        run_test(PrinterSettings("lp0", 576, 1), SITE, print)
    done = subprocess.run(
        [sys.executable, "main.py", "printer", "test", "lp0"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_scan_says_where_it_looks_and_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    code = run_scan(["127.0.9.0/29"], 10, said.append)
    assert code == (0 if len(said) > 1 else 1)
    assert "127.0.9.0/29" in capsys.readouterr().err
    assert run_scan(["10.0.0.0/8"], 10, said.append) == 2
    assert "at most 1024" in said[-1]
