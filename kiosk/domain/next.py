"""Who is next for a counter, and why (DESIGN §4).

Whoever can be called stands in one of three places: first tier (the counter's own queues, whoever waits for this very
counter, and whoever is past the waiting bound), then the tiers in which the counter helps. Inside a place the smallest
rank is next. Only heads of lines are looked at: the cost does not depend on how many wait.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.hall import Hall
from kiosk.domain.line import Line, Waiting
from kiosk.domain.site import MINUTE_MS, CounterSetup, Site
from kiosk.domain.ticket import CallReason, Ticket, TicketState

Tiers = tuple[tuple[str, ...], ...]
LineKey = tuple[str, int | None]
"""A queue, and the counter its line is bound to or None."""


class Next(Struct, frozen=True):
    """The ticket to call, and why this one."""

    ticket: Ticket
    reason: CallReason


def tiers_of(hall: Hall, setup: CounterSetup) -> Tiers:
    """Return the queues a counter serves now, in tiers: as changed today, otherwise as set up."""
    return hall.counter(setup.number).tiers or setup.tiers


def serves(hall: Hall, setup: CounterSetup, queue: str) -> bool:
    """Tell whether a counter serves a queue now, in any tier."""
    return any(queue in tier for tier in tiers_of(hall, setup))


def next_call(hall: Hall, site: Site, setup: CounterSetup, now: int) -> Next | None:
    """Find who is next for a counter at hall time `now`."""
    heads = [(_tier(hall, site, setup, key), hall.lines[key][0], key) for key in lines_for(hall, setup)]
    if not heads:
        return None
    in_turn = min(heads)
    _, place, key = min((0 if is_overdue(site, key[0], place, now) else tier, place, key) for tier, place, key in heads)
    ticket = hall.ticket(place[2])
    assert ticket is not None
    if place != in_turn[1]:
        return Next(ticket, CallReason.OVERDUE)
    if key[1] is not None:
        return Next(ticket, CallReason.BOUND)
    first = tiers_of(hall, setup)[:1]
    return Next(ticket, CallReason.NEXT if any(key[0] in tier for tier in first) else CallReason.HELPED)


def next_tickets(hall: Hall, site: Site, setup: CounterSetup, now: int, limit: int) -> list[Ticket]:
    """Say who a counter would call, one after the other, if nothing else happened."""
    found: list[Ticket] = []
    while len(found) < limit:
        following = next_call(hall, site, setup, now)
        if following is None:
            break
        found.append(following.ticket)
        hall = hall.with_ticket(replace(following.ticket, state=TicketState.CALLED))
    return found


def lines_for(hall: Hall, setup: CounterSetup) -> list[LineKey]:
    """Return the lines with anyone in them that a counter may call from.

    Those of the queues it serves, and those bound to it, of whatever queue: nobody else may call from these.
    """
    return [
        (queue, bound)
        for queue, bound in hall.lines
        if bound == setup.number or (bound is None and serves(hall, setup, queue))
    ]


def first_tier_lines(hall: Hall, site: Site, setup: CounterSetup) -> list[LineKey]:
    """Return the lines a counter calls from before it helps anywhere."""
    return [key for key in lines_for(hall, setup) if _tier(hall, site, setup, key) == 0]


def is_overdue(site: Site, queue: str, place: Waiting, now: int) -> bool:
    """Tell whether whoever stands at this place of a queue has waited past its bound."""
    found = site.queue(queue)
    return found is not None and place[0] < now - found.max_wait_minutes * MINUTE_MS


def first_in_time(hall: Hall, site: Site, lines: Iterable[LineKey], now: int) -> int | None:
    """Return the smallest rank of those in these lines who are not overdue; None where there is nobody."""
    ranks = (line[index][0] for line, index in _at_bounds(hall, site, lines, now) if index < len(line))
    return min(ranks, default=None)


def last_overdue(hall: Hall, site: Site, lines: Iterable[LineKey], now: int) -> int | None:
    """Return the largest rank of those in these lines who are overdue; None where nobody is.

    Nobody passes them: a new rank is never smaller than this (but a rank that one has had all along stays).
    """
    ranks = (line[index - 1][0] for line, index in _at_bounds(hall, site, lines, now) if index > 0)
    return max(ranks, default=None)


def _tier(hall: Hall, site: Site, setup: CounterSetup, key: LineKey) -> int:
    """Return in which of a counter's tiers a line is, from 0; a line that is too long shares its load."""
    queue, bound = key
    if bound is not None:
        return 0
    found = site.queue(queue)
    if found is not None and found.share_above is not None and len(hall.lines[key]) > found.share_above:
        return 0
    return next(index for index, tier in enumerate(tiers_of(hall, setup)) if queue in tier)


def _at_bounds(hall: Hall, site: Site, lines: Iterable[LineKey], now: int) -> Iterator[tuple[Line, int]]:
    """Go through lines, each with the index of the first in it who is not overdue."""
    for key in lines:
        queue, line = site.queue(key[0]), hall.line(*key)
        yield line, 0 if queue is None else line.before((now - queue.max_wait_minutes * MINUTE_MS, 0, ""))
