"""Views say what the rules would do: a citizen is sent where somebody will call her."""

import msgspec
import pytest

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.hall import REPRINT_MS, Hall
from kiosk.domain.next import next_tickets
from kiosk.domain.ticket import Outcome, RankReason, Ticket, TicketState
from kiosk.wire.make_views import (
    UPCOMING,
    board_view,
    counter_view,
    kiosk_view,
    supervisor_view,
    tablet_view,
    ticket_answer,
)
from kiosk.wire.paper_views import PaperFate, PapersView
from tests.factory import SITE, Play
from tests.halls import MONDAY_8, demo_site


def _hall(*open_counters: int) -> Hall:
    hall = Hall(day="2026-11-23")
    for number in open_counters:
        hall = hall.with_counter(Counter(number, CounterState.OPEN, f"nv{number:02d}"))
    return hall


def _ticket(queue: str) -> Ticket:
    return Ticket(
        id="t",
        number=f"{queue}001",
        queue=queue,
        state=TicketState.WAITING,
        rank_at=MONDAY_8,
        rank_seq=1,
        rank_reason=RankReason.ARRIVED,
        day="2026-11-23",
        issued_at=MONDAY_8,
        token_hash="x",
    )


@pytest.mark.parametrize(
    ("open_counters", "sent_to"),
    [
        ((1, 2, 3), (3,)),  # counter 3 serves C first
        ((1, 2), (1, 2)),  # it is closed: those that help
        ((4,), (3,)),  # nobody who can is open: where it will be
        ((), (3,)),
    ],
)
def test_a_ticket_names_the_counters_that_will_call_it(
    open_counters: tuple[int, ...], sent_to: tuple[int, ...]
) -> None:
    ticket = _ticket("C")
    hall = _hall(*open_counters).with_ticket(ticket)
    assert ticket_answer(hall, demo_site(), ticket).counters == sent_to


def test_a_queue_somebody_helps_with_is_open() -> None:
    queue = kiosk_view(_hall(1), demo_site()).queues["C"]
    assert queue.open_counters == (1,)
    assert queue.wait_high is not None
    assert kiosk_view(_hall(4), demo_site()).queues["C"].open_counters == ()


def test_counters_that_share_what_they_would_call_still_show_who_is_bound_to_one_of_them() -> None:
    play = Play()
    play.open(1, 2, 3)
    for queue in "ABCABC":
        play.issue(queue)
    bound = play.issue("A")
    play.do(cmd.TransferTicket(bound, to_counter=2))
    shown = {
        setup.number: [ticket.id for ticket in counter_view(play.hall, SITE, setup.number, play.now).upcoming]
        for setup in SITE.counters
    }
    assert shown == {
        setup.number: [ticket.id for ticket in next_tickets(play.hall, SITE, setup, play.now, UPCOMING)]
        for setup in SITE.counters
    }
    assert bound in shown[2]
    assert bound not in shown[1]


# --- what a day brings


def _played() -> Play:
    play = Play()
    play.open(1, 2)
    return play


def test_a_counter_may_take_back_what_its_clerk_did_last_until_it_is_touched() -> None:
    play = _played()
    ticket_id = play.issue("A")
    play.call(1)
    view = counter_view(play.hall, SITE, 1, play.now)
    assert view.undo is not None
    assert (view.undo.kind, view.undo.number, view.undo.until) == ("ticket_called", "A001", play.now + 10_000)
    play.do(cmd.Undo(1))
    assert counter_view(play.hall, SITE, 1, play.now).undo is None
    play.call(1, ticket_id)
    play.do(cmd.StartTicket(ticket_id, 1))
    undo = counter_view(play.hall, SITE, 1, play.now).undo
    assert undo is not None
    assert undo.kind == "ticket_started"


def test_who_is_set_aside_is_shown_at_her_counter_with_her_time() -> None:
    play = _played()
    parked, away = play.issue("A"), play.issue("A")
    play.call(1)
    play.do(cmd.ParkTicket(parked, 1, 15))
    play.call(1)
    play.do(cmd.SendForPapers(away, 1, (0,), minutes=60))
    view, other = (counter_view(play.hall, SITE, number, play.now) for number in (1, 2))
    assert [(t.number, t.until) for t in view.parked] == [("A001", play.ticket(parked).until)]
    assert [(t.papers.number, t.papers.until) for t in view.away] == [("A002", play.ticket(away).until)]
    assert (other.parked, other.away) == ((), ())
    assert (view.papers_trips, other.papers_trips) == (1, 0)


def test_a_counters_queues_are_those_it_serves_now() -> None:
    play = _played()
    play.issue("C")
    assert counter_view(play.hall, SITE, 2, play.now).upcoming == ()
    play.do(cmd.SetCounterQueues(2, (("C",),)))
    view = counter_view(play.hall, SITE, 2, play.now)
    assert view.serves == (("C",),)
    assert [t.number for t in view.upcoming] == ["C001"]
    assert kiosk_view(play.hall, SITE).queues["C"].open_counters == (2,)


def test_the_clerk_reads_everything_about_the_ticket_she_serves_but_what_must_be_forgettable() -> None:
    play = _played()
    ticket_id = play.issue("A", priority="elderly", dossiers=3)
    play.call(1)
    play.do(cmd.NoteTicket(ticket_id, 1, "thiếu bản chính"))
    play.do(cmd.JudgePriority(ticket_id, 1, True))
    ticket = counter_view(play.hall, SITE, 1, play.now).ticket
    assert ticket is not None
    assert (ticket.note, ticket.priority_minutes, ticket.priority_confirmed, ticket.dossiers) == (True, 30, True, 3)
    assert (ticket.rank_reason, ticket.call_reason) == ("priority", "next")


def test_what_is_closed_is_shown_closed_with_its_reason() -> None:
    play = _played()
    play.happens(ev.QueueClosed("B", "no_staff"), ev.KioskClosed(1, "paper"))
    view = kiosk_view(play.hall, SITE)
    assert (view.queues["A"].closed, view.queues["B"].closed, view.closed_kiosks) == ("", "no_staff", {"1": "paper"})


def test_a_supervisor_sees_who_sits_where_since_when_and_how_the_day_stands() -> None:
    play = _played()
    play.issue("A")
    away = play.call(1)
    play.do(cmd.SendForPapers(away, 1, (0,), minutes=60))
    play.pass_minutes(5)
    play.do(cmd.PauseCounter(2, "break"))
    view = supervisor_view(play.hall, SITE, play.now)
    paused = view.counters["2"]
    assert (paused.state, paused.pause_reason, paused.staff_id, paused.since) == ("paused", "break", "nv02", play.now)
    assert (view.issued_today, view.done_today, view.set_aside, view.papers_trips) == (1, 0, 1, 1)


def test_no_view_names_a_priority_group_a_note_or_a_token() -> None:
    play = _played()
    for _ in range(3):
        play.issue("A", priority="disability")
    ticket_id = play.call(1)
    play.do(cmd.NoteTicket(ticket_id, 1, "ghi chú riêng"))
    views = (
        kiosk_view(play.hall, SITE),
        board_view(play.hall, SITE),
        counter_view(play.hall, SITE, 1, play.now),
        tablet_view(play.hall, SITE, 1, "key"),
        supervisor_view(play.hall, SITE, play.now),
    )
    told = "".join(msgspec.json.encode(view).decode() for view in views)
    assert "A001" in told
    for secret in ("disability", "ghi chú riêng", "token", play.ticket(ticket_id).token_hash):
        assert secret not in told


def test_a_kiosk_sees_which_papers_are_wanted_once_more_for_as_long_as_they_are_meant() -> None:
    play = Play()
    ticket_id = play.issue("A", kiosk=2)
    play.do(cmd.ReprintTicket(ticket_id))
    (wish,) = kiosk_view(play.hall, SITE).reprints
    assert (wish.ticket_id, wish.kiosk, wish.at) == (ticket_id, 2, play.hall.at)
    assert kiosk_view(play.hall, SITE, play.hall.at + REPRINT_MS).reprints == ()


def test_a_kiosk_is_told_what_the_list_says_while_its_ticket_is_away_and_the_clerk_what_became_of_it() -> None:
    play = _played()
    ticket_id = play.issue("A", kiosk=2, procedure="1.001193")
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (0, 2), minutes=60, print_list=True))
    (wish,) = kiosk_view(play.hall, SITE).reprints
    until = play.ticket(ticket_id).until
    assert wish.papers == PapersView("A001", "A", "1.001193", (0, 2), until or 0, 1)
    (away,) = counter_view(play.hall, SITE, 1, play.now).away
    assert (away.id, away.papers, away.kiosk, away.paper) == (ticket_id, wish.papers, 2, PaperFate(2))

    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.REFUSED, "paper_out"))
    assert kiosk_view(play.hall, SITE).reprints == ()
    (away,) = counter_view(play.hall, SITE, 1, play.now).away
    assert away.paper == PaperFate(2, "refused", "paper_out")
    (away,) = counter_view(play.hall, SITE, 1, play.now + REPRINT_MS).away
    assert away.paper is None


def test_a_list_is_not_printed_any_more_for_one_who_is_back() -> None:
    play = _played()
    ticket_id = play.issue("A", kiosk=2)
    play.call(1)
    play.do(cmd.SendForPapers(ticket_id, 1, (0,), print_list=True))
    play.do(cmd.Undo(1))
    assert kiosk_view(play.hall, SITE).reprints == ()
    here = counter_view(play.hall, SITE, 1, play.now).ticket
    assert here is not None
    assert here.reprint is None


def test_a_clerk_is_told_what_became_of_the_ticket_she_wanted_once_more() -> None:
    play = _played()
    ticket_id = play.issue("A", kiosk=2)
    play.call(1)
    play.do(cmd.ReprintTicket(ticket_id, 1))
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    here = counter_view(play.hall, SITE, 1, play.now).ticket
    assert here is not None
    assert here.reprint == PaperFate(2, "printed")


# --- what nobody may read out of a view


def test_board_and_counters_look_the_same_to_the_byte_whether_anybody_rated_or_not() -> None:
    def shown(*, rated: bool) -> list[bytes]:
        play, seen = _played(), []
        for n in range(4):
            ticket_id = play.issue("A", f"t{n}")
            play.call(1, ticket_id)
            play.do(cmd.RecallTicket(ticket_id, 1))
            play.do(cmd.StartTicket(ticket_id, 1))
            play.do(cmd.FinishTicket(ticket_id, 1, Outcome.SERVED))
            if rated:
                play.do(cmd.RateTicket(ticket_id, b"sealed", "legal"))
            views = (
                board_view(play.hall, SITE, play.now),
                *(counter_view(play.hall, SITE, n, play.now) for n in (1, 2)),
            )
            seen += [msgspec.json.encode(view) for view in views]
        return seen

    assert shown(rated=True) == shown(rated=False)


def test_a_call_after_one_that_was_taken_back_bears_a_name_of_its_own() -> None:
    play = _played()
    play.issue("A")
    play.call(1)
    [taken_back] = board_view(play.hall, SITE).calls
    play.do(cmd.Undo(1))
    play.call(1)
    [again] = board_view(play.hall, SITE).calls
    assert (taken_back.seq, again.seq) == (1, 2)
