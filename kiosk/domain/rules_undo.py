"""Taking back the last action at a counter, for some seconds and while nothing has touched it since (DESIGN §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.acts import is_untouched
from kiosk.domain.checks import known_counter
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.rules_counter import bound_to, counter_of
from kiosk.domain.site import Site


def undo(hall: Hall, site: Site, command: cmd.Undo, now: int) -> Decision | Refused:
    """Restore what was before the last action at a counter; only one step back."""
    counter = known_counter(hall, site, command.counter)
    if isinstance(counter, Refused):
        return counter
    act = hall.acts.get(counter.number)
    if act is None:
        return Refused("nothing_to_undo", {"counter": counter.number})
    if now - act.at > site.rules.undo_ms:
        return Refused("undo_too_late", {"seconds": site.rules.undo_ms // 1000})
    if not is_untouched(hall, act) or not _is_possible(hall, act.counter_before):
        return Refused("undo_touched", {"counter": counter.number})
    return Decision((ev.ActionUndone(counter.number, act.seq),))


def _is_possible(hall: Hall, before: Counter) -> bool:
    """Tell whether a counter can be what it was: its clerk sits nowhere else, and nobody waits at an empty desk."""
    if before.state is CounterState.CLOSED:
        return not bound_to(hall, before.number)
    sits_at = counter_of(hall, before.staff) if before.staff is not None else None
    return sits_at is None or sits_at.number == before.number


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {cmd.Undo: undo}
