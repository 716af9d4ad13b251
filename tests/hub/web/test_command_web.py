"""Commands are taken in without the framework, and whatever is no command goes on to it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.domain import commands as cmd
from kiosk.hub.web.app import make_app
from kiosk.hub.web.http import MAX_BODY
from kiosk.hub.web.parsing import BadRequestError, Parsed, parse
from kiosk.hub.web.routes import COMMAND_ROUTES, CommandRoute
from tests.halls import issue_body, new_id
from tests.hub.inside import Web, open_hub, sample

BY_PATH = {route.path: route for route in COMMAND_ROUTES}
CALL, ISSUE = BY_PATH["/v1/counters/{counter:number}/call"], BY_PATH["/v1/tickets"]
START = BY_PATH["/v1/tickets/{ticket_id}/start"]


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    hub = open_hub(tmp_path)
    yield Web(hub)
    hub.close()


def test_a_command_in_pieces_is_put_together_and_done_once(web: Web) -> None:
    body = msgspec.json.encode(issue_body())
    key = new_id()
    pieces = [
        {"type": "http.request", "body": body[n : n + 10], "more_body": n + 10 < len(body)}
        for n in range(0, len(body), 10)
    ]
    sent = _asked(web, "/v1/tickets", pieces, key)
    assert (sent[0]["status"], msgspec.json.decode(sent[1]["body"])["ticket"]["number"]) == (200, "A001")
    assert dict(sent[0]["headers"]) == {
        b"content-type": b"application/json",
        b"content-length": b"%d" % len(sent[1]["body"]),
    }
    again = _asked(web, "/v1/tickets", [{"type": "http.request", "body": body, "more_body": False}], key)
    assert again[1]["body"] == sent[1]["body"]


def test_one_who_hangs_up_in_the_middle_of_a_command_asked_for_nothing(web: Web) -> None:
    begun = [{"type": "http.request", "body": b'{"ticket_id"', "more_body": True}, {"type": "http.disconnect"}]
    assert _asked(web, "/v1/tickets", begun, new_id()) == []
    assert web.hub.writer.hall.seq == 0


def test_a_body_beyond_all_measure_is_not_read_to_its_end(web: Web) -> None:
    endless = [{"type": "http.request", "body": b"x" * MAX_BODY, "more_body": True}] * 3
    sent = _asked(web, "/v1/tickets", endless, new_id())
    assert sent[0]["status"] == 413
    assert len(endless) == 1, "the third piece was asked for"


@pytest.mark.parametrize("path", ["/v1/tickets", "/v1/counters/1/call", "/v1/tickets/t1/start"])
def test_a_commands_address_takes_no_other_method(web: Web, path: str) -> None:
    answer = web.ask("PUT", path, web.headers("counter"))
    assert (answer.status_code, answer.headers["allow"], answer.json()["code"]) == (405, "POST", "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1",
        "/v1/ticket",
        "/v1/tickets/",
        "/v1/tickets//start",
        "/v1/tickets/a/b/start",
        "/v1/counters/1/",
        "/v1/counters/1/call/",
        "/v1/counters/12345/call",
        "/v1/counters/-1/call",
        "/v1/counters/one/call",
    ],
)
def test_an_address_that_is_nearly_a_commands_is_no_address(web: Web, path: str) -> None:
    assert web.send("counter", path, {}).status_code == 404


def test_of_two_headers_of_one_name_the_first_counts(web: Web) -> None:
    body = [{"type": "http.request", "body": msgspec.json.encode(issue_body()), "more_body": False}]
    twice = [(b"idempotency-key", new_id().encode()), (b"idempotency-key", b"?")]
    assert _asked(web, "/v1/tickets", body, "", twice)[0]["status"] == 200


def test_a_mistake_of_ours_is_noted_and_the_rest_goes_on(
    web: Web, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(web.hub.writer, "ask", lambda request: 1 // 0)
        failed = web.send("kiosk", "/v1/tickets", issue_body())
    assert (failed.status_code, failed.json()["code"]) == (500, "internal")
    assert "A request to /v1/tickets failed: ZeroDivisionError" in caplog.text
    assert web.issue()


@pytest.mark.parametrize("route", COMMAND_ROUTES, ids=lambda route: route.path)
def test_every_field_of_every_command_may_stand_in_its_body(route: CommandRoute) -> None:
    path = {name: part for name, part in {"counter": 3, "ticket_id": "t-1"}.items() if f"{{{name}" in route.path}
    body = sample(route.command)
    made: Any = msgspec.convert({**body, **path, "type": route.command.__name__}, route.command)
    assert parse(route, path, msgspec.json.encode(body)) == Parsed(made, None, "")
    everything = {name: value for name, value in msgspec.to_builtins(made).items() if name != "type"}
    assert parse(route, path, msgspec.json.encode(everything)) == Parsed(made, None, "")


def test_what_is_in_the_path_counts_and_what_is_wrong_is_named() -> None:
    read = parse(CALL, {"counter": 3}, b'{"counter":"nine","not_after":7,"pin":"1234"}')
    assert read == Parsed(cmd.CallNext(3), 7, "1234")
    assert parse(CALL, {"counter": 3}, b"") == Parsed(cmd.CallNext(3), None, "")
    for route, path, body, name in (
        (START, {"ticket_id": "t"}, b"{}", "counter"),
        (START, {"ticket_id": "t"}, b'{"counter":1,"nonsense":1}', "nonsense"),
        (START, {"ticket_id": "t"}, b'{"counter":"1"}', "counter"),
        (ISSUE, {}, b'{"ticket_id":"a b"}', "ticket_id"),
        (CALL, {"counter": 3}, b'{"type":"CallNext"}', "type"),
        (CALL, {"counter": 10_000}, b"{}", "9999"),
        (CALL, {"counter": 3}, b"[]", "object"),
    ):
        with pytest.raises(BadRequestError, match=name):
            parse(route, path, body)


def _asked(
    web: Web, path: str, messages: list[dict[str, Any]], key: str, more: list[tuple[bytes, bytes]] | None = None
) -> list[dict[str, Any]]:
    """Send a command piece by piece; what is not read stays in `messages`."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    token = web.hub.devices.tokens["kiosk"].encode()
    headers = [(b"authorization", b"Bearer " + token), *(more or [(b"idempotency-key", key.encode())])]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    asyncio.run(make_app(web.hub, "0")(scope, receive, send))  # type: ignore[arg-type]
    return sent
