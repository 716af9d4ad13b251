"""The hub's edge: whatever comes over the wire is answered in order, and the hub goes on."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.commands import Role
from kiosk.hub.web.routes import COMMAND_ROUTES
from tests.halls import issue_body, new_id
from tests.hub.inside import filled
from tools.processes import HubProcess

HUGE = "9" * 5000
"""More digits than Python reads as a number."""
ROLES = {route.path: min(route.roles, key=list(Role).index).value for route in COMMAND_ROUTES}
NUMBERS = st.integers() | st.sampled_from([-1, 2**31, 2**63 - 1, 2**63, 2**64, 10**30]) | st.floats()
TEXTS = st.text(max_size=20) | st.sampled_from(["", "\0", "\u2028", "../vi", "x" * 5000, "nv01", "A", "vi", "tablet"])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
FIELDS = sorted({name for route in COMMAND_ROUTES for name in route.command.__struct_fields__} | {"not_after", "pin"})
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6)
TICKETS = st.dictionaries(
    st.sampled_from(["ticket_id", "token", "procedure", "missing", "priority", "language", "kiosk", "training"]),
    VALUES,
    max_size=3,
)
"""Wrong values for an issue that would be right without them."""


class Edge:
    """A hub, and a way to send it anything."""

    def __init__(self, hub: HubProcess) -> None:
        self.hub = hub
        self.client = httpx.Client(base_url=hub.url, trust_env=False, timeout=10)

    def post(self, role: str, path: str, body: bytes) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.hub.tokens[role]}", "Idempotency-Key": new_id()}
        return self.client.post(path, content=body, headers=headers)

    def get(self, role: str, path: str) -> httpx.Response:
        return self.client.get(path, headers={"Authorization": f"Bearer {self.hub.tokens[role]}"})

    def code(self, role: str, path: str, body: bytes) -> tuple[int, str]:
        answer = self.post(role, path, body)
        return answer.status_code, answer.json()["code"]

    def goes_on(self) -> bool:
        return self.post("kiosk", "/v1/tickets", json.dumps(issue_body()).encode()).status_code == 200


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    hub = HubProcess(tmp_path_factory.mktemp("edge") / "hub")
    edge = Edge(hub)
    yield edge
    edge.client.close()
    assert hub.stop() == 0


@pytest.mark.parametrize(
    "body",
    [
        b'{"queue\xff": "A"}',
        b'{"queue": "\xed\xa0\x80"}',
        b'{"queue": "\\ud800"}',
        b'{"queue": NaN}',
        b'{"queue": 1e999}',
        b'{"queue":' * 7000,
        b"[" * 60_000,
        b"[]",
        b"null",
        b'"' + b"x" * 1000,
    ],
)
def test_a_body_that_is_no_command_is_a_bad_request(edge: Edge, body: bytes) -> None:
    assert edge.code("kiosk", "/v1/tickets", body) == (400, "bad_json")
    assert edge.goes_on()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kiosk": 2**63},
        {"kiosk": -1},
        {"kiosk": 10**30},
        {"missing": [2**70]},
        {"missing": [0] * 5000},
        {"ticket_id": ""},
        {"ticket_id": "a/b"},
        {"ticket_id": "x" * 100},
        {"token": "0123456789abcdef/../"},
        {"token": "ạ" * 16},
        {"language": "../locale/vi"},
        {"language": "v\0"},
        {"procedure": "1\0"},
        {"procedure": "x" * 1000},
    ],
)
def test_a_value_nothing_could_be_done_with_is_a_bad_request(edge: Edge, wrong: dict[str, Any]) -> None:
    body = json.dumps({**issue_body(), **wrong}).encode()
    assert edge.code("kiosk", "/v1/tickets", body) == (400, "bad_json")
    assert edge.goes_on()


def test_a_time_limit_beyond_all_numbers_is_a_time_limit(edge: Edge) -> None:
    late = json.dumps(issue_body(not_after=-(10**30))).encode()
    assert edge.code("kiosk", "/v1/tickets", late) == (409, "too_late")
    assert edge.post("kiosk", "/v1/tickets", json.dumps(issue_body(not_after=10**30)).encode()).status_code == 200


def test_numbers_in_addresses_may_be_of_any_size(edge: Edge) -> None:
    asked = [
        edge.post("counter", f"/v1/counters/{HUGE}/call", b"{}"),
        edge.get("counter", f"/v1/hall?counter={HUGE}"),
        edge.get("counter", f"/v1/hall?counter={10**30}"),
        edge.get("counter", f"/v1/events?counter={HUGE}"),
        edge.get("central", f"/v1/journal?after={HUGE}"),
        edge.get("central", f"/v1/journal?after={10**30}"),
        edge.get("central", "/v1/journal?after=%FF"),
    ]
    assert [(a.status_code, a.json()["code"]) for a in asked] == [
        (404, "not_found"),
        (404, "unknown_counter"),
        (404, "unknown_counter"),
        (404, "unknown_counter"),
        (400, "bad_json"),
        (400, "bad_json"),
        (400, "bad_json"),
    ]
    assert edge.goes_on()


def test_a_ticket_in_a_language_the_page_does_not_speak_has_its_page(edge: Edge) -> None:
    answer = edge.post("kiosk", "/v1/tickets", json.dumps(issue_body(language="km")).encode())
    assert edge.client.get(answer.json()["ticket"]["url"]).status_code == 200


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([route.path for route in COMMAND_ROUTES]),
    body=OBJECTS.map(lambda fields: json.dumps(fields).encode()) | st.binary(max_size=60),
)
def test_any_body_to_any_command_is_answered_without_a_mistake_of_ours(edge: Edge, path: str, body: bytes) -> None:
    address = filled(path, counter=1, kiosk=1, ticket_id="any", queue="A")
    assert edge.post(ROLES[path], address, body).status_code < 500
    assert edge.goes_on()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wrong=TICKETS)
def test_any_ticket_that_is_issued_can_be_shown_and_called(edge: Edge, wrong: dict[str, Any]) -> None:
    answer = edge.post("kiosk", "/v1/tickets", json.dumps({**issue_body(), **wrong}).encode())
    assert answer.status_code < 500
    if answer.status_code == 200:
        assert edge.client.get(answer.json()["ticket"]["url"]).status_code == 200
        ticket = answer.json()["ticket"]["id"]
        assert edge.post("counter", f"/v1/tickets/{ticket}/cancel", b"{}").status_code == 200
    assert edge.get("supervisor", "/v1/hall").status_code == 200
