"""One hub to a folder; damage is found whatever it looks like; strangers learn nothing about ratings from figures."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.commands import IssueTicket, Role
from kiosk.hub.hub import Hub
from kiosk.hub.journal.claim import FolderInUseError
from kiosk.hub.work import Request
from kiosk.ids import new_token
from tests.halls import envelope, issue_body, new_id
from tests.hub.inside import Web, open_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = open_hub(tmp_path)
    yield hub
    hub.close()


def figures(web: Web, role: str = "") -> tuple[str, dict[str, Any]]:
    return web.get(role, "/metrics").text, web.get(role, "/healthz").json()


def test_a_second_hub_is_kept_out_of_a_folder_and_let_in_after_the_first_ended(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(FolderInUseError, match="Another hub"):
        open_hub(tmp_path)
    hub.close()
    open_hub(tmp_path).close()


def test_nobody_outside_learns_from_figures_that_somebody_rated(hub: Hub) -> None:
    web = Web(hub)
    web.post("counter", "/v1/counters/1/open", {"staff": "nv01", "pin": "0001"})
    ticket = web.post("kiosk", "/v1/tickets", issue_body())["ticket"]["id"]
    web.post("counter", "/v1/counters/1/call", {})
    for move, how in (("start", {}), ("finish", {"outcome": "served"})):
        web.post("counter", f"/v1/tickets/{ticket}/{move}", {"counter": 1, **how})
    before, seq = [figures(web, role) for role in ("", "counter")], figures(web, "supervisor")[1]["seq"]
    web.post("tablet", f"/v1/tickets/{ticket}/rating", {"ballot": "AAAA", "label_set": "x/1"})
    assert [figures(web, role) for role in ("", "counter")] == before
    metrics, health = figures(web, "supervisor")
    assert health["seq"] == seq + 1
    assert "moi_commands_total" in metrics


def test_figures_tell_who_waits_also_right_after_a_restart(hub: Hub, tmp_path: Path) -> None:
    web = Web(hub)
    for _ in range(2):
        web.post("kiosk", "/v1/tickets", {**issue_body(), "confirmed": True})
    hub.close()
    again = open_hub(tmp_path)
    assert 'moi_waiting{queue="A"} 2.0' in figures(Web(again))[0]
    again.close()


def test_a_mistake_of_ours_is_noted_without_the_secret_in_its_address(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kiosk.hub.web.phone_web.hash_token", lambda _: 1 // 0)
    assert Web(hub).ask("GET", "/t/secretsecretsecret", {}).status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "secretsecretsecret" not in caplog.text


def test_a_file_that_cannot_be_read_to_its_end_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def malformed(_: object) -> int:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr("kiosk.hub.journal.reader.Reader.verify", malformed)
    hub = open_hub(tmp_path)
    for thread in threading.enumerate():
        if thread.name == "verify":
            thread.join(10)
    assert hub.health(inside=False)["status"] == "damaged"
    hub.close()


def test_a_hub_that_ends_while_it_checks_its_journal_gives_the_check_up_and_folds_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = open_hub(tmp_path)
    Web(hub).issue()
    hub.close()
    monkeypatch.setattr("kiosk.hub.journal.reader.WORK_ROWS", 1)
    monkeypatch.setattr("kiosk.hub.journal.reader.REST_S", 3600)
    again = open_hub(tmp_path)
    again.close()
    assert again.damage == ""
    assert [path.name for path in tmp_path.glob("hub.db-*")] == []


def test_a_journal_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_bytes(b"this is not a database, however long it may go on" * 50)
    with pytest.raises(OSError, match="cannot be used as a journal"):
        open_hub(tmp_path)
    (tmp_path / "hub.db").unlink()
    open_hub(tmp_path).close()


def test_what_was_committed_before_the_server_began_is_published_when_it_does(hub: Hub) -> None:
    command = IssueTicket(new_id(), new_token(), "A")
    for _ in range(2):
        hub.writer.submit(Request(envelope(command, Role.KIOSK), "h")).result(10)

    async def begin() -> int:
        hub.attach(asyncio.get_running_loop())
        await asyncio.sleep(0)
        return hub.publisher.hall.seq

    assert asyncio.run(begin()) == 2
