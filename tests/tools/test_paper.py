"""`main.py paper`: a sample of every paper, as a picture or on a printer."""

import json
from pathlib import Path

import pytest
from PIL import Image

import main
from kiosk.domain.paper import Template
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.receipts.parts import CATALOGUE, SITE
from tools.command_line import DEMO_SITE
from tools.papers import sample_of


def test_every_template_is_drawn_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["paper", "all", "--out", str(tmp_path / "papers"), "--width", "384", "--longest"]
    assert main.main([*arguments, "--second-language", "en"]) == 0
    assert {path.stem for path in (tmp_path / "papers").iterdir()} == {template.value for template in Template}
    assert capsys.readouterr().out.count(" mm\n") == len(Template)


def test_the_longest_sample_has_the_longest_of_every_wording_of_the_catalogue_and_of_the_centre() -> None:
    sample = sample_of(SITE, CATALOGUE, "vi", 576, extreme=True)
    every, of = CATALOGUE.procedures, sample.procedure
    for field in ("name", "short", "name_en", "fee_text", "decision_no"):
        assert len(getattr(of, field)) == max(len(getattr(one, field)) for one in every), field
    assert len(of.documents) > max(len(one.documents) for one in every)
    for field in ("name", "note", "where"):
        longest = max(len(getattr(document, field)) for one in every for document in one.documents)
        assert max(len(getattr(document, field)) for document in of.documents) == longest, field
    named = sample.queue.name.values()
    assert max(map(len, named)) == max(len(name) for queue in SITE.queues for name in queue.name.values())


def test_one_is_drawn_from_a_centres_own_file(tmp_path: Path) -> None:
    heights = []
    for footer in ([], [{"vi": "Đường dây nóng 1022"}]):
        site = json.loads(DEMO_SITE.read_bytes()) | {"paper": {"footer": footer}}
        (tmp_path / "site.json").write_text(json.dumps(site), "utf-8")
        out = tmp_path / "ticket.png"
        assert main.main(["paper", "ticket", "--out", str(out), "--site", str(tmp_path / "site.json")]) == 0
        with Image.open(out) as picture:
            heights.append(picture.height)
    assert heights[0] < heights[1]


def test_a_fault_of_that_file_is_said_and_nothing_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = json.loads(DEMO_SITE.read_bytes()) | {"paper": {"ticket": {"hide": ["number"]}}}
    (tmp_path / "site.json").write_text(json.dumps(site), "utf-8")
    out = tmp_path / "ticket.png"
    assert main.main(["paper", "ticket", "--out", str(out), "--site", str(tmp_path / "site.json")]) == 2
    assert "site.json, paper.ticket.hide names “number”" in capsys.readouterr().err
    assert not out.exists()


def test_one_is_printed_and_what_became_of_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with Receiver(width_dots=384) as receiver:
        arguments = ["paper", "dossier", "--print", receiver.address, "--width", "384"]
        assert main.main(arguments) == 0
        assert receiver.paper_count == 2
        receiver.begin(ReceiverState.PAPER_OUT)
        assert main.main(arguments) == 1
    assert "Put a roll in" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["ticket"], ["ticket", "--out", "x.png", "--procedure", "9.999999"]], ids=["nowhere", "unknown"]
)
def test_what_cannot_be_made_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["paper", *arguments]) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("option", ["--language", "--second-language"])
def test_a_language_that_no_paper_speaks_is_refused(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["paper", "ticket", "--out", "ticket.png", option, "zz"])
    assert "choose from" in capsys.readouterr().err
