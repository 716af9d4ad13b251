"""What is noted of the machine itself: its clock was set, or another one carries the journal on (DESIGN §3, §6)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site


def note_clock(hall: Hall, site: Site, command: cmd.NoteClock, now: int) -> Decision | Refused:
    """A jump of the clock is an event, never a reordering."""
    return Decision((ev.ClockJumped(command.before, command.after, command.staff),))


def begin_epoch(hall: Hall, site: Site, command: cmd.BeginEpoch, now: int) -> Decision | Refused:
    """Another machine decides from here on."""
    return Decision((ev.EpochBegan(command.epoch, command.reason, command.ordinals, command.ahead),))


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.NoteClock: note_clock,
    cmd.BeginEpoch: begin_epoch,
}
