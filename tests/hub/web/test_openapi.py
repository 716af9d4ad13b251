"""The OpenAPI page is true: whatever it allows, and whatever it does not, gets an answer it describes."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from kiosk.hub.web.openapi import document
from kiosk.hub.web.routes import ANYONE, COMMAND_ROUTES, OTHER_ROUTES
from kiosk.wire.problems import CATALOGUE
from tests.halls import issue_body, new_id
from tests.hub.inside import SUPERVISOR, SUPERVISOR_PIN
from tools.processes import HubProcess

Operation = APIOperation[Any, Any, Any, Any]
DOCUMENT = document("0")
ROLES = {
    (route.path.replace(":number", ""), method): route.roles
    for route, method in [*((r, "post") for r in COMMAND_ROUTES), *((r, r.method.lower()) for r in OTHER_ROUTES)]
}
ENDLESS = "/v1/events"
"""Its answer does not end; `test_streams` reads it."""
OPERATIONS: list[Operation] = [
    found.ok()
    for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
    if isinstance(found, Ok) and found.ok().path != ENDLESS
]
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
FEW, MANY = 4, 200
"""Examples of each operation and kind."""
COUNTERS = (1, 2, 3)


def codes() -> set[str]:
    """Return every code the page says some answer may carry."""
    return {
        code
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for content in answer.get("content", {}).values()
        for code in content["schema"].get("properties", {}).get("code", {}).get("enum", ())
    }


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rsplit("/", 1)[1]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_page_names_every_route_every_code_and_types_that_are_there() -> None:
    assert {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods} == ROLES.keys()
    assert codes() == CATALOGUE.keys() - {"method_not_allowed"}  # which no route that is described answers
    assert set(references(DOCUMENT)) <= DOCUMENT["components"]["schemas"].keys()


class Asked:
    """A hub with tickets in several states, and whoever may ask it."""

    def __init__(self, hub: HubProcess) -> None:
        self.hub = hub
        self.session = requests.Session()
        self.session.trust_env = False
        body = {"staff": SUPERVISOR, "pin": SUPERVISOR_PIN}
        self.staff = self.post("supervisor", "/v1/staff/sign-in", body)["session"]
        for counter in COUNTERS:
            self.post("counter", f"/v1/counters/{counter}/open", {"staff": f"nv0{counter}", "pin": f"000{counter}"})
        self.tickets = [self.post("kiosk", "/v1/tickets", issue_body(queue))["ticket"]["id"] for queue in "AABBCC"]
        for counter in COUNTERS[:2]:
            self.post("counter", f"/v1/counters/{counter}/call", {})

    def headers(self, role: str) -> dict[str, str]:
        session = {"Moi-Staff": self.staff} if role == "supervisor" and hasattr(self, "staff") else {}
        return {"Authorization": f"Bearer {self.hub.tokens[role]}", **session}

    def post(self, role: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {**self.headers(role), "Idempotency-Key": new_id()}
        answer = self.session.post(f"{self.hub.url}{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def check(self, case: Case, role: str | None, key: str | None) -> None:
        """Send a case as a role, and check its answer."""
        headers = (self.headers(role) if role else {}) | ({"Idempotency-Key": key} if key else {})
        case.call_and_validate(base_url=self.hub.url, session=self.session, headers=headers, checks=CHECKS)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    hub = HubProcess(tmp_path_factory.mktemp("openapi") / "hub")
    asked = Asked(hub)
    yield asked
    asked.session.close()
    assert hub.stop() == 0


def whom(operation: Operation) -> st.SearchStrategy[str | None]:
    """Choose who asks: mostly one who may."""
    roles = ROLES[operation.path, operation.method]
    return st.sampled_from([role.value for role in sorted(roles)] if roles != ANYONE else [None])


def ask(asked: Asked, operation: Operation, examples: int) -> None:
    """Ask what the page allows, of tickets there are and of others, and what it does not allow."""
    known = {"ticket_id": asked.tickets[0]} if "{ticket_id}" in operation.path else {}
    numbers = count()

    def run(mode: GenerationMode, path: dict[str, Any], *, signed: bool) -> None:
        cases = operation.as_strategy(generation_mode=mode, **({"path_parameters": path} if path else {}))

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, role=whom(operation))
        def send(case: Case, role: str | None) -> None:
            if path:
                case.path_parameters["ticket_id"] = asked.tickets[next(numbers) % len(asked.tickets)]
            asked.check(case, role if signed else None, new_id() if signed else None)

        send()

    run(GenerationMode.POSITIVE, {}, signed=True)
    run(GenerationMode.NEGATIVE, {}, signed=True)
    run(GenerationMode.NEGATIVE, {}, signed=False)
    if known:
        run(GenerationMode.POSITIVE, known, signed=True)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_answer_is_one_the_page_describes(asked: Asked, operation: Operation) -> None:
    ask(asked, operation, FEW)


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_answer_is_one_the_page_describes_however_often_one_asks(asked: Asked, operation: Operation) -> None:
    ask(asked, operation, MANY)
