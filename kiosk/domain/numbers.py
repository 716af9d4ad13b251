"""Number series: each queue's own, from its first to its last, begun anew every day (DESIGN §4).

A number's ordinal is the number itself. The last one given stands in the hall and in the event that closes the day, so
none is given twice in a day: not by several kiosks, not after the day was closed and opened again, not by another
machine that carries the journal on. Numbers promised for a coming day are the first of that day's own series.

Practice has a series of its own for the whole hall: it must leave no gap in the numbers citizens hold. It is counted
among the queues' under its letters, and so it outlives all that they do.
"""

from msgspec import Struct

from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Queue, Site
from kiosk.domain.ticket import number_text


class Numbered(Struct, frozen=True):
    """A number that may be given."""

    number: str
    ordinal: int


PRACTICE = "TAP-"
"""What a practice number begins with, so that everybody sees what it is: "tập", to practise. No queue is called so."""


def number_of_practice(hall: Hall) -> Numbered:
    """Return the next number of practice; its ordinal is 0, for it counts in no queue's series."""
    return Numbered(number_text(PRACTICE, hall.ordinals.get(PRACTICE, 0) + 1), 0)


def number_of_today(hall: Hall, site: Site, queue_id: str) -> Numbered | Refused:
    """Return the next number of the open day, or why there is none."""
    queue = site.queue(queue_id)
    if queue is None:
        return Refused("unknown_queue", {"queue": queue_id})
    return _after(queue, hall.ordinals.get(queue_id, 0)) or Refused("series_exhausted", {"queue": queue_id})


def next_ahead(hall: Hall, queue: Queue, day: str) -> Numbered | None:
    """Return the next number of a coming day; None where the series has none left."""
    return _after(queue, hall.ordinals_ahead.get(day, {}).get(queue.id, 0))


def prefix_of(queue: Queue) -> str:
    """Return what a queue's numbers begin with."""
    return queue.id if queue.prefix is None else queue.prefix


def _after(queue: Queue, last_given: int) -> Numbered | None:
    ordinal = max(last_given + 1, queue.first)
    return Numbered(number_text(prefix_of(queue), ordinal), ordinal) if ordinal <= queue.last else None
