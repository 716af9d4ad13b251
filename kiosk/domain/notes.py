"""A clerk's own words about a ticket: side data, so that they can be forgotten; the journal knows only where."""

from kiosk.domain import events as ev
from kiosk.domain.events import Decision, SideData
from kiosk.domain.hall import Hall
from kiosk.domain.site import DAY_MS
from kiosk.domain.ticket import Ticket


def noted(hall: Hall, ticket: Ticket, note: str, now: int, until: int | None = None) -> Decision:
    """Keep a note until a day after it is of use (`until`, hall time); an empty one is nothing to keep."""
    if not note:
        return Decision()
    # Two machines that carry the same journal on may note something in the same row: not also at the same moment.
    ref = f"{ticket.id}/note/{hall.seq + 1}.{now}"
    side = SideData(ref, "note", note.encode(), max(now, until or now) + DAY_MS)
    return Decision((ev.NoteTaken(ticket.id, ref),), (side,))


def with_note(
    hall: Hall, ticket: Ticket, event: ev.AnyEvent, note: str, now: int, until: int | None = None
) -> Decision:
    """Return what happened to a ticket together with what the clerk noted about it."""
    kept = noted(hall, ticket, note, now, until)
    return Decision((*kept.events, event), kept.side)
