"""A printer's trouble is on the clerk's screen and in her view: real hub, real kiosk, real clerk's window, real TCP."""

import contextlib
from pathlib import Path

from printers.simulator.state import ReceiverState
from tools import story
from tools.processes import Screen
from tools.tour.stage import Stage

NEWS_S = 10
"""Less than the fifteen seconds between two heartbeats of their own accord: a second change in a row that is read
within this came by itself. How quick it is, the bench measures (issue 4: three seconds)."""


def says(counter: Screen, sentence: str) -> None:
    counter.ask(do="wait", name="sentence", text=sentence, timeout_s=NEWS_S)


def test_a_clerk_hears_of_an_open_cover_and_of_missing_paper(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with contextlib.ExitStack() as stack:
        stage = Stage(tmp_path, stack)
        stage.open_receiver()
        stage.start_hub("")
        kiosk, counter = stage.start_screen("kiosk"), stage.start_screen("counter")
        story.sign_in(counter)
        for _ in range(2):
            stage.receiver.set_state(ReceiverState.PAPER_OUT)
            says(counter, "Máy lấy số: hết giấy in.")
            kiosk.ask(do="wait", name="no_paper_notice")
            stage.receiver.set_state(ReceiverState.COVER_OPEN)
            says(counter, "Máy lấy số: nắp máy in đang mở.")
        stage.receiver.set_state()
        counter.ask(do="wait", name="sentence", visible=False, timeout_s=NEWS_S)
        kiosk.ask(do="wait", name="hall")
