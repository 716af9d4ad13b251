"""A line is a sorted list that never changes, whatever happened before."""

from bisect import bisect_left

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.line import FULL, NOBODY, Line, Waiting

places = st.tuples(st.integers(0, 50), st.integers(0, 1000), st.sampled_from("abc"))
THOUSANDS = [(n, n, "t") for n in range(3000)]


def line_of(stand: list[Waiting]) -> Line:
    line = NOBODY
    for place in stand:
        line = line.joined(place)
    return line


@given(st.lists(places, unique=True, max_size=400), st.data())
def test_it_says_what_a_sorted_list_would_say(stand: list[Waiting], data: st.DataObject) -> None:
    line, model = line_of(stand), sorted(stand)
    for place in data.draw(st.lists(st.sampled_from(stand), unique=True)) if stand else ():
        line = line.left(place)
        model.remove(place)
    asked = data.draw(places)
    assert list(line) == model
    assert (len(line), bool(line)) == (len(model), bool(model))
    assert line.before(asked) == bisect_left(model, asked)
    assert [line[n] for n in range(len(model))] == model
    assert [line[-n - 1] for n in range(len(model))] == model[::-1]
    assert all(line.blocks)
    assert max(map(len, line.blocks), default=0) <= FULL


@given(st.permutations(range(300)))
def test_lines_of_the_same_people_are_equal_however_they_came(order: list[int]) -> None:
    line = line_of([(n, 0, "t") for n in order])
    assert line == line_of([(n, 0, "t") for n in range(300)])
    assert hash(line) == hash(line_of([(n, 0, "t") for n in range(300)]))
    assert line != line.left((7, 0, "t"))


def test_a_change_leaves_the_line_it_began_with_as_it_was() -> None:
    before = line_of(THOUSANDS)
    before.joined((1500, 9999, "t"))
    before.left((0, 0, "t"))
    assert list(before) == THOUSANDS


def test_a_change_copies_one_block_of_thousands() -> None:
    before = line_of(THOUSANDS)
    for after in (before.joined((1500, 9999, "t")), before.left((1500, 1500, "t"))):
        kept = {id(block) for block in before.blocks} & {id(block) for block in after.blocks}
        assert len(kept) == len(before.blocks) - 1


@pytest.mark.parametrize("line", [NOBODY, line_of(THOUSANDS[:5])])
def test_nobody_leaves_who_does_not_stand_there(line: Line) -> None:
    with pytest.raises(KeyError):
        line.left((2, 3, "nobody"))
    with pytest.raises(IndexError):
        line[len(line)]
    with pytest.raises(IndexError):
        line[-len(line) - 1]


def test_a_stored_line_comes_back_the_same() -> None:
    line = line_of(THOUSANDS[:500])
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(line), type=Line) == line
