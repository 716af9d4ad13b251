"""What a machine is when it starts: its journal's file says it, and whether it is told to follow."""

import pytest

from kiosk.hub.takeover.phase import Kind, Phase, started_as

D, R, F, S = Kind.DECIDING, Kind.RECOVERING, Kind.FOLLOWING, Kind.STEPPED_DOWN


@pytest.mark.parametrize(
    ("was", "follows", "has_rows", "starts_as"),
    [
        (D, False, False, D),
        (D, False, True, D),
        (D, True, True, D),  # promoted, and started as it always was
        (D, True, False, F),  # a new standby that has copied nothing yet
        (F, True, True, F),
        (F, False, True, S),  # a copy, and nobody to follow: it must not decide
        (S, True, True, F),
        (S, False, True, S),
        (R, False, True, R),
        (R, True, True, R),  # it died while it recovered: it goes on with that
    ],
)
def test_a_machine_starts_as_what_it_was_unless_it_is_told_to_follow_with_nothing_of_its_own(
    was: Kind, follows: bool, has_rows: bool, starts_as: Kind
) -> None:
    assert started_as(Phase(was), follows=follows, has_rows=has_rows) is starts_as
