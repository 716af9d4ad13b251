"""Killed with SIGKILL at each moment of a job, the spool never prints it a second time and never calls it printed."""

import queue
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.receipt import Receipt
from kiosk.ports import Fate, PrinterStatus, PrintRefused, PrintUncertain
from printers.simulator.receiver import Receiver
from printers.spool_store import INTERRUPTED, NOT_BEGUN
from tests.house.source import ROOT
from tests.printers.killed_spool import BEHIND, MOMENTS, MOMENTS_BEHIND
from tests.printers.paper_desk import Desk, holds_only, job

UNSTORED = ("before it is stored",)
"""Nothing was kept and nothing sent: the kiosk may submit it, and it is printed once."""
ENDED = ("its fate stored, not told", "told, not noted as told", "told and noted")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_leaves_a_job_uncertain_and_no_second_paper(tmp_path: Path, moment: str) -> None:
    with Receiver() as receiver:
        killed(tmp_path, receiver, moment)
        told = (tmp_path / "told").read_text().split() if (tmp_path / "told").exists() else []
        with Desk(tmp_path, receiver) as desk:
            desk.spool.submit(job())
            desk.prints_after_all(job("t2"))
            states = {one.id: one.state for one in desk.store.recent(9)}
            facts = emptied(desk.fates)
        assert receiver.problems == [] or moment == "in the middle of its bytes"
        own = [fate for fate in facts if fate.job_id == "t1"]
        *before, last = receiver.papers
        assert holds_only(last, job("t2").receipt), "no paper is printed below half another"
        papers = sum(not holds_only(paper, Receipt(())) for paper in before)
        if moment in UNSTORED:
            assert (states["t1"], papers) == ("printed", 1)
        elif moment in ENDED:
            assert (states["t1"], papers) == ("printed", 1)
            assert {*told, *(fate.fact_id for fate in own)} == {(told or [own[0].fact_id])[0]}  # one fact, under one id
        else:
            assert states["t1"] == "uncertain"
            assert papers <= 1
            assert [(fate.outcome, fate.detail) for fate in own] == [
                (PrintUncertain(own[0].outcome.status), INTERRUPTED)
            ]


@pytest.mark.parametrize("moment", MOMENTS_BEHIND)
def test_a_kill_while_another_is_in_front_is_told_as_not_printed(tmp_path: Path, moment: str) -> None:
    with Receiver() as receiver:
        killed(tmp_path, receiver, moment)
        before = receiver.paper_count
        with Desk(tmp_path, receiver) as desk:
            desk.spool.submit(job(BEHIND))
            desk.prints_after_all(job("t2"))
            facts = [(fate.outcome, fate.detail) for fate in emptied(desk.fates) if fate.job_id == BEHIND]
        if moment == "its turn noted, not sent":
            assert facts == [(PrintUncertain(PrinterStatus.UNKNOWN), INTERRUPTED)]
        else:
            assert facts == [(PrintRefused(PrinterStatus.UNKNOWN), NOT_BEGUN)]
        came = [paper for paper in receiver.papers[before:] if not holds_only(paper, Receipt(()))]
        assert len(came) == 1, "what has its fate does not come out by itself"
        assert holds_only(came[0], job("t2").receipt)


def killed(folder: Path, receiver: Receiver, moment: str) -> None:
    """Let a process print on a receiver and wait for its end."""
    child = [sys.executable, "-m", "tests.printers.killed_spool", str(folder), receiver.address, moment]
    assert subprocess.run(child, cwd=ROOT, timeout=60, check=False).returncode == -signal.SIGKILL


def emptied(fates: "queue.SimpleQueue[Fate]") -> list[Fate]:
    found = []
    while not fates.empty():
        found.append(fates.get())
    return found
