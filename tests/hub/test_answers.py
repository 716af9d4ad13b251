"""A batch's outcomes reach everyone who still waits, an event loop with one wake-up."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.hall import Hall
from kiosk.hub.answers import Asked, Publication, tell
from kiosk.hub.work import Done, Outcome, Request
from tests.halls import envelope

REQUEST = Request(envelope(cmd.PauseCounter(1)), "h")


class CountingLoop(asyncio.SelectorEventLoop):
    """Counts how often another thread wakes it."""

    wake_ups = 0

    def call_soon_threadsafe(self, callback: Callable[..., Any], *args: Any, **more: Any) -> asyncio.Handle:
        self.wake_ups += 1
        return super().call_soon_threadsafe(callback, *args, **more)


def test_an_event_loop_is_woken_once_for_a_whole_batch() -> None:
    async def thirty_two() -> list[Outcome]:
        loop = asyncio.get_running_loop()
        batch = [Asked(REQUEST, loop.create_future(), loop) for _ in range(32)]
        outcomes = [Done(b"%d" % n) for n in range(32)]
        threading.Thread(target=tell, args=[batch, outcomes]).start()
        return [await asked.future for asked in batch]  # type: ignore[misc]

    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        assert runner.run(thirty_two()) == [Done(b"%d" % n) for n in range(32)]
        loop = runner.get_loop()
        assert isinstance(loop, CountingLoop)
        assert loop.wake_ups == 1


def test_whoever_is_answered_sees_the_hall_her_command_led_to() -> None:
    async def one() -> list[object]:
        loop, seen = asyncio.get_running_loop(), list[object]()
        asked = Asked(REQUEST, loop.create_future(), loop)

        async def ask() -> None:
            seen.append(await asked.future)  # type: ignore[misc]

        asking = loop.create_task(ask())
        threading.Thread(target=tell, args=[[asked], [Done(b"1")], Publication(loop, seen.append, Hall(seq=7))]).start()
        await asking
        return seen

    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        assert runner.run(one()) == [Hall(seq=7), Done(b"1")]
        loop = runner.get_loop()
        assert isinstance(loop, CountingLoop)
        assert loop.wake_ups == 1


def test_a_publication_that_fails_keeps_no_answer_back() -> None:
    async def one() -> Outcome:
        loop = asyncio.get_running_loop()
        asked = Asked(REQUEST, loop.create_future(), loop)
        tell([asked], [Done(b"1")], Publication(loop, lambda hall: 1 // 0, Hall()))
        return await asked.future  # type: ignore[misc]

    assert asyncio.run(one()) == Done(b"1")


def test_one_who_gave_up_does_not_keep_the_others_from_hearing() -> None:
    async def two() -> Outcome:
        loop = asyncio.get_running_loop()
        gone, there = (Asked(REQUEST, loop.create_future(), loop) for _ in range(2))
        assert gone.still_wanted()
        gone.future.cancel()
        assert not gone.still_wanted()
        tell([gone, there], [Done(b"1"), Done(b"2")])
        return await there.future  # type: ignore[misc]

    assert asyncio.run(two()) == Done(b"2")


def test_a_command_that_failed_fails_where_it_was_asked() -> None:
    async def one() -> Outcome:
        loop = asyncio.get_running_loop()
        asked = Asked(REQUEST, loop.create_future(), loop)
        tell([asked], [ZeroDivisionError()])
        return await asked.future  # type: ignore[misc]

    with pytest.raises(ZeroDivisionError):
        asyncio.run(one())


def test_a_loop_that_has_ended_keeps_nothing_back_from_threads() -> None:
    ended = asyncio.new_event_loop()
    lost = Asked(REQUEST, ended.create_future(), ended)
    ended.close()
    thread: Future[Outcome] = Future()
    tell([lost, Asked(REQUEST, thread)], [Done(b"1"), Done(b"2")])
    assert thread.result(0) == Done(b"2")
