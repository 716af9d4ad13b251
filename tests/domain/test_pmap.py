"""A map that never changes behaves like a dict that is copied at every change."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.pmap import PMap

KEYS = st.text(max_size=3) | st.sampled_from(["a", "b", "c"])
CHANGES = st.lists(st.tuples(st.sampled_from(["put", "drop"]), KEYS, st.integers()), max_size=60)


def play(changes: list[tuple[str, str, int]]) -> tuple[PMap[int], dict[str, int]]:
    made: PMap[int] = PMap()
    model: dict[str, int] = {}
    for change, key, value in changes:
        if change == "put":
            made, model = made.put(key, value), {**model, key: value}
        else:
            made, model = made.drop(key), {k: v for k, v in model.items() if k != key}
    return made, model


@given(CHANGES)
def test_it_holds_what_a_dict_would_hold(changes: list[tuple[str, str, int]]) -> None:
    made, model = play(changes)
    assert len(made) == len(model)
    assert sorted(made.values()) == sorted(model.values())
    for key in {key for _, key, _ in changes} | {"never put"}:
        assert made.get(key) == model.get(key)


@given(CHANGES, CHANGES)
def test_two_are_equal_exactly_when_their_dicts_are(
    one: list[tuple[str, str, int]], other: list[tuple[str, str, int]]
) -> None:
    (made, model), (made_too, model_too) = play(one), play(other)
    assert (made == made_too) == (model == model_too)


@given(CHANGES, KEYS, st.integers())
def test_a_change_leaves_the_map_it_came_from_as_it_was(
    changes: list[tuple[str, str, int]], key: str, value: int
) -> None:
    before, model = play(changes)
    before.put(key, value)
    before.drop(key)
    assert before == play(changes)[0]
    assert before.get(key) == model.get(key)


@given(st.lists(st.tuples(KEYS, st.integers())))
def test_one_made_in_one_go_is_one_made_step_by_step(entries: list[tuple[str, int]]) -> None:
    step_by_step: PMap[int] = PMap()
    for key, value in entries:
        step_by_step = step_by_step.put(key, value)
    assert PMap.of(entries) == step_by_step
    assert dict(PMap.of(entries).items()) == dict(entries)


def test_it_is_not_equal_to_something_else() -> None:
    assert PMap() != {}
