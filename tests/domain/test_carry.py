"""Whatever another machine wrote can be entered here, or is refused with its reason."""

from typing import get_args

from kiosk.domain import carry, events
from kiosk.domain.events import AnyEvent


def test_every_event_has_its_way_to_be_entered() -> None:
    assert [kind for kind in get_args(AnyEvent) if kind not in carry.MOVES and kind not in carry._CARRY] == []
    assert events.TicketCalled in carry._CARRY
