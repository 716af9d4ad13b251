"""What a clerk says about the ticket before her: papers, target, minutes, outcome, priority."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import commands as cmd
from kiosk.flows.counter_ask import NOTE_MAX, OUTCOMES, PARK_MINUTES
from kiosk.flows.counter_events import (
    Answered,
    Asked,
    AskKind,
    Chosen,
    Desk,
    Flagged,
    Noted,
    Pressed,
    Send,
    Turned,
    Viewed,
    Where,
    Wish,
)
from kiosk.flows.counter_state import State
from tests.flows.test_counter import CALLED, READY, SERVING, after, at_desk

PAPERS, TRANSFER = Asked(AskKind.PAPERS), Asked(AskKind.TRANSFER)


def sent(state: State, *events: Any) -> Send:
    _, effects = after(state, *events)
    (send,) = effects
    return send


def as_command(kind: type[cmd.Command], send: Send) -> Any:
    """Read a body as the hub does: a field it does not know or a value out of bounds fails."""
    return msgspec.convert({**send.body, "ticket_id": "t1"}, kind)


def test_the_missing_papers_and_the_days_go_with_the_command() -> None:
    send = sent(
        at_desk(SERVING), PAPERS, Chosen("5"), Chosen("1"), Turned(), Turned(), Turned(), Pressed(Wish.PAPERS, 1000)
    )
    assert send.path == "/v1/tickets/t1/papers"
    command = as_command(cmd.SendForPapers, send)
    assert (command.missing, command.minutes, command.days) == ((1, 5), None, 1)


def test_the_centres_own_time_is_meant_where_none_is_chosen() -> None:
    command = as_command(cmd.SendForPapers, sent(at_desk(SERVING), PAPERS, Chosen("0"), Pressed(Wish.PAPERS, 1000)))
    assert (command.missing, command.minutes, command.days, command.note) == ((0,), None, None, "")


def test_nobody_is_sent_for_papers_before_it_is_said_which() -> None:
    for said in ((), (PAPERS,), (PAPERS, Chosen("1"), Chosen("1")), (TRANSFER, Chosen("B"))):
        assert after(at_desk(SERVING), *said, Pressed(Wish.PAPERS, 1000))[1] == []


@pytest.mark.parametrize(
    ("where", "target", "field", "value"),
    [
        (Where.QUEUE, "B", "queue", "B"),
        (Where.COUNTER, "4", "to_counter", 4),
        (Where.STAFF, "nv01", "to_staff", "nv01"),
    ],
)
def test_a_ticket_goes_to_a_line_a_counter_or_a_colleague(where: Where, target: str, field: str, value: object) -> None:
    cycled = (TRANSFER,) * (1 + list(Where).index(where))
    send = sent(
        at_desk(CALLED), *cycled, Chosen(target), Turned(), Flagged(), Noted(" Xem giúp "), Pressed(Wish.TRANSFER, 1000)
    )
    command = as_command(cmd.TransferTicket, send)
    assert getattr(command, field) == value
    assert (command.counter, command.place, command.come_back, command.note) == (2, cmd.Place.FRONT, True, "Xem giúp")


def test_another_kind_of_target_forgets_the_one_before_and_no_transfer_goes_without_one() -> None:
    state, effects = after(at_desk(CALLED), TRANSFER, Chosen("B"), TRANSFER, Pressed(Wish.TRANSFER, 1000))
    assert effects == []
    assert state.ask is not None
    assert (state.ask.where, state.ask.target) == (Where.COUNTER, "")


@pytest.mark.parametrize("minutes", PARK_MINUTES)
def test_a_ticket_is_set_aside_for_some_minutes(minutes: int) -> None:
    send = sent(at_desk(CALLED), Asked(AskKind.PARK), Pressed(Wish.PARK, 1000, str(minutes)))
    assert as_command(cmd.ParkTicket, send).minutes == minutes


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_visit_ends_with_the_outcome_that_was_picked(outcome: str) -> None:
    send = sent(at_desk(SERVING), Asked(AskKind.OUTCOME), Pressed(Wish.FINISH, 1000, outcome))
    assert as_command(cmd.FinishTicket, send).outcome == outcome


@pytest.mark.parametrize(("wish", "confirmed"), [(Wish.CONFIRM, True), (Wish.STRIKE, False)])
def test_a_declared_priority_is_judged_once(wish: Wish, confirmed: bool) -> None:
    declared = Desk("open", "nv02", "t1", "called", 1, "declared")
    assert as_command(cmd.JudgePriority, sent(at_desk(declared), Pressed(wish, 1000))).confirmed is confirmed
    for other in (CALLED, Desk("open", "nv02", "t1", "called", 1, "confirmed")):
        assert after(at_desk(other), Pressed(wish, 1000))[1] == []


def test_a_refusal_keeps_what_was_said_and_the_next_ticket_does_not() -> None:
    state, _ = after(
        at_desk(SERVING),
        TRANSFER,
        Chosen("nv01"),
        Noted("Xem giúp"),
        Pressed(Wish.TRANSFER, 1000),
        Answered(1, ok=False, reached=True, sentence="Chị không có ở quầy nào.", at=1100),
    )
    assert state.ask is not None
    assert state.ask.note == "Xem giúp"
    state, _ = after(state, Viewed(Desk("open", "nv02", "t2", "serving", 1), True, 2000))
    assert state.ask is None


def test_a_wish_that_was_changed_after_no_answer_is_another_wish() -> None:
    state, _ = after(
        at_desk(SERVING),
        PAPERS,
        Chosen("1"),
        Pressed(Wish.PAPERS, 1000),
        Answered(1, ok=False, reached=False, sentence="", at=1100),
    )
    assert sent(state, Pressed(Wish.PAPERS, 2000)).retry
    assert not sent(state, Chosen("3"), Pressed(Wish.PAPERS, 2000)).retry


def test_nothing_is_asked_of_a_ticket_that_is_not_there_or_while_the_hub_is_away() -> None:
    for state in (at_desk(READY), at_desk(CALLED, connected=False)):
        assert after(state, PAPERS)[0].ask is None
    assert after(at_desk(CALLED), Asked(AskKind.OUTCOME))[0].ask is None, "nobody is served yet"


def test_the_same_key_once_more_and_escape_close_a_question() -> None:
    for closing in (PAPERS, Asked(None)):
        assert after(at_desk(CALLED), PAPERS, closing)[0].ask is None


@given(
    st.lists(
        st.one_of(
            st.builds(Asked, st.sampled_from([*AskKind, None])),
            st.builds(Chosen, st.sampled_from(["0", "1", "nv01", "B", "²"])),
            st.just(Turned()),
            st.just(Flagged()),
            st.builds(Noted, st.text(max_size=NOTE_MAX + 50)),
            st.builds(Pressed, st.sampled_from(Wish), st.just(1000), st.sampled_from(["", "15", "served"])),
        ),
        max_size=12,
    )
)
def test_whatever_is_pressed_at_most_one_command_leaves(events: list[Any]) -> None:
    _, effects = after(at_desk(SERVING), *events)
    assert len(effects) <= 1


def test_a_question_is_taken_as_soon_as_the_view_shows_the_ticket_though_the_answer_is_still_on_its_way() -> None:
    state, _ = after(at_desk(READY), Pressed(Wish.CALL, 1000))
    assert after(state, PAPERS)[0].ask is None
    state, _ = after(state, Viewed(CALLED, True, 1001), PAPERS, Chosen("1"))
    assert state.busy
    assert state.ask is not None
    assert state.ask.missing == (1,)


@pytest.mark.parametrize("desk", [READY, CALLED, SERVING])
def test_who_is_back_is_another_ticket_than_the_one_here(desk: Desk) -> None:
    send = sent(at_desk(desk), Asked(AskKind.RETURN), Chosen("t9"), Pressed(Wish.RETURN, 1000))
    assert send.path == "/v1/tickets/t9/return"
    command = msgspec.convert({**send.body, "ticket_id": "t9"}, cmd.ReturnTicket)
    assert command == cmd.ReturnTicket("t9", 2)


def test_nobody_is_brought_back_before_it_is_said_who() -> None:
    for said in ((), (Asked(AskKind.RETURN),), (PAPERS, Chosen("1"))):
        assert after(at_desk(CALLED), *said, Pressed(Wish.RETURN, 1000))[1] == []
