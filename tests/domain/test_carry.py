"""Whatever another machine wrote is entered here, adds nothing where it is known, or is refused with its reason."""

from typing import get_args

import pytest
from msgspec.structs import replace

from kiosk.domain import carry, events
from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.carry import There
from kiosk.domain.events import AnyEvent, Recorded, Refused
from kiosk.domain.ticket import RankReason
from tests.factory import SITE, Play

THERE = There(SITE, lambda seq: seq)


def hall() -> Play:
    """Return a hall with one called to counter 1, one who waits, one whose ballot came, and counter 2 paused."""
    play = Play()
    play.open(1, 2)
    play.issue("A", "rated")
    play.serve(1)
    play.do(cmd.RateTicket("rated", b"sealed", "2025"))
    for ticket_id in ("called", "waits"):
        play.issue("A", ticket_id)
    play.call(1)
    play.do(cmd.PauseCounter(2, "break"))
    return play


def entered(play: Play, *written: AnyEvent, there: There = THERE) -> tuple[AnyEvent, ...] | Refused:
    """Enter what one command wrote elsewhere; returns its events as they are entered."""
    found = carry.carry(play.hall, there, tuple(Recorded(n, play.now, event) for n, event in enumerate(written, 1)))
    return found if isinstance(found, Refused) else tuple(event for _, event in found)


def issued(ticket_id: str = "new", queue: str = "B", **more: object) -> ev.TicketIssued:
    """Return how another machine gave a number today."""
    other = Play()
    other.issue(queue, ticket_id)
    event = other.journal[-1].event
    assert isinstance(event, ev.TicketIssued)
    return replace(event, **more)


def rating(ticket_id: str) -> ev.TicketRated:
    return ev.TicketRated(ticket_id, f"{ticket_id}/ballot", "0" * 64, "2025", "tablet", "visit")


def test_every_event_has_its_way_to_be_entered() -> None:
    assert [kind for kind in get_args(AnyEvent) if kind not in carry.MOVES and kind not in carry._CARRY] == []
    assert events.TicketCalled in carry._CARRY


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (ev.TicketCalled("waits", 1, "nv01"), "counter_busy"),
        (ev.TicketCalled("waits", 3, "nv01"), "staff_elsewhere"),
        (ev.TicketCalled("called", 3, "nv03"), "wrong_state"),
        (ev.TicketStarted("waits", 1), "wrong_state"),
        (ev.TicketStarted("called", 2), "wrong_counter"),
        (ev.TicketWaiting("called", "B", 0, RankReason.TRANSFERRED, None, 2), "wrong_counter"),
        (ev.TicketStarted("nobody", 1), "unknown_ticket"),
        (ev.PriorityJudged("nobody", 1, True, 0, 0, RankReason.PRIORITY), "unknown_ticket"),
        (ev.CounterOpened(1, "nv03"), "counter_taken"),
        (ev.CounterOpened(3, "nv01"), "staff_elsewhere"),
        (ev.CounterPaused(2), "counter_not_open"),
        (ev.CounterResumed(1), "counter_not_paused"),
        (ev.CounterClosed(1), "counter_busy"),
        (ev.ActionUndone(3, 1), "nothing_to_undo"),
        (ev.ActionUndone(2, 1), "nothing_to_undo"),
        (issued("waits"), "ticket_exists"),
        (issued(queue="A", number="A003"), "ticket_exists"),
        (issued(day="2026-11-20"), "day_over"),
        (issued(day="2026-11-20", deferred_until=0), "day_over"),
        (rating("nobody"), "unknown_ticket"),
    ],
    ids=str,
)
def test_what_cannot_have_been_here_is_refused_with_its_reason(event: AnyEvent, code: str) -> None:
    found = entered(hall(), event)
    assert isinstance(found, Refused), found
    assert found.code == code


@pytest.mark.parametrize(
    "event",
    [
        rating("rated"),
        ev.CounterOpened(1, "nv01"),
        ev.CounterClosed(3),
        ev.DayOpened("2026-11-23"),
        ev.DayClosed("2026-11-22"),
        ev.TicketReprintWanted("waits", 1),
        ev.ClockJumped(1, 2),
        ev.EpochBegan(2, "promoted"),
    ],
    ids=str,
)
def test_what_is_known_or_was_that_machines_own_adds_nothing(event: AnyEvent) -> None:
    assert entered(hall(), event) == ()


def test_a_call_to_a_counter_that_is_closed_here_says_that_its_clerk_sat_there() -> None:
    call = ev.TicketCalled("waits", 3, "nv03")
    assert entered(hall(), call) == (ev.CounterOpened(3, "nv03"), call)


def test_who_was_bound_to_a_counter_that_is_closed_here_waits_for_any() -> None:
    [event] = entered(hall(), issued(to_counter=3))
    assert isinstance(event, ev.TicketIssued)
    assert event.to_counter is None


def test_the_same_action_is_taken_back_at_the_place_it_has_here() -> None:
    play = hall()
    seq = play.hall.acts[2].seq
    assert entered(play, ev.ActionUndone(2, 7), there=There(SITE, {7: seq}.get)) == (ev.ActionUndone(2, seq),)


def test_of_a_ticket_of_a_past_day_one_ballot_counts_and_every_news_of_its_paper() -> None:
    for rated, entered_here in ((True, ()), (False, (rating("past"),))):
        past = There(SITE, lambda seq: seq, rated={"past": rated}.get)
        assert entered(hall(), rating("past"), there=past) == entered_here
        news = ev.TicketPrinted("past", "printed")
        assert entered(hall(), news, there=past) == (news,)


def test_of_one_command_all_is_entered_or_nothing() -> None:
    found = entered(hall(), issued(), ev.TicketStarted("new", 1))
    assert isinstance(found, Refused)
    assert len(entered(hall(), issued(), ev.TicketCancelled("new", "staff"))) == 2
