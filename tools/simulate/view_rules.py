"""What must hold in every view: it shows what the hall holds, and nothing its reader may not know."""

from msgspec import json, structs

from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.streams.publisher import ViewKey
from kiosk.hub.streams.role_views import RoleViews
from kiosk.wire.views import BoardView
from tools.simulate.broken import must


def check_board(hall: Hall, site: Site, views: RoleViews) -> None:
    """Check that the board shows what is, and who is where, without an id or a secret.

    Raises:
        BrokenError: it does not.
    """
    view = views(hall, ViewKey("board"))
    assert isinstance(view, BoardView)
    tickets = list(hall.tickets.values())
    for queue in site.queues:
        waits = sum(t.state == "waiting" and t.queue == queue.id for t in tickets)
        shown = view.queues[queue.id].waiting
        must(shown == waits, f"the board says that {shown} wait for {queue.id}, and {waits} do")
    for setup in site.counters:
        there = [t.number for t in tickets if t.state in ("called", "serving") and t.counter == setup.number]
        shown_there = view.counters[str(setup.number)].number
        must([shown_there] == there or (not there and not shown_there), f"the board shows {shown_there}, not {there}")
    for call in view.calls:
        named = [t for t in tickets if t.number == call.number]
        must(
            any(t.counter == call.counter and t.state in ("called", "serving", "done") for t in named),
            f"the board calls {call.number} to counter {call.counter}, where it is not",
        )
    text = json.encode(view)
    must(
        not any(t.id.encode() in text or t.token_hash.encode() in text for t in tickets),
        "the board names a ticket's id",
    )


def check_no_trace_of_ratings(hall: Hall, site: Site, views: RoleViews) -> None:
    """Check that no counter's view changes if everybody had rated, or nobody.

    Raises:
        BrokenError: one does.
    """
    other = hall
    for ticket in hall.tickets.values():
        other = other.with_ticket(structs.replace(ticket, rated=not ticket.rated))
    for setup in site.counters:
        key = ViewKey("counter", setup.number)
        same = json.encode(views(hall, key)) == json.encode(views(other, key))
        must(same, f"counter {setup.number} can see who rated")
