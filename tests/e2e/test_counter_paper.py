"""Papers of a counter: the list she is sent home with, and a dossier's receipt. Real processes, keys and TCP printers.

At a counter without a printer her kiosk prints the list; at one with a printer, that one.
"""

import contextlib
from pathlib import Path

import pytest
from zxingcpp import read_barcodes

from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tools import story
from tools.tour.stage import Stage

WAIT_S = 20.0
CODE, OWNER = "H12.14-261123-0361", "Le Van Ut"


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

    def serves(self) -> str:
        """Serve whoever comes for a birth; returns her number."""
        story.sign_in(self.counter)
        story.search(self.kiosk)
        story.choose(self.kiosk)
        number = story.take_number(self.kiosk)
        story.call(self.counter)
        story.start(self.counter)
        return number

    def sends_for_papers(self) -> str:
        """Serve her, and send her for the first paper."""
        number = self.serves()
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


def test_a_dossiers_receipt_comes_out_in_two_copies_and_its_code_can_be_read(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        desk = Desk(tmp_path, stack, own=True)
        desk.serves()
        story.press(desk.counter, "F8")
        desk.counter.ask(do="wait", name="dossier_code")
        desk.says("Hẹn trả", "dossier_due")
        desk.counter.ask(do="type", text=CODE)
        desk.counter.ask(do="key", key="Return")
        desk.counter.ask(do="type", text=OWNER)
        desk.counter.ask(do="key", key="Return")
        story.press(desk.counter, "F9")
        assert desk.at_counter.wait_for_papers(2, WAIT_S)
        assert [[code.text for code in read_barcodes(p.image.convert("L"))] for p in desk.at_counter.papers] == [
            [CODE],
            [CODE],
        ]
        desk.counter.ask(do="wait", name="wish_finish")
        story.finish(desk.counter)
        assert desk.at_kiosk.paper_count == 1
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or OWNER.encode() not in file.read_bytes(), f"{file} kept the owner's name"
