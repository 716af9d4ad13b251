"""PINs: argon2id, guarded against guessing by name, by device and across restarts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from kiosk.domain.events import Refused
from kiosk.hub.access.pins import DEVICE_FORGETS_MS, HASHER, PER_DEVICE, PER_STAFF, Pins, set_pin
from kiosk.hub.access.store import AccessStore
from tests.halls import FixedClock, demo_site

WRONG = Refused("wrong_pin")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AccessStore]:
    store = AccessStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def pins(store: AccessStore, clock: FixedClock) -> Pins:
    return Pins(store, demo_site(), clock.now_ms, demo=True)


def waits(refused: Refused | None) -> int:
    """Return how many seconds someone must wait, 0 where nobody must."""
    return int(refused.params["seconds"]) if refused is not None and refused.code == "too_many_tries" else 0


def test_after_the_free_tries_the_wait_doubles_and_the_right_pin_forgives(pins: Pins, clock: FixedClock) -> None:
    assert [pins.check("nv01", "9999", n) for n in range(PER_STAFF.free)] == [WRONG] * PER_STAFF.free
    assert waits(pins.check("nv01", "0001", 99)) == PER_STAFF.first_ms // 1000
    clock.at += PER_STAFF.first_ms
    assert pins.check("nv01", "9999", 98) == WRONG
    clock.at += PER_STAFF.first_ms
    assert waits(pins.check("nv01", "0001", 99)) == PER_STAFF.first_ms // 1000
    clock.at += PER_STAFF.first_ms
    assert pins.check("nv01", "0001", 99) is None
    assert pins.check("nv01", "9999", 97) == WRONG


def test_a_device_that_tries_everybodys_name_waits_and_its_own_right_pin_does_not_help(
    pins: Pins, clock: FixedClock
) -> None:
    for n in range(PER_DEVICE.free):
        assert pins.check(f"nv0{1 + n % 6}", "9999", 5) == WRONG
        if n < PER_DEVICE.free - 1:
            assert pins.check("nv07", "0007", 5) is None
    assert waits(pins.check("nv07", "0007", 5)) == PER_DEVICE.first_ms // 1000
    assert pins.check("nv07", "0007", 6) is None
    clock.at += PER_DEVICE.first_ms + 5 * DEVICE_FORGETS_MS
    assert pins.check("nv07", "9999", 5) == WRONG
    assert pins.check("nv07", "0007", 5) is None


def test_names_nobody_has_count_for_the_device_and_take_no_room(store: AccessStore, pins: Pins) -> None:
    answers = [pins.check(f"nobody-{n}", "0000", 5) for n in range(50)]
    assert answers[: PER_DEVICE.free] == [WRONG] * PER_DEVICE.free
    assert all(waits(answer) for answer in answers[PER_DEVICE.free :])
    assert store.rows("SELECT who, tries FROM wrong_pins") == [("device 5", PER_DEVICE.free)]


def test_a_restart_does_not_give_new_tries_and_a_clock_put_back_does_not_lock_for_longer(
    store: AccessStore, pins: Pins, clock: FixedClock
) -> None:
    for n in range(PER_STAFF.free):
        pins.check("nv01", "9999", n)
    clock.at -= 24 * 3_600_000
    again = Pins(store, demo_site(), clock.now_ms, demo=True)
    assert waits(again.check("nv01", "0001", 99)) == PER_STAFF.first_ms // 1000


def test_a_pin_is_set_by_an_administrator_and_kept_as_argon2id_only(store: AccessStore, clock: FixedClock) -> None:
    pins = Pins(store, demo_site(), clock.now_ms)
    assert pins.check("nv01", "0001", 1) == WRONG
    for n in range(PER_STAFF.free):
        pins.check("nv01", "9999", n)
    set_pin(store, "nv01", "4711")
    assert pins.check("nv01", "4711", 99) is None
    (hashed,) = (row[0] for row in store.rows("SELECT hash FROM pins"))
    found = extract_parameters(hashed)
    assert (found.type, found.memory_cost, found.time_cost) == (Type.ID, HASHER.memory_cost, HASHER.time_cost)
    assert "4711" not in hashed


def test_someone_who_left_the_centre_cannot_sign_in_any_more(store: AccessStore, pins: Pins) -> None:
    set_pin(store, "nv99", "4711")
    assert pins.check("nv99", "4711", 1) == WRONG


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "１２３４", "12 34"])
def test_what_is_no_pin_cannot_be_one(store: AccessStore, pins: Pins, pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        set_pin(store, "nv01", pin)
    assert pins.check("nv01", pin, 1) == WRONG


def test_wrong_pins_where_anybody_can_type_keep_nobody_from_her_counter(pins: Pins) -> None:
    for n in range(PER_DEVICE.free):
        assert pins.check("nv01", "9999", 5, public=True) == WRONG, n
    assert waits(pins.check("nv01", "0001", 5, public=True)) == PER_DEVICE.first_ms // 1000
    assert pins.check("nv01", "0001", 6) is None
