"""A hub that does not know what its devices were told: real processes, real links, a data folder set back."""

import queue
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.hub.journal.reader import Reader
from kiosk.link.link import Link
from kiosk.ports import Answered
from tests.halls import WallClock, issue_body
from tools.processes import HubProcess, command

PATIENCE_S = 60.0


class Kiosk:
    """A kiosk's link, with everything it was promised."""

    def __init__(self, hub: HubProcess, store: Path) -> None:
        self._answers: queue.Queue[Answered] = queue.Queue()
        self.promised: dict[str, str] = {}
        self._store = store
        self._link = Link(hub.url, hub.tokens["kiosk"], WallClock(), outbox=store, patience_s=PATIENCE_S)

    def issue(self, queue_id: str = "A") -> str:
        body = issue_body(queue_id)
        self._link.send("/v1/tickets", body, self._answers.put)
        answered = self._answers.get(timeout=PATIENCE_S + 10)
        assert answered.ok, answered
        number: str = answered.body["ticket"]["number"]
        self.promised[str(body["ticket_id"])] = number
        return number

    def close(self) -> None:
        self._link.close()


def run(*arguments: str | Path) -> None:
    done = subprocess.run(command(*map(str, arguments)), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def tickets_in(folder: Path) -> dict[str, str]:
    reader = Reader(folder / "hub.db")
    rows = reader.batch_after(0, 1_000_000).changed["tickets"]
    reader.close()
    return {row["id"]: row["number"] for row in rows}


def recovery_of(hub: HubProcess) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {hub.tokens['standby']}"}
    told: dict[str, Any] = httpx.get(f"{hub.url}/v1/recovery", headers=headers, trust_env=False).json()
    return told


@pytest.fixture
def first(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    if hub.process.poll() is None:
        hub.kill()


def test_a_restored_hub_gets_back_what_its_backup_lacked(first: HubProcess, tmp_path: Path) -> None:
    kiosk = Kiosk(first, tmp_path / "kiosk.db")
    for _ in range(3):
        kiosk.issue()
    run("journal", "backup", "--data", tmp_path / "hub", "--to", tmp_path / "backup")
    for _ in range(3):
        kiosk.issue()
    first.kill()
    run("journal", "restore", "--from", tmp_path / "backup", "--data", tmp_path / "again")
    hub = HubProcess(tmp_path / "again", "--recovery-window", "3", port=first.port)
    kiosk.issue()
    report = recovery_of(hub)["reports"][0]
    kiosk.close()
    assert hub.stop() == 0
    assert tickets_in(tmp_path / "again") == kiosk.promised
    assert len(set(kiosk.promised.values())) == len(kiosk.promised)
    assert (report["reason"], report["epoch"], report.get("losses", [])) == ("restored", 3, [])
    run("journal", "verify", "--data", tmp_path / "again")


def test_a_hub_that_was_set_back_stops_waits_for_everybody_and_goes_on(first: HubProcess, tmp_path: Path) -> None:
    kiosk = Kiosk(first, tmp_path / "kiosk.db")
    kiosk.issue()
    assert first.stop() == 0
    shutil.copytree(tmp_path / "hub", tmp_path / "earlier")
    between = HubProcess(tmp_path / "hub", port=first.port)
    for _ in range(2):
        kiosk.issue("B")
    between.kill()
    hub = HubProcess(tmp_path / "earlier", "--recovery-window", "3", port=first.port)
    kiosk.issue("B")
    report = recovery_of(hub)["reports"][0]
    kiosk.close()
    assert hub.stop() == 0
    assert tickets_in(tmp_path / "earlier") == kiosk.promised
    assert (report["reason"], report.get("losses", [])) == ("behind", [])
    run("journal", "verify", "--data", tmp_path / "earlier")


def test_what_a_lost_disk_and_a_lost_device_took_along_is_named(first: HubProcess, tmp_path: Path) -> None:
    lost, other = Kiosk(first, tmp_path / "lost.db"), Kiosk(first, tmp_path / "other.db")
    kept = other.issue()
    run("journal", "backup", "--data", tmp_path / "hub", "--to", tmp_path / "backup")
    gone = lost.issue()
    after = other.issue()
    lost.close()
    first.kill()
    run("journal", "restore", "--from", tmp_path / "backup", "--data", tmp_path / "again")
    hub = HubProcess(tmp_path / "again", "--recovery-window", "3", port=first.port)
    other.issue()
    report = recovery_of(hub)["reports"][0]
    other.close()
    assert hub.stop() == 0
    assert tickets_in(tmp_path / "again") == other.promised
    assert {kept, after} < set(other.promised.values())
    assert [loss["number"] for loss in report["losses"]] == [gone]
    assert gone not in other.promised.values()
