"""What a device keeps for the hub can be opened by the centre's machines only, and made up by nobody."""

import pytest

from kiosk.domain.events import SideData
from kiosk.wire.kept import KeptRow, Mark, Parcel, Seals, new_key, order_of

PARCEL = Parcel(
    1,
    "command",
    (KeptRow(7, 1_000, b'{"type":"ticket_rated/1"}', bytes(32)),),
    ((7, SideData("t1/ballot", "ballot", b"sealed", 5_000)),),
    "2026-11-23",
    "tablet",
    "hash",
    b"{}",
)
MARK = Mark(2, 7, 1_000, bytes(32), "2026-11-23", {"A": 3}, {"2026-11-24": {"B": 1}})


def test_a_parcel_and_a_mark_come_back_as_they_were() -> None:
    seals = Seals(new_key())
    assert seals.open_parcel(seals.parcel(PARCEL)) == PARCEL
    assert seals.open_mark(seals.mark(MARK)) == MARK


def test_a_device_reads_nothing_but_epoch_and_time() -> None:
    seals = Seals(new_key())
    assert b"ticket_rated" not in seals.parcel(PARCEL).encode()
    assert seals.mark(MARK).startswith("2.1000.")
    assert order_of(seals.mark(MARK)) == (2, 1000)


def test_the_same_is_never_sealed_the_same_way_so_that_nothing_can_be_compared() -> None:
    seals = Seals(new_key())
    assert seals.parcel(PARCEL) != seals.parcel(PARCEL)


@pytest.mark.parametrize("text", ["", "nonsense", "1.2.3", "AAAA", "ä", "1.2." + "A" * 200])
def test_what_was_not_sealed_here_is_nothing(text: str) -> None:
    seals = Seals(new_key())
    assert seals.open_parcel(text) is None
    assert seals.open_mark(text) is None
    assert seals.open_parcel(Seals(new_key()).parcel(PARCEL)) is None
    assert seals.open_mark(Seals(new_key()).mark(MARK)) is None
    assert seals.open_mark(seals.parcel(PARCEL)) is None


@pytest.mark.parametrize("text", ["", "x", "1", "1.", "-1.2.x", "1.²."])
def test_odd_marks_have_no_place_in_the_order(text: str) -> None:
    assert order_of(text) == (0, 0)
