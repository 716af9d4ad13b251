"""Why one comes before another: the first reason that decided it, whatever happened since."""

from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.domain.ticket import CallReason, RankReason
from kiosk.domain.why import Cause, Reason, Stand, Wait, by_rank, why_before, why_called, why_called_before
from tests.factory import MORNING

MINUTE = 60_000


def wait(since_seq: int = 1, minutes: float = 0, **more: Any) -> Wait:
    fields: dict[str, Any] = {"queue": "A", "rank_seq": since_seq, "rank_reason": RankReason.ARRIVED, **more}
    return Wait(since_seq=since_seq, rank_at=MORNING + int(minutes * MINUTE), **fields)


def called(since_seq: int = 1, call_seq: int = 10, minutes: float = 0, **more: Any) -> Wait:
    fields = {"counter": 3, "call_reason": CallReason.NEXT, "called_at": MORNING + 30 * MINUTE, **more}
    return wait(since_seq, minutes, call_seq=call_seq, **fields)


def stand(number: str, *waits: Wait, came: float = 0, **more: Any) -> Stand:
    return Stand(id=number, number=number, came_at=MORNING + int(came * MINUTE), waits=waits, **more)


def test_of_two_who_wait_the_earlier_is_first_and_by_how_much_is_said() -> None:
    one, two = stand("A002", wait(2, 4), came=4), stand("A001", wait(1, 0), came=0)
    told = why_before(one, two)
    assert (told.cause, told.first, told.other, told.minutes, told.called) == (Cause.EARLIER, "A001", "A002", 4, False)
    assert why_before(two, one) == told


def test_less_than_a_minute_is_no_number_of_minutes() -> None:
    assert why_before(stand("A001", wait(1)), stand("A002", wait(2), came=0.5)).cause is Cause.JUST_BEFORE


@pytest.mark.parametrize(
    "reason", [RankReason.PRIORITY, RankReason.APPOINTMENT, RankReason.DEFERRED, RankReason.TRANSFERRED_FRONT]
)
def test_who_came_later_and_is_first_has_what_put_her_there(reason: RankReason) -> None:
    first = stand("A009", wait(9, -5, rank_reason=reason), came=8, slot_at=MORNING + 60 * MINUTE)
    told = why_before(first, stand("A001", wait(1)))
    assert (told.first, told.cause) == ("A009", reason)
    earlier = replace(first, came_at=MORNING - 10 * MINUTE)
    assert why_before(earlier, stand("A001", wait(1))).cause is Cause.EARLIER


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (RankReason.RETURNED, Cause.OTHER_MISSED),
        (RankReason.TRANSFERRED_END, Cause.OTHER_SENT_TO_END),
        (RankReason.APPOINTMENT_LATE, Cause.OTHER_LATE),
    ],
)
def test_who_came_earlier_and_is_behind_has_what_put_her_there(reason: RankReason, cause: Cause) -> None:
    other = stand("A001", wait(20, 15, rank_reason=reason), came=-15)
    told = why_before(stand("A005", wait(5, 5), came=5), other)
    assert (told.first, told.cause) == ("A005", cause)
    came_first = stand("A000", wait(5, -20), came=-20)
    assert why_before(came_first, other).cause is Cause.EARLIER  # what the other did cost nobody a place


def test_fetched_papers_are_the_reason_even_for_one_who_came_first() -> None:
    first = stand("A001", wait(20, -1, rank_reason=RankReason.PAPERS), came=-1)
    assert why_before(first, stand("A005", wait(5, 5), came=5)).cause is RankReason.PAPERS


@pytest.mark.parametrize("reason", [RankReason.NEXT_STEP, RankReason.TRANSFERRED, RankReason.PARK_OVER])
def test_a_place_that_was_kept_is_called_so(reason: RankReason) -> None:
    first = stand("A001", wait(30, 0, rank_reason=reason))
    assert why_before(first, stand("B005", wait(5, 5), came=5)).cause is Cause.KEPT


def test_when_nothing_else_explains_it_the_moment_it_counts_from_does() -> None:
    first = stand("A009", wait(9, 1, rank_reason=RankReason.TRANSFERRED), came=8)
    told = why_before(first, stand("A001", wait(1, 2)))
    assert (told.cause, told.at) == (Cause.COUNTS_FROM, MORNING + MINUTE)


# --- calls


def test_a_call_out_of_turn_says_what_the_counter_went_by() -> None:
    other = stand("A001", wait(1))
    for reason in (CallReason.CHOSEN, CallReason.OVERDUE):
        call = called(5, 10, 5, call_reason=reason)
        assert why_called_before(stand("A005", call, came=5), call, other).cause is reason


def test_a_call_in_turn_says_what_ordered_the_two() -> None:
    call = called(1, 10)
    told = why_called_before(stand("A001", call), call, stand("A005", wait(5, 5), came=5))
    assert (told.cause, told.minutes, told.called, told.counter) == (Cause.EARLIER, 5, True, 3)


def test_a_later_rank_in_another_line_is_another_line() -> None:
    call = called(5, 10, 5, queue="B")
    assert why_called_before(stand("B005", call, came=5), call, stand("A001", wait(1))).cause is Cause.OTHER_LINE
    helped = replace(call, call_reason=CallReason.HELPED)
    assert why_called_before(stand("B005", helped), helped, stand("A001", wait(1))).cause is CallReason.HELPED


def test_one_who_waits_for_a_very_counter_comes_first_there_and_papers_say_it_better() -> None:
    call = called(5, 10, 5, call_reason=CallReason.BOUND)
    assert why_called_before(stand("A005", call), call, stand("A001", wait(1))).cause is CallReason.BOUND
    papers = replace(call, rank_reason=RankReason.PAPERS)
    assert why_called_before(stand("A005", papers), papers, stand("A001", wait(1))).cause is RankReason.PAPERS
    assert why_called(stand("A005", papers), papers).cause is RankReason.PAPERS


def test_who_came_after_the_call_was_not_there_yet() -> None:
    call = called(1, 10)
    assert why_before(stand("A001", call), stand("A044", wait(40, 31), came=31)).cause is Cause.NOT_THERE_YET


def test_who_was_aside_at_the_call_stood_in_no_line() -> None:
    call = called(6, 10, 5)
    other = stand("A001", called(1, 4), wait(12, 0, rank_reason=RankReason.PARK_OVER))
    assert why_called_before(stand("A006", call), call, other).cause is Cause.NOT_IN_LINE


def test_the_first_call_that_one_of_them_stood_by_is_the_one_that_counts() -> None:
    one = stand("A001", called(1, 4), called(8, 20, rank_reason=RankReason.NEXT_STEP))
    two = stand("A002", called(2, 10, 1), came=1)
    told = why_before(two, one)
    assert (told.first, told.other, told.cause) == ("A001", "A002", Cause.EARLIER)


def test_who_was_moved_to_another_line_since_has_no_place_of_then() -> None:
    call = called(5, 10, 5)
    moved = stand("A001", wait(1, 0, rank_seq=15, rank_reason=RankReason.TRANSFERRED_END))
    assert why_called_before(stand("A005", call), call, moved).cause is CallReason.NEXT


def test_a_wait_that_ended_without_a_call_still_was_a_wait() -> None:
    call = called(1, 10)
    expired = stand("A005", wait(5, 5, until_seq=90), came=5)
    assert why_before(stand("A001", call), expired).cause is Cause.EARLIER
    gone = stand("A005", wait(5, 5, until_seq=8), came=5)
    assert why_before(stand("A001", call), gone).cause is Cause.NOT_IN_LINE


def test_two_who_were_never_called_and_do_not_both_wait_never_waited_together() -> None:
    told = why_before(stand("A001", wait(1, until_seq=3)), stand("A002", wait(4)))
    assert told.cause is Cause.NOT_TOGETHER


def test_a_ticket_is_not_before_itself() -> None:
    one = stand("A001", wait(1))
    assert why_before(one, one) == Reason(Cause.SAME, "A001")


def test_an_appointment_says_its_own_time_and_a_priority_whether_it_was_seen() -> None:
    slot = MORNING + 90 * MINUTE
    place = wait(9, -5, rank_reason=RankReason.APPOINTMENT)
    other, behind = stand("A001", wait(1)), wait(1)
    assert by_rank(stand("A9", place, came=8, slot_at=slot), place, other, behind).at == slot
    place = replace(place, rank_reason=RankReason.PRIORITY)
    assert by_rank(stand("A9", place, came=8, priority_confirmed=True), place, other, behind).confirmed
