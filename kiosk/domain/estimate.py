"""How long a wait may be: people ahead at the counters that can take her, and a range of minutes (DESIGN §4).

A promise of one number would be a lie, so a wait is said as low–high. It comes from today's pace for a dossier, the
counters that are open now, what they have in hand, and who is ahead of her there. The cost depends on how many queues
and counters there are, not on how many people wait. What was said stands in the ticket, so that it can be compared
with the truth at the call.
"""

from math import sqrt
from operator import mul

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain import calendar
from kiosk.domain.counter import CounterState
from kiosk.domain.hall import Hall
from kiosk.domain.line import Waiting
from kiosk.domain.site import MINUTE_MS, Site
from kiosk.domain.takers import Asked, Load, ahead, load
from kiosk.domain.ticket import Ticket

STEP_MINUTES = 5
VISIT_SPREAD = 0.7
"""Standard deviation of a visit's length over its mean. Assumed, not sourced; the recorded error tells."""
PACE_DOUBT = 0.15
"""How far today's pace may be from that of the next hour, as a share of it. Assumed, not sourced."""
WIDTH = 1.0
"""Standard deviations on either side; with the steps of five, four of five waits should end inside the range."""
OPEN = frozenset({CounterState.OPEN})
ANY = frozenset(CounterState)
STAFFED = frozenset({CounterState.OPEN, CounterState.PAUSED})
"""States of counters somebody sits at: after a pause they go on."""


class Outlook(Struct, frozen=True):
    """What can be told to one who waits: minutes in steps of five, None where no open counter can take her."""

    ahead: int
    low: int | None = None
    high: int | None = None


class _Wait(Struct, frozen=True):
    """An estimate in milliseconds of open time."""

    ahead: int
    mean: float
    pulse: float
    """Between two calls of those ahead."""

    def spread(self) -> float:
        """Return how far off it may be: today's pace is not the next hour's, and each visit takes its own time."""
        visits = self.pulse * (self.mean + self.pulse / 2)
        return WIDTH * sqrt((PACE_DOUBT * self.mean) ** 2 + VISIT_SPREAD**2 * visits) if self.mean else 0.0


def outlook(hall: Hall, site: Site, ticket: Ticket, now: int) -> Outlook:
    """Tell a waiting ticket how many are ahead of it, and how long that may take."""
    asked = Asked(ticket.queue, ticket.counter, (ticket.rank_at, ticket.rank_seq, ticket.id), now, OPEN)
    if ticket.issued_at == now and ticket.rank_seq == hall.seq and ticket.wait_high is not None:
        # It was given with the newest event, which says what she was told.
        return Outlook(ahead(hall, site, asked), ticket.wait_low, ticket.wait_high)
    return _told(hall, site, asked)


def outlook_now(
    hall: Hall, site: Site, queue: str, now: int, rank_at: int | None = None, bound: int | None = None
) -> Outlook:
    """Tell what a citizen who takes a number now, for any counter or for one, would have before her.

    Her rank is `now`, where it is not told.
    """
    return _told(hall, site, Asked(queue, bound, _last(now if rank_at is None else rank_at), now, OPEN))


def call_at(hall: Hall, site: Site, queue: str, now: int, more_ahead: int = 0) -> int | None:
    """Estimate when one who comes now would be called, if everybody who sits at a counter goes on.

    Args:
        hall: the state now, its day open.
        site: the centre's set-up.
        queue: hers.
        now: hall time.
        more_ahead: people who stand in no line yet and will be called before her.

    Returns:
        Hall time; None where nobody sits at a counter that serves the queue.
    """
    wait = _wait(hall, site, Asked(queue, None, _last(now), now, STAFFED), more_ahead)
    return None if wait is None else calendar.after_work(site, queue, hall.day, now, int(wait.mean))


def _last(rank_at: int) -> Waiting:
    """Return a place behind all who have the same rank already."""
    return rank_at + 1, 0, ""


def _told(hall: Hall, site: Site, asked: Asked) -> Outlook:
    wait = _wait(hall, site, asked)
    if wait is None:
        return Outlook(hall.line(asked.queue, asked.bound).before(asked.place))
    mean = int(wait.mean)
    if site.info.hours.enforced and hall.day:
        mean = calendar.after_work(site, asked.queue, hall.day, asked.now, mean) - asked.now
    spread = wait.spread()
    low = int((mean - spread) / MINUTE_MS / STEP_MINUTES) * STEP_MINUTES
    high = int((mean + spread) / MINUTE_MS / STEP_MINUTES + 1) * STEP_MINUTES
    return Outlook(wait.ahead, max(0, low), high)


def _wait(hall: Hall, site: Site, asked: Asked, more_ahead: int = 0) -> _Wait | None:
    """Estimate a wait; past the queue's bound every counter that can take her does, and by rank alone (DESIGN §4)."""
    found = load(hall, site, asked)
    if found is None:
        return None
    wait = _worked_off(found, more_ahead)
    setup = site.queue(asked.queue)
    until_bound = asked.place[0] + (setup.max_wait_minutes if setup else 0) * MINUTE_MS - asked.now
    if wait.mean <= until_bound or asked.bound is not None:
        return wait
    found = load(hall, site, replace(asked, overdue=True))
    assert found is not None
    return _Wait(wait.ahead, max(_worked_off(found, more_ahead).mean, until_bound), wait.pulse)


def _worked_off(load: Load, more_ahead: int) -> _Wait:
    """Say when those ahead of her have been called, with each counter calling whenever it gets free.

    A counter that gets free after `left` and then needs `each` a person has made (t − left) / each calls at t, and
    half a one more on average; hers is the call after theirs. The first counters to get free are counted first.
    """
    people, each = load.people + more_ahead, load.each
    idle = load.left.count(0)
    if people + 1 <= idle:
        return _Wait(load.seen, 0.0, 0.0)
    calls = max(0.0, people - idle) + 0.5
    left = [at or each for at in load.left]
    weights = sum(load.weights)
    at = (calls * each + sum(map(mul, load.weights, left))) / weights - each / 2
    if at < max(left) - each / 2:  # some will not have got free by then
        at, weights = _of_the_first(sorted(zip(left, load.weights, strict=True)), calls, each)
    return _Wait(load.seen, max(at, min(left)), each / weights)


def _of_the_first(seats: list[tuple[float, float]], calls: float, each: float) -> tuple[float, float]:
    """Return when so many calls have been made, and the weight of the counters that have got free by then."""
    weights = starts = at = 0.0
    for index, (left, weight) in enumerate(seats):
        weights += weight
        starts += weight * (left - each / 2)
        at = (calls * each + starts) / weights
        if index + 1 == len(seats) or at <= seats[index + 1][0] - each / 2:
            break
    return at, weights
