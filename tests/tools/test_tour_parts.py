"""The tour's report can fail, and its clock between processes subtracts."""

import json
from pathlib import Path

import pytest

from tools.tour import moments
from tools.tour.report import Report, StepError, expect
from tools.tour.stage import fresh_work


def test_a_step_that_fails_makes_the_tour_fail_and_is_written_down(tmp_path: Path) -> None:
    said: list[str] = []
    report = Report(tmp_path, said.append)
    with report.step("goes well") as seen:
        seen["number"] = "A001"
    with pytest.raises(StepError), report.step("goes wrong"):
        expect(False, "the paper is empty")
    report.skip("cannot be played", "no test parts")
    written = json.loads(report.write().read_text())
    assert not report.held
    assert written["held"] is False
    assert [step.get("held") for step in written["steps"]] == [True, False, None]
    assert written["steps"][1]["error"] == "StepError: the paper is empty"
    assert written["steps"][0]["seen"] == {"number": "A001"}
    assert said[1].startswith("FAIL")


def test_what_fails_between_two_steps_makes_the_tour_fail_too(tmp_path: Path) -> None:
    report = Report(tmp_path, lambda _: None)
    with report.story():
        with report.step("the first"):
            pass
        expect(False, "there is no second")
    assert not report.held
    assert "there is no second" in report.write().read_text(encoding="utf-8")


def test_a_tour_empties_its_own_folder_and_nobody_elses(tmp_path: Path) -> None:
    mine = tmp_path / "work" / "diary.txt"
    mine.parent.mkdir()
    mine.touch()
    with pytest.raises(FileExistsError, match="Choose another"):
        fresh_work(tmp_path)
    assert mine.exists()
    (tmp_path / "tour").mkdir()
    for _ in range(2):
        fresh_work(tmp_path / "tour")
        assert len(list((tmp_path / "tour" / "work").iterdir())) == 1
        (tmp_path / "tour" / "work" / "left-over").touch()


def test_a_tour_of_steps_that_held_holds(tmp_path: Path) -> None:
    report = Report(tmp_path, lambda _: None)
    with report.step("goes well"):
        expect(True, "never said")
    assert report.held


def test_moments_are_read_back_without_the_line_that_is_being_written(tmp_path: Path) -> None:
    trace = tmp_path / "board.trace"
    trace.write_text('{"moment": "a", "ns": 1000000}\n{"moment": "b", "ns": 3500000}\n{"mom')
    first, second = moments.read(trace)
    assert moments.between_ms(first, second) == 2.5
    assert moments.wait_for(trace, lambda m: m["moment"] == "b", 1) == second
    with pytest.raises(TimeoutError, match=r"board\.trace"):
        moments.wait_for(trace, lambda m: m["moment"] == "c", 0.05)
