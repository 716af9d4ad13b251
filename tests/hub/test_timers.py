"""The hub keeps the hall's timers: across a restart, each once, and again when the disk was full."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.hall import Hall
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import TicketState
from kiosk.hub import timers
from kiosk.hub.hub import Hub
from kiosk.hub.timers import Timers
from kiosk.hub.work import Done, Outcome, Request
from kiosk.ids import new_token
from kiosk.link import heartbeat
from tests.factory import Play
from tests.halls import MONDAY_8, FixedClock, demo_site, envelope

CATALOGUE = Catalogue("2026-01-01", "", "", ())


def open_hub(folder: Path, at: int) -> Hub:
    clock = FixedClock(at)
    return Hub(
        folder,
        demo_site(),
        CATALOGUE,
        clock,
        public_url=lambda: "http://hub",
        on_failure=lambda _: None,
        machine_ms=clock.machine_ms,
    )


def do(hub: Hub, command: cmd.AnyCommand) -> None:
    outcome = hub.writer.submit(Request(envelope(command, cmd.Role.SUPERVISOR), "h")).result(10)
    assert isinstance(outcome, Done), outcome


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait for what the hub does by itself; a hub that does not is stopped after a minute."""
    patience = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < patience
        time.sleep(0.02)


def state_of(hub: Hub, ticket_id: str) -> TicketState:
    ticket = hub.writer.hall.ticket(ticket_id)
    assert ticket is not None
    return ticket.state


def test_timers_that_ran_out_while_the_hub_was_off_are_carried_out_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "FIRST_S", 0.0)
    hub = open_hub(tmp_path, MONDAY_8)
    do(hub, cmd.OpenCounter(1, "nv01"))
    for ticket_id in ("t-parked", "t-away", "t-later"):
        do(hub, cmd.IssueTicket(ticket_id, new_token(), "A", confirmed=True))
        do(hub, cmd.CallNext(1, ticket_id))
        if ticket_id == "t-parked":
            do(hub, cmd.ParkTicket(ticket_id, 1, 10))
        else:
            do(hub, cmd.SendForPapers(ticket_id, 1, (0,), 20 if ticket_id == "t-away" else 300))
    hub.close()
    hub = open_hub(tmp_path, MONDAY_8 + 30 * MINUTE_MS)
    try:
        wait_for(lambda: state_of(hub, "t-parked") is TicketState.WAITING)
        wait_for(lambda: state_of(hub, "t-away") is TicketState.EXPIRED)
        assert state_of(hub, "t-later") is TicketState.AWAY
        assert hub.writer.hall.line("A", 1)[0][2] == "t-parked"
    finally:
        hub.close()


class FullDisk:
    """A writer that refuses, and remembers what it was asked."""

    def __init__(self, play: Play) -> None:
        self.play, self.asked = play, list[tuple[str, cmd.TimeUp]]()
        self.full = True

    def hall(self) -> Hall:
        return self.play.hall

    def submit(self, command_id: str, timer: cmd.TimeUp) -> Future[Outcome]:
        self.asked.append((command_id, timer))
        future: Future[Outcome] = Future()
        if not self.full:
            self.play.do(timer)
        future.set_result(Done(b"{}"))
        return future


@pytest.fixture
def disk() -> FullDisk:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    play.call(1)
    play.do(cmd.ParkTicket(ticket_id, 1, 10))
    play.pass_minutes(10)
    return FullDisk(play)


class Started:
    """In place of the event that ends the thread: notes how long each look is waited for, and ends after the third."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return len(self.waits) > 2


def test_a_hub_that_has_just_started_lets_nothing_run_out_before_its_devices_can_say_that_it_was_set_back(
    disk: FullDisk,
) -> None:
    started = Started()
    looking = Timers(disk.hall, disk.submit, lambda: disk.play.now)
    looking._closing = started  # type: ignore[assignment]  # the thread's end, played
    looking.run()
    assert started.waits == [timers.FIRST_S, timers.EVERY_S, timers.EVERY_S]
    assert timers.FIRST_S > heartbeat.EVERY_S + heartbeat.RETRY_S
    assert len(disk.asked) == 2


def test_a_timer_that_could_not_be_kept_is_sent_again_under_the_same_id_until_it_is(disk: FullDisk) -> None:
    looking = Timers(disk.hall, disk.submit, lambda: disk.play.now)
    looking.tell_what_is_due()
    disk.full = False
    looking.tell_what_is_due()
    looking.tell_what_is_due()
    assert len(disk.asked) == 2
    assert disk.asked[0] == disk.asked[1]


def test_a_clock_behind_the_hall_does_not_hold_timers_up(disk: FullDisk) -> None:
    """Hall time never falls behind what was committed."""
    disk.play.issue("A")
    Timers(disk.hall, disk.submit, lambda: 0).tell_what_is_due()
    assert len(disk.asked) == 1
