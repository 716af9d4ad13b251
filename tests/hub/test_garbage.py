"""Garbage is looked for when the hall rests: never between two tickets, and once for each rest."""

import gc
import weakref

import pytest

from kiosk.hub.garbage import NEVER, QuietCollector


class Ring:
    """An object that holds itself: only a look through all objects frees it."""

    def __init__(self) -> None:
        self.me = self


def test_a_ring_that_has_grown_old_goes_in_the_first_quiet_moment_and_not_before() -> None:
    with QuietCollector() as garbage:
        ring = Ring()
        gc.collect(1)
        alive = weakref.ref(ring)
        del ring
        assert not garbage.sweep(7)
        assert alive() is not None, "in a rush nobody stops for it"
        assert garbage.sweep(7)
        assert alive() is None


def test_a_hall_in_a_rush_is_never_stopped() -> None:
    with QuietCollector() as garbage:
        assert not any(garbage.sweep(seq) for seq in range(1, 100))


def test_a_hall_that_goes_on_resting_is_looked_through_once() -> None:
    with QuietCollector() as garbage:
        assert [garbage.sweep(7) for _ in range(5)] == [False, True, False, False, False]
        assert [garbage.sweep(9) for _ in range(3)] == [False, True, False]


def test_a_hall_without_a_row_has_nothing_to_tidy() -> None:
    with QuietCollector() as garbage:
        assert not garbage.sweep(0)


def test_no_look_through_everything_comes_by_itself_while_it_works() -> None:
    with QuietCollector():
        assert gc.get_threshold()[2] == NEVER


def test_afterwards_all_is_as_it_was_before_whatever_happened() -> None:
    before = gc.get_threshold()

    def broken() -> None:
        with QuietCollector():
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_two_machines_in_one_process_leave_all_as_it_was_in_whatever_order_they_end() -> None:
    before = gc.get_threshold()
    first, second = QuietCollector(), QuietCollector()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[2] == NEVER
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
