"""Views say what the rules would do: a citizen is sent where somebody will call her."""

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.hall import Hall
from kiosk.domain.next import next_tickets
from kiosk.domain.ticket import RankReason, Ticket, TicketState
from kiosk.wire.make_views import UPCOMING, counter_view, kiosk_view, ticket_answer
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
