"""A roll of numbers for a day without machines: printed, scanned back from its paper, and taken in by a real hub."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
import zxingcpp

import main
from kiosk.flows.scan import read_code
from kiosk.receipts import read_roll_code
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.receipts.parts import SITE
from tools.processes import HubProcess
from tools.roll import run_record

SERIES = ["--queue", "A", "--kiosk", "9", "--first", "15", "--public-url", "https://moi.example"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    started = HubProcess(tmp_path / "hub")
    yield started
    started.stop()


def codes(receiver: Receiver) -> list[str]:
    return [code.text for paper in receiver.papers for code in zxingcpp.read_barcodes(paper.image.convert("L"))]


def test_papers_of_the_roll_are_taken_in_each_once_with_the_hour_written_on_them(hub: HubProcess) -> None:
    with Receiver(width_dots=384) as receiver:
        assert main.main(["roll", "print", receiver.address, *SERIES, "--count", "2", "--width", "384"]) == 0
        first, second = codes(receiver)
    assert [read_roll_code(code).number for code in (first, second)] == ["A9-015", "A9-016"]  # type: ignore[union-attr]
    assert read_code(first).token == read_roll_code(first).token  # type: ignore[union-attr]
    day = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d}"
    said: list[str] = []
    lines = [f"{first} {day} 00:01\n", f"{second} 0:02\n", f"{first} {day} 00:01\n", "\n"]
    assert run_record(SITE, hub.url, hub.tokens["kiosk"], lines, said.append) == 0
    assert said == ["A9-015 is in, as of 00:01.", "A9-016 is in, as of 00:02.", "A9-015 is in, as of 00:01."]
    page = httpx.get(f"{hub.url}/t/{read_code(first).token}", trust_env=False)
    assert page.status_code == 200
    assert "A9-015" in page.text


def test_what_cannot_be_read_or_taken_is_said_and_the_rest_goes_on(hub: HubProcess) -> None:
    said: list[str] = []
    code = "https://moi.example/t/7q4kz2m9xt3hb6wd#A9-015"
    lines = ["A9-015 8:05", f"{code} half past", f"{code} 0:05"]
    assert run_record(SITE, hub.url, hub.tokens["kiosk"], lines, said.append) == 1
    assert said[0].startswith("Not understood: A9-015 8:05")
    assert said[2] == "A9-015 is in, as of 00:05."
    assert run_record(SITE, hub.url, "no-token", [f"{code} 0:05"], said.append) == 1
    assert run_record(SITE, "http://127.0.0.1:9", "", [f"{code} 0:05"], said.append) == 1
    assert "did not answer" in said[-1]


@pytest.mark.parametrize(
    "change", [["--kiosk", "1"], ["--queue", "Z"], ["--first", "9999", "--count", "2"], ["--count", "0"]]
)
def test_a_series_that_a_machine_gives_or_that_ends_is_not_printed(
    change: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with Receiver() as receiver:
        assert main.main(["roll", "print", receiver.address, *SERIES, *change]) == 2
        assert receiver.paper_count == 0
    assert capsys.readouterr().out


def test_a_roll_that_stops_says_with_which_number_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    with Receiver() as receiver:
        receiver.begin(ReceiverState.PAPER_OUT)
        assert main.main(["roll", "print", receiver.address, *SERIES]) == 1
    said = capsys.readouterr().out
    assert "A9-015 is not on paper for sure. The printer has no paper." in said
    assert "--first 16" in said
