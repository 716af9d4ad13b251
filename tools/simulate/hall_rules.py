"""What must hold in every hall, said anew in plain words and plain searches: nothing here asks the rules themselves."""

from collections import Counter

from kiosk.domain.counter import CounterState
from kiosk.domain.hall import Hall
from kiosk.domain.site import MINUTE_MS, Site
from kiosk.domain.ticket import Ticket
from tools.simulate.broken import must

AT_COUNTER = ("called", "serving")
AHEAD = ("booked", "deferred")
ASIDE = ("no_show", "parked", "away")


def check_hall(hall: Hall, site: Site) -> None:
    """Check that everyone is in exactly one place.

    Raises:
        BrokenError: somebody is not.
    """
    tickets = {t.id: t for t in hall.tickets.values()}
    _check_lines(hall, tickets)
    _check_counters(hall, tickets)
    aside = {t.id for t in tickets.values() if t.state in ASIDE}
    must(hall.aside == aside, f"set aside are {sorted(aside)}, the hall says {sorted(hall.aside)}")
    numbers = Counter((t.day, t.number) for t in tickets.values() if t.number)
    twice = sorted(number for number, times in numbers.items() if times > 1)
    must(not twice, f"tickets share a number: {twice}")
    ahead = {t.id for t in tickets.values() if t.state in AHEAD}
    must(hall.ahead == ahead, f"still to come are {sorted(ahead)}, the hall says {sorted(hall.ahead)}")
    done = sum(t.state == "done" and not t.training for t in tickets.values())
    must(done == hall.done, f"{done} tickets are done, the hall counts {hall.done}")


def _check_lines(hall: Hall, tickets: dict[str, Ticket]) -> None:
    standing = Counter[str]()
    for (queue, bound), line in hall.lines.items():
        places = list(line)
        must(places == sorted(places), f"the line {queue}/{bound} is not in order")
        must(bool(places), f"the line {queue}/{bound} is kept though nobody stands in it")
        if bound is not None:
            must(
                hall.counter(bound).state is not CounterState.CLOSED,
                f"{places[0][2]} waits for counter {bound}, which is closed",
            )
        for rank_at, rank_seq, ticket_id in places:
            ticket = tickets[ticket_id]
            standing[ticket_id] += 1
            told = (ticket.queue, ticket.counter, ticket.rank_at, ticket.rank_seq)
            must(
                told == (queue, bound, rank_at, rank_seq),
                f"{ticket.number} stands in the line {queue}/{bound}, not its own",
            )
    waiting = Counter(t.id for t in tickets.values() if t.state == "waiting")
    must(
        standing == waiting,
        f"in two lines, in none, or not waiting: {sorted((standing - waiting) + (waiting - standing))}",
    )


def _check_counters(hall: Hall, tickets: dict[str, Ticket]) -> None:
    there = Counter(t.counter for t in tickets.values() if t.state in AT_COUNTER)
    must(None not in there, "a called ticket is at no counter")
    for number, counter in hall.counters.items():
        must(there[number] <= 1, f"counter {number} has two tickets")
        held = tickets[counter.ticket] if counter.ticket else None
        must((held is not None) == (there[number] == 1), f"counter {number} and its ticket do not know of each other")
        if held is not None:
            must(
                held.state in AT_COUNTER and held.counter == number,
                f"counter {number} holds {held.number}, which is {held.state} at {held.counter}",
            )
            must(counter.state is not CounterState.CLOSED, f"{held.number} is at counter {number}, which is closed")
    must(set(there) <= set(hall.counters), "a ticket is at a counter that never opened")
    seated = Counter(c.staff for c in hall.counters.values() if c.state is not CounterState.CLOSED)
    twice = sorted(str(staff) for staff, times in seated.items() if times > 1)
    must(not twice, f"at two counters at once: {twice}")


def next_for(hall: Hall, site: Site, number: int, now: int) -> str | None:
    """Say who must be called next at a counter: everyone it may call is looked at, one by one.

    Whoever waits for this very counter, is past the bound, or stands in a line that shares its load, is first tier.
    """
    setup = next(c for c in site.counters if c.number == number)
    tiers = hall.counter(number).tiers or setup.tiers
    waiting = [t for t in hall.tickets.values() if t.state == "waiting"]
    lengths = Counter(t.queue for t in waiting if t.counter is None)
    queues = {q.id: q for q in site.queues}

    def tier(ticket: Ticket) -> int:
        queue = queues[ticket.queue]
        overdue = now - ticket.rank_at > queue.max_wait_minutes * MINUTE_MS
        shared = queue.share_above is not None and lengths[queue.id] > queue.share_above
        if ticket.counter == number or overdue or shared:
            return 0
        return next(index for index, tier in enumerate(tiers) if ticket.queue in tier)

    served = set(sum(tiers, ()))
    mine = [t for t in waiting if t.counter == number or (t.counter is None and t.queue in served)]
    return min(mine, key=lambda t: (tier(t), t.rank_at, t.rank_seq)).id if mine else None
