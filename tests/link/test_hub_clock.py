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


def test_a_word_that_waited_on_its_way_does_not_turn_time_back() -> None:
    monotonic = [100.0]
    clock = HubClock(FixedClock(0), lambda: monotonic[0])
    clock.heard(1_000_000)
    monotonic[0] += 60
    clock.heard(1_020_000, anew=False)
    assert clock.now_ms() == 1_060_000
    clock.heard(1_070_000, anew=False)
    assert clock.now_ms() == 1_070_000


def test_a_new_connection_is_believed_whatever_was_heard_before() -> None:
    monotonic = [100.0]
    clock = HubClock(FixedClock(0), lambda: monotonic[0])
    clock.heard(9_000_000)
    clock.heard(1_000_000)
    assert clock.now_ms() == 1_000_000
