"""A hub that is killed in the middle of its work keeps every promise it made, whatever it was doing."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import Struct

from kiosk.hub.care.verify import verify
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from tests.halls import demo_site, issue_body, new_id
from tools.processes import HubProcess
from tools.simulate.hall_rules import check_hall
from tools.simulate.watch import Watch
from tools.simulate.world import World

KILLS, MANY_KILLS = 20, 200
KIOSKS, COUNTERS = 3, 5
LOAD_S = 0.25
"""The hub is killed at any moment of this time after everybody has had a first answer."""
SERVED = {"outcome": "served"}


class Asked(Struct, frozen=True):
    """A command as it was sent."""

    role: str
    path: str
    body: dict[str, Any]
    key: str


class Person(threading.Thread):
    """Somebody who does one thing after the other until the hub is gone, and remembers what was promised."""

    def __init__(self, hub: HubProcess, warm: threading.Barrier, seed: int) -> None:
        super().__init__(daemon=True)
        self.hub, self.rng, self._warm = hub, random.Random(seed), warm
        self.promised: list[tuple[Asked, bytes]] = []
        self.open: Asked | None = None

    def run(self) -> None:
        with httpx.Client(base_url=self.hub.url, trust_env=False, timeout=5) as self.client:
            try:
                for n, asked in enumerate(self.work()):
                    self.open = asked
                    answer = sent(self.client, self.hub, asked)
                    if answer is not None:
                        self.promised.append((asked, answer))
                    self.open = None
                    if n == 0:
                        self._warm.wait(30)
            except httpx.TransportError:
                return

    def work(self) -> Iterator[Asked]:
        """Go on for ever."""
        raise NotImplementedError


class Kiosk(Person):
    """Gives numbers and tells what became of the paper."""

    def work(self) -> Iterator[Asked]:
        while True:
            body = issue_body(self.rng.choice("ABCD"), confirmed=True)
            yield asked("kiosk", "/v1/tickets", body)
            if self.rng.random() < 0.5:
                yield asked("kiosk", f"/v1/tickets/{body['ticket_id']}/printed", {"result": "printed"})


class Desk(Person):
    """A clerk who looks at her view and does the next thing, and the citizen who rates."""

    def __init__(self, hub: HubProcess, warm: threading.Barrier, seed: int, number: int) -> None:
        super().__init__(hub, warm, seed)
        self._number = number

    def work(self) -> Iterator[Asked]:
        while True:
            view = self._view()
            ticket = view.get("ticket")
            if ticket is None:
                yield self._without_ticket(view)
                continue
            name = self.rng.choice(TO_CALLED if ticket["state"] == "called" else TO_SERVING)
            body = {**MORE.get(name, {}), **({} if name == "cancel" else {"counter": self._number})}
            yield asked("counter", f"/v1/tickets/{ticket['id']}/{name}", body)
            if name == "finish":
                yield asked("tablet", f"/v1/tickets/{ticket['id']}/rating", {"ballot": "AAAA", "label_set": "x/1"})

    def _without_ticket(self, view: dict[str, Any]) -> Asked:
        here, number = f"/v1/counters/{self._number}", self._number
        if view["state"] == "closed":
            return asked("counter", f"{here}/open", {"staff": f"nv0{number}", "pin": f"000{number}"})
        if view["state"] == "paused":
            return asked("counter", f"{here}/resume", {})
        if view.get("no_shows") and self.rng.random() < 0.3:
            return asked("counter", f"/v1/tickets/{self.rng.choice(view['no_shows'])['id']}/return", {})
        return asked("counter", f"{here}/{self.rng.choice(['call'] * 8 + ['pause', 'close'])}", {})

    def _view(self) -> dict[str, Any]:
        token = self.hub.tokens["counter"]
        answer = self.client.get(f"/v1/hall?counter={self._number}", headers={"Authorization": f"Bearer {token}"})
        view: dict[str, Any] = answer.raise_for_status().json()
        return view


TO_CALLED = ("start", "start", "start", "start", "recall", "no-show", "cancel")
TO_SERVING = ("finish", "finish", "finish", "park", "transfer")
MORE: dict[str, dict[str, Any]] = {"finish": SERVED, "transfer": {"queue": "A", "place": "end"}}


def asked(role: str, path: str, body: dict[str, Any]) -> Asked:
    return Asked(role, path, body, new_id())


def sent(client: httpx.Client, hub: HubProcess, asked: Asked) -> bytes | None:
    """Send a command; returns its answer, or None where it was refused: that is no promise."""
    headers = {"Authorization": f"Bearer {hub.tokens[asked.role]}", "Idempotency-Key": asked.key}
    answer = client.post(asked.path, json=asked.body, headers=headers)
    assert answer.status_code < 500, answer.text
    return answer.content if answer.status_code == 200 else None


@pytest.mark.parametrize(
    "kills", [KILLS, pytest.param(MANY_KILLS, marks=pytest.mark.long)], ids=lambda kills: f"{kills} times"
)
def test_killed_at_any_moment_of_a_full_hall_every_answer_is_there_once(tmp_path: Path, kills: int) -> None:
    data, dice = tmp_path / "hub", random.Random(kills)
    promised: list[tuple[Asked, bytes]] = []
    in_flight = 0
    hub = HubProcess(data)
    for kill in range(kills):
        warm = threading.Barrier(KIOSKS + COUNTERS + 1)
        people: list[Person] = [Kiosk(hub, warm, kill * 100 + n) for n in range(KIOSKS)]
        people += [Desk(hub, warm, kill * 100 + 50 + n, n) for n in range(1, COUNTERS + 1)]
        for person in people:
            person.start()
        warm.wait(30)
        threading.Event().wait(dice.uniform(0, LOAD_S))
        hub.kill()
        for person in people:
            person.join(30)
        hub = HubProcess(data, "--public-url", "http://centre")
        left_open = [person.open for person in people if person.open is not None]
        in_flight += len(left_open)
        new = [one for person in people for one in person.promised]
        with httpx.Client(base_url=hub.url, trust_env=False, timeout=10) as client:
            for one in left_open:
                answer = sent(client, hub, one)
                if answer is not None:
                    new.append((one, answer))
            assert [sent(client, hub, one) for one, _ in new] == [answer for _, answer in new]
        promised += new
    assert hub.stop() == 0
    assert in_flight >= kills * (KIOSKS + COUNTERS) * 0.3
    kinds = {one.path.rsplit("/", 1)[1] for one, _ in promised}
    assert kinds >= {"tickets", "printed", "open", "call", "start", "finish", "rating", "no-show", "park", "transfer"}
    _holds_exactly(data, promised)


def _holds_exactly(data: Path, promised: list[tuple[Asked, bytes]]) -> None:
    """The journal is one unbroken chain with every promised command once; everybody is in exactly one place."""
    report = verify(data)
    journal, watch = Journal(data / DATABASE, demo_site().info.id), Watch(World(0), demo_site())
    watch.opened("hub", journal)
    check_hall(journal.hall, demo_site())
    journal.close()
    assert report.rows == len(watch.lineages["hub"].rows)
    for one, _ in promised:
        first, last = watch.lineages["hub"].causes.get(one.key, (0, -1))
        assert last >= first > 0 or one.path.endswith("/open"), one
    reader = Reader(data / DATABASE)
    assert all(found.answer == answer for one, answer in promised if (found := reader.answer_to(one.key)) is not None)
    assert all(reader.answer_to(one.key) is not None for one, _ in promised)
    tickets = {ticket["id"] for ticket in reader.batch_after(0, 1_000_000).changed["tickets"]}
    reader.close()
    issued = [one.body["ticket_id"] for one, _ in promised if one.path == "/v1/tickets"]
    assert len(issued) == len(set(issued))
    assert tickets == set(issued)
