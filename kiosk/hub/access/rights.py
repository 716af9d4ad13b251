"""What a device and the person at it may do: one place for every route (DESIGN §9; docs/decisions/0008).

In two halves. `Rights` looks at who asks, and at nothing that changes while the hall goes on: a command that is sent
again gets the same answer. `refused_in_hall` looks at the hall; the writer asks it after it has looked for an earlier
answer.
"""

from collections.abc import Callable

from msgspec import Struct

from kiosk.domain.commands import AbandonTicket, AnyCommand, MarkPrinted, OpenCounter, RateTicket, Role
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import AT_COUNTER
from kiosk.hub.access.devices import Device, Devices
from kiosk.hub.access.sessions import Sessions

CLERK, SUPERVISOR = "clerk", "supervisor"
"""Roles of staff, as the site file names them."""
STAFF_ROLES: dict[Role, str] = {Role.COUNTER: CLERK, Role.SUPERVISOR: SUPERVISOR}
"""Devices whose commands need a person: a clerk signed in at the counter, or a supervisor whose PIN was right."""


class Who(Struct, frozen=True):
    """Who asks: a device, and at a supervisor's the person signed in."""

    device: Device
    staff: str = ""


class Rights:
    """Looks at who asks. Cheap enough for every request: nothing here reads a file."""

    def __init__(self, devices: Devices, sessions: Sessions, site: Site) -> None:
        self._devices, self._sessions, self._site = devices, sessions, site

    def admit(self, authorization: str, roles: frozenset[Role]) -> Device | Refused:
        """Return the device behind an Authorization header if it has one of these roles."""
        device = self._devices.of(authorization)
        if device is None:
            return Refused("not_signed_in")
        return device if device.role in roles else Refused("wrong_role")

    def allow(self, device: Device, command: AnyCommand, session: str = "") -> Who | Refused:
        """Tell whether an admitted device may send a command; `session` is the header `Moi-Staff`."""
        if (wrong := _wrong_number(device, command)) is not None:
            return wrong
        if isinstance(command, OpenCounter):
            staff = self._site.staff_member(command.staff)
            if staff is not None and CLERK not in staff.roles:
                return Refused("wrong_staff_role")
        if device.role is not Role.SUPERVISOR:
            return Who(device)
        return self.signed_in(device, session)

    def signed_in(self, device: Device, session: str) -> Who | Refused:
        """Return the supervisor who is signed in at a device."""
        staff_id = self._sessions.staff_of(device.id, session)
        if staff_id is None:
            return Refused("staff_not_signed_in")
        refused = self.is_supervisor(staff_id)
        return refused if refused is not None else Who(device, staff_id)

    def is_supervisor(self, staff_id: str) -> Refused | None:
        """Tell whether a member of staff may act as a supervisor; a stranger learns nothing here."""
        staff = self._site.staff_member(staff_id)
        return Refused("wrong_staff_role") if staff is not None and SUPERVISOR not in staff.roles else None

    def place(self, device: Device, asked: str) -> int | Refused:
        """Return whose view a counter's or tablet's is: its own counter's, or what a development token asks for."""
        if not asked:
            return device.number if device.number is not None else Refused("counter_missing")
        if not asked.isdecimal():
            return Refused("counter_missing")
        number = int(asked) if len(asked) <= COUNTER_DIGITS else None
        if number is None or self._site.counter(number) is None:
            return Refused("unknown_counter")
        if device.number not in (None, number):
            return Refused("wrong_number", {"number": device.number or 0})
        return number


COUNTER_DIGITS = 4
"""Digits of a counter's number that are read at all: Python refuses to read past 4300."""


def refused_in_hall(
    hall: Hall, site: Site, role: Role, number: int | None, command: AnyCommand, visited: Callable[[str, int], bool]
) -> Refused | None:
    """Tell why a device may not do this in the hall as it is; None where it may, and the hall's own rules decide.

    Args:
        hall: as all earlier commands left it.
        site: the centre's set-up.
        role: the device's.
        number: the device's; None serves any.
        command: what it wants.
        visited: tells whether a ticket of any day was ever at a counter; asked only where the hall does not say so.
    """
    ticket = hall.ticket(str(getattr(command, "ticket_id", "")))
    match role:
        case Role.COUNTER:
            desk = number if number is not None else getattr(command, "counter", None)
            if desk is None or site.counter(desk) is None or isinstance(command, OpenCounter):
                return None
            if hall.counter(desk).state is CounterState.CLOSED:
                return Refused("counter_not_open", {"counter": desk})
            if ticket is not None and ticket.state in AT_COUNTER and ticket.counter != desk:
                return Refused("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
        case Role.TABLET if number is not None and isinstance(command, RateTicket):
            # A ballot may come when its visit's end was taken back and the ticket is elsewhere, or on another day.
            here = ticket is not None and ticket.counter == number
            if not here and not visited(command.ticket_id, number):
                return Refused("unknown_ticket") if ticket is None else Refused("wrong_number", {"number": number})
        case Role.KIOSK if number is not None and isinstance(command, MarkPrinted | AbandonTicket):
            asked = hall.reprints.get(command.ticket_id) if isinstance(command, MarkPrinted) else None
            if ticket is not None and number not in (ticket.kiosk, asked.kiosk if asked is not None else None):
                return Refused("wrong_number", {"number": number})
    return None


def _wrong_number(device: Device, command: AnyCommand) -> Refused | None:
    """Hold a numbered device to its number, in every command that names one."""
    if device.number is None:
        return None
    field = {Role.COUNTER: "counter", Role.KIOSK: "kiosk"}.get(device.role, "")
    if getattr(command, field, device.number) != device.number:
        return Refused("wrong_number", {"number": device.number})
    return None
