"""How a ticket comes into being, and how it arrives (DESIGN §4)."""

import hashlib

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketIssued
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import RankReason
from tests.factory import Play, token_of


def test_numbers_run_by_queue_and_carry_its_letter() -> None:
    play = Play()
    numbers = [play.ticket(play.issue(queue)).number for queue in "AABAB"]
    assert numbers == ["A001", "A002", "B001", "A003", "B002"]


def test_a_refused_ticket_takes_no_number() -> None:
    play = Play()
    play.issue("A")
    assert play.refusal(cmd.IssueTicket("t9", "short", "A")) == "weak_token"
    assert play.ticket(play.issue("A")).number == "A002"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.IssueTicket("t9", token_of("t9"), "Z"), "unknown_queue"),
        (cmd.IssueTicket("t1", token_of("t9"), "A"), "ticket_exists"),
        (cmd.IssueTicket("t9", token_of("t1"), "A"), "weak_token"),
        (cmd.IssueTicket("t9", "0123456789abcde", "A"), "weak_token"),
        (cmd.IssueTicket("t9", token_of("t9"), "A", priority="king"), "unknown_priority"),
    ],
)
def test_a_ticket_that_cannot_be_issued_is_refused_with_its_code(command: cmd.IssueTicket, code: str) -> None:
    play = Play()
    play.issue("A", ticket_id="t1")
    assert play.refusal(command) == code


def test_the_journal_holds_the_hash_of_a_token_and_side_data_the_token() -> None:
    play = Play()
    ticket_id = play.issue("A")
    (event,) = [rec.event for rec in play.journal if isinstance(rec.event, TicketIssued)]
    token = token_of(ticket_id)
    assert event.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(play.journal)
    (side,) = play.side
    assert (side.ref, side.kind, side.payload) == (event.token_ref, "token", token.encode())
    assert play.hall.by_token.get(event.token_hash) == ticket_id


def test_priority_moves_a_ticket_ahead_by_its_minutes_and_no_further() -> None:
    play = Play()
    early = play.issue("A")
    play.pass_minutes(29)
    soon = play.issue("A")
    play.pass_minutes(2)
    elder = play.issue("A", priority="elderly")
    assert play.line("A") == [early, elder, soon]
    ticket = play.ticket(elder)
    assert ticket.rank_at == ticket.issued_at - 30 * MINUTE_MS
    assert (ticket.rank_reason, ticket.priority_minutes) == (RankReason.PRIORITY, 30)


def test_the_priority_category_is_side_data_and_only_its_minutes_are_journal() -> None:
    play = Play()
    play.issue("A", priority="disability")
    assert "disability" not in repr(play.journal)
    assert [(s.kind, s.payload) for s in play.side[1:]] == [("priority", b"disability")]
