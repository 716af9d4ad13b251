"""Whole centres in virtual time: whatever breaks, in whatever order, every promise of the hub is kept."""

import pytest

from tools.simulate.command import play, told

SEEDS, MANY_SEEDS = 200, 10_000


def broken(first: int, count: int) -> list[str]:
    return [told(result) for result in play(range(first, first + count)) if result.broken]


def test_in_two_hundred_centres_every_invariant_holds() -> None:
    assert broken(0, SEEDS) == []


@pytest.mark.long
def test_in_ten_thousand_centres_every_invariant_holds() -> None:
    assert broken(SEEDS, MANY_SEEDS) == []
