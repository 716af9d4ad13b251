"""Changes of a hall that several events have in common."""

from msgspec.structs import replace

from kiosk.domain.events import Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import AT_COUNTER, Ticket, TicketState

Numbers = dict[str, int]
"""Last number given, by queue."""


def held(hall: Hall, ticket_id: str) -> Ticket:
    """Return a ticket that an event names.

    Raises:
        KeyError: the hall does not hold it.
    """
    ticket = hall.tickets.get(ticket_id)
    if ticket is None:
        raise KeyError(ticket_id)
    return ticket


def numbered(hall: Hall, queue: str, ordinal: int, *, counts: bool) -> Hall:
    """Note that a number of today was given; `ordinal` 0 is one of another series, or was promised before.

    One that does not count is practice, or of a day that is over. One that comes in late, below the mark of a new
    epoch, does not take the count back.
    """
    return replace(
        hall,
        ordinals={**hall.ordinals, queue: max(ordinal, hall.ordinals.get(queue, 0))} if ordinal else hall.ordinals,
        given={**hall.given, queue: hall.given.get(queue, 0) + counts},
        issued=hall.issued + counts,
    )


def given_back(hall: Hall, ticket: Ticket) -> Hall:
    """Let a number that nobody ever held count for no quota."""
    given, persons = hall.given, hall.persons
    if ticket.day == hall.day and not ticket.training:
        given = {**given, ticket.queue: given.get(ticket.queue, 0) - 1}
    if ticket.person_ref in persons and not ticket.training:
        persons = {**persons, ticket.person_ref: persons[ticket.person_ref] - 1}
    return replace(hall, given=given, persons=persons)


def promised(hall: Hall, day: str, queue: str, ordinal: int) -> Hall:
    """Note that a number of a coming day was given; `ordinal` 0 is one of another series."""
    if not ordinal:
        return hall
    numbers = hall.ordinals_ahead.get(day, {})
    numbers = {**numbers, queue: max(ordinal, numbers.get(queue, 0))}
    return replace(hall, ordinals_ahead={**hall.ordinals_ahead, day: numbers})


def higher(numbers: Numbers, others: Numbers) -> Numbers:
    """Return the higher of two last numbers for every queue."""
    return {**numbers, **{queue: max(n, numbers.get(queue, 0)) for queue, n in others.items()}}


def freed(hall: Hall, ticket: Ticket) -> Hall:
    """Empty the counter a ticket stands at, if it stands at one."""
    if ticket.state not in AT_COUNTER or ticket.counter is None:
        return hall
    return hall.with_counter(replace(hall.counter(ticket.counter), ticket=None))


def in_line(ticket: Ticket, rec: Recorded) -> Ticket:
    """Note since when a ticket stands in a line, unless it stands in one already."""
    if ticket.state is TicketState.WAITING:
        return ticket
    return replace(ticket, waiting_at=rec.at, waiting_seq=rec.seq)


def left(hall: Hall, ticket: Ticket, state: TicketState, bound_to: int | None) -> Hall:
    """Take a ticket to a state in which it stands at no counter; `bound_to` is the one it belongs to."""
    return freed(hall, ticket).with_ticket(replace(ticket, state=state, counter=bound_to))
