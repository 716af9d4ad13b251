"""Whole centres in virtual time: whatever breaks, in whatever order, every promise of the hub is kept."""

import pytest

from tools.simulate.command import play, told
from tools.simulate.run import run_seed

SEEDS, MANY_SEEDS = 200, 10_000
FOUND = {
    26: "the voice called a number again after a break, once the clock had been set back",
    46: "a kiosk's paper of yesterday, sent again as the first thing of a day, was taken for a new ticket",
    56: "a fact done before the day's first wish was done again after the day had turned: its answer was forgotten",
    177: "the answer to a fact that came before the centre's first day was forgotten when that day began",
}
"""Seeds that broke a promise when they were first played, and what they found; beyond the two hundred they are kept
here, and what was wrong has a test of its own besides: as the simulation grows, a seed comes to play another day."""


def broken(first: int, count: int) -> list[str]:
    return [told(result) for result in play(range(first, first + count)) if result.broken]


def test_in_two_hundred_centres_every_invariant_holds() -> None:
    assert broken(0, SEEDS) == []


@pytest.mark.long
def test_in_ten_thousand_centres_every_invariant_holds() -> None:
    assert broken(SEEDS, MANY_SEEDS) == []


@pytest.mark.parametrize("seed", FOUND)
def test_what_a_seed_found_once_is_found_no_more(seed: int) -> None:
    result = run_seed(seed)
    assert not result.broken, told(result)
