"""The hub's contracts over HTTP, against the real process."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.wire.problems import CATALOGUE
from tests.halls import issue_body, new_id
from tools.processes import HubProcess


class Caller:
    """Asks a hub as the devices would."""

    def __init__(self, hub: HubProcess) -> None:
        self.hub = hub
        self.client = httpx.Client(base_url=hub.url, trust_env=False, timeout=10)

    def headers(self, role: str, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.hub.tokens[role]}", **more}

    def post(self, role: str, path: str, body: dict[str, Any], key: str = "", language: str = "en") -> httpx.Response:
        headers = self.headers(role, **{"Idempotency-Key": key or new_id(), "Accept-Language": language})
        return self.client.post(path, json=body, headers=headers)

    def get(self, role: str, path: str) -> httpx.Response:
        return self.client.get(path, headers=self.headers(role))

    def head(self) -> int:
        return int(self.get("supervisor", "/healthz").json()["seq"])

    def issue(self, queue: str = "A") -> dict[str, Any]:
        answer = self.post("kiosk", "/v1/tickets", issue_body(queue))
        assert answer.status_code == 200, answer.text
        ticket: dict[str, Any] = answer.json()["ticket"]
        return ticket

    def open(self, counter: int) -> None:
        body = {"staff": f"nv0{counter}", "pin": f"000{counter}"}
        answer = self.post("counter", f"/v1/counters/{counter}/open", body)
        assert answer.status_code == 200, answer.text

    def act(self, ticket: dict[str, Any], move: str, counter: int, **more: Any) -> httpx.Response:
        return self.post("counter", f"/v1/tickets/{ticket['id']}/{move}", {"counter": counter, **more})


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    hub = HubProcess(tmp_path / "hub")
    caller = Caller(hub)
    yield caller
    caller.client.close()
    assert hub.stop() == 0


def test_a_visit_from_ticket_to_ballot(caller: Caller) -> None:
    caller.open(1)
    ticket = caller.issue()
    assert ticket["number"] == "A001"
    called = caller.post("counter", "/v1/counters/1/call", {})
    assert called.json()["ticket"]["counter"] == 1
    assert caller.act(ticket, "recall", 1).status_code == 200
    assert caller.act(ticket, "start", 1).json()["ticket"]["state"] == "serving"
    assert caller.act(ticket, "finish", 1, outcome="served").json()["ticket"]["state"] == "done"
    tablet = caller.get("tablet", "/v1/hall?counter=1").json()
    assert tablet["rating_number"] == "A001"
    ballot = {"ballot": "c2VhbGVk", "label_set": "vn-legal-3/1"}
    assert caller.post("tablet", f"/v1/tickets/{ticket['id']}/rating", ballot).json().keys() == {"command"}
    assert "rating_ticket" not in caller.get("tablet", "/v1/hall?counter=1").json()
    second = caller.post("tablet", f"/v1/tickets/{ticket['id']}/rating", ballot)
    assert (second.status_code, second.json()["code"]) == (409, "already_rated")


def test_every_other_move_works_over_http(caller: Caller) -> None:
    caller.open(1)
    first, second, third = (caller.issue() for _ in range(3))
    caller.post("counter", "/v1/counters/1/call", {})
    assert caller.act(first, "no-show", 1).json()["ticket"]["state"] == "no_show"
    assert caller.post("counter", f"/v1/tickets/{first['id']}/return", {}).json()["ticket"]["state"] == "waiting"
    caller.post("counter", "/v1/counters/1/call", {})
    assert caller.act(second, "park", 1).json()["ticket"]["state"] == "parked"
    assert caller.post("counter", "/v1/counters/1/call", {"ticket_id": second["id"]}).status_code == 200
    moved = caller.act(second, "transfer", 1, queue="C", place="end", note="sai hàng")
    assert (moved.json()["ticket"]["queue"], moved.json()["ticket"]["state"]) == ("C", "waiting")
    assert caller.post("counter", f"/v1/tickets/{third['id']}/cancel", {}).json()["ticket"]["state"] == "cancelled"
    assert caller.post("kiosk", f"/v1/tickets/{third['id']}/printed", {"result": "printed"}).status_code == 200
    assert caller.post("counter", "/v1/counters/1/pause", {"reason": "break"}).status_code == 200
    assert caller.post("counter", "/v1/counters/1/call", {}).json()["code"] == "counter_not_open"
    assert caller.post("counter", "/v1/counters/1/resume", {}).status_code == 200
    assert caller.post("counter", "/v1/counters/1/close", {}).status_code == 200


BAD: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("counter", "/v1/tickets/no-such/start", {"counter": 2}, 404, "unknown_ticket"),
    ("counter", "/v1/counters/99/call", {}, 404, "unknown_counter"),
    ("counter", "/v1/counters/99/pause", {}, 404, "unknown_counter"),
    ("counter", "/v1/counters/99/resume", {}, 404, "unknown_counter"),
    ("counter", "/v1/counters/99/close", {}, 404, "unknown_counter"),
    ("counter", "/v1/counters/1/call", {}, 409, "counter_not_open"),
    ("board", "/v1/tickets", {"ticket_id": "t", "token": "0" * 16, "queue": "A"}, 403, "wrong_role"),
    ("kiosk", "/v1/counters/1/call", {}, 403, "wrong_role"),
    ("kiosk", "/v1/tickets", {"ticket_id": "t", "token": "short", "queue": "A"}, 422, "weak_token"),
    ("kiosk", "/v1/tickets", {"ticket_id": "t", "token": "0" * 16, "queue": "X"}, 422, "unknown_queue"),
    ("kiosk", "/v1/tickets", {"ticket_id": "t", "token": "0" * 16}, 422, "unknown_queue"),
    ("kiosk", "/v1/tickets", {"ticket_id": "t", "token": "0" * 16, "queue": "A", "vip": True}, 400, "bad_json"),
    ("kiosk", "/v1/tickets", {"ticket_id": "t", "token": "0" * 16, "queue": "A", "not_after": 1}, 409, "too_late"),
    ("counter", "/v1/counters/1/open", {"staff": "nv01", "pin": "1234"}, 401, "wrong_pin"),
    ("counter", "/v1/nothing", {}, 404, "not_found"),
]


def test_bad_requests_get_the_right_status_and_code_and_change_nothing(caller: Caller) -> None:
    caller.issue()
    caller.open(2)
    before = caller.head()
    got = [(r.status_code, r.json()["code"]) for r in (caller.post(role, path, body) for role, path, body, *_ in BAD)]
    assert got == [(status, code) for *_, status, code in BAD]
    assert caller.head() == before


def test_broken_json_a_missing_key_and_no_token_are_named(caller: Caller) -> None:
    headers = caller.headers("kiosk", **{"Idempotency-Key": new_id()})
    broken = caller.client.post("/v1/tickets", content=b'{"ticket', headers=headers)
    assert (broken.status_code, broken.json()["code"]) == (400, "bad_json")
    keyless = caller.client.post("/v1/tickets", json=issue_body(), headers=caller.headers("kiosk"))
    assert (keyless.status_code, keyless.json()["code"]) == (400, "idempotency_key_missing")
    nobody = caller.client.post("/v1/tickets", json=issue_body(), headers={"Idempotency-Key": new_id()})
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")
    huge = caller.client.post("/v1/tickets", content=b"x" * 100_000, headers=headers)
    assert (huge.status_code, huge.json()["code"]) == (413, "too_large")
    assert broken.headers["content-type"] == "application/problem+json"
    assert caller.head() == 0


def test_a_problem_is_said_in_the_callers_language(caller: Caller) -> None:
    body = {"counter": 1}
    caller.open(1)
    said = {
        language: caller.post("counter", "/v1/tickets/none/start", body, language=language).json()["detail"]
        for language in ("vi", "en")
    }
    assert said == {"vi": "Hôm nay không có số này.", "en": "There is no such ticket today."}


def test_a_pin_is_guarded_against_guessing(caller: Caller) -> None:
    codes = [
        caller.post("counter", "/v1/counters/1/open", {"staff": "nv01", "pin": f"9{n:03d}"}).json()["code"]
        for n in range(6)
    ]
    assert codes == ["wrong_pin"] * 5 + ["too_many_tries"]
    right = caller.post("counter", "/v1/counters/1/open", {"staff": "nv01", "pin": "0001"})
    assert right.json()["code"] == "too_many_tries"
    caller.open(2)


def test_an_outcome_can_be_asked_for_by_its_id_and_only_by_the_same_role(caller: Caller) -> None:
    key = new_id()
    answer = caller.post("kiosk", "/v1/tickets", issue_body(), key)
    assert caller.get("kiosk", f"/v1/commands/{key}").json() == answer.json()
    assert caller.get("board", f"/v1/commands/{key}").status_code == 404
    assert caller.get("kiosk", f"/v1/commands/{new_id()}").json()["code"] == "unknown_command"


def test_the_journal_is_for_followers_only(caller: Caller) -> None:
    caller.issue()
    assert caller.get("counter", "/v1/journal?after=0").status_code == 403
    rows = caller.get("central", "/v1/journal?after=1").json()["rows"]
    assert [row["seq"] for row in rows] == [2]
    assert [side["kind"] for side in rows[0]["side"]] == ["token"]


def test_no_view_holds_a_token_and_the_counters_no_trace_of_a_rating(caller: Caller) -> None:
    caller.open(1)
    body = issue_body()
    caller.post("kiosk", "/v1/tickets", body)
    caller.post("counter", "/v1/counters/1/call", {})
    for move, how in (("start", {}), ("finish", {"outcome": "served"})):
        caller.post("counter", f"/v1/tickets/{body['ticket_id']}/{move}", {"counter": 1, **how})
    before = caller.get("counter", "/v1/hall?counter=1").text
    caller.post("tablet", f"/v1/tickets/{body['ticket_id']}/rating", {"ballot": "AAAA", "label_set": "x/1"})
    assert caller.get("counter", "/v1/hall?counter=1").text == before
    views = [caller.get(r, "/v1/hall?counter=1").text for r in ("kiosk", "board", "counter", "tablet", "supervisor")]
    assert not any(str(body["token"]) in view for view in views)


def test_the_phone_page_shows_its_own_ticket_and_nothing_to_a_stranger(caller: Caller) -> None:
    body = issue_body("A", procedure="1.001193", missing=[1])
    url = caller.post("kiosk", "/v1/tickets", body).json()["ticket"]["url"]
    page = caller.client.get(url, headers={"Accept-Language": "vi-VN,vi;q=0.9"})
    assert page.status_code == 200
    assert "A001" in page.text
    assert "Giấy chứng sinh" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert caller.client.get("/t/0000000000000000").status_code == 404


def test_the_phone_page_says_how_far_and_where_and_when_to_get_up(caller: Caller) -> None:
    body = issue_body("A", procedure="1.001193", missing=[1])
    url = caller.post("kiosk", "/v1/tickets", body).json()["ticket"]["url"]

    def page(language: str) -> str:
        return caller.client.get(url, headers={"Accept-Language": language}).text

    assert "Không ai phía trước" in page("vi")
    assert "Nobody ahead of you" in page("en")
    assert "Counter 1 or 2" in page("en")
    assert 'class="state hands"' not in page("vi")
    caller.open(1)
    caller.post("counter", "/v1/counters/1/call", {})
    assert "mời đến quầy 1" in page("vi")
    assert 'class="state hands"' in page("vi")


def test_the_catalogue_comes_once(caller: Caller) -> None:
    first = caller.get("kiosk", "/v1/catalogue")
    assert len(first.json()["procedures"]) == 87
    headers = caller.headers("kiosk", **{"If-None-Match": first.headers["etag"]})
    assert caller.client.get("/v1/catalogue", headers=headers).status_code == 304


def test_the_openapi_page_can_be_read_and_figures_be_asked_for(caller: Caller) -> None:
    assert caller.client.get("/openapi.json").json()["info"]["title"] == "Mời hub"
    assert caller.client.get("/docs").status_code == 200
    assert "moi_commands_total" in caller.get("supervisor", "/metrics").text


def test_every_code_of_the_rules_has_its_sentence() -> None:

    source = "".join(p.read_text() for p in Path("kiosk").rglob("*.py"))
    used = set(re.findall(r"(?:Refused|ProblemError)\(\s*\"(\w+)\"", source))
    assert used <= CATALOGUE.keys()
    assert {"wrong_state", "nobody_waiting"} <= used
