"""Identifiers made where a person acts."""

import re
import uuid

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ids import TOKEN_BITS, new_token, uuid7
from tests.factory import MORNING

MOMENTS = st.integers(0, 2**48 - 1)


@given(MOMENTS)
def test_an_id_is_a_uuid_of_version_seven_that_tells_its_moment(now_ms: int) -> None:
    made = uuid.UUID(uuid7(now_ms))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == now_ms


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_the_moment_they_were_made_at(one: int, other: int) -> None:
    if one != other:
        assert (uuid7(one) < uuid7(other)) == (one < other)


def test_ids_of_one_moment_differ() -> None:
    assert len({uuid7(MORNING) for _ in range(1000)}) == 1000


def test_a_token_is_eighty_random_bits_in_sixteen_letters_that_cannot_be_misread() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert TOKEN_BITS == 80
    assert all(re.fullmatch("[0-9abcdefghjkmnpqrstvwxyz]{16}", token) for token in tokens)


def test_every_letter_of_the_alphabet_comes_at_every_place_of_a_token() -> None:
    tokens = [new_token() for _ in range(2000)]
    assert all(len({token[place] for token in tokens}) == 32 for place in range(16))
