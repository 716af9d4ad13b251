"""Appointments, walk-ins and promised numbers in one order (DESIGN §4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import Refused, TicketArrived, TicketBooked, TicketExpired
from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import RankReason, TicketState
from tests.domain.moments import FRIDAY, MONDAY, SATURDAY, TUESDAY, WEDNESDAY, at
from tests.factory import DAY_MS, OFFICE, SITE, Play, token_of


def booking(ticket_id: str = "b", slot_at: int = at("09:00"), queue: str = "A", **wishes: object) -> cmd.BookTicket:
    return replace(cmd.BookTicket(ticket_id, token_of(ticket_id), queue, slot_at), **wishes)


# --- booking ----------------------------------------------------------------------------------------------------------


def test_an_appointment_is_booked_without_a_number_and_waits_in_no_line() -> None:
    play = Play(OFFICE)
    (_, event) = play.do(booking())
    assert isinstance(event, TicketBooked)
    assert (event.day, event.slot_at) == (MONDAY, at("09:00"))
    ticket = play.ticket("b")
    assert (ticket.state, ticket.number, play.line("A")) == (TicketState.BOOKED, "", [])
    assert play.hall.issued == 0
    assert [(s.kind, s.payload) for s in play.side] == [("token", token_of("b").encode())]
    assert token_of("b") not in repr(play.journal)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (booking(queue="Z"), "unknown_queue"),
        (booking("taken"), "ticket_exists"),
        (replace(booking(), token="short"), "weak_token"),
        (booking(slot_at=at("07:30")), "slot_not_ahead"),
        (booking(slot_at=at("07:00")), "slot_not_ahead"),
        (booking(slot_at=at("07:31") + 366 * DAY_MS), "slot_not_ahead"),
        (booking(slot_at=2**52), "slot_not_ahead"),
        (booking(slot_at=at("11:00")), "slot_shut"),
        (booking(slot_at=at("17:00")), "slot_shut"),
        (booking(slot_at=at("09:00", SATURDAY)), "slot_shut"),
    ],
)
def test_what_cannot_be_booked_is_refused_with_its_code(command: cmd.BookTicket, code: str) -> None:
    play = Play(OFFICE)
    play.issue("A", "taken")
    play.now = at("07:30")
    assert play.refusal(command) == code


def test_a_queue_with_hours_of_its_own_can_be_booked_in_them() -> None:
    Play(OFFICE).do(booking(slot_at=at("09:00", SATURDAY), queue="C"))


def test_a_part_of_each_hour_can_be_booked_counted_in_dossiers() -> None:
    """Two counters that share two queues: an hour serves 6.9 of A; half of it is 3."""
    play = Play(OFFICE)
    play.do(booking("b1", at("09:00"), dossiers=2))
    play.do(booking("b2", at("09:59")))
    assert play.refused(booking("b3", at("09:30"))).params == {"day": MONDAY, "time": "09:30"}
    play.do(booking("b3", at("10:00")))
    play.do(booking("b4", at("09:00"), "B"))
    play.do(cmd.CancelTicket("b1"))
    play.do(booking("b5", at("09:30")))


def test_a_group_larger_than_an_hours_share_may_book_an_hour_of_its_own() -> None:
    play = Play(OFFICE)
    play.do(booking("b1", at("09:00"), dossiers=9))
    assert play.refusal(booking("b2", at("09:30"))) == "slot_full"


def test_a_centre_may_book_nothing() -> None:
    play = Play(replace(OFFICE, rules=replace(OFFICE.rules, appointment_share=0.0)))
    assert play.refusal(booking()) == "slot_full"


# --- checking in ------------------------------------------------------------------------------------------------------


def test_walk_ins_and_appointments_stand_in_one_order() -> None:
    """Slot 9:00, credit ten minutes: it counts as having come at 8:50, between two who walked in."""
    play = Play(OFFICE, at("08:00"))
    play.do(booking())
    play.now = at("08:45")
    before = play.issue("A")
    play.now = at("08:55")
    after = play.issue("A")
    play.now = at("08:58")
    (event,) = play.do(cmd.ArriveTicket("b"))
    assert event == TicketArrived("b", "A003", 3, MONDAY, at("08:50"), RankReason.APPOINTMENT)
    assert play.line("A") == [before, "b", after]
    assert play.hall.given == {"A": 3}


@pytest.mark.parametrize(
    ("comes", "rank", "reason"),
    [
        ("08:20", "08:20", RankReason.APPOINTMENT),
        ("08:50", "08:50", RankReason.APPOINTMENT),
        ("08:51", "08:50", RankReason.APPOINTMENT),
        ("09:10", "08:50", RankReason.APPOINTMENT),
        ("09:11", "09:11", RankReason.APPOINTMENT_LATE),
        ("16:00", "16:00", RankReason.APPOINTMENT_LATE),
    ],
)
def test_an_appointment_counts_from_its_check_in_or_its_slot_minus_the_credit_and_late_from_the_check_in(
    comes: str, rank: str, reason: RankReason
) -> None:
    play = Play(OFFICE, at("08:00"))
    play.do(booking())
    play.now = at(comes)
    play.do(cmd.ArriveTicket("b"))
    ticket = play.ticket("b")
    assert (ticket.rank_at, ticket.rank_reason) == (at(rank), reason)


def test_an_appointment_of_another_day_is_told_its_day() -> None:
    play = Play(OFFICE)
    play.do(booking(slot_at=at("09:00", TUESDAY)))
    refused = play.refused(cmd.ArriveTicket("b"))
    assert (refused.code, refused.params) == ("not_today", {"day": TUESDAY})


def test_only_a_booked_or_deferred_ticket_arrives_and_only_once() -> None:
    play = Play(OFFICE, at("08:55"))
    waits = play.issue("A")
    play.do(booking())
    play.do(cmd.ArriveTicket("b"))
    assert [play.refusal(cmd.ArriveTicket(t)) for t in ("b", waits, "t-none")] == [
        "wrong_state",
        "wrong_state",
        "unknown_ticket",
    ]


def test_a_check_in_needs_a_number_that_is_left() -> None:
    site = replace(OFFICE, queues=(replace(OFFICE.queues[0], last=1), *OFFICE.queues[1:]))
    play = Play(site, at("08:55"))
    play.do(booking())
    play.issue("A")
    assert play.refusal(cmd.ArriveTicket("b")) == "series_exhausted"


def test_who_does_not_come_to_her_appointment_expires_with_the_day() -> None:
    play = Play(OFFICE)
    play.do(booking())
    events = play.do(cmd.CloseDay())
    assert events[0] == TicketExpired("b")
    assert play.hall.ticket("b") is None


def test_an_appointment_of_a_coming_day_outlives_nights_and_is_found_by_its_token() -> None:
    play = Play(OFFICE)
    play.do(booking(slot_at=at("09:00", WEDNESDAY)))
    play.now = at("08:00", TUESDAY)
    play.issue("A")
    play.now = at("08:55", WEDNESDAY)
    play.do(cmd.ArriveTicket("b"))
    assert play.line("A") == ["b"]
    assert play.hall.by_token.get(play.ticket("b").token_hash) == "b"


# --- the first hour ---------------------------------------------------------------------------------------------------


def test_promised_numbers_wait_from_the_days_opening_in_the_order_of_the_promises() -> None:
    play = Play(OFFICE, at("16:30"))
    promised = [play.issue("A", f"d{n}", defer=True) for n in range(3)]
    play.now = at("07:20", TUESDAY)
    walk_in = play.issue("A")
    assert play.line("A") == [*promised, walk_in]
    assert [play.ticket(t).number for t in (*promised, walk_in)] == ["A001", "A002", "A003", "A004"]
    first = play.ticket("d0")
    assert (first.state, first.rank_at, first.rank_reason) == (
        TicketState.WAITING,
        at("07:00", TUESDAY),
        RankReason.DEFERRED,
    )
    assert play.hall.given == {"A": 4}
    assert play.hall.ordinals_ahead == {}


def test_a_priority_that_was_declared_counts_in_the_first_hour_too() -> None:
    play = Play(OFFICE, at("16:30"))
    play.issue("A", "plain", defer=True)
    play.issue("A", "elder", defer=True, priority="elderly")
    play.now = at("07:10", TUESDAY)
    younger = play.issue("A", priority="elderly")
    assert play.line("A") == ["elder", younger, "plain"]


def test_one_that_was_deferred_by_staff_stands_behind_those_promised_before() -> None:
    play = Play(OFFICE, at("15:00"))
    early = play.issue("A")
    play.issue("A", "d1", defer=True)
    play.do(cmd.DeferTicket(early))
    play.now = at("07:00", TUESDAY)
    play.do(cmd.OpenDay())
    assert play.line("A") == ["d1", early]
    assert play.ticket(early).number == "A002"


def test_a_promise_of_wednesday_is_not_kept_on_tuesday() -> None:
    play = Play(OFFICE, at("16:30"))
    for n in range(4):
        play.issue("A", f"d{n}", defer=True)
    play.now = at("07:00", TUESDAY)
    play.do(cmd.OpenDay())
    assert play.line("A") == ["d0", "d1", "d2"]
    assert play.refused(cmd.ArriveTicket("d3")).params == {"day": WEDNESDAY}
    play.now = at("07:00", WEDNESDAY)
    play.do(cmd.OpenDay())
    assert play.line("A") == ["d3"]


def test_a_promise_of_a_day_that_went_by_with_doors_shut_is_kept_on_the_next() -> None:
    """A flood on Tuesday: on Wednesday she gets a number of that day and is first, for nobody waits longer."""
    play = Play(OFFICE, at("16:30"))
    play.issue("A", "d", defer=True)
    play.now = at("07:30", WEDNESDAY)
    others = [play.issue("A"), play.issue("A")]
    assert play.line("A") == others
    play.pass_minutes(2)
    play.do(cmd.ArriveTicket("d"))
    ticket = play.ticket("d")
    assert (ticket.number, ticket.day) == ("A003", WEDNESDAY)
    assert play.line("A") == ["d", *others]


def test_a_promise_nobody_came_for_expires_with_its_day() -> None:
    play = Play(OFFICE, at("16:30"))
    play.issue("A", "d", defer=True)
    play.now = at("07:00", TUESDAY)
    play.do(cmd.OpenDay())
    play.now = at("07:00", WEDNESDAY)
    play.do(cmd.OpenDay())
    assert play.hall.ticket("d") is None


def test_practice_is_promised_nothing_beyond_its_day() -> None:
    play = Play(OFFICE, at("16:30"))
    play.issue("A", "d", defer=True, training=True)
    play.do(booking("b", at("09:00", TUESDAY), training=True))
    play.now = at("07:00", TUESDAY)
    play.do(cmd.OpenDay())
    assert len(play.hall.tickets) == 0


@given(
    st.lists(
        st.tuples(st.sampled_from(["walk-in", "priority", "booked"]), st.integers(0, 150), st.integers(0, 150)),
        max_size=20,
    )
)
def test_whoever_comes_how_the_line_is_in_the_order_of_ranks(visits: list[tuple[str, int, int]]) -> None:
    """Each visit comes at a minute; an appointment has its slot at another. Ranks are worked out anew here."""
    play = Play(replace(SITE, rules=replace(SITE.rules, appointment_share=1.0)), at("07:00"))
    expected = []
    kept = [(how, comes, slot) for how, comes, slot in visits if how != "booked" or slot > 0]
    for n, (how, _, slot) in enumerate(kept):
        booked = how == "booked" and play.try_(booking(f"t{n}", at("07:00") + slot * MINUTE_MS))
        if isinstance(booked, Refused):
            kept[n] = ("walk-in", kept[n][1], 0)
    for n, (how, comes, slot) in sorted(enumerate(kept), key=lambda visit: visit[1][1]):
        play.now = at("07:00") + comes * MINUTE_MS
        if how == "booked":
            play.do(cmd.ArriveTicket(f"t{n}"))
            rank = comes if comes > slot + 10 else min(comes, max(slot - 10, comes - 45))
        else:
            wish = cmd.IssueTicket(f"t{n}", token_of(f"t{n}"), "A", priority="elderly" if how == "priority" else None)
            play.do(wish)
            rank = comes - (30 if how == "priority" else 0)
        expected.append((rank, len(expected), f"t{n}"))
    assert play.line("A") == [ticket_id for _, _, ticket_id in sorted(expected)]


def test_a_check_in_on_friday_evening_for_a_friday_slot_is_late() -> None:
    play = Play(SITE, at("10:00", FRIDAY))
    play.do(booking(slot_at=at("16:00", FRIDAY)))
    play.now = at("22:00", FRIDAY)
    play.do(cmd.ArriveTicket("b"))
    assert play.ticket("b").rank_reason is RankReason.APPOINTMENT_LATE
