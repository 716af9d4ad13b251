"""What facts about a ticket lead to, also when they come after its day and no hall holds it any more (DESIGN §3)."""

import hashlib

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.events import Decision, SideData
from kiosk.domain.site import DAY_MS

BALLOT_KEPT_MS = 400 * DAY_MS
"""A year's ballots stay openable for the yearly report; retention itself is not sourced (DOMAIN, open question 1)."""


def ballot(command: cmd.RateTicket, now: int) -> Decision:
    """Count a sealed ballot; it stays side data."""
    ref = f"{command.ticket_id}/ballot"
    event = ev.TicketRated(
        command.ticket_id,
        ref,
        hashlib.sha256(command.ballot).hexdigest(),
        command.label_set,
        command.channel,
        command.scope,
    )
    return Decision((event,), (SideData(ref, "ballot", command.ballot, now + BALLOT_KEPT_MS),))


def paper(command: cmd.MarkPrinted) -> Decision:
    """Keep what became of the paper."""
    return Decision((ev.TicketPrinted(command.ticket_id, command.result.value, command.detail),))


def after_its_day(command: cmd.AnyCommand, *, rated: bool, now: int) -> Decision | None:
    """Tell what a fact about a ticket of a past day leads to; None where the command is no such fact.

    Args:
        command: what came.
        rated: whether the ticket has its ballot already: then there is nothing new.
        now: hall time.
    """
    match command:
        case cmd.RateTicket():
            return Decision() if rated else ballot(command, now)
        case cmd.MarkPrinted():
            return paper(command)
        case cmd.RecordTicket() | cmd.AbandonTicket() | cmd.TimeUp():
            return Decision()
        case _:
            return None
