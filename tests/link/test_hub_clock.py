"""A device keeps hub time: what the hub said last, carried on by a clock that nobody sets."""

from kiosk.link.hub_clock import HubClock
from tests.halls import FixedClock


def test_before_the_hub_is_heard_the_devices_own_clock_counts() -> None:
    assert HubClock(FixedClock(5000)).now_ms() == 5000


def test_hub_time_goes_on_by_itself_and_a_wrong_wall_clock_does_not_matter() -> None:
    wall, monotonic = FixedClock(10**13), [100.0]
    clock = HubClock(wall, lambda: monotonic[0])
    clock.heard(1_795_395_600_000)
    monotonic[0] += 2.5
    wall.at += 999_999
    assert clock.now_ms() == 1_795_395_602_500
    clock.heard(1_795_395_700_000)
    assert clock.now_ms() == 1_795_395_700_000
