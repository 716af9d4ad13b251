"""What a kiosk prints is what the hub answered: place in the line, minutes, counters, papers; nothing of the person."""

import msgspec
import pytest

from kiosk.domain.receipt import NumberBlock, QrBlock, QueueBlock, TableBlock
from kiosk.domain.ticket import TicketState
from kiosk.flows.kiosk_events import IssuedTicket, PrintTicket, TicketIssued
from kiosk.ports import Answered
from kiosk.wire.make_views import ticket_answer
from tests.factory import SITE, Play
from tests.receipts.parts import all_of, everything, procedure, texts
from ui.kiosk.hub_words import event_of
from ui.kiosk.paper import ticket_job

URL = "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rtc"
BIRTH = procedure("1.001193")


def hub_says(**more: object) -> IssuedTicket:
    ticket = {"id": "t", "number": "A027", "queue": "A", "state": "waiting", "url": URL, "issued_at": 1_795_398_120_000}
    event = event_of(Answered("c", 200, {"command": "c", "ticket": ticket | more}), with_sentence=True)
    assert isinstance(event, TicketIssued)
    return event.ticket


def test_people_ahead_low_to_high_minutes_counters_and_missing_papers_are_those_of_the_hubs_answer() -> None:
    ticket = hub_says(ahead=3, wait_low=10, wait_high=20, counters=[1, 2])
    job = ticket_job(PrintTicket(ticket, BIRTH, (1,), "en"), SITE, 1, "baby-carriage")
    first, again = job.receipt, job.as_copy
    assert (job.id, job.ticket_id, job.number, first.job) == ("t", "t", "A027", "t")
    assert all_of(first, TableBlock)[0].columns == (
        ("You will be called to", "Counter 1 or 2\nzone A"),
        ("Ahead of you", "3 people\nwait 10–20 minutes"),
    )
    assert all_of(first, QueueBlock) == [QueueBlock("A", "Birth registration", "Đăng ký khai sinh", "baby-carriage")]
    assert "Still missing: Giấy chứng sinh." in texts(first)
    assert [code.data for code in all_of(first, QrBlock)] == [URL]
    assert "Printed again" not in texts(first)
    assert [text for text in texts(again) if text != "Printed again"] == texts(first)


def test_a_number_of_a_coming_day_says_when_to_come() -> None:
    tomorrow = hub_says(state=TicketState.DEFERRED.value, until=1_795_480_200_000)
    for dossier in ("", "H12.34-260101-0001"):
        receipt = ticket_job(PrintTicket(tomorrow, None, (), "vi", dossier), SITE, 1, "").receipt
        assert all_of(receipt, TableBlock)[0].columns[0] == ("Mời đến", "Thứ Ba\n24/11/2026")


def test_whoever_comes_for_a_result_gets_the_slip_of_that_desk_with_only_the_end_of_the_dossiers_code() -> None:
    wish = PrintTicket(hub_says(counters=[2]), None, (), "vi", "H12.34-260101-0001")
    job = ticket_job(wish, SITE, 1, "")
    for receipt in (job.receipt, job.as_copy):
        assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Nhận kết quả", "hồ sơ có đuôi 0001")]
        assert "260101" not in everything(receipt)
        assert ("Bản in lại" in texts(receipt)) == (receipt is job.as_copy)


@pytest.mark.parametrize("priority", [category.id for category in SITE.priority])
def test_nobody_can_tell_from_a_paper_that_a_priority_was_declared(priority: str) -> None:
    """Neither from its series nor from its words: only her place in the line is another, and nobody's else is shown."""
    papers = []
    for declared in (None, priority):
        play = Play()
        for _ in range(3):
            play.issue("A")
            play.pass_minutes(1)
        mine = play.ticket(play.issue("A", "mine", priority=declared))
        assert (mine.priority_minutes > 0) == (declared is not None)
        answer = {"command": "c", "ticket": msgspec.to_builtins(ticket_answer(play.hall, SITE, mine))}
        event = event_of(Answered("c", 200, answer), with_sentence=True)
        assert isinstance(event, TicketIssued)
        job = ticket_job(PrintTicket(event.ticket, BIRTH, (1,), "vi"), SITE, 1, "")
        assert all_of(job.receipt, NumberBlock)[0].number == "A004"
        papers.append([block for block in job.receipt.blocks if not isinstance(block, TableBlock)])
    assert papers[0] == papers[1]
