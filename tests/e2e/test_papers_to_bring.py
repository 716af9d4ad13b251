"""Whoever is sent for papers goes home with the list on paper: real processes, real keys, real TCP printers.

At a counter without a printer her kiosk prints it; at one with a printer, that one.
"""

import contextlib
from pathlib import Path

import pytest

from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tools import story
from tools.tour.stage import Stage

WAIT_S = 20.0


class Desk:
    """A kiosk with its printer, and counter 1 with or without one of its own."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, *, own: bool) -> None:
        (folder / "work").mkdir()
        stage = Stage(folder, stack)
        stage.open_receiver()
        stage.start_hub("")
        self.at_kiosk, self.at_counter = stage.receiver, stack.enter_context(Receiver())
        self.kiosk = stage.start_screen("kiosk")
        more = ("--printer", f"tcp://127.0.0.1:{self.at_counter.port}") if own else ()
        self.counter = stage.start_screen("counter", "vi", "", *more)

    def sends_for_papers(self) -> str:
        """Serve whoever comes for a birth, and send her for the first paper; returns her number."""
        story.sign_in(self.counter)
        story.search(self.kiosk)
        story.choose(self.kiosk)
        number = story.take_number(self.kiosk)
        story.call(self.counter)
        story.start(self.counter)
        self.counter.ask(do="key", key="F2")
        self.counter.ask(do="wait", name="ask_send")
        self.counter.ask(do="type", text="1")
        story.finish(self.counter)  # F9: whatever is asked is sent
        return number

    def says(self, words: str, name: str = "wish_list") -> None:
        """Wait until something says how it stands: the list's key, or another."""
        self.counter.ask(do="wait", name=name, text=words)


@pytest.mark.parametrize("own", [False, True], ids=["kiosk", "own"])
def test_the_list_comes_out_where_its_counter_prints_and_again_with_one_key(tmp_path: Path, own: bool) -> None:
    with contextlib.ExitStack() as stack:
        desk = Desk(tmp_path, stack, own=own)
        number = desk.sends_for_papers()
        desk.says(f"{number}: đã in" if own else f"{number}: đã in ở máy 1")
        printer, before = (desk.at_counter, 0) if own else (desk.at_kiosk, 1)
        assert printer.paper_count == before + 1
        printer.set_state(ReceiverState.PAPER_OUT)
        desk.says("hết giấy in", "sentence")
        story.press(desk.counter, "F10")
        desk.says("chưa in được: hết giấy in")
        assert printer.paper_count == before + 1
        printer.set_state()
        if own:
            story.press(desk.counter, "F10")
        desk.says(f"{number}: đã in")
        assert printer.wait_for_papers(before + 2, WAIT_S)
        assert desk.at_kiosk.paper_count == (1 if own else 3)
        assert desk.at_counter.problems == desk.at_kiosk.problems == []
