"""A citizen's own page: what it says in each state, giving the number up, and why someone else was called first."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.domain import events as ev
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import RankReason
from kiosk.hub.web.phone_page import PhonePages
from tests.factory import DAY_MS, MORNING, SITE, Play
from tests.halls import issue_body
from tests.hub.inside import CATALOGUE, Web, open_hub

TODAY, TOMORROW = "2026-11-23", "2026-11-24"
MINUTE = 60_000


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    hub = open_hub(tmp_path)
    yield Web(hub)
    hub.close()


class Citizen:
    """Someone with a ticket in her hand and a phone."""

    def __init__(self, web: Web, **wishes: Any) -> None:
        self.web = web
        body = issue_body(**wishes)
        self.token = str(body["token"])
        web.pass_minutes(1)
        self.ticket: dict[str, Any] = web.post("kiosk", "/v1/tickets", body)["ticket"]

    def get(self, path: str = "", language: str = "en") -> httpx.Response:
        return self.web.ask("GET", f"/t/{self.token}{path}", {"Accept-Language": language})

    def give_up(self) -> httpx.Response:
        return self.web.ask("POST", f"/t/{self.token}/cancel", {})

    def links(self) -> list[str]:
        return re.findall(r'href="([^"]+)"', self.get().text)


def test_giving_up_asks_first_then_cancels_and_leads_back_to_the_page(web: Web) -> None:
    citizen = Citizen(web)
    assert f"{citizen.token}/cancel" in citizen.links()
    question = citizen.get("/cancel")
    assert "Give up this number?" in question.text
    assert "<form method=post>" in question.text
    answer = citizen.give_up()
    assert (answer.status_code, answer.headers["location"]) == (303, f"../{citizen.token}")
    page = citizen.get()
    assert "This number is no longer valid." in page.text
    assert "/cancel" not in page.text
    ticket = web.hub.writer.hall.ticket(citizen.ticket["id"])
    assert ticket is not None
    assert (ticket.state, ticket.cancel_reason) == ("cancelled", "citizen")


def test_giving_up_twice_gives_up_once(web: Web) -> None:
    citizen = Citizen(web)
    citizen.give_up()
    seq = web.hub.writer.hall.seq
    assert citizen.give_up().status_code == 303
    assert web.hub.writer.hall.seq == seq
    assert citizen.get("/cancel").status_code == 303


def test_nobody_can_give_up_a_number_without_its_token(web: Web) -> None:
    citizen = Citizen(web)
    for method in ("GET", "POST"):
        assert web.ask(method, f"/t/{'0' * 16}/cancel", {}).status_code == 404
        assert web.ask(method, f"/t/{citizen.ticket['id']}/cancel", {}).status_code == 404
    assert len(web.hub.writer.hall.line("A")) == 1


def test_who_waits_may_ask_why_another_was_called_and_gets_one_sentence(web: Web) -> None:
    web.open(1)
    first, second = Citizen(web), Citizen(web)
    assert not [link for link in second.links() if "/why/" in link]
    web.post("counter", "/v1/counters/1/call", {})
    [link] = [link for link in second.links() if "/why/" in link]
    assert "Why was A001 before me?" not in second.get().text
    assert "Why was A001 called before me?" in html.unescape(second.get().text)
    page = web.ask("GET", f"/t/{link}", {"Accept-Language": "en"})
    assert "Number A001 was called before A002: it came 1 minute earlier." in html.unescape(page.text)
    assert first.token not in page.text
    assert "Số A001 được mời trước số A002: đến sớm hơn 1 phút." in web.ask("GET", f"/t/{link}", {}).text


def test_only_calls_that_concern_her_can_be_asked_about(web: Web) -> None:
    web.open(1)
    Citizen(web)
    web.post("counter", "/v1/counters/1/call", {})
    call = web.hub.writer.hall.calls[0]
    late = Citizen(web)
    assert not [link for link in late.links() if "/why/" in link]
    for asked in (call.number, str(call.seq), "0", "x", "9" * 40, "%C2%B2"):
        answer = late.get(f"/why/{asked}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"../../{late.token}")


def test_a_call_of_a_counter_that_cannot_take_her_is_none_of_hers() -> None:
    play = Play()
    play.open(2, 3)
    waits, other = play.issue("C"), play.issue("A")
    assert play.call(2) == other
    assert "/why/" not in said(play, waits)
    chosen = play.issue("C")
    play.call(3, chosen)
    assert f"/why/{play.ticket(chosen).number}" in said(play, waits)


# --- what the page says in states that only other days or desks bring


def said(play: Play, ticket_id: str) -> str:
    ticket = play.ticket(ticket_id)
    return html.unescape(PhonePages(SITE, CATALOGUE).ticket(play.hall, ticket, "t" * 16, "en"))


def test_one_who_is_away_reads_until_when_she_is_next() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue()
    play.call()
    play.happens(ev.TicketSentForPapers(ticket_id, 1, (0,), MORNING + DAY_MS))
    assert "Bring the missing papers by 07:30, 24/11" in said(play, ticket_id)


def test_one_who_was_promised_the_first_hour_reads_when_that_is() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue()
    play.happens(ev.TicketDeferred(ticket_id, "A001", 1, TOMORROW, MORNING + DAY_MS))
    assert "first hour: 07:30, 24/11" in said(play, ticket_id)


def test_a_booking_without_a_number_shows_its_time() -> None:
    play = Play()
    play.happens(ev.DayOpened(TODAY), ev.TicketBooked("t", "A", TODAY, MORNING + 90 * MINUTE, "b" * 64, "t/token"))
    page = said(play, "t")
    assert "Your appointment" in page
    assert ">09:00<" in page


def test_an_explained_call_is_never_ones_own() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue()
    play.call()
    play.happens(ev.TicketWaiting(ticket_id, "A", MORNING, RankReason.TRANSFERRED))
    assert "/why/" not in said(play, ticket_id)
    assert isinstance(play.hall, Hall)
