"""No ghost numbers, and no more numbers than a queue gives or a person may take (DESIGN §4)."""

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.events import TicketCancelled
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.domain.ticket import TicketState
from tests.factory import DAY_MS, SITE, Play, token_of


def wish(ticket_id: str, queue: str = "A", **wishes: object) -> cmd.IssueTicket:
    return replace(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, kiosk=1), **wishes)


def with_quotas(queue: int | None = None, person: int | None = None) -> Site:
    queues = (replace(SITE.queues[0], quota=queue), *SITE.queues[1:])
    return replace(SITE, queues=queues, rules=replace(SITE.rules, person_quota=person))


# --- a number is confirmed before a second one is given ---------------------------------------------------------------


def test_a_second_number_at_the_same_kiosk_within_seconds_is_asked_for_once_more() -> None:
    play = Play()
    play.do(wish("t1"))
    play.now += 7_000
    refused = play.refused(wish("t2"))
    assert (refused.code, refused.params) == ("confirm_number", {"number": "A001", "seconds": 7})
    play.do(wish("t2", confirmed=True))
    assert play.line("A") == ["t1", "t2"]


@pytest.mark.parametrize("other", [{"kiosk": 2}, {"queue": "B"}, {"kiosk": 0}])
def test_another_kiosk_another_queue_and_staff_are_not_asked(other: dict[str, object]) -> None:
    play = Play()
    play.do(wish("t1"))
    play.do(wish("t2", **other))


def test_after_its_time_nobody_is_asked() -> None:
    play = Play()
    play.do(wish("t1"))
    play.now += SITE.rules.confirm_within_s * 1000 - 1
    play.refusal(wish("t2"))
    play.now += 1
    play.do(wish("t2"))


def test_nobody_is_asked_about_a_number_that_is_given_up_or_called() -> None:
    play = Play()
    play.open(1)
    play.do(wish("t1"))
    play.do(cmd.CancelTicket("t1"))
    play.do(wish("t2"))
    play.do(cmd.CallNext(1))
    play.do(wish("t3"))


# --- a number nobody holds --------------------------------------------------------------------------------------------


def test_a_number_whose_paper_never_came_out_and_whose_holder_left_is_given_up() -> None:
    play = Play()
    play.do(wish("t1"))
    play.do(cmd.MarkPrinted("t1", cmd.PrintResult.REFUSED, "paper_out"))
    assert play.do(cmd.AbandonTicket("t1")) == (TicketCancelled("t1", "no_paper"),)
    assert play.line("A") == []
    assert play.do(cmd.AbandonTicket("t1")) == ()


def test_a_number_promised_for_another_day_without_a_paper_is_given_up_too() -> None:
    play = Play()
    play.do(wish("t1", defer=True))
    play.do(cmd.AbandonTicket("t1"))
    assert play.ticket("t1").state is TicketState.CANCELLED


def test_a_number_that_is_printed_called_or_unknown_stays_as_it_is() -> None:
    play = Play()
    play.open(1)
    for ticket_id in ("t1", "t2"):
        play.do(wish(ticket_id, confirmed=True))
    play.do(cmd.MarkPrinted("t2", cmd.PrintResult.PRINTED))
    play.do(cmd.CallNext(1))
    assert [play.do(cmd.AbandonTicket(ticket_id)) for ticket_id in ("t1", "t2", "t-none")] == [()] * 3


def test_a_number_nobody_held_counts_for_no_quota() -> None:
    play = Play(with_quotas(queue=1, person=1))
    play.do(wish("t1", person="ab"))
    play.refusal(wish("t2", person="ab", confirmed=True))
    play.do(cmd.AbandonTicket("t1"))
    play.do(wish("t2", person="ab"))


# --- quotas -----------------------------------------------------------------------------------------------------------


def test_a_queue_gives_as_many_numbers_a_day_as_its_quota_says() -> None:
    play = Play(with_quotas(queue=2))
    play.issue("A")
    play.issue("A", training=True)
    play.issue("A")
    refused = play.refused(wish("t9"))
    assert (refused.code, refused.params) == ("quota_reached", {"queue": "A", "quota": 2})
    play.issue("B")
    play.issue("A", training=True)
    play.now += DAY_MS
    play.issue("A")


def test_a_paper_of_a_kiosk_alone_and_an_appointment_count_for_the_quota_and_are_not_refused_by_it() -> None:
    play = Play(with_quotas(queue=1))
    play.do(cmd.BookTicket("b", token_of("b"), "A", play.now + 60_000))
    play.do(cmd.RecordTicket("r", token_of("r"), "A1-001", "A", play.now, 1))
    play.do(cmd.RecordTicket("s", token_of("s"), "A1-002", "A", play.now, 1))
    play.do(cmd.ArriveTicket("b"))
    assert len(play.line("A")) == 3
    assert play.refusal(wish("t9", confirmed=True)) == "quota_reached"


def test_a_person_takes_as_many_numbers_a_day_as_the_centre_allows() -> None:
    play = Play(with_quotas(person=2))
    for ticket_id, queue in (("t1", "A"), ("t2", "B")):
        play.do(wish(ticket_id, queue, person="ab"))
    refused = play.refused(wish("t3", "C", person="ab"))
    assert (refused.code, refused.params) == ("person_quota_reached", {"quota": 2})
    play.do(wish("t4", "C", person="cd"))
    play.do(wish("t5", "C", confirmed=True))


def test_closing_and_opening_the_day_gives_no_person_and_no_queue_more_numbers() -> None:
    play = Play(with_quotas(queue=1, person=1))
    play.do(wish("t1", person="ab"))
    play.do(cmd.CloseDay())
    play.hall = replay(Hall(), play.journal[-1:])
    assert play.refusal(wish("t2", "B", person="ab")) == "person_quota_reached"
    assert play.refusal(wish("t3")) == "quota_reached"
    play.now += DAY_MS
    play.do(wish("t4", person="ab"))


def test_without_a_limit_nobody_counts_persons() -> None:
    play = Play()
    for n in range(5):
        play.do(wish(f"t{n}", person="ab", confirmed=True))
