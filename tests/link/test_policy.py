"""What a device makes of an answer, and of a stream's messages, without a network."""

import pytest

from kiosk.link.follower import GapError, ViewFold
from kiosk.link.policy import FactIs, fact_after, understood


def message(kind: str, number: str, data: str) -> dict[str, str]:
    return {"id": number, "event": kind, "data": data, "time": "0"}


@pytest.mark.parametrize(
    ("status", "told", "meant"),
    [
        (200, {"command": "c-1"}, 200),
        (200, {"command": "c-2"}, 0),
        (200, {}, 0),
        (409, {"code": "wrong_state"}, 409),
        (404, {"detail": "Not Found"}, 0),
        (503, {"code": "outcome_unknown"}, 0),
        (0, {}, 0),
    ],
)
def test_only_the_hub_names_the_command_or_why_it_was_not_done(status: int, told: dict[str, str], meant: int) -> None:
    assert understood("c-1", status, told).status == meant


@pytest.mark.parametrize(
    ("status", "told", "becomes"),
    [
        (200, {"command": "c-1"}, FactIs.TAKEN),
        (503, {"code": "outcome_unknown"}, FactIs.WAITING),
        (507, {"code": "storage_full"}, FactIs.WAITING),
        (401, {"code": "not_signed_in"}, FactIs.WAITING),
        (404, {"code": "unknown_ticket"}, FactIs.QUARANTINED),
    ],
)
def test_a_fact_leaves_only_when_the_hub_has_taken_it(status: int, told: dict[str, str], becomes: FactIs) -> None:
    assert fact_after(understood("c-1", status, told)) is becomes


def test_a_view_is_folded_change_by_change() -> None:
    fold = ViewFold()
    assert fold.take(message("view", "1.4", '{"a":1,"b":{"c":2}}')) == {"a": 1, "b": {"c": 2}}
    assert fold.take(message("change", "1.5", '{"a":null,"b":{"d":3}}')) == {"b": {"c": 2, "d": 3}}


@pytest.mark.parametrize("number", ["1.4", "1.6", "2.5"])
def test_a_change_that_does_not_follow_is_a_gap(number: str) -> None:
    fold = ViewFold()
    fold.take(message("view", "1.4", "{}"))
    with pytest.raises(GapError):
        fold.take(message("change", number, "{}"))


def test_a_connection_that_does_not_begin_with_a_view_is_a_gap() -> None:
    with pytest.raises(GapError):
        ViewFold().take(message("change", "1.1", "{}"))
