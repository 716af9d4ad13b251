"""`apply(hall, recorded) -> hall`: the only way a hall changes. It reads nothing but the event (DESIGN §3)."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from kiosk.domain import apply_hall, apply_ticket, apply_visit
from kiosk.domain.acts import remembered
from kiosk.domain.events import Recorded
from kiosk.domain.hall import Hall

_APPLY: dict[type, Callable[[Hall, Any, Recorded], Hall]] = {
    **apply_hall.APPLY,
    **apply_ticket.APPLY,
    **apply_visit.APPLY,
}


def apply(hall: Hall, recorded: Recorded) -> Hall:
    """Fold one event into the hall.

    Raises:
        KeyError: the event names a ticket the hall does not hold; the journal is then not this hall's.
    """
    changed = remembered(hall, _APPLY[type(recorded.event)](hall, recorded.event, recorded), recorded)
    return replace(changed, seq=recorded.seq, at=recorded.at)


def replay(hall: Hall, journal: Iterable[Recorded]) -> Hall:
    """Fold a stretch of journal into the hall."""
    for recorded in journal:
        hall = apply(hall, recorded)
    return hall
