"""Whoever sets the machine's clock, hall time goes on, evenly and never backwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.site import DAY_MS
from kiosk.hub.hall_clock import HallClock, Jump
from kiosk.hub.hub import Hub
from tests.halls import MONDAY_8, FixedClock, issue_body
from tests.hub.inside import CATALOGUE, Web, demo_site

HOUR_MS = 3_600_000


class Machine:
    """A wall clock and the clock nobody sets, with the hall clock over both."""

    def __init__(self) -> None:
        self.wall, self.ran_ms = FixedClock(MONDAY_8), 0
        self.jumps: list[Jump] = []
        self.clock = HallClock(self.wall, lambda: self.ran_ms, self.jumps.append)

    def pass_ms(self, ms: int) -> None:
        self.wall.at += ms
        self.ran_ms += ms


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_while_nobody_sets_the_clock_hall_time_is_the_walls(machine: Machine) -> None:
    for ms in (0, 1, 40_000):
        machine.pass_ms(ms)
        assert machine.clock.now_ms() == machine.wall.at
    assert machine.jumps == []


def test_set_back_an_hour_hall_time_goes_on_as_if_nothing_had_happened(machine: Machine) -> None:
    machine.clock.now_ms()
    machine.wall.at -= HOUR_MS
    machine.pass_ms(5_000)
    assert machine.clock.now_ms() == MONDAY_8 + 5_000
    machine.pass_ms(5_000)
    assert machine.clock.now_ms() == MONDAY_8 + 10_000
    assert machine.jumps == [Jump(MONDAY_8 + 5_000, MONDAY_8 + 5_000 - HOUR_MS)]


def test_set_right_again_hall_time_is_the_walls_again(machine: Machine) -> None:
    for by_ms in (-HOUR_MS, HOUR_MS):
        machine.wall.at += by_ms
        machine.pass_ms(1_000)
        machine.clock.now_ms()
    assert machine.clock.now_ms() == machine.wall.at == MONDAY_8 + 2_000
    assert len(machine.jumps) == 2


def test_set_forward_by_hours_hall_time_follows(machine: Machine) -> None:
    machine.wall.at += 3 * HOUR_MS
    assert machine.clock.now_ms() == MONDAY_8 + 3 * HOUR_MS
    assert machine.clock.refused is None


def test_set_forward_by_more_than_a_day_it_waits_for_a_supervisor(machine: Machine) -> None:
    machine.wall.at += 400 * DAY_MS
    machine.pass_ms(1_000)
    assert machine.clock.now_ms() == MONDAY_8 + 1_000
    assert machine.clock.refused == Jump(MONDAY_8 + 1_000, MONDAY_8 + 1_000 + 400 * DAY_MS)
    assert machine.clock.accept() == machine.jumps[0]
    assert machine.clock.now_ms() == MONDAY_8 + 1_000 + 400 * DAY_MS
    assert machine.clock.accept() is None


def test_a_wrong_year_that_is_set_right_needs_no_supervisor(machine: Machine) -> None:
    for by_ms in (400 * DAY_MS, -400 * DAY_MS):
        machine.wall.at += by_ms
        machine.pass_ms(1_000)
        machine.clock.now_ms()
    assert machine.clock.refused is None
    assert machine.clock.now_ms() == machine.wall.at


def test_small_corrections_of_the_network_are_no_jumps_and_never_turn_back(machine: Machine) -> None:
    machine.clock.now_ms()
    machine.wall.at -= 300
    assert machine.clock.now_ms() == MONDAY_8
    machine.pass_ms(1_000)
    assert machine.clock.now_ms() == MONDAY_8 + 700
    assert machine.jumps == []


def test_a_machine_that_is_held_up_between_its_two_clocks_has_not_set_one(machine: Machine) -> None:
    held_up = iter([0, 7_000, 0, 0, 30_000])

    def read_late() -> int:
        machine.pass_ms(next(held_up, 0))
        return machine.ran_ms

    machine.clock._machine_ms = read_late
    assert [machine.clock.now_ms() for _ in range(3)] == [MONDAY_8 + 7_000, MONDAY_8 + 37_000, MONDAY_8 + 37_000]
    assert machine.jumps == []


def test_a_clock_set_back_while_no_hub_ran_is_noticed_at_the_start(machine: Machine) -> None:
    machine.clock.begin(MONDAY_8 + HOUR_MS)
    machine.pass_ms(2_000)
    assert machine.clock.now_ms() == MONDAY_8 + HOUR_MS + 2_000
    assert machine.jumps == [Jump(MONDAY_8 + HOUR_MS, MONDAY_8)]


@given(st.lists(st.tuples(st.integers(-5 * DAY_MS, 5 * DAY_MS), st.integers(0, HOUR_MS)), max_size=12))
def test_whatever_is_set_hall_time_never_falls_and_never_stands_still(steps: list[tuple[int, int]]) -> None:
    machine = Machine()
    last = machine.clock.now_ms()
    for by_ms, passed in steps:
        machine.wall.at += by_ms
        machine.clock.now_ms()
        before = machine.clock.now_ms()
        machine.pass_ms(passed)
        now = machine.clock.now_ms()
        assert now >= last
        assert now >= before + passed - 2_000 * len(steps)
        last = now


# --- in a hub


@pytest.fixture
def wall() -> FixedClock:
    return FixedClock()


@pytest.fixture
def web(tmp_path: Path, wall: FixedClock) -> Iterator[Web]:
    hub = Hub(
        tmp_path,
        demo_site(),
        CATALOGUE,
        wall,
        public_url=lambda: "http://hub",
        on_failure=lambda _: None,
        dev=True,
        machine_ms=wall.machine_ms,
    )
    yield Web(hub)
    hub.close()


def hub_time(web: Web) -> int:
    return int(web.get("", "/healthz").json()["hub_time"])


def test_after_the_clock_was_set_back_an_hour_wishes_are_heard_and_late_ones_refused(
    web: Web, wall: FixedClock
) -> None:
    web.open(1)
    first = web.post("kiosk", "/v1/tickets", issue_body())
    wall.at -= HOUR_MS
    told = hub_time(web)
    assert told >= MONDAY_8
    late = web.send("counter", "/v1/counters/1/call", {"not_after": told - 1_000})
    assert late.json()["code"] == "too_late"
    called = web.post("counter", "/v1/counters/1/call", {"not_after": told + 5_000})
    assert called["ticket"]["id"] == first["ticket"]["id"]


def test_a_jump_of_more_than_a_day_is_followed_when_a_supervisor_says_so(web: Web, wall: FixedClock) -> None:
    web.open(1)
    assert "clock_held_back_ms" not in web.get("supervisor", "/v1/hall").json()
    wall.at += 30 * DAY_MS
    assert hub_time(web) < MONDAY_8 + DAY_MS
    assert web.get("supervisor", "/v1/hall").json()["clock_held_back_ms"] == 30 * DAY_MS
    assert web.get("supervisor", "/healthz").json()["clock"]["after"] >= MONDAY_8 + 30 * DAY_MS
    assert web.send("supervisor", "/v1/clock/accept", {}).json()["code"] == "staff_not_signed_in"
    web.sign_in()
    assert web.send("supervisor", "/v1/clock/accept", {}).json() == {"accepted": True}
    assert hub_time(web) >= MONDAY_8 + 30 * DAY_MS
    assert "clock" not in web.get("supervisor", "/healthz").json()
    assert "clock_held_back_ms" not in web.get("supervisor", "/v1/hall").json()
    assert web.send("supervisor", "/v1/clock/accept", {}).json() == {"accepted": False}
