"""The wait is said as a range in steps of five minutes, and not at all where nobody knows (DESIGN §4)."""

import heapq
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain import estimate
from kiosk.domain.estimate import STEP_MINUTES, Outlook, outlook, outlook_now
from kiosk.domain.events import Refused
from kiosk.domain.hall import DEFAULT_PACE_MS
from kiosk.domain.site import MINUTE_MS, CounterSetup, Site
from kiosk.domain.takers import BETWEEN_MS, Load
from kiosk.domain.ticket import Outcome
from tests.domain.moments import at
from tests.factory import OFFICE, SITE, Play, token_of


def now(play: Play, queue: str = "A") -> Outlook:
    """Say what one who comes now is told."""
    return outlook_now(play.hall, play.site, queue, play.now)


def hall_with(waiting: dict[str, int], *counters: int, site: Site = SITE) -> Play:
    """Let people wait and seat clerks."""
    play = Play(site)
    for queue, count in waiting.items():
        for _ in range(count):
            play.issue(queue)
    play.open(*counters)
    return play


# --- the range --------------------------------------------------------------------------------------------------------


def test_nobody_knows_the_wait_where_no_open_counter_serves_the_queue() -> None:
    assert now(hall_with({"C": 3}, 2), "C") == Outlook(3)
    assert now(hall_with({"A": 1})) == Outlook(1)


def test_a_counter_that_pauses_promises_nothing() -> None:
    play = hall_with({}, 1)
    play.do(cmd.PauseCounter(1))
    assert now(play) == Outlook(0)


def test_at_a_free_counter_it_is_at_most_five_minutes() -> None:
    assert now(hall_with({}, 1)) == Outlook(0, 0, 5)


def test_ten_ahead_at_eight_minutes_each_are_an_hour_or_more_at_one_counter() -> None:
    """One is called at once; nine times 8:45 are 79 minutes."""
    assert DEFAULT_PACE_MS + BETWEEN_MS == 8.75 * MINUTE_MS
    told = now(hall_with({"A": 10}, 1))
    assert told.ahead == 10
    assert told.low is not None
    assert told.high is not None
    assert told.low < 87 < told.high
    assert told.low >= 55


def test_a_second_counter_about_halves_the_wait() -> None:
    one, two = middle(now(hall_with({"A": 20}, 1))), middle(now(hall_with({"A": 20}, 1, 2)))
    assert 1.7 < one / two < 2.3


def middle(told: Outlook) -> float:
    assert told.low is not None
    assert told.high is not None
    return (told.low + told.high) / 2


def test_a_visit_that_is_nearly_over_counts_for_less_than_one_that_began() -> None:
    play = hall_with({"A": 1}, 1)
    play.do(cmd.StartTicket(play.call(1), 1))
    began = now(play)
    play.pass_minutes(7)
    assert middle(now(play)) < middle(began)


def test_a_group_makes_the_wait_as_long_as_its_dossiers_and_counts_as_one_ahead() -> None:
    single, group = hall_with({"A": 3}, 1), Play()
    group.issue("A", dossiers=10)
    for _ in range(2):
        group.issue("A")
    group.open(1)
    assert now(single).ahead == now(group).ahead == 3
    assert middle(now(group)) > 1.8 * middle(now(single))


def test_a_group_that_is_served_keeps_its_counter_longer() -> None:
    play = Play()
    play.open(1)
    play.issue("A", dossiers=6)
    play.call(1)
    assert middle(now(play)) >= 40


# --- who is ahead at the counters that can take her -------------------------------------------------------------------


def test_other_queues_of_the_same_counters_are_ahead_of_her() -> None:
    assert now(hall_with({"A": 2, "B": 3}, 1)).ahead == 5


def test_those_whom_other_counters_take_are_not_ahead_of_her() -> None:
    assert now(hall_with({"A": 2, "C": 9}, 1, 3)).ahead == 2


def test_behind_a_ticket_nobody_is_ahead_of_it() -> None:
    play = hall_with({"A": 5, "B": 2}, 1)
    third = play.ticket(play.line("A")[2])
    assert outlook(play.hall, play.site, third, play.now).ahead == 2


def test_where_only_a_helper_is_there_its_own_people_come_first() -> None:
    """Counter 3 serves C first and helps with A."""
    assert now(hall_with({"A": 2, "C": 4}, 3)).ahead == 6


def test_a_helper_with_nobody_of_its_own_shortens_the_wait_and_a_busy_one_does_not() -> None:
    alone, helped = hall_with({"A": 4}, 1), hall_with({"A": 4}, 1, 3)
    busy = hall_with({"A": 4, "C": 4}, 1, 3)
    assert middle(now(helped)) < middle(now(alone)) == middle(now(busy))


def test_a_line_that_is_shared_is_taken_by_every_counter_that_can() -> None:
    shared = replace(SITE, queues=(replace(SITE.queues[0], share_above=3), *SITE.queues[1:]))
    plain = hall_with({"A": 8, "C": 1}, 1, 3)
    assert middle(now(hall_with({"A": 8, "C": 1}, 1, 3, site=shared))) < middle(now(plain))


def test_one_who_waits_for_a_counter_has_only_that_counters_people_ahead() -> None:
    play = hall_with({"A": 3}, 1, 2)
    bound = play.line("A")[2]
    play.do(cmd.TransferTicket(bound, to_counter=2))
    other = play.issue("A")
    play.do(cmd.TransferTicket(other, to_counter=2))
    assert outlook(play.hall, play.site, play.ticket(other), play.now).ahead == 3
    play.do(cmd.PauseCounter(2))
    assert outlook(play.hall, play.site, play.ticket(other), play.now).low is None


def test_a_counter_that_was_given_other_queues_today_counts_for_those() -> None:
    play = hall_with({"A": 2}, 1)
    play.hall = play.hall.with_counter(replace(play.hall.counter(1), tiers=(("C",),)))
    assert now(play, "A").low is None
    assert now(play, "C").low == 0


def test_past_the_waiting_bound_every_counter_takes_her() -> None:
    """Sixty wait for one counter; long before her turn she is overdue, and counter 3 takes her too."""
    alone = now(hall_with({"A": 60, "C": 1}, 1))
    with_another = now(hall_with({"A": 60, "C": 1}, 1, 3))
    assert middle(with_another) < 0.7 * middle(alone)
    assert middle(with_another) >= 45


def test_a_wait_that_does_not_end_before_lunch_is_longer_by_the_break() -> None:
    play = Play(OFFICE, at("10:30"))
    play.open(1)
    for _ in range(10):
        play.issue("A")
    told = now(play)
    assert told.low is not None
    assert told.low >= 120 + 55


def test_what_was_told_stands_in_the_ticket() -> None:
    play = hall_with({"A": 4}, 1)
    told = now(play)
    ticket = play.ticket(play.issue("A"))
    assert (ticket.wait_low, ticket.wait_high) == (told.low, told.high)
    closed = Play()
    assert closed.ticket(closed.issue("A")).wait_low is None


# --- for every hall ---------------------------------------------------------------------------------------------------

LINES = st.fixed_dictionaries({queue: st.integers(0, 12) for queue in "ABC"})
OPEN = st.sets(st.sampled_from([1, 2, 3]), min_size=1)


@given(
    LINES, OPEN, st.dictionaries(st.sampled_from("ABC"), st.integers(10_000, 40 * MINUTE_MS)), st.sampled_from("ABC")
)
def test_the_range_is_in_steps_of_five_and_has_a_low_and_a_higher_end(
    waiting: dict[str, int], counters: set[int], pace: dict[str, int], queue: str
) -> None:
    play = hall_with(waiting, *sorted(counters))
    play.hall = replace(play.hall, pace_ms=pace)
    for ticket_id in (None, *play.line(queue)):
        told = now(play, queue) if ticket_id is None else outlook(play.hall, SITE, play.ticket(ticket_id), play.now)
        if told.low is None or told.high is None:
            assert queue == "C"
            assert 2 in counters
            assert counters == {2}
            continue
        assert told.low % STEP_MINUTES == told.high % STEP_MINUTES == 0
        assert 0 <= told.low < told.high
        assert 0 <= told.ahead <= sum(waiting.values())


@given(LINES, OPEN, st.sampled_from("ABC"), st.sampled_from("ABC"))
def test_one_more_who_waits_never_shortens_a_wait(
    waiting: dict[str, int], counters: set[int], queue: str, more: str
) -> None:
    play = hall_with(waiting, *sorted(counters))
    before = now(play, queue)
    play.do(cmd.IssueTicket("more", token_of("more"), more))
    after = now(play, queue)
    if before.low is None or after.low is None or before.high is None or after.high is None:
        assert before.low is after.low is None
        return
    assert before.ahead <= after.ahead
    assert before.low <= after.low
    assert before.high <= after.high


@given(LINES, OPEN)
def test_who_stands_behind_never_has_fewer_ahead_nor_waits_less(waiting: dict[str, int], counters: set[int]) -> None:
    play = hall_with(waiting, *sorted(counters))
    told = [outlook(play.hall, SITE, play.ticket(ticket_id), play.now) for ticket_id in play.line("A")]
    assert [t.ahead for t in told] == sorted(t.ahead for t in told)
    assert [t.low or 0 for t in told] == sorted(t.low or 0 for t in told)


# --- against the truth ------------------------------------------------------------------------------------------------


class Morning:
    """A hall of chance: people come, clerks call whom the rules say, visits take as long as they take."""

    def __init__(self, seed: int, site: Site, load: float, visit_minutes: dict[str, float]) -> None:
        self.random = random.Random(seed)
        self.play = Play(site, at("07:00"))
        self.visit_minutes = visit_minutes
        self.todo: list[tuple[int, int, str, str]] = []
        self.told: dict[str, tuple[int, int]] = {}
        self.waits: list[tuple[float, int, int]] = []
        self.count = 0
        capacity = sum(1 / visit_minutes[c.tiers[0][0]] for c in site.counters)
        self.a_minute = load * capacity
        for setup in site.counters:
            self.play.do(cmd.OpenCounter(setup.number, f"nv0{setup.number}"))
        self.later(0, "arrive", "")

    def later(self, ms: float, what: str, whom: str) -> None:
        self.count += 1
        heapq.heappush(self.todo, (self.play.now + int(ms), self.count, what, whom))

    def run(self, until: int) -> list[tuple[float, int, int]]:
        """Play until a moment; returns for each call the minutes waited and the range that was told."""
        while self.todo and self.todo[0][0] < until:
            at_, _, what, whom = heapq.heappop(self.todo)
            self.play.now = max(self.play.now, at_)
            getattr(self, what)(whom)
        return self.waits

    def arrive(self, _: str) -> None:
        ticket_id = f"v{self.count}"
        queue = self.random.choices("ABC", (4, 2, 3))[0]
        self.play.do(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue))
        ticket = self.play.ticket(ticket_id)
        if ticket.wait_low is not None and ticket.wait_high is not None:
            self.told[ticket_id] = (ticket.wait_low, ticket.wait_high)
        self.later(self.random.expovariate(self.a_minute) * MINUTE_MS, "arrive", "")
        for setup in self.play.site.counters:
            self.call(str(setup.number))

    def call(self, counter: str) -> None:
        number = int(counter)
        if self.play.hall.counter(number).ticket is not None:
            return
        if isinstance(self.play.try_(cmd.CallNext(number)), Refused):
            return
        called = self.play.hall.counter(number).ticket
        assert called is not None
        if called in self.told:
            waited = self.play.now - self.play.ticket(called).issued_at
            self.waits.append((waited / MINUTE_MS, *self.told[called]))
        self.later(self.random.uniform(10, 50) * 1000, "start", called)

    def start(self, ticket_id: str) -> None:
        ticket = self.play.ticket(ticket_id)
        if self.random.random() < 0.05:
            self.play.do(cmd.NoShowTicket(ticket_id, ticket.counter or 0))
            self.call(str(ticket.counter))
            return
        self.play.do(cmd.StartTicket(ticket_id, ticket.counter or 0))
        mean = self.visit_minutes[ticket.queue]
        self.later(mean * self.random.lognormvariate(-0.18, 0.6) * MINUTE_MS, "finish", ticket_id)

    def finish(self, ticket_id: str) -> None:
        ticket = self.play.ticket(ticket_id)
        self.play.do(cmd.FinishTicket(ticket_id, ticket.counter or 0, Outcome.SERVED))
        self.later(self.random.uniform(5, 30) * 1000, "call", str(ticket.counter))


ALL_EQUAL = replace(SITE, counters=tuple(CounterSetup(n, "A", (("A", "B", "C"),)) for n in (1, 2, 3)))


@pytest.mark.parametrize("site", [SITE, ALL_EQUAL], ids=["tiers", "one hall"])
@pytest.mark.parametrize("load", [0.8, 1.0, 1.2])
def test_most_waits_end_inside_the_range_that_was_told(site: Site, load: float) -> None:
    """Halls of chance with known visits: the told range must hold, neither by luck nor by being endless."""
    waits = [wait for seed in range(6) for wait in Morning(seed, site, load, {"A": 7, "B": 5, "C": 9}).run(at("11:00"))]
    inside = sum(low - 1 <= waited <= high for waited, low, high in waits) / len(waits)
    error = sum((low + high) / 2 - waited for waited, low, high in waits) / len(waits)
    width = sum(high - low for _, low, high in waits) / len(waits)
    assert inside > 0.75
    assert abs(error) < 4
    assert width < 30


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 1e5, 3e5]) | st.floats(1e3, 2e6), st.sampled_from([1.0, 0.5])), min_size=1
    ),
    st.floats(0, 200),
    st.floats(1e4, 2e6),
)
def test_counting_all_counters_at_once_or_one_after_the_other_says_the_same(
    seats: list[tuple[float, float]], people: float, each: float
) -> None:
    load = Load(3, people, each, [left for left, _ in seats], [weight for _, weight in seats])
    wait = estimate._worked_off(load, 0)
    idle = sum(left == 0 for left, _ in seats)
    if people + 1 <= idle:
        assert (wait.mean, wait.pulse) == (0, 0)
        return
    busy = sorted((left or each, weight) for left, weight in seats)
    moment, weights = estimate._of_the_first(busy, max(0.0, people - idle) + 0.5, each)
    assert wait.mean == pytest.approx(max(moment, busy[0][0]))
    if moment != pytest.approx(busy[-1][0] - each / 2):  # the moment the last gets free, it may count or not
        assert wait.pulse == pytest.approx(each / weights)
