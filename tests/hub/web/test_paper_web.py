"""A ticket's paper from the hub: only the kiosk it is wanted from learns its secret, and only while it is wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.ports import PrinterStatus
from tests.halls import issue_body
from tests.hub.inside import Web, open_hub


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    hub = open_hub(tmp_path)
    yield Web(hub)
    hub.close()


class Centre:
    """Two kiosks, of which the first gave a number, and a clerk who serves it."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.one, self.two = web.device(Role.KIOSK, 1), web.device(Role.KIOSK, 2)
        self.body = issue_body(kiosk=1, procedure="1.001193", missing=[1], language="en")
        self.ticket = web.post(self.one, "/v1/tickets", self.body)["ticket"]
        web.open(1)
        web.post("counter", "/v1/counters/1/call", {})
        web.post("counter", f"/v1/tickets/{self.ticket['id']}/start", {"counter": 1})

    def beats(self, token: str, printer: PrinterStatus) -> None:
        self.web.post(token, "/v1/heartbeat", {"printer": printer.value})

    def wants(self) -> int:
        """Press F10; returns the kiosk it is wanted from."""
        self.web.post("counter", f"/v1/tickets/{self.ticket['id']}/reprint", {"counter": 1})
        return self.web.hub.writer.hall.reprints[self.ticket["id"]].kiosk

    def paper(self, who: str, kiosk: int) -> tuple[int, dict[str, object]]:
        answer = self.web.get(who, f"/v1/tickets/{self.ticket['id']}/paper?kiosk={kiosk}")
        return answer.status_code, answer.json()


@pytest.fixture
def centre(web: Web) -> Centre:
    return Centre(web)


def test_the_kiosk_that_is_ready_is_told_all_that_stands_on_the_paper(centre: Centre) -> None:
    centre.beats(centre.one, PrinterStatus.PAPER_OUT)
    centre.beats(centre.two, PrinterStatus.READY)
    assert centre.wants() == 2
    status, told = centre.paper(centre.two, 2)
    assert status == 200
    assert (told["language"], told["procedure"]) == ("en", "1.001193")
    ticket = told["ticket"]
    assert isinstance(ticket, dict)
    assert (ticket["number"], ticket["missing"]) == (centre.ticket["number"], [1])
    assert ticket["url"] == centre.ticket["url"] != ""


def test_nobody_else_is_told_and_not_when_it_is_not_wanted_any_more(centre: Centre) -> None:
    assert centre.paper(centre.one, 1)[1]["code"] == "unknown_ticket", "nobody wants it"
    assert centre.wants() == 1
    assert centre.paper(centre.one, 1)[0] == 200, "its own kiosk may have forgotten it"
    assert centre.paper(centre.two, 2)[1]["code"] == "unknown_ticket"
    assert centre.paper(centre.two, 1)[1]["code"] == "wrong_number"
    assert centre.paper(centre.one, 0)[1]["code"] == "wrong_number"
    assert [centre.paper(who, 1)[1]["code"] for who in ("counter", "board", "supervisor")] == ["wrong_role"] * 3
    assert centre.web.get(centre.one, f"/v1/tickets/{centre.ticket['id']}/paper").json()["code"] == "bad_json"
    centre.web.pass_minutes(2)
    assert centre.paper(centre.one, 1)[1]["code"] == "unknown_ticket", "who wanted it does not stand there any more"


def test_the_kiosk_it_was_wanted_from_says_what_became_of_it_and_that_ends_the_wish(centre: Centre) -> None:
    path = f"/v1/tickets/{centre.ticket['id']}/printed"
    centre.beats(centre.one, PrinterStatus.COVER_OPEN)
    centre.beats(centre.two, PrinterStatus.READY)
    assert centre.web.send(centre.two, path, {"result": "printed"}).json()["code"] == "wrong_number"
    assert centre.wants() == 2
    centre.web.post(centre.two, path, {"result": "printed"})
    assert centre.paper(centre.two, 2)[1]["code"] == "unknown_ticket"


def test_the_same_wish_again_is_the_same_though_other_printers_are_ready_by_then(centre: Centre) -> None:
    headers = {**centre.web.headers("counter"), "Idempotency-Key": "one-wish-for-a-paper"}
    path, body = f"/v1/tickets/{centre.ticket['id']}/reprint", '{"counter": 1}'
    answers = []
    for printer in (PrinterStatus.READY, PrinterStatus.PAPER_OUT):
        centre.beats(centre.one, printer)
        centre.beats(centre.two, PrinterStatus.READY)
        answers.append(centre.web.ask("POST", path, headers, body))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert centre.web.hub.writer.hall.reprints[centre.ticket["id"]].kiosk == 1


def test_a_paper_whose_secret_is_forgotten_has_no_address(centre: Centre) -> None:
    centre.wants()
    centre.web.do(cmd.EraseSide((f"{centre.ticket['id']}/token",)))
    ticket = centre.paper(centre.one, 1)[1]["ticket"]
    assert isinstance(ticket, dict)
    assert "url" not in ticket
