"""Number series: each queue's own, none twice in a day, whoever gives them (DESIGN §4)."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.events import Refused, TicketIssued
from kiosk.domain.hall import Hall
from kiosk.domain.numbers import number_of_today
from kiosk.domain.site import Site
from tests.factory import DAY_MS, SITE, Play, token_of


def with_queue(**series: object) -> Site:
    return replace(SITE, queues=(replace(SITE.queues[0], **series), *SITE.queues[1:]))


def test_a_series_has_its_own_letters_and_begins_where_the_centre_says() -> None:
    play = Play(with_queue(prefix="HT", first=500, last=502))
    assert [play.ticket(play.issue("A")).number for _ in range(3)] == ["HT500", "HT501", "HT502"]


def test_a_series_that_has_run_out_is_refused_and_begins_anew_the_next_day() -> None:
    play = Play(with_queue(last=2))
    play.issue("A")
    play.issue("A")
    assert play.refusal(cmd.IssueTicket("t9", token_of("t9"), "A")) == "series_exhausted"
    play.issue("B")
    play.now += DAY_MS
    assert play.ticket(play.issue("A")).number == "A001"


def test_another_machine_that_carries_the_journal_on_counts_above_the_mark() -> None:
    play = Play()
    play.issue("A")
    play.do(cmd.BeginEpoch(2, "promoted", {"A": 101, "B": 100}))
    assert [play.ticket(play.issue(queue)).number for queue in "ABC"] == ["A102", "B101", "C001"]


def test_a_mark_below_what_was_given_lowers_nothing() -> None:
    play = Play()
    for _ in range(3):
        play.issue("A")
    play.do(cmd.BeginEpoch(2, "promoted", {"A": 1}))
    assert play.ticket(play.issue("A")).number == "A004"


def test_marks_of_a_day_not_yet_heard_of_hold_as_it_begins_and_for_what_is_promised() -> None:
    play = Play()
    play.issue("A")
    play.do(cmd.BeginEpoch(2, "promoted", {}, {"2026-11-24": {"A": 50}}))
    assert play.ticket(play.issue("A", defer=True)).number == "A051"
    play.now += DAY_MS
    assert play.ticket(play.issue("A")).number == "A052"


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.sampled_from("AB"), st.integers(0, 3)),
        st.tuples(st.just("defer"), st.sampled_from("AB"), st.integers(0, 3)),
        st.tuples(st.just("practise"), st.sampled_from("AB"), st.integers(0, 3)),
        st.just(("close", "", 0)),
        st.just(("epoch", "A", 5)),
        st.just(("night", "", 0)),
    ),
    max_size=40,
)


@given(ACTS)
def test_no_number_is_given_twice_in_a_day(acts: list[tuple[str, str, int]]) -> None:
    """By several kiosks, for today, ahead and in practice, over closings of the day, marks, restarts from its end."""
    play = Play(with_queue(first=3))
    for n, (act, queue, kiosk) in enumerate(acts):
        if act in ("issue", "defer", "practise"):
            wish = cmd.IssueTicket(f"t{n}", token_of(f"t{n}"), queue, kiosk=kiosk, confirmed=True)
            play.try_(replace(wish, defer=act == "defer", training=act == "practise"))
        elif act == "close":
            if play.do(cmd.CloseDay()):
                play.hall = replay(Hall(), play.journal[-1:])
        elif act == "epoch":
            play.do(cmd.BeginEpoch(2, "promoted", {queue: play.hall.ordinals.get(queue, 0) + kiosk}))
        elif act == "night":
            play.now += DAY_MS
    given_ = [(e.day, e.number) for row in play.journal if isinstance(e := row.event, TicketIssued)]
    assert len(set(given_)) == len(given_)


@given(st.integers(0, 5000), st.integers(1, 2000), st.integers(0, 2000))
def test_the_next_number_is_within_the_range_and_above_the_last(last_given: int, first: int, size: int) -> None:
    last = first + size
    found = number_of_today(Hall(ordinals={"A": last_given}), with_queue(first=first, last=last), "A")
    if isinstance(found, Refused):
        assert found.code == "series_exhausted"
        assert last_given >= last
    else:
        assert last_given < found.ordinal <= last
        assert first <= found.ordinal
        assert found.number.endswith(str(found.ordinal))
