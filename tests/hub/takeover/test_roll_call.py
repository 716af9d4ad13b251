"""The recovery window is over when every known device is back, or when its time is."""

from kiosk.hub.takeover.roll_call import RollCall
from kiosk.wire.kept import Mark, Parcel


def test_it_waits_for_every_known_device_and_no_longer() -> None:
    call = RollCall(["a", "b"], began_at=1000, window_ms=500)
    call.take("a", (), complete=True)
    assert (call.silent, call.left_ms(1100)) == (("b",), 400)
    call.take("b", (), complete=False)
    assert call.left_ms(1100) == 400
    call.take("b", (), complete=True)
    assert call.left_ms(1100) == 0


def test_it_does_not_wait_for_ever_and_names_who_did_not_come() -> None:
    call = RollCall(["a", "b"], began_at=1000, window_ms=500)
    call.take("a", (), complete=True)
    assert call.left_ms(1500) == 0
    assert call.given_back().silent == ("b",)


def test_where_nobody_is_known_the_whole_window_is_kept() -> None:
    call = RollCall([], began_at=1000, window_ms=500)
    call.take("stranger", (), complete=True)
    assert [call.left_ms(now) for now in (1000, 1499, 1500)] == [500, 1, 0]


def test_the_same_given_back_twice_counts_once_and_the_highest_mark_of_a_device_counts() -> None:
    call = RollCall([], began_at=0)
    for seq in (2, 5, 3):
        call.heard("a", Mark(1, seq, 0, b""))
        call.take("a", [Parcel(1, "command", ())], complete=False)
    call.heard("a", None)
    given_back = call.given_back()
    assert [mark.seq for mark in given_back.marks] == [5]
    assert [parcel.command_id for parcel in given_back.parcels] == ["command"]
