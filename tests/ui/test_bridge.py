"""The crossing between threads: everything arrives in the GUI thread, and a bug in the background is survived."""

import logging
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.bridge import Bridge


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


def test_a_call_from_another_thread_runs_in_the_gui_thread_and_in_order(qtbot: QtBot, bridge: Bridge) -> None:
    seen: list[tuple[int, bool]] = []
    told = bridge.in_gui(lambda n: seen.append((n, threading.current_thread() is threading.main_thread())))
    thread = threading.Thread(target=lambda: [told(n) for n in range(3)])
    thread.start()
    qtbot.waitUntil(lambda: len(seen) == 3)
    thread.join()
    assert seen == [(0, True), (1, True), (2, True)]


def test_a_call_from_the_gui_thread_waits_for_its_turn_too(qtbot: QtBot, bridge: Bridge) -> None:
    seen: list[int] = []
    bridge.in_gui(seen.append)(1)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [1])


def test_background_work_brings_its_result_to_the_gui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    seen: list[tuple[bool, bool]] = []
    main = threading.main_thread()
    bridge.run_in_background(
        lambda: threading.current_thread() is main,
        lambda in_main: seen.append((in_main, threading.current_thread() is main)),
        lambda error: None,
    )
    qtbot.waitUntil(lambda: seen != [])
    assert seen == [(False, True)]


def test_a_bug_in_background_work_is_logged_and_told(
    qtbot: QtBot, bridge: Bridge, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Exception] = []

    def broken() -> None:
        raise ZeroDivisionError("ours")

    with caplog.at_level(logging.ERROR):
        bridge.run_in_background(broken, lambda _: None, seen.append)
        qtbot.waitUntil(lambda: seen != [])
    assert isinstance(seen[0], ZeroDivisionError)
    assert "Background work failed" in caplog.text


def test_a_closed_bridge_drops_what_comes_late(qtbot: QtBot) -> None:
    bridge = Bridge()
    seen: list[int] = []
    told = bridge.in_gui(seen.append)
    told(1)
    bridge.close()
    told(2)
    qtbot.wait(1)
    assert seen == []
