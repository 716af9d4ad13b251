"""What the hub's answers mean to the flow."""

from typing import Any

import pytest

from kiosk.flows.kiosk_events import Attempt, HubRefused, HubUnreachable, Issue, TicketIssued
from kiosk.ports import Answered
from ui.kiosk.hub_words import event_of, issue_body

TICKET = {"id": "t", "number": "A027", "queue": "A", "state": "waiting", "url": "http://hub/t/x", "counters": [1, 2]}


def test_a_number_becomes_a_ticket() -> None:
    event = event_of(Answered("c", 200, {"command": "c", "ticket": TICKET}), with_sentence=True)
    assert isinstance(event, TicketIssued)
    assert (event.ticket.number, event.ticket.counters, event.ticket.wait_low) == ("A027", (1, 2), None)


@pytest.mark.parametrize(
    ("status", "body"),
    [(0, {}), (500, {"code": "internal"}), (503, {"code": "outcome_unknown"}), (200, {}), (200, {"command": "c"})],
)
def test_an_answer_that_leaves_the_outcome_open_is_no_refusal(status: int, body: dict[str, Any]) -> None:
    assert event_of(Answered("c", status, body), with_sentence=True) == HubUnreachable()


def test_a_refusals_sentence_is_shown_only_in_the_citizens_language() -> None:
    answered = Answered("c", 422, {"code": "unknown_queue", "detail": "Ở đây không có hàng này."})
    assert event_of(answered, with_sentence=True) == HubRefused("Ở đây không có hàng này.", "unknown_queue")
    assert event_of(answered, with_sentence=False) == HubRefused("", "unknown_queue")


def test_a_wish_by_field_names_no_procedure() -> None:
    body = issue_body(Issue(Attempt("c", "t", "k"), "A", None, (), "en"), 2)
    assert body == {"ticket_id": "t", "token": "k", "queue": "A", "missing": [], "language": "en", "kiosk": 2}
    assert issue_body(Issue(Attempt("c", "t", "k"), "A", "1.001193", (1,), "vi"), 2)["procedure"] == "1.001193"


def test_a_wish_says_what_she_was_asked_and_wants() -> None:
    wish = Issue(Attempt("c", "t", "k"), "A", None, (), "vi", confirmed=True, defer=True)
    assert {name: issue_body(wish, 2).get(name) for name in ("confirmed", "defer")} == {
        "confirmed": True,
        "defer": True,
    }


def test_a_promised_number_says_from_when_it_counts_and_no_other_does() -> None:
    for state, promised_at in (("deferred", 9), ("waiting", 0)):
        body = {"command": "c", "ticket": {**TICKET, "state": state, "until": 9}}
        event = event_of(Answered("c", 200, body), with_sentence=True)
        assert isinstance(event, TicketIssued)
        assert event.ticket.promised_at == promised_at
