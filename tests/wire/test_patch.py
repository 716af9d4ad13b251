"""Changes of a view as JSON merge patch, against the examples of RFC 7386 and against any pair of views."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.patch import diff, merge

LEAVES = st.booleans() | st.text(max_size=5) | st.integers(min_value=2)
KEYS = st.sampled_from("abcd") | st.text(max_size=3)
"""Few keys, so that two random views often share some. 0 and 1 equal booleans in Python; no field of a view is both."""


def objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(KEYS, values, max_size=5)


VALUES = st.recursive(LEAVES, lambda inner: objects(inner) | st.lists(inner, max_size=3), max_leaves=12)
VIEWS = objects(VALUES)


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merging_gives_what_the_rfc_gives(
    target: dict[str, Any], patch: dict[str, Any], result: dict[str, Any]
) -> None:
    assert merge(target, patch) == result


@given(VIEWS, VIEWS)
def test_a_view_with_its_difference_merged_is_the_new_view(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert merge(old, diff(old, new)) == new


@given(VIEWS, VIEWS, VIEWS)
def test_differences_merged_one_after_the_other_lead_to_the_last_view(
    first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    assert merge(merge(first, diff(first, second)), diff(second, third)) == third


@given(VIEWS)
def test_a_view_does_not_differ_from_itself(view: dict[str, Any]) -> None:
    assert diff(view, view) == {}


@given(VIEWS, VIEWS)
def test_merging_leaves_the_old_view_as_it_was(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = repr(old)
    merge(old, diff(old, new))
    assert repr(old) == before


def test_only_what_changed_is_in_a_difference() -> None:
    old = {"queues": {"A": {"waiting": 3, "open": True}, "B": {"waiting": 2}}, "day": "2026-11-23"}
    new = {"queues": {"A": {"waiting": 4, "open": True}, "B": {"waiting": 2}}, "day": "2026-11-23"}
    assert diff(old, new) == {"queues": {"A": {"waiting": 4}}}
