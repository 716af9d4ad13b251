"""Ranks that are given anew: never before anyone who waits past the bound (DESIGN §4: nobody passes them)."""

from collections.abc import Iterable
from heapq import merge
from itertools import islice

from kiosk.domain.hall import Hall
from kiosk.domain.next import LineKey, first_in_time, last_overdue
from kiosk.domain.site import Site


def ahead_of_lines(hall: Hall, site: Site, lines: Iterable[LineKey], floor: int | None, now: int) -> int:
    """Return a rank ahead of those in these lines who are not overdue, and not before `floor`."""
    first = first_in_time(hall, site, lines, now)
    rank = now if first is None else first - 1
    return rank if floor is None else max(rank, floor)


def floor_of(hall: Hall, site: Site, now: int) -> int | None:
    """Return the smallest rank that may be given anew: that of the last who is overdue; None where nobody is.

    In whatever line: counters may serve other queues in a minute, and whoever was far apart competes. Where all queues
    have one bound this takes nothing from anyone, for then whoever is not overdue came later anyway.
    """
    return last_overdue(hall, site, hall.lines, now)


def no_earlier(hall: Hall, site: Site, rank_at: int, came_at: int) -> int:
    """Return a rank that a right gives to one who came at `came_at`: it passes nobody who was overdue by then."""
    floor = floor_of(hall, site, came_at) if rank_at < came_at else None
    return rank_at if floor is None else max(rank_at, floor)


def behind_the_next(hall: Hall, queue: str, count: int, now: int) -> int:
    """Return the rank of the last of the next `count` who wait for a queue, wherever; `now` if they are fewer."""
    if count == 0:
        return 0
    ranks = (place[0] for place in merge(*hall.lines_of(queue, None)))
    return next(islice(ranks, count - 1, None), now)
