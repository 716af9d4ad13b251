"""The moves table (DESIGN §4): every state and every move, allowed or refused."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketExpired
from kiosk.domain.site import MINUTE_MS, Journey
from kiosk.domain.ticket import AT_COUNTER, ENDED, MOVES, Move, Outcome, TicketState
from tests.factory import DAY_MS, MORNING, SITE, Play, token_of

MADE_BY_NOBODY = {Move.EXPIRE}
"""Only the end of a day, or of the time for missing papers, expires a ticket."""
MADE = set(Move) - MADE_BY_NOBODY
PAIRS = [(state, move) for state in TicketState for move in Move if move in MADE]
SITE_WITH_A_JOURNEY = replace(SITE, journeys=(Journey("j", ("A", "B")),))


def play_to(state: TicketState, journey: str | None = None) -> tuple[Play, str]:
    """Bring one ticket into a state, with counter 1 open and free wherever the ticket is not at it."""
    play = Play(SITE_WITH_A_JOURNEY)
    play.open(1)
    ticket_id = play.issue("A", journey=journey)
    if state is TicketState.BOOKED:
        ticket_id = "t-booked"
        play.do(cmd.BookTicket(ticket_id, token_of(ticket_id), "A", MORNING + 60 * MINUTE_MS))
    elif state is TicketState.DEFERRED:
        play.do(cmd.DeferTicket(ticket_id))
    elif state in (TicketState.WAITING, TicketState.EXPIRED):
        pass
    elif state is TicketState.CANCELLED:
        play.do(cmd.CancelTicket(ticket_id))
    else:
        play.call(1)
    if state in (TicketState.SERVING, TicketState.DONE):
        play.do(cmd.StartTicket(ticket_id, 1))
    if state is TicketState.DONE:
        play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
    if state is TicketState.NO_SHOW:
        play.do(cmd.NoShowTicket(ticket_id, 1))
    if state is TicketState.PARKED:
        play.do(cmd.ParkTicket(ticket_id, 1))
    if state is TicketState.AWAY:
        play.do(cmd.SendForPapers(ticket_id, 1, (0,)))
    if state is TicketState.EXPIRED:
        # The day's end empties the hall, so an expired ticket is never seen in it: apply the event alone.
        play.happens(TicketExpired(ticket_id))
    assert play.ticket(ticket_id).state is state
    return play, ticket_id


def command_for(move: Move, ticket_id: str) -> cmd.AnyCommand:
    """The command a person gives for a move."""
    commands: dict[Move, cmd.AnyCommand] = {
        Move.ARRIVE: cmd.ArriveTicket(ticket_id),
        Move.DEFER: cmd.DeferTicket(ticket_id),
        Move.CALL: cmd.CallNext(1, ticket_id),
        Move.RECALL: cmd.RecallTicket(ticket_id, 1),
        Move.START: cmd.StartTicket(ticket_id, 1),
        Move.FINISH: cmd.FinishTicket(ticket_id, 1, Outcome.SERVED),
        Move.NEXT_STEP: cmd.FinishTicket(ticket_id, 1, Outcome.SERVED),
        Move.NO_SHOW: cmd.NoShowTicket(ticket_id, 1),
        Move.PARK: cmd.ParkTicket(ticket_id, 1),
        Move.SEND_FOR_PAPERS: cmd.SendForPapers(ticket_id, 1, (0,)),
        Move.RETURN: cmd.ReturnTicket(ticket_id),
        Move.TRANSFER: cmd.TransferTicket(ticket_id, counter=1, queue="B"),
        Move.CANCEL: cmd.CancelTicket(ticket_id),
    }
    return commands[move]


@pytest.mark.parametrize(("state", "move"), [pair for pair in PAIRS if pair in MOVES])
def test_an_allowed_move_leads_where_the_table_says(state: TicketState, move: Move) -> None:
    play, ticket_id = play_to(state, "j" if move is Move.NEXT_STEP else None)
    if (state, move) == (TicketState.DEFERRED, Move.ARRIVE):
        play.now += DAY_MS  # it arrives by itself, with its day
        play.do(cmd.OpenDay())
    else:
        play.do(command_for(move, ticket_id))
    assert play.ticket(ticket_id).state is MOVES[state, move]


@pytest.mark.parametrize(("state", "move"), [pair for pair in PAIRS if pair not in MOVES])
def test_any_other_move_is_refused_and_leaves_the_journal_as_it_was(state: TicketState, move: Move) -> None:
    play, ticket_id = play_to(state)
    # A counter that is busy with this very ticket says so before it looks at the ticket.
    busy = move is Move.CALL and state in AT_COUNTER
    assert play.refusal(command_for(move, ticket_id)) == ("counter_busy" if busy else "wrong_state")


@pytest.mark.parametrize("state", [s for s in TicketState if s not in (TicketState.EXPIRED, TicketState.DEFERRED)])
def test_the_end_of_the_day_expires_exactly_what_has_not_ended(state: TicketState) -> None:
    play, _ = play_to(state)
    kinds = [type(event).__name__ for event in play.do(cmd.CloseDay())]
    assert ("TicketExpired" in kinds) == (state not in ENDED)
    assert kinds[-1] == "DayClosed"


def test_nothing_leads_out_of_an_ended_state() -> None:
    assert not [pair for pair in MOVES if pair[0] in ENDED]


def test_every_open_state_can_expire_so_that_no_ticket_outlives_its_day() -> None:
    assert {s for s, move in MOVES if move is Move.EXPIRE} == set(TicketState) - ENDED


def test_a_ticket_is_moved_only_by_the_counter_it_is_at() -> None:
    play, ticket_id = play_to(TicketState.CALLED)
    play.open(2)
    for command in (
        cmd.RecallTicket(ticket_id, 2),
        cmd.StartTicket(ticket_id, 2),
        cmd.NoShowTicket(ticket_id, 2),
        cmd.ParkTicket(ticket_id, 2),
        cmd.TransferTicket(ticket_id, counter=2, queue="B"),
        cmd.TransferTicket(ticket_id, queue="B"),
    ):
        assert play.refusal(command) == "wrong_counter"


def test_a_ticket_nobody_knows_is_refused_by_every_command_about_tickets() -> None:
    play = Play()
    play.open(1)
    unknown = [command_for(move, "t-none") for move in MADE]
    unknown += [cmd.NoteTicket("t-none", 1, "x"), cmd.JudgePriority("t-none", 1, confirmed=True)]
    unknown += [cmd.RateTicket("t-none", b"x", "2025"), cmd.MarkPrinted("t-none", cmd.PrintResult.PRINTED)]
    assert {play.refusal(command) for command in unknown} == {"unknown_ticket"}
