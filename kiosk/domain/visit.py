"""What a citizen comes for, and what every new ticket must bring: shared by the rules that make tickets (DESIGN §4)."""

from msgspec import Struct

from kiosk.domain.counter import CounterState
from kiosk.domain.events import Refused, SideData
from kiosk.domain.hall import Hall
from kiosk.domain.site import DAY_MS, Queue, Site
from kiosk.domain.tokens import TOKEN_KEPT_MS, TOKEN_LENGTH

SIDE_KEPT_MS = DAY_MS
"""Priority category and dossier code are forgotten a day after the visit."""


class Visit(Struct, frozen=True):
    """What a citizen comes for."""

    queue: Queue
    journey: tuple[str, ...] = ()
    """Queues after the first."""
    to_counter: int | None = None
    """The only counter that can help: a result waits at its return counter."""


def visit_of(
    hall: Hall, site: Site, *, queue: str, procedure: str | None, journey: str | None, dossier: str | None = None
) -> Visit | Refused:
    """Find where a visit begins and where it goes on.

    A journey begins at its own first desk, whatever queue the procedure's field has. A dossier whose result she comes
    for leads to the lane where results are handed out, and to its counter while somebody sits there.
    """
    way = next((j for j in site.journeys if j.id == journey), None) if journey else site.journey_of(procedure)
    if journey and way is None:
        return Refused("unknown_journey", {"journey": journey})
    lane = site.results if dossier is not None else None
    begins = way.steps[0] if way else queue or (lane.queue if lane else "")
    found = site.queue(begins)
    if found is None:
        return Refused("unknown_queue", {"queue": begins})
    to_counter = lane.counter if lane and lane.queue == begins else None
    if to_counter is not None and hall.counter(to_counter).state is CounterState.CLOSED:
        to_counter = None
    return Visit(found, way.steps[1:] if way else (), to_counter)


def way_on(site: Site, procedure: str | None, queue: str) -> tuple[str, ...]:
    """Return where a procedure's journey goes on from a queue: a paper of a kiosk alone may name any of its desks."""
    way = site.journey_of(procedure)
    steps = way.steps if way else ()
    return steps[steps.index(queue) + 1 :] if queue in steps else ()


def refused_as_new(hall: Hall, ticket_id: str, token: str, token_hash: str) -> Refused | None:
    """Say why no ticket can be made with an id and a token; None where one can."""
    known = hall.ticket(ticket_id)
    if known is not None:
        return Refused("ticket_exists", {"number": known.number})
    if len(token) < TOKEN_LENGTH or hall.by_token.get(token_hash) is not None:
        return Refused("weak_token")
    return None


PERSON = "person"
"""Kind of the side data that knows who took a number; of a day's numbers the first names it for all of hers."""


def priority_minutes(site: Site, category: str | None, queue: Queue) -> int:
    """Return what a priority category takes off a rank in a queue; 0 for a category nobody knows.

    Never more than the set-up's bound nor than the queue's own waiting bound: priority is bounded (DESIGN §4).
    """
    found = site.priority_category(category) if category else None
    if found is None:
        return 0
    return min(found.minutes_in(queue.id), site.rules.priority_bound_minutes, queue.max_wait_minutes)


def side_of(ticket_id: str, kind: str, value: str | None, visit_at: int) -> tuple[SideData, ...]:
    """Return what must be forgettable about a ticket, kept until after a visit at `visit_at` (UTC ms)."""
    kept = TOKEN_KEPT_MS if kind == "token" else SIDE_KEPT_MS
    return (SideData(ref_of(ticket_id, kind), kind, value.encode(), visit_at + kept),) if value else ()


def ref_of(ticket_id: str, kind: str) -> str:
    """Return the name under which side data of a ticket is kept."""
    return f"{ticket_id}/{kind}"
