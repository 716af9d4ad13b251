"""A hub and its standby as real processes: the hub's machine is lost, a supervisor promotes, and the hall goes on."""

import os
import queue
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.link.link import Link
from kiosk.ports import Answered
from tests.e2e.test_recovery import run, tickets_in
from tests.halls import WallClock, issue_body
from tests.hub.inside import SUPERVISOR, SUPERVISOR_PIN
from tools.processes import HubProcess, command

PATIENCE_S = 60.0


class Standby(HubProcess):
    """A process that follows a hub, spoken to with the hub's tokens."""

    def __init__(self, data: Path, hub: HubProcess, port: int = 0) -> None:
        super().__init__(
            data, "--follow", hub.url, "--token", hub.tokens["standby"], "--recovery-window", "600", port=port
        )
        self.tokens = hub.tokens

    def health(self) -> dict[str, Any]:
        told: dict[str, Any] = httpx.get(f"{self.url}/healthz", trust_env=False).json()
        return told

    def promote(self, **said: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens['supervisor']}", "Accept-Language": "en"}
        body = {"staff": SUPERVISOR, "pin": SUPERVISOR_PIN, "old_machine_is_off": True, **said}
        return httpx.post(f"{self.url}/v1/promote", json=body, headers=headers, trust_env=False, timeout=30)


class Kiosk:
    """A kiosk that knows both machines, and remembers what it was promised."""

    def __init__(self, hub: HubProcess, standby: HubProcess, store: Path) -> None:
        self._answers: queue.Queue[Answered] = queue.Queue()
        self.promised: dict[str, str] = {}
        urls = f"{hub.url},{standby.url}"
        self._link = Link(urls, hub.tokens["kiosk"], WallClock(), outbox=store, patience_s=PATIENCE_S)

    def issue(self, count: int) -> None:
        for _ in range(count):
            body = issue_body("A", confirmed=True)
            self._link.send("/v1/tickets", body, self._answers.put)
            answered = self._answers.get(timeout=PATIENCE_S + 10)
            assert answered.ok, answered
            self.promised[str(body["ticket_id"])] = answered.body["ticket"]["number"]

    def close(self) -> None:
        self._link.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def promoted_by_command(standby: HubProcess) -> int:
    """Promote as a technician does."""
    arguments = ("promote", "--standby", standby.url, "--staff", SUPERVISOR, "--old-machine-is-off")
    environment = {**os.environ, "MOI_TOKEN": standby.tokens["supervisor"]}
    done = subprocess.run(
        command(*arguments), input=f"{SUPERVISOR_PIN}\n", env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout
    return done.returncode


def head(hub: HubProcess) -> int:
    headers = {"Authorization": f"Bearer {hub.tokens['standby']}"}
    return int(httpx.get(f"{hub.url}/healthz", headers=headers, trust_env=False).json()["seq"])


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[HubProcess, Standby]]:
    hub = HubProcess(tmp_path / "hub")
    standby = Standby(tmp_path / "standby", hub)
    yield hub, standby
    for machine in (hub, standby):
        if machine.process.poll() is None:
            machine.kill()


def test_a_promoted_standby_has_every_ticket_once_and_goes_on(pair: tuple[HubProcess, Standby], tmp_path: Path) -> None:
    hub, standby = pair
    kiosk = Kiosk(hub, standby, tmp_path / "kiosk.db")
    kiosk.issue(3)
    until(lambda: standby.health()["seq"] == head(hub))
    assert httpx.post(f"{standby.url}/v1/tickets", json={}, trust_env=False).json()["code"] == "not_the_hub"
    kiosk.issue(2)
    hub.kill()
    assert promoted_by_command(standby) == 0
    kiosk.issue(2)
    kiosk.close()
    assert standby.stop() == 0
    assert tickets_in(tmp_path / "standby") == kiosk.promised
    assert len(set(kiosk.promised.values())) == 7
    run("journal", "verify", "--data", tmp_path / "standby")


def test_what_the_standby_had_not_yet_comes_back_from_the_devices(
    pair: tuple[HubProcess, Standby], tmp_path: Path
) -> None:
    hub, standby = pair
    kiosk = Kiosk(hub, standby, tmp_path / "kiosk.db")
    kiosk.issue(2)
    until(lambda: standby.health()["seq"] == head(hub))
    standby.kill()
    kiosk.issue(3)
    hub.kill()
    standby = Standby(tmp_path / "standby", hub, port=standby.port)
    until(lambda: standby.health()["seq"] > 0)
    assert standby.promote().json()["promoted"]
    kiosk.issue(1)
    kiosk.close()
    assert standby.stop() == 0
    assert tickets_in(tmp_path / "standby") == kiosk.promised
    run("journal", "verify", "--data", tmp_path / "standby")


def test_an_old_hub_that_comes_back_is_told_by_who_took_over_steps_down_and_follows(
    pair: tuple[HubProcess, Standby], tmp_path: Path
) -> None:
    hub, standby = pair
    kiosk = Kiosk(hub, standby, tmp_path / "kiosk.db")
    kiosk.issue(2)
    until(lambda: standby.health()["seq"] == head(hub))
    hub.kill()
    standby.promote()
    kiosk.issue(1)
    back = HubProcess(tmp_path / "hub", port=hub.port)
    # No device speaks to it: were some cut off with it, they would go on with it, and look nowhere else.
    assert back.process.wait(60) == 75
    back.stop()
    again = Standby(tmp_path / "hub", standby, port=hub.port)
    kiosk.issue(1)
    until(lambda: again.health()["seq"] == head(standby))
    kiosk.close()
    assert again.stop() == 0
    assert standby.stop() == 0
    assert tickets_in(tmp_path / "hub") == tickets_in(tmp_path / "standby") == kiosk.promised


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"pin": "9999"}, "wrong_pin"),
        ({"staff": "nv01", "pin": "0001"}, "wrong_staff_role"),
        ({"old_machine_is_off": False}, "old_machine"),
    ],
)
def test_nobody_takes_over_without_a_supervisor_who_has_looked(
    pair: tuple[HubProcess, Standby], said: dict[str, Any], code: str, tmp_path: Path
) -> None:
    hub, standby = pair
    Kiosk(hub, standby, tmp_path / "kiosk.db").close()
    headers = {"Authorization": f"Bearer {hub.tokens['kiosk']}", "Idempotency-Key": "first-of-the-day"}
    httpx.post(f"{hub.url}/v1/tickets", json=issue_body(), headers=headers, trust_env=False).raise_for_status()
    until(lambda: standby.health()["seq"] == head(hub))
    assert standby.promote(**said).json()["code"] == code
    assert standby.health()["status"] == "following"
