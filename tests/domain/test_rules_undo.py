"""Taking back the last action at a counter (DESIGN §4). That everything is as before, the hall machine shows."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.counter import CounterState
from kiosk.domain.events import ActionUndone
from kiosk.domain.site import Rules
from kiosk.domain.ticket import Outcome, TicketState
from kiosk.wire.make_views import board_view, tablet_view
from tests.factory import DAY_MS, SITE, Play, clerk_of


def at_desk(play: Play) -> str:
    ticket_id = play.issue("A")
    play.call(1, ticket_id)
    play.do(cmd.StartTicket(ticket_id, 1))
    return ticket_id


ACTIONS: dict[str, Callable[[str], cmd.AnyCommand]] = {
    "finish": lambda t: cmd.FinishTicket(t, 1, Outcome.SERVED),
    "park": lambda t: cmd.ParkTicket(t, 1),
    "papers": lambda t: cmd.SendForPapers(t, 1, (0,)),
    "transfer": lambda t: cmd.TransferTicket(t, counter=1, queue="B", come_back=True, note="x"),
    "pause": lambda t: cmd.PauseCounter(1, "break"),
    "judge": lambda t: cmd.JudgePriority(t, 1, confirmed=False),
}


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_an_action_is_taken_back_as_if_it_had_never_been(action: str) -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A", priority="elderly")
    play.call(1)
    play.do(cmd.StartTicket(ticket_id, 1))
    before, counter = play.ticket(ticket_id), play.hall.counter(1)
    play.do(ACTIONS[action](ticket_id))
    seq = play.hall.seq
    assert play.do(cmd.Undo(1)) == (ActionUndone(1, seq),)
    after = play.ticket(ticket_id)
    assert replace(after, may_be_rated=False, note_ref=None) == before
    assert play.hall.counter(1) == counter
    assert play.refusal(cmd.Undo(1)) == "nothing_to_undo"


@pytest.mark.parametrize("aside", [cmd.NoShowTicket, cmd.ParkTicket, lambda t, n: cmd.SendForPapers(t, n, (0,))])
def test_bringing_someone_back_is_the_clerks_to_take_back_who_did_it(
    aside: Callable[[str, int], cmd.AnyCommand],
) -> None:
    play = Play()
    play.open(1, 2)
    ticket_id, other = play.issue("A"), play.issue("A")
    play.call(1)
    play.do(aside(ticket_id, 1))
    play.call(2)
    before, counter = play.ticket(ticket_id), play.hall.counter(2)
    play.do(cmd.ReturnTicket(ticket_id, 2))
    play.do(cmd.Undo(2))
    assert play.ticket(ticket_id) == before
    assert play.hall.counter(2) == counter
    assert counter.ticket == other, "whom she serves meanwhile stays"
    play.do(cmd.ReturnTicket(ticket_id, 2))
    play.call(1)
    assert play.refusal(cmd.Undo(2)) == "undo_touched", "called since"


def test_a_new_days_number_is_not_taken_back() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.SendForPapers(ticket_id, 1, (0,), days=1))
    play.now += DAY_MS
    play.open(2)
    play.do(cmd.ReturnTicket(ticket_id, 2))
    play.do(cmd.Undo(2))
    assert play.hall.counter(2).state is CounterState.CLOSED, "what the clerk did last was to open her counter"
    assert play.ticket(ticket_id).number == "A001"
    assert play.ticket(ticket_id).state is TicketState.WAITING


def test_an_action_is_taken_back_within_the_centres_time_and_not_after_it() -> None:
    play = Play(replace(SITE, rules=Rules(undo_ms=5_000)))
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    play.now += 5_001
    assert play.refusal(cmd.Undo(1)) == "undo_too_late"
    play.now -= 1
    play.do(cmd.Undo(1))
    assert play.ticket(ticket_id).state is TicketState.SERVING


def test_there_is_nothing_to_take_back_where_nothing_was_done() -> None:
    play = Play()
    assert play.refusal(cmd.Undo(1)) == "nothing_to_undo"
    assert play.refusal(cmd.Undo(99)) == "unknown_counter"


def test_what_another_counter_has_taken_up_is_not_taken_back() -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = at_desk(play)
    play.do(cmd.TransferTicket(ticket_id, counter=1, to_counter=2))
    play.call(2)
    assert play.refusal(cmd.Undo(1)) == "undo_touched"
    play.do(cmd.Undo(2))
    play.do(cmd.Undo(1))
    assert play.hall.counter(1).ticket == ticket_id


def test_a_cancelled_ticket_comes_back_to_its_counter_unless_its_citizen_gave_it_up() -> None:
    play = Play()
    play.open(1)
    for reason in (cmd.CancelReason.STAFF, cmd.CancelReason.CITIZEN):
        ticket_id = play.issue("A")
        play.call(1)
        play.do(cmd.CancelTicket(ticket_id, reason))
        if reason is cmd.CancelReason.CITIZEN:
            assert play.refusal(cmd.Undo(1)) == "undo_touched"
        else:
            play.do(cmd.Undo(1))
            assert play.hall.counter(1).ticket == ticket_id
            play.do(cmd.NoShowTicket(ticket_id, 1))


# --- the board --------------------------------------------------------------------------------------------------------


def test_a_call_that_is_taken_back_leaves_the_board_and_the_one_before_it_stands_there_again() -> None:
    play = Play()
    play.open(1, 2)
    play.issue("A")
    play.issue("A")
    first, second = play.call(1), play.call(2)
    play.do(cmd.RecallTicket(first, 1))
    calls = [(c.ticket_id, c.again) for c in play.hall.calls]
    assert calls == [(first, True), (second, False)]
    play.do(cmd.Undo(1))
    assert [(c.ticket_id, c.again) for c in play.hall.calls] == [(second, False), (first, False)]
    play.do(cmd.Undo(2))
    assert [c.number for c in board_view(play.hall, SITE).calls] == [play.ticket(first).number]
    assert play.line("A") == [second]


def test_a_full_board_is_full_again() -> None:
    play = Play()
    play.open(1)
    for _ in range(15):
        play.issue("A")
    for _ in range(13):
        play.serve(1, minutes=0)
    before = play.hall.calls
    play.call(1)
    play.do(cmd.Undo(1))
    assert play.hall.calls == before


# --- ballots ----------------------------------------------------------------------------------------------------------


def test_a_ballot_survives_and_is_never_asked_for_twice() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    assert tablet_view(play.hall, SITE, 1, "").rating_ticket == ticket_id
    play.do(cmd.RateTicket(ticket_id, b"sealed", "2025"))
    play.do(cmd.Undo(1))
    assert play.ticket(ticket_id).rated
    assert tablet_view(play.hall, SITE, 1, "").rating_ticket == ""
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.GUIDED))
    assert play.ticket(ticket_id).rated
    assert tablet_view(play.hall, SITE, 1, "").rating_ticket == ""
    assert play.refusal(cmd.RateTicket(ticket_id, b"again", "2025")) == "already_rated"


def test_an_end_that_is_taken_back_asks_nobody_about_the_visit_before_it() -> None:
    play = Play()
    play.open(1)
    play.issue("A")
    left_unanswered = play.serve(1)
    ticket_id = at_desk(play)
    assert tablet_view(play.hall, SITE, 1, "").rating_ticket == left_unanswered
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    play.do(cmd.Undo(1))
    assert tablet_view(play.hall, SITE, 1, "").rating_ticket == ""


def test_a_ballot_that_was_under_way_when_the_end_was_taken_back_still_counts() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    play.do(cmd.Undo(1))
    play.do(cmd.ParkTicket(ticket_id, 1))
    play.do(cmd.RateTicket(ticket_id, b"sealed", "2025"))
    assert play.ticket(ticket_id).rated
    assert play.ticket(ticket_id).state is TicketState.PARKED


def test_a_note_and_the_papers_news_do_not_stand_in_the_way() -> None:
    play = Play()
    play.open(1)
    ticket_id = at_desk(play)
    play.do(cmd.ParkTicket(ticket_id, 1))
    play.do(cmd.NoteTicket(ticket_id, 1, "chờ con"))
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    play.do(cmd.Undo(1))
    ticket = play.ticket(ticket_id)
    assert (ticket.state, ticket.printed, ticket.note_ref) == (TicketState.SERVING, True, play.side[-1].ref)


# --- counters ---------------------------------------------------------------------------------------------------------


def test_a_closed_counter_is_open_again_with_those_who_waited_for_it() -> None:
    play = Play()
    play.open(1, 2)
    parked, bound = play.issue("A"), play.issue("B")
    play.call(1)
    play.do(cmd.ParkTicket(parked, 1))
    play.do(cmd.TransferTicket(bound, to_counter=1))
    play.do(cmd.SetCounterQueues(1, (("A",),)))
    before = play.hall.counter(1), play.ticket(parked), play.ticket(bound)
    play.do(cmd.CloseCounter(1))
    play.do(cmd.Undo(1))
    assert (play.hall.counter(1), play.ticket(parked), play.ticket(bound)) == before
    assert play.line("B", 1) == [bound]


def test_a_closed_counter_stays_closed_when_someone_was_called_from_those_it_let_go() -> None:
    play = Play()
    play.open(1, 2)
    bound = play.issue("A")
    play.do(cmd.TransferTicket(bound, to_counter=1))
    play.do(cmd.CloseCounter(1))
    play.call(2, bound)
    assert play.refusal(cmd.Undo(1)) == "undo_touched"


def test_a_clerk_who_sits_elsewhere_now_is_not_put_at_two_counters() -> None:
    play = Play()
    play.open(1)
    play.do(cmd.CloseCounter(1))
    play.do(cmd.OpenCounter(2, clerk_of(1)))
    assert play.refusal(cmd.Undo(1)) == "undo_touched"


def test_an_opened_counter_stays_open_when_someone_already_waits_for_it() -> None:
    play = Play()
    play.open(2)
    ticket_id = play.issue("A")
    play.call(2)
    play.open(1)
    play.do(cmd.TransferTicket(ticket_id, counter=2, to_counter=1))
    assert play.refusal(cmd.Undo(1)) == "undo_touched"
    play.do(cmd.Undo(2))
    play.do(cmd.Undo(1))
    assert play.hall.counter(1).state is CounterState.CLOSED
