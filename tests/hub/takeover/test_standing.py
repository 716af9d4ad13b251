"""A hub learns from what devices have seen that it is behind, or that another machine has taken over."""

from kiosk.hub.takeover.standing import Standing, standing
from kiosk.wire.kept import Mark

ROWS = {1: b"one", 2: b"two", 3: b"three"}


def judged(mark: Mark) -> Standing:
    return standing(mark, 2, 3, ROWS.get)


def test_a_device_that_has_seen_no_more_than_this_journal_changes_nothing() -> None:
    assert [judged(Mark(2, seq, 0, row)) for seq, row in ROWS.items()] == [Standing.FINE] * 3


def test_a_device_that_has_seen_a_row_after_the_newest_shows_a_hub_that_was_set_back() -> None:
    assert judged(Mark(2, 4, 0, b"four")) is Standing.BEHIND


def test_a_device_that_has_seen_another_row_at_the_same_place_shows_a_hub_that_went_on_after_it_was_set_back() -> None:
    assert judged(Mark(2, 2, 0, b"another")) is Standing.BEHIND


def test_a_device_that_has_seen_a_later_epoch_shows_that_another_machine_is_the_hub() -> None:
    assert judged(Mark(3, 1, 0, b"one")) is Standing.OVERTAKEN


def test_what_a_device_saw_of_the_machine_before_is_no_reason_to_stop() -> None:
    assert judged(Mark(1, 9, 0, b"nine")) is Standing.FINE
