"""A kiosk without paper gave the number; the clerk's key brings its copy out at another: real hub, screens and TCP."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zxingcpp

from kiosk.domain.commands import Role
from kiosk.hub.access.devices import Devices
from kiosk.hub.access.store import AccessStore
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.halls import WallClock
from tools import story
from tools.processes import Screen
from tools.tour.stage import SIZES, Stage, screen_environment

WAIT_S = 30


class Kiosk:
    """A kiosk's process with a printer and a token of its own."""

    def __init__(self, stage: Stage, stack: contextlib.ExitStack, number: int) -> None:
        self.printer = stack.enter_context(Receiver())
        with contextlib.closing(AccessStore(stage.work / "hub")) as store:
            token = Devices(store, WallClock().now_ms, None).add(Role.KIOSK, number, "")[1]
        folder = stage.work / f"kiosk{number}"
        folder.mkdir()
        settings = folder / "settings.json"
        settings.write_text(json.dumps({"printer": {"target": self.printer.address}}), encoding="utf-8")
        arguments = [
            "kiosk", "--hub", stage.hub.url, "--data", str(folder), "--settings", str(settings), "--size",
            SIZES["kiosk"], "--kiosk", str(number), "--drive",
        ]  # fmt: skip
        env = {**screen_environment(), "MOI_TOKEN": token}
        self.screen = Screen(f"kiosk {number}", arguments, folder / "log", env)
        stack.callback(self.screen.stop)
        self.screen.ask(do="wait", name="hall", timeout_s=WAIT_S)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[tuple[Stage, contextlib.ExitStack]]:
    (tmp_path / "work").mkdir()
    with contextlib.ExitStack() as stack:
        stage = Stage(tmp_path, stack)
        stage.start_hub("")
        yield stage, stack


def test_a_copy_comes_out_at_the_kiosk_that_has_paper_and_nowhere_else(
    stage: tuple[Stage, contextlib.ExitStack],
) -> None:
    made, stack = stage
    one, two = Kiosk(made, stack, 1), Kiosk(made, stack, 2)
    counter = made.start_screen("counter")
    story.sign_in(counter)
    one.printer.set_state(ReceiverState.PAPER_OUT)
    counter.ask(do="wait", name="sentence", text="Máy lấy số 1: hết giấy in.")
    story.search(one.screen)
    story.choose(one.screen)
    number = story.take_number(one.screen)
    assert story.call(counter) == number
    story.start(counter)
    story.press(counter, "F10")
    assert two.printer.wait_for_papers(1, WAIT_S)
    (code,) = zxingcpp.read_barcodes(two.printer.papers[0].image.convert("L"))
    page = httpx.get(code.text, trust_env=False)
    assert (page.status_code, number in page.text) == (200, True), "the copy's code is the ticket's own page"
    one.printer.set_state()
    counter.ask(do="wait", name="sentence", visible=False)
    story.go_home(one.screen)
    assert (one.printer.paper_count, two.printer.paper_count) == (0, 1)
