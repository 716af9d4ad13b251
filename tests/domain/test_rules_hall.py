"""What may be done to queues, kiosks and the day (DESIGN §3, §4)."""

from kiosk.domain import commands as cmd
from kiosk.domain.events import DayOpened, QueueClosed, SideErased
from tests.factory import DAY_MS, OFFICE, Play, token_of


def wish(queue: str = "A", kiosk: int = 1, ticket_id: str = "t9") -> cmd.IssueTicket:
    return cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, kiosk=kiosk)


def test_a_closed_queue_gives_no_numbers_and_those_who_wait_are_served() -> None:
    play = Play()
    play.open(1)
    waits = play.issue("A")
    play.do(cmd.CloseQueue("A", "no_staff"))
    assert play.refused(wish()).params == {"queue": "A", "reason": "no_staff"}
    assert play.refusal(cmd.BookTicket("b", token_of("b"), "A", play.now + DAY_MS)) == "queue_closed"
    play.issue("B")
    assert play.call(1) == waits


def test_a_queue_stays_closed_over_days_until_it_is_opened() -> None:
    play = Play()
    play.do(cmd.CloseQueue("A", "system"))
    play.do(cmd.CloseDay())
    play.now += 3 * DAY_MS
    assert play.refusal(wish()) == "queue_closed"
    play.do(cmd.OpenQueue("A"))
    play.issue("A")


def test_a_closed_kiosk_gives_no_numbers_and_the_other_does() -> None:
    play = Play()
    play.do(cmd.CloseKiosk(1, "paper"))
    play.do(cmd.CloseDay())
    assert play.refused(wish(kiosk=1)).params == {"kiosk": 1, "reason": "paper"}
    play.do(wish(kiosk=2))
    play.do(cmd.OpenKiosk(1))
    play.do(wish(kiosk=1, ticket_id="t8"))


def test_a_paper_from_a_closed_kiosk_or_of_a_closed_queue_is_a_fact_all_the_same() -> None:
    play = Play()
    play.do(cmd.CloseKiosk(1, "paper"))
    play.do(cmd.CloseQueue("A", "system"))
    play.do(cmd.RecordTicket("t1", token_of("t1"), "A1-001", "A", play.now, 1))
    assert play.line("A") == ["t1"]


def test_closing_again_with_the_same_reason_changes_nothing_and_another_reason_is_told() -> None:
    play = Play()
    play.do(cmd.CloseQueue("A", "system"))
    assert play.do(cmd.CloseQueue("A", "system")) == ()
    assert play.do(cmd.CloseQueue("A", "weather")) == (QueueClosed("A", "weather"),)
    assert play.do(cmd.OpenQueue("B")) == ()
    assert play.do(cmd.OpenKiosk(1)) == ()


def test_what_the_centre_does_not_have_cannot_be_closed_or_opened() -> None:
    play = Play()
    assert play.refusal(cmd.CloseQueue("Z", "system")) == "unknown_queue"
    assert play.refusal(cmd.OpenQueue("Z")) == "unknown_queue"
    assert play.refusal(cmd.CloseKiosk(9, "paper")) == "unknown_kiosk"
    assert play.refusal(cmd.OpenKiosk(9)) == "unknown_kiosk"


def test_the_day_can_be_opened_before_the_first_citizen_comes_and_only_once() -> None:
    play = Play(OFFICE)
    assert play.do(cmd.OpenDay()) == (DayOpened("2026-11-23"),)
    assert play.do(cmd.OpenDay()) == ()


def test_closing_yesterday_too_late_does_not_end_today() -> None:
    play = Play()
    play.issue("A")
    play.now += DAY_MS
    play.issue("A")
    assert play.do(cmd.CloseDay("2026-11-23")) == ()
    assert play.hall.day == "2026-11-24"
    play.do(cmd.CloseDay("2026-11-24"))
    assert play.hall.day == ""


def test_what_is_forgotten_is_noted_and_opens_no_day() -> None:
    play = Play()
    assert play.do(cmd.EraseSide(("t1/token",))) == (SideErased(("t1/token",)),)
    assert play.do(cmd.EraseSide(())) == ()
    assert play.hall.day == ""
