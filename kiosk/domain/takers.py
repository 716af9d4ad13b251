"""Which counters can take one who waits, what they have in hand, and who is ahead of her there (DESIGN §4).

Only lines and counters are looked at, never the people in a line: how many stand before a place is found by halving.
Who serves what changes a few times a day and is worked out once each time.
"""

from msgspec import Struct

from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.hall import DEFAULT_PACE_MS, Hall
from kiosk.domain.line import Waiting
from kiosk.domain.once import once_for
from kiosk.domain.site import Site

BETWEEN_MS = 45_000
"""Between two visits: the citizen walks up, the clerk puts the papers away. Assumed, not sourced."""
LEAST_LEFT = 0.3
"""A visit that takes longer than usual is not over at once: so much of a usual one is left."""
HELPER_WEIGHT = 0.5
"""How much of a counter a queue gets that it only helps with: its own may fill at any time."""

Tiers = tuple[tuple[str, ...], ...]
_Seats = tuple[tuple[int, Tiers], ...]
"""Counters that count, each with the queues it serves now."""


class Asked(Struct, frozen=True):
    """Whose wait is asked for."""

    queue: str
    bound: int | None
    """The counter she waits for, or None."""
    place: Waiting
    now: int
    states: frozenset[CounterState]
    """Counters in these states count."""
    overdue: bool = False
    """She is past her queue's bound: tiers mean nothing any more, only ranks do."""


class Load(Struct, frozen=True):
    """What must be worked off before she is called."""

    seen: int
    """People ahead of her at the counters that can take her."""
    people: float
    """Those of them whom no other counter will take."""
    each: float
    """Milliseconds a counter needs for one of them."""
    left: list[float]
    """For each counter that can take her: milliseconds until it gets free; 0: it is."""
    weights: list[float]
    """How much of each she gets."""


class _Plan(Struct, frozen=True):
    """Who takes a queue, and which lines that leads past."""

    first: tuple[int, ...]
    """Counters that take it as their own."""
    helping: tuple[tuple[int, tuple[str, ...]], ...]
    """Counters that help, with the queues they serve before it."""
    rivals: tuple[tuple[str, bool, float], ...]
    """Queues served there: whether all of its people are ahead or only those with a smaller rank, and what share."""

    def numbers(self) -> tuple[int, ...]:
        """Return the counters that take it as their own, or where there is none, those that help."""
        return self.first or tuple(number for number, _ in self.helping)


def load(hall: Hall, site: Site, asked: Asked) -> Load | None:
    """Find what is ahead of her; None where no counter that counts can take her."""
    plan, takers = _takers(hall, site, asked)
    if not takers:
        return None
    seen, people, work = _ahead(hall, plan, takers, asked.place)
    each = work / people if people else duration_ms(hall, asked.queue)
    free, now = free_at(hall), asked.now
    left = [
        each if (at := free[number]) is None else rest if (rest := at[0] - now) > at[1] else at[1] for number in takers
    ]
    own = len(plan.first)
    return Load(seen, people, each, left, [1.0] * own + [HELPER_WEIGHT] * (len(takers) - own))


def ahead(hall: Hall, site: Site, asked: Asked) -> int:
    """Count the people ahead of her at the counters that can take her, or in her line where there are none."""
    plan, takers = _takers(hall, site, asked)
    if not takers:
        return hall.line(asked.queue, asked.bound).before(asked.place)
    return _ahead(hall, plan, takers, asked.place)[0]


def serving(hall: Hall, site: Site, queue: str, states: frozenset[CounterState]) -> tuple[int, ...]:
    """Return the counters in these states that serve a queue first, or where there is none, those that help with it."""
    return _desks(site, hall.counters).serving(states, queue)


def _takers(hall: Hall, site: Site, asked: Asked) -> tuple[_Plan, tuple[int, ...]]:
    """Find the counters that can take her; those that only help come last."""
    one_tier = asked.overdue or _is_shared(hall, site, asked.queue)
    plan = _desks(site, hall.counters).plan(asked.states, asked.queue, asked.bound, one_tier)
    if not plan.helping:
        return plan, plan.first
    helping = [
        number
        for number, before in plan.helping
        if not plan.first or not any((queue, None) in hall.lines for queue in before)
    ]
    return plan, (*plan.first, *helping)


def duration_ms(hall: Hall, queue: str) -> float:
    """Return how long a person of a queue keeps a counter, counting the dossiers of those who wait."""
    more = hall.more_dossiers.get(queue, 0)
    dossiers = 1 + more / hall.waiting_count(queue) if more else 1
    return hall.pace_ms.get(queue, DEFAULT_PACE_MS) * dossiers + BETWEEN_MS


def _ahead(hall: Hall, plan: _Plan, takers: tuple[int, ...], place: Waiting) -> tuple[int, float, float]:
    """Count the people ahead, those of them whom no other counter takes, and the milliseconds these need."""
    seen, people, work = 0, 0.0, 0.0
    for queue, whole, share in plan.rivals:
        line = hall.lines.get((queue, None))
        count = 0 if line is None else len(line) if whole else line.before(place)
        if count:
            seen, people = seen + count, people + count * share
            work += count * share * duration_ms(hall, queue)
    for (queue, bound), line in hall.lines.items():
        if bound in takers:
            count = line.before(place)
            seen, people, work = seen + count, people + count, work + count * duration_ms(hall, queue)
    return seen, people, work


def _is_shared(hall: Hall, site: Site, queue_id: str) -> bool:
    """Tell whether a line is so long that those who help with it take it as their own."""
    queue = site.queue(queue_id)
    return queue is not None and queue.share_above is not None and len(hall.line(queue_id)) > queue.share_above


class _Desks:
    """The counters as halls have them one after the other, with the plans that were made for them."""

    def __init__(self, site: Site, counters: dict[int, Counter]) -> None:
        known = ((setup, counters.get(setup.number, Counter(setup.number))) for setup in site.counters)
        self._seats = [(setup.number, counter.state, counter.tiers or setup.tiers) for setup, counter in known]
        self._plans: dict[tuple[frozenset[CounterState], str, int | None, bool], _Plan] = {}
        self._serving: dict[tuple[frozenset[CounterState], str], tuple[int, ...]] = {}

    def serving(self, states: frozenset[CounterState], queue: str) -> tuple[int, ...]:
        """Return who takes a queue's line, counters in these states being there."""
        numbers = self._serving.get((states, queue))
        if numbers is None:
            numbers = self._serving[states, queue] = self.plan(states, queue, None, False).numbers()
        return numbers

    def plan(self, states: frozenset[CounterState], queue: str, bound: int | None, one_tier: bool) -> _Plan:
        """Return who takes a queue's line, or the line bound to one counter; `one_tier` levels the tiers."""
        key = (states, queue, bound, one_tier)
        plan = self._plans.get(key)
        if plan is None:
            seats = tuple((number, tiers) for number, state, tiers in self._seats if state in states)
            plan = self._plans[key] = _plan(seats, queue, bound, one_tier)
        return plan


@once_for(lambda site, counters: (site, counters))
def _desks(site: Site, counters: dict[int, Counter]) -> _Desks:
    return _Desks(site, counters)


def _plan(seats: _Seats, queue: str, bound: int | None, one_tier: bool) -> _Plan:
    """Work a plan out."""
    if one_tier:
        seats = tuple((number, (tuple(q for tier in tiers for q in tier),)) for number, tiers in seats)
    if bound is not None:
        mine = [(number, tiers, 0) for number, tiers in seats if number == bound]
    else:
        mine = [(number, tiers, tier) for number, tiers in seats if (tier := _tier_of(tiers, queue)) is not None]
    first = [seat for seat in mine if seat[2] == 0]
    helping = tuple((number, tuple(q for t in tiers[:tier] for q in t)) for number, tiers, tier in mine if tier > 0)
    takers = first or mine
    rivals = []
    for rival in dict.fromkeys(q for _, tiers, tier in takers for t in tiers[: tier + 1] for q in t):
        whole = any(_tier_of(tiers[:tier], rival) is not None for _, tiers, tier in takers)
        rivals.append((rival, whole, _share(rival, seats, {number for number, _, _ in takers})))
    return _Plan(tuple(number for number, _, _ in first), helping, tuple(rivals))


def _tier_of(tiers: Tiers, queue: str) -> int | None:
    return next((index for index, tier in enumerate(tiers) if queue in tier), None)


def _share(queue: str, seats: _Seats, takers: set[int]) -> float:
    """Return how much of a line is called by counters that can take her; others that serve it first take the rest."""
    first = [number for number, tiers in seats if _tier_of(tiers, queue) == 0]
    mine = sum(number in takers for number in first)
    return mine / len(first) if mine else 1.0


@once_for(lambda hall: (hall.counters, hall.acts, hall.pace_ms))
def free_at(hall: Hall) -> dict[int, tuple[float, float] | None]:
    """Tell of each counter when it gets free, and how long that takes at least; None: one that pauses without a ticket.

    It comes back about a visit later. A ticket at a counter is begun, or leaves, by an act there and by nothing else.
    """
    return {number: _free(hall, counter) for number, counter in hall.counters.items()}


def _free(hall: Hall, counter: Counter) -> tuple[float, float] | None:
    ticket = hall.tickets.get(counter.ticket) if counter.ticket is not None else None
    if ticket is None:
        return (0.0, 0.0) if counter.state is CounterState.OPEN else None
    usual = hall.pace_ms.get(ticket.queue, DEFAULT_PACE_MS) * ticket.dossiers + BETWEEN_MS
    began = ticket.started_at or ticket.called_at
    return (began + usual, LEAST_LEFT * usual) if began else (0.0, usual)
