"""What clerks and supervisors may ask of the journal, today and of past days."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.commands import Role
from tests.halls import issue_body
from tests.hub.inside import Web, open_hub

DAY = "2026-11-23"
DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    hub = open_hub(tmp_path)
    yield Web(hub)
    hub.close()


def issued(web: Web, **wishes: object) -> dict[str, Any]:
    web.pass_minutes(1)
    ticket: dict[str, Any] = web.post("kiosk", "/v1/tickets", issue_body(**wishes))["ticket"]
    return ticket


def called(web: Web, counter: int = 1, **body: object) -> dict[str, Any]:
    ticket: dict[str, Any] = web.post("counter", f"/v1/counters/{counter}/call", body)["ticket"]
    return ticket


def asked(web: Web, path: str, who: str = "counter") -> dict[str, Any]:
    answer = web.get(who, path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_order_of_two_who_wait_is_explained_by_id_or_number(web: Web) -> None:
    first, second = issued(web), issued(web)
    wanted = "Number A001 comes before A002: it came 1 minute earlier."
    for other in (second["id"], "A002"):
        told = asked(web, f"/v1/tickets/{first['id']}/why?other={other}")
        assert (told["sentence"], told["cause"], told["called"]) == (wanted, "earlier", False)
    assert asked(web, f"/v1/tickets/{second['id']}/why?other=A001")["sentence"] == wanted


def test_a_supervisor_names_both_by_the_numbers_on_their_papers(web: Web) -> None:
    web.open(1)
    issued(web), issued(web)
    wanted = "Number A001 comes before A002: it came 1 minute earlier."
    assert asked(web, "/v1/tickets/A002/why?other=A001", "supervisor")["sentence"] == wanted
    called(web)
    wanted = "Number A001 was called to counter 1: it came at 08:01."
    assert asked(web, "/v1/tickets/A001/why", "supervisor")["sentence"] == wanted
    assert web.get("supervisor", "/v1/tickets/A009/why?other=A001").json()["code"] == "unknown_ticket"
    assert web.get("supervisor", "/v1/tickets/A001/why?other=A009").json()["code"] == "unknown_ticket"


def test_a_call_is_explained_by_what_the_board_calls_it_and_by_its_ticket_a_recall_like_its_call(web: Web) -> None:
    web.open(1)
    web.open(2)
    first, chosen = issued(web), issued(web)
    called(web, 2)
    called(web, ticket_id=chosen["id"])
    web.post("counter", f"/v1/tickets/{first['id']}/recall", {"counter": 2})
    web.post("counter", f"/v1/tickets/{chosen['id']}/recall", {"counter": 1})
    shown = {call["seq"]: call["number"] for call in asked(web, "/v1/hall", "board")["calls"]}
    assert shown == {3: "A001", 4: "A002"}
    wanted = "Number A002 was called to counter 1: the clerk chose it."
    for path in ("/v1/calls/2/why", "/v1/calls/4/why", f"/v1/tickets/{chosen['id']}/why"):
        assert asked(web, path)["sentence"] == asked(web, path, "supervisor")["sentence"] == wanted
    for nth in (1, 3):
        assert asked(web, f"/v1/calls/{nth}/why")["first"] == "A001"


def test_every_day_counts_its_calls_anew_and_goes_on_counting_when_it_is_opened_again(web: Web) -> None:
    web.open(1)
    issued(web)
    called(web)
    web.sign_in()
    web.post("supervisor", "/v1/day/close", {})
    web.open(1)
    second = issued(web)
    assert called(web)["id"] == second["id"]
    assert asked(web, "/v1/hall", "board")["calls"][0]["seq"] == 2
    web.pass_minutes(24 * 60)
    web.open(1)
    issued(web, queue="C")
    called(web)
    assert asked(web, "/v1/calls/1/why")["first"] == "C001"
    assert [asked(web, f"/v1/calls/{nth}/why?day={DAY}")["first"] for nth in (1, 2)] == ["A001", "A002"]
    for path in ("/v1/calls/2/why", f"/v1/calls/3/why?day={DAY}", "/v1/calls/1/why?day=2026-11-20"):
        assert web.get("counter", path).json()["code"] == "unknown_call"
    assert web.get("counter", "/v1/calls/1/why?day=x").json()["code"] == "bad_json"


def test_a_call_taken_back_was_none_also_where_the_ticket_was_called_before(web: Web) -> None:
    web.open(1)
    ticket = issued(web)
    called(web)
    web.post("counter", "/v1/counters/1/undo", {})
    assert web.get("supervisor", "/v1/calls/1/why").json()["code"] == "unknown_call"
    assert web.get("counter", f"/v1/tickets/{ticket['id']}/why").json()["code"] == "not_called_yet"
    called(web)
    web.post("counter", f"/v1/tickets/{ticket['id']}/no-show", {"counter": 1})
    web.post("counter", f"/v1/tickets/{ticket['id']}/return", {"counter": 1})
    called(web)
    web.post("counter", "/v1/counters/1/undo", {})
    assert asked(web, "/v1/calls/2/why")["first"] == "A001"
    assert web.get("supervisor", "/v1/calls/3/why").json()["code"] == "unknown_call"


def test_the_reason_is_still_known_on_another_day(web: Web) -> None:
    web.open(1)
    first, second = issued(web), issued(web, priority="elderly")
    called(web)
    web.pass_minutes(24 * 60)
    issued(web)
    told = asked(web, f"/v1/tickets/{first['id']}/why?other={second['id']}")
    assert told["sentence"] == "Number A002 was called before A001: it has declared a priority."
    assert asked(web, f"/v1/tickets/{second['id']}/why?other=A001") == told


@pytest.mark.parametrize("path", ["/v1/tickets/nobody/why", "/v1/calls/0/why", "/v1/calls/1/why", "/v1/calls/²/why"])
def test_what_never_was_cannot_be_explained(web: Web, path: str) -> None:
    issued(web)
    assert web.get("supervisor", path).status_code == 404


def test_note_and_priority_group_are_told_to_the_counter_that_has_the_ticket_and_to_no_other(web: Web) -> None:
    web.open(1)
    web.open(2)
    ticket = issued(web, priority="elderly")
    called(web)
    note = f"/v1/tickets/{ticket['id']}/side"
    assert asked(web, f"{note}?counter=1") == {"note": "", "priority": "elderly"}
    web.post("counter", f"/v1/tickets/{ticket['id']}/note", {"counter": 1, "note": "thiếu bản chính"})
    assert asked(web, f"{note}?counter=1")["note"] == "thiếu bản chính"
    assert web.get("counter", f"{note}?counter=2").json()["code"] == "wrong_counter"
    token = web.device(Role.COUNTER, 2)
    assert web.get(token, f"{note}?counter=1").json()["code"] == "wrong_number"


def test_note_and_priority_group_are_in_no_view(web: Web) -> None:
    web.open(1)
    ticket = issued(web, priority="elderly")
    called(web)
    web.post("counter", f"/v1/tickets/{ticket['id']}/note", {"counter": 1, "note": "hẹn lại"})
    for who in ("kiosk", "board", "supervisor", "counter", "tablet"):
        view = web.get(who, "/v1/hall?counter=1").text
        assert ticket["number"] in view or who == "kiosk"
        assert "hẹn lại" not in view
        assert "elderly" not in view


def test_an_open_day_is_told_as_it_stands_and_a_closed_one_as_it_ended(web: Web) -> None:
    web.sign_in()
    web.open(1)
    done = issued(web)
    issued(web)
    issued(web, training=True)
    called(web)
    web.serve(done["id"], 1)
    open_day = asked(web, f"/v1/days/{DAY}", "supervisor")
    assert (open_day["closed_at"], open_day["report"]) == (None, {"issued": 2, "done": 1})
    closing = web.post("supervisor", "/v1/day/close", {})
    closed = asked(web, f"/v1/days/{DAY}", "supervisor")
    assert closed["report"] == closing["report"]
    assert closed["closed_at"] == web.hub.writer.hall.at
    assert (closed["report"]["issued"], closed["report"]["done"], closed["report"]["expired"]) == (2, 1, ["A002"])
    assert open_day["given"] == closed["given"] == {"A": 2}


def test_a_day_stands_by_its_journals_head_and_a_closed_one_for_ever_by_the_row_that_closed_it(web: Web) -> None:
    web.sign_in()
    issued(web)
    open_day, head = asked(web, f"/v1/days/{DAY}", "supervisor"), web.hub.reader.head()
    assert (open_day["head_seq"], open_day["head_hash"]) == (head[0], head[1].hex())
    web.post("supervisor", "/v1/day/close", {})
    closing = web.hub.reader.head()
    web.pass_minutes(24 * 60)
    issued(web, queue="B")
    closed = asked(web, f"/v1/days/{DAY}", "supervisor")
    assert (closed["head_seq"], closed["head_hash"]) == (closing[0], closing[1].hex())
    assert closed["given"] == {"A": 1}


@pytest.mark.parametrize("path", ["/v1/days/2020-01-01", "/v1/days/yesterday", "/v1/reports/waits?day=2026-13-01"])
def test_a_day_that_never_was_is_said_so(web: Web, path: str) -> None:
    issued(web)
    answer = web.get("supervisor", path)
    assert answer.json()["code"] in ("unknown_day", "bad_json")


def test_waits_that_were_told_are_held_against_what_was_and_practice_is_left_out(web: Web) -> None:
    web.open(1)
    tickets = [issued(web) for _ in range(3)]
    issued(web, training=True)
    for ticket in tickets:
        called(web)
        web.post("counter", f"/v1/tickets/{ticket['id']}/start", {"counter": 1})
        web.pass_minutes(30)
        web.post("counter", f"/v1/tickets/{ticket['id']}/finish", {"counter": 1, "outcome": "served"})
    called(web)
    report = asked(web, f"/v1/reports/waits?day={DAY}", "supervisor")
    [queue] = report["queues"]
    assert (queue["queue"], queue["called"], queue["told"]) == ("A", 3, 3)
    assert 0 < queue["within"] < 3
    assert queue["mean_waited_minutes"] == pytest.approx((2 + 31 + 60) / 3, abs=1.1)
    assert asked(web, "/v1/reports/waits", "supervisor") == report


def test_a_wait_beyond_what_was_told_or_short_of_it_is_an_error_with_its_sign_and_without(web: Web) -> None:
    untold = issued(web)  # nobody sits anywhere: nobody knows how long it will take
    web.open(1)
    late, *_, early = [issued(web) for _ in range(12)]
    web.pass_minutes(20)
    for ticket in (late, early, untold):
        called(web, ticket_id=ticket["id"])
        web.post("counter", f"/v1/tickets/{ticket['id']}/no-show", {"counter": 1})
    [queue] = asked(web, "/v1/reports/waits", "supervisor")["queues"]
    over, under = 11 + 20 - late["wait_high"], 20 - early["wait_low"]
    assert over > 0 > under
    assert (queue["called"], queue["told"], queue["within"]) == (3, 2, 0)
    assert queue["mean_error_minutes"] == pytest.approx((over + under) / 2, abs=0.1)
    assert queue["mean_miss_minutes"] == pytest.approx((over - under) / 2, abs=0.1)


def test_who_gave_up_before_a_call_was_not_passed_by_it(web: Web) -> None:
    web.open(1)
    gone, waits = issued(web), issued(web)
    web.post("counter", f"/v1/tickets/{gone['id']}/cancel", {})
    called(web)
    told = asked(web, f"/v1/tickets/{waits['id']}/why?other={gone['id']}")
    assert told["sentence"] == "Number A002 was called before A001: A001 was not waiting in a line then."


def test_trips_for_papers_are_counted_by_counter_and_queue_with_their_base(web: Web) -> None:
    web.open(1)
    for index in range(3):
        ticket = issued(web)
        called(web)
        if index:
            web.serve(ticket["id"], 1)
        else:
            web.post("counter", f"/v1/tickets/{ticket['id']}/papers", {"counter": 1, "missing": [0]})
    issued(web)
    called(web)
    web.post("counter", "/v1/counters/1/undo", {})  # a call that never was is in no base
    report = asked(web, "/v1/reports/waits", "supervisor")
    assert report["papers"] == [{"counter": 1, "queue": "A", "sent": 1, "steps": 3}]


def test_who_sat_where_is_told_with_exact_ends(web: Web) -> None:
    web.open(1)
    web.pass_minutes(10)
    web.post("counter", "/v1/counters/1/pause", {"counter": 1, "reason": "break"})
    web.pass_minutes(5)
    web.post("counter", "/v1/counters/1/resume", {})
    web.pass_minutes(1)
    web.post("counter", "/v1/counters/1/pause", {"counter": 1, "reason": "meeting"})
    web.post("counter", "/v1/counters/1/undo", {})  # a pause that never was
    first, pause, second = asked(web, "/v1/reports/periods", "supervisor")["periods"]
    assert (first["kind"], first["ended_at"] - first["started_at"]) == ("open", 10 * 60_000)
    assert (pause["kind"], pause["reason"], pause["ended_at"] - pause["started_at"]) == ("paused", "break", 5 * 60_000)
    assert (second["ended_at"], second["staff"]) == (None, "nv01")
