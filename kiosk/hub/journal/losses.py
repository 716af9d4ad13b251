"""What could not be recovered, ticket by ticket (DESIGN §6): for the supervisor, the log, and whoever asks later."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from kiosk.domain import events as ev
from kiosk.domain.events import Recorded, Refused
from kiosk.domain.hall import Hall
from kiosk.domain.numbers import PRACTICE
from kiosk.domain.site import Site
from kiosk.domain.ticket import number_text
from kiosk.wire.kept import Mark, Parcel
from kiosk.wire.views import Answer

NUMBER = "number"
"""A number the other machine had given, and no device has its ticket: its citizen may or may not have been told."""
UNREADABLE = "unreadable"


Number = tuple[str, str, int]
"""(day, queue, ordinal)."""


class Loss(Struct, frozen=True, omit_defaults=True):
    """Something a person was told, and this journal does not say."""

    what: str
    """The event's name without its version, such as "ticket_called", or `NUMBER`."""
    at: int
    """Hall time (UTC ms) at which it happened; of a number: by when it had been given."""
    number: str = ""
    queue: str = ""
    counter: int | None = None
    why: str = ""
    """Code of the reason for which it could not be entered."""
    command: str = ""
    day: str = ""
    """Of a number: the day it was given for."""


class Report(Struct, frozen=True, omit_defaults=True):
    """How a recovery went. Times are UTC ms of this machine's clock."""

    epoch: int
    reason: str
    began_at: int
    ended_at: int
    continued: int = 0
    """Rows given back that continued the journal, appended as they were."""
    entered: tuple[str, ...] = ()
    """Commands given back that were entered as facts, by id."""
    missing_rows: int = 0
    """Rows the other machine had written, beyond these, that nobody gave back."""
    losses: tuple[Loss, ...] = ()
    silent: tuple[str, ...] = ()
    """Devices that were known and gave nothing back before the window was over."""


def lost_command(hall: Hall, parcel: Parcel, events: tuple[Recorded, ...], why: Refused) -> Loss:
    """Name a command that could not be entered.

    Args:
        hall: this hall, which may know the ticket.
        parcel: what was given back.
        events: its events; none where they cannot be read.
        why: what is in the way.
    """
    at = parcel.rows[-1].at
    answered = _answer(parcel)
    ticket = answered.ticket if answered else None
    if not events:
        return Loss(
            UNREADABLE, at, ticket.number if ticket else "", ticket.queue if ticket else "", command=parcel.command_id
        )
    event = events[-1].event
    known = hall.ticket(str(getattr(event, "ticket_id", "")))
    number = getattr(event, "number", "") or (known.number if known else ticket.number if ticket else "")
    queue = getattr(event, "queue", "") or (known.queue if known else ticket.queue if ticket else "")
    what = str(type(event).__struct_config__.tag).partition("/")[0]
    return Loss(what, at, number, queue, getattr(event, "counter", None), why.code, parcel.command_id)


def numbers_in(hall: Hall, events: Iterable[Recorded]) -> set[Number]:
    """Return the numbers that events give; the hall knows the queues of tickets that were there before."""
    given = set()
    for one in events:
        event = one.event
        if isinstance(event, ev.TicketIssued | ev.TicketWaiting):
            given.add((event.day, event.queue, event.ordinal))
        elif isinstance(event, ev.TicketArrived | ev.TicketDeferred):
            ticket = hall.ticket(event.ticket_id)
            given.add((event.day, ticket.queue if ticket else "", event.ordinal))
    return {number for number in given if number[1] and number[2]}


def lost_numbers(
    site: Site, known: Mapping[str, Mapping[str, int]], found: set[Number], marks: Iterable[Mark]
) -> tuple[Loss, ...]:
    """Name numbers that had been given, as marks tell, and are in no row that was kept or given back.

    Args:
        site: the centre, for how its numbers are written.
        known: last numbers of the journal before the recovery, by day and queue.
        found: numbers in rows that were given back.
        marks: what devices had seen.
    """
    given_by: dict[Number, int] = {}
    for mark in sorted(marks, key=lambda m: m.at, reverse=True):
        for day, numbers in {**mark.ahead, mark.day: mark.ordinals}.items():
            for queue, last in numbers.items():
                if queue == PRACTICE:
                    continue  # nobody waits with it
                setup = site.queue(queue)
                before = known.get(day, {}).get(queue, setup.first - 1 if setup else 0)
                for ordinal in range(before + 1, last + 1):
                    given_by[day, queue, ordinal] = mark.at
    return tuple(
        Loss(NUMBER, at, _number(site, queue, ordinal), queue, day=day)
        for (day, queue, ordinal), at in sorted(given_by.items())
        if (day, queue, ordinal) not in found
    )


def _number(site: Site, queue_id: str, ordinal: int) -> str:
    queue = site.queue(queue_id)
    return number_text((queue.prefix if queue else None) or queue_id, ordinal)


def _answer(parcel: Parcel) -> Answer | None:
    try:
        return msgspec.json.decode(parcel.answer, type=Answer)
    except msgspec.MsgspecError:
        return None
