"""What a command is answered: made from the hall it led to, kept, and given again word for word for the same id."""

from collections.abc import Iterable

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import AnyEvent, DayClosed, TicketArrived, TicketWaiting
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import Ticket
from kiosk.domain.tokens import hash_token
from kiosk.wire.make_views import ticket_answer
from kiosk.wire.views import Answer


def answer(hall: Hall, site: Site, envelope: cmd.Envelope, events: Iterable[AnyEvent], public_url: str) -> Answer:
    """Make a command's answer.

    Args:
        hall: as the command left it.
        site: the centre's set-up.
        envelope: the command and who sent it.
        events: what it led to; none where all was known already.
        public_url: base address of ticket pages.
    """
    command = envelope.command
    told = Answer(envelope.id, counter=getattr(command, "counter", None))
    if isinstance(command, cmd.CloseDay):
        return replace(told, report=next((e.report for e in events if isinstance(e, DayClosed)), None))
    ticket = _ticket_of(hall, command)
    if ticket is None or envelope.role is cmd.Role.TABLET:
        return told
    found = replace(ticket_answer(hall, site, ticket), came=_came(events))
    token = getattr(command, "token", None)
    return replace(told, ticket=found if token is None else replace(found, url=f"{public_url}/t/{token}"))


def _came(events: Iterable[AnyEvent]) -> str:
    """Say why a ticket waits again, so that its citizen is told what her scan did, not only where she stands."""
    return next((e.rank_reason.value for e in events if isinstance(e, TicketWaiting | TicketArrived)), "")


def _ticket_of(hall: Hall, command: cmd.AnyCommand) -> Ticket | None:
    """Return the ticket a command is about."""
    match command:
        case cmd.CallNext() | cmd.Undo():
            ticket_id = hall.counter(command.counter).ticket
        case cmd.ScanTicket():
            ticket_id = hall.by_token.get(hash_token(command.token))
        case _:
            ticket_id = getattr(command, "ticket_id", None)
    return hall.ticket(ticket_id) if ticket_id else None
