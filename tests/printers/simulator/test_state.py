import pytest

from printers.simulator.machine import with_state
from printers.simulator.state import ReceiverState, sensor_byte, status_back, status_byte

OUT, LOW, COVER = ReceiverState.PAPER_OUT, ReceiverState.PAPER_LOW, ReceiverState.COVER_OPEN
CUTTER, HOT, OFFLINE = ReceiverState.CUTTER_JAMMED, ReceiverState.OVERHEATED, ReceiverState.OFFLINE

# Single states as measured (PLATFORM §4), the others by the bits of Epson's reference.
BYTES = [
    (set(), "16 12 12 12", "14 00 00 0f"),
    ({LOW}, "16 12 12 1e", "14 00 03 0f"),
    ({OUT}, "1e 32 12 7e", "1c 00 0f 0f"),
    ({COVER}, "1e 16 12 12", "3c 00 00 0f"),
    ({OFFLINE}, "1e 12 12 12", "1c 00 00 0f"),
    ({CUTTER}, "1e 52 1a 12", "1c 08 00 0f"),
    ({HOT}, "1e 52 52 12", "1c 40 00 0f"),
    ({OUT, COVER}, "1e 36 12 7e", "3c 00 0f 0f"),
    ({CUTTER, LOW}, "1e 52 1a 1e", "1c 08 03 0f"),
]


@pytest.mark.parametrize(("states", "answers", "by_itself"), BYTES)
def test_a_state_is_said_in_epsons_bits(states: set[ReceiverState], answers: str, by_itself: str) -> None:
    assert bytes(status_byte(number, states) for number in (1, 2, 3, 4)) == bytes.fromhex(answers)
    assert status_back(states) == bytes.fromhex(by_itself)


@pytest.mark.parametrize(("states", "answers", "by_itself"), BYTES)
def test_bytes_can_be_told_apart_by_their_fixed_bits(states: set[ReceiverState], answers: str, by_itself: str) -> None:
    assert all(status_byte(number, states) & 0x93 == 0x12 for number in (1, 2, 3, 4))
    first, *rest = status_back(states)
    assert first & 0x93 == 0x10
    assert all(byte & 0x90 == 0 for byte in rest)


def test_the_sensors_are_asked_one_by_one() -> None:
    assert sensor_byte(1, {LOW}) == b"\x03"
    assert sensor_byte(ord("1"), {OUT}) == b"\x0f"
    assert sensor_byte(2, set()) == b"\x01"
    assert sensor_byte(7, set()) == b""


def test_a_roll_is_low_or_out_and_other_things_add_up() -> None:
    assert with_state({LOW, COVER}, OUT, begins=True) == {OUT, COVER}
    assert with_state({OUT}, LOW, begins=True) == {LOW}
    assert with_state({OUT, COVER}, COVER, begins=False) == {OUT}
    assert with_state({LOW}, OUT, begins=False) == {LOW}
