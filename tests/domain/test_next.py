"""Who is next for a counter, and why (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import TicketCalled
from kiosk.domain.next import next_call, next_tickets
from kiosk.domain.site import Site
from kiosk.domain.ticket import CallReason
from tests.factory import SITE, Play


def with_queue(queue_id: str, **changes: object) -> Site:
    """The small centre with one queue set up otherwise."""
    return replace(SITE, queues=tuple(replace(q, **changes) if q.id == queue_id else q for q in SITE.queues))


def reason_of_call(play: Play, counter: int = 1) -> CallReason | None:
    """Why the ticket that was called last was called."""
    (event,) = [rec.event for rec in play.journal[-1:] if isinstance(rec.event, TicketCalled)]
    assert event.counter == counter
    return event.reason


def test_the_one_who_came_first_is_called_first_across_the_queues_of_a_tier() -> None:
    play = Play()
    play.open(1)
    came = [play.issue(queue) for queue in "BAAB"]
    assert [play.serve(1) for _ in came] == came


def test_the_second_tier_is_called_only_when_the_first_is_empty() -> None:
    play = Play()
    play.open(1)
    residence = play.issue("C")
    civil = play.issue("A")
    assert [play.serve(1), play.serve(1)] == [civil, residence]


def test_someone_past_the_waiting_bound_counts_as_first_tier_and_one_at_the_bound_does_not() -> None:
    play = Play()
    play.open(1)
    residence = play.issue("C")
    issued_at = play.ticket(residence).issued_at
    play.pass_minutes(44)
    civil = play.issue("A")
    setup = SITE.counters[0]
    bound = issued_at + 45 * 60_000
    assert next_tickets(play.hall, SITE, setup, bound, 2)[0].id == civil
    assert next_tickets(play.hall, SITE, setup, bound + 1, 2)[0].id == residence


def test_who_is_next_is_told_in_the_order_in_which_they_will_be_called() -> None:
    play = Play()
    play.open(1)
    for queue in "ABCABC":
        play.issue(queue)
    told = [t.id for t in next_tickets(play.hall, SITE, SITE.counters[0], play.now, 9)]
    assert told == [play.serve(1, minutes=0) for _ in range(6)]


def test_a_call_says_why_this_ticket_and_not_another() -> None:
    play = Play()
    play.open(1, 2)
    first, second, bound, other = (play.issue(queue) for queue in "AAAC")
    play.do(cmd.TransferTicket(bound, to_counter=1))
    assert (play.call(1), reason_of_call(play)) == (first, CallReason.NEXT)
    play.do(cmd.NoShowTicket(first, 1))
    assert (play.call(1, other), reason_of_call(play)) == (other, CallReason.CHOSEN)
    play.do(cmd.NoShowTicket(other, 1))
    play.call(2)
    assert (play.call(1), reason_of_call(play)) == (bound, CallReason.BOUND)
    play.do(cmd.NoShowTicket(bound, 1))
    last = play.issue("C")
    assert (play.call(1), reason_of_call(play)) == (last, CallReason.HELPED)
    assert play.ticket(second).call_reason is CallReason.NEXT


def test_the_bound_is_the_reason_only_where_it_made_the_difference() -> None:
    play = Play()
    play.open(1)
    residence = play.issue("C")
    play.pass_minutes(1)
    civil = play.issue("A")
    play.pass_minutes(46)
    assert (play.call(1), reason_of_call(play)) == (residence, CallReason.OVERDUE)
    play.do(cmd.NoShowTicket(residence, 1))
    assert (play.call(1), reason_of_call(play)) == (civil, CallReason.NEXT)


def test_the_bound_counts_at_every_counter_that_can_serve_the_ticket_and_at_no_other() -> None:
    play = Play()
    play.open(1, 2)
    residence = play.issue("C")
    play.pass_minutes(1)
    civil = play.issue("A")
    play.pass_minutes(46)
    assert play.call(2) == civil
    assert play.call(1) == residence


def test_each_queue_has_a_bound_of_its_own() -> None:
    play = Play(with_queue("C", max_wait_minutes=10))
    play.open(1)
    civil, residence = play.issue("A"), play.issue("C")
    play.pass_minutes(10)
    assert next_tickets(play.hall, play.site, play.site.counters[0], play.now, 2)[0].id == civil
    play.serve(1, minutes=1)
    play.issue("A")
    assert play.call(1) == residence


@pytest.mark.parametrize(("waiting", "helps"), [(3, False), (4, True)])
def test_a_queue_that_is_too_long_is_called_as_first_by_those_who_only_help(waiting: int, helps: bool) -> None:
    play = Play(with_queue("C", share_above=3))
    play.open(1)
    residence = [play.issue("C") for _ in range(waiting)]
    civil = play.issue("A")
    assert play.call(1) == (residence[0] if helps else civil)
    assert reason_of_call(play) is (CallReason.HELPED if helps else CallReason.NEXT)


def test_those_bound_to_another_counter_do_not_make_a_queue_too_long() -> None:
    play = Play(with_queue("C", share_above=3))
    play.open(1, 3)
    residence = [play.issue("C") for _ in range(4)]
    play.do(cmd.TransferTicket(residence[-1], to_counter=3))
    civil = play.issue("A")
    assert play.call(1) == civil


def test_whoever_waits_for_this_very_counter_is_first_tier_there() -> None:
    """Nobody else may call her: in a tier that is never reached she would wait for ever."""
    play = Play()
    play.open(1)
    bound = play.issue("C")
    play.do(cmd.TransferTicket(bound, to_counter=1))
    play.issue("A")
    assert play.call(1) == bound


def test_a_counter_calls_by_the_tiers_it_has_now() -> None:
    play = Play()
    play.open(1)
    civil, residence, certified = (play.issue(queue) for queue in "ACB")
    play.do(cmd.SetCounterQueues(1, (("C",), ("B",))))
    assert [play.serve(1), play.serve(1)] == [residence, certified]
    assert play.refusal(cmd.CallNext(1)) == "nobody_waiting"
    assert play.refusal(cmd.CallNext(1, civil)) == "counter_serves_not"
    play.do(cmd.SetCounterQueues(1, ()))
    assert play.call(1) == civil


def test_nobody_is_next_where_nobody_waits() -> None:
    play = Play()
    assert next_call(play.hall, SITE, SITE.counters[0], play.now) is None
