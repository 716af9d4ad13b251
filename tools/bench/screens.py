"""Figures that a person feels: from the tap to the printer, from the clerk's key to the board, from start to touch."""

import contextlib
import time
from pathlib import Path

from msgspec import Struct

from printers.simulator.state import ReceiverState
from tools import story
from tools.bench.figures import percentile
from tools.bench.resources import resident_mib
from tools.processes import Screen
from tools.tour import moments
from tools.tour.stage import Stage

NEWS_ROUNDS = 5
"""How often the paper is taken out: an idle printer is asked every two seconds."""


class Felt(Struct, frozen=True):
    """Medians of what was felt (and the slowest in a hundred), in ms, and resident memory in MiB."""

    tap_to_first_byte_ms: float
    tap_to_first_byte_p99_ms: float
    paper_out_to_clerk_ms: float
    key_to_paint_ms: float
    kiosk_start_ms: float
    hub_mib: float
    kiosk_mib: float


def measure(folder: Path, rounds: int) -> Felt:
    """Open a hall and let so many citizens take a number and be called; medians of all rounds.

    Args:
        folder: an empty folder for data, logs and traces.
        rounds: how many citizens.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "work").mkdir()
    with contextlib.ExitStack() as stack:
        stage = Stage(folder, stack)
        stage.open_receiver()
        stage.start_hub("")
        kiosk = stage.start_screen("kiosk")
        kiosk.ask(do="wait", name="screen_home", timeout_s=30)
        start = _since_start_ms(stage)
        counter, board = stage.start_screen("counter"), stage.start_screen("board")
        board.ask(do="wait", name="waiting", timeout_s=30)
        story.sign_in(counter)
        for number in range(1, rounds + 1):
            _one_citizen(stage, kiosk, counter, number)
        heard = [_paper_out_ms(stage, counter) for _ in range(min(rounds, NEWS_ROUNDS))]
        return Felt(
            tap_to_first_byte_ms=_gap(stage, ("kiosk", "tap_issue"), ("kiosk", "printer_first_byte")),
            tap_to_first_byte_p99_ms=_gap(stage, ("kiosk", "tap_issue"), ("kiosk", "printer_first_byte"), 0.99),
            paper_out_to_clerk_ms=percentile(sorted(heard), 1.0),
            key_to_paint_ms=_gap(stage, ("counter", "clerk_key"), ("board", "board_painted")),
            kiosk_start_ms=start,
            hub_mib=resident_mib(stage.hub.process.pid),
            kiosk_mib=resident_mib(kiosk.process.pid),
        )


def _one_citizen(stage: Stage, kiosk: Screen, counter: Screen, number: int) -> None:
    kiosk.ask(do="click", name="search")
    story.choose(kiosk)
    story.take_number(kiosk)
    if not stage.receiver.wait_for_papers(number, 20):
        raise TimeoutError("no paper came within 20 s")
    story.go_home(kiosk)
    story.call(counter)
    called = [m for m in moments.read(stage.trace("counter")) if m["moment"] == "clerk_key"]
    moments.wait_for(stage.trace("board"), lambda m: m["moment"] == "board_painted" and m["ns"] > called[-1]["ns"], 10)
    story.start(counter)
    story.finish(counter)


def _since_start_ms(stage: Stage) -> float:
    first = moments.wait_for(stage.trace("kiosk"), lambda m: m["moment"] == "interactive", 10)
    return round((first["ns"] - stage.started_ns["kiosk"]) / 1e6, 1)


def _paper_out_ms(stage: Stage, counter: Screen) -> float:
    """Take the printer's paper away, and return after how long the clerk reads it; then load it again."""
    began = time.monotonic_ns()
    stage.receiver.set_state(ReceiverState.PAPER_OUT)
    counter.ask(do="wait", name="sentence", timeout_s=10)
    took = (time.monotonic_ns() - began) / 1e6
    stage.receiver.set_state()
    counter.ask(do="wait", name="sentence", visible=False, timeout_s=10)
    return round(took, 1)


def _gap(stage: Stage, first: tuple[str, str], second: tuple[str, str], share: float = 0.5) -> float:
    """Return a percentile of the time from the last `first` before each `second` to that `second`."""
    begins = [m for m in moments.read(stage.trace(first[0])) if m["moment"] == first[1]]
    gaps = []
    for end in (m for m in moments.read(stage.trace(second[0])) if m["moment"] == second[1]):
        gaps.append(moments.between_ms([m for m in begins if m["ns"] < end["ns"]][-1], end))
    return percentile(sorted(gaps), share)
