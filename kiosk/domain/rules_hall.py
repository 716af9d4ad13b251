"""What may be done to the day, to queues and kiosks (DESIGN §3, §4)."""

from collections.abc import Callable
from typing import Any

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.day import close_day as closing
from kiosk.domain.events import Decision, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site


def open_day(hall: Hall, site: Site, command: cmd.OpenDay, now: int) -> Decision:
    """Begin the day before the first citizen does; every wish does it by itself, so there is nothing left to do."""
    return Decision()


def close_day(hall: Hall, site: Site, command: cmd.CloseDay, now: int) -> Decision:
    """End the open day, or the one that was meant if it is still open."""
    if not hall.day or command.day not in ("", hall.day):
        return Decision()
    return Decision(closing(hall, site))


def close_queue(hall: Hall, site: Site, command: cmd.CloseQueue, now: int) -> Decision | Refused:
    """Give no more numbers for a queue until it is opened again, on whatever day that is."""
    if site.queue(command.queue) is None:
        return Refused("unknown_queue", {"queue": command.queue})
    if hall.closed_queues.get(command.queue) == command.reason:
        return Decision()
    return Decision((ev.QueueClosed(command.queue, command.reason),))


def open_queue(hall: Hall, site: Site, command: cmd.OpenQueue, now: int) -> Decision | Refused:
    """Give numbers for a queue again."""
    if site.queue(command.queue) is None:
        return Refused("unknown_queue", {"queue": command.queue})
    return Decision((ev.QueueOpened(command.queue),) if command.queue in hall.closed_queues else ())


def close_kiosk(hall: Hall, site: Site, command: cmd.CloseKiosk, now: int) -> Decision | Refused:
    """Give no more numbers at a kiosk until it is opened again."""
    if site.kiosk(command.kiosk) is None:
        return Refused("unknown_kiosk", {"kiosk": command.kiosk})
    if hall.closed_kiosks.get(command.kiosk) == command.reason:
        return Decision()
    return Decision((ev.KioskClosed(command.kiosk, command.reason),))


def open_kiosk(hall: Hall, site: Site, command: cmd.OpenKiosk, now: int) -> Decision | Refused:
    """Give numbers at a kiosk again."""
    if site.kiosk(command.kiosk) is None:
        return Refused("unknown_kiosk", {"kiosk": command.kiosk})
    return Decision((ev.KioskOpened(command.kiosk),) if command.kiosk in hall.closed_kiosks else ())


def erase_side(hall: Hall, site: Site, command: cmd.EraseSide, now: int) -> Decision:
    """Note what was forgotten, so that every copy forgets it too."""
    return Decision((ev.SideErased(command.refs),) if command.refs else ())


RULES: dict[type, Callable[[Hall, Site, Any, int], Decision | Refused]] = {
    cmd.OpenDay: open_day,
    cmd.CloseDay: close_day,
    cmd.CloseQueue: close_queue,
    cmd.OpenQueue: open_queue,
    cmd.CloseKiosk: close_kiosk,
    cmd.OpenKiosk: open_kiosk,
    cmd.EraseSide: erase_side,
}
