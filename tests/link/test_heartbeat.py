"""A device tells how it is, and its printer's news at once."""

import contextlib
import queue
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.link.heartbeat import HeartbeatThread
from kiosk.link.keeper import Keeper
from kiosk.link.line import Line
from kiosk.link.outbox import Fact, Outbox
from kiosk.ports import PrinterStatus
from tools.processes import HubProcess


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "box.db")
    yield outbox
    outbox.close()


@contextlib.contextmanager
def line_to(url: str, outbox: Outbox, token: str = "") -> Iterator[Line]:
    line = Line([url], {"Authorization": f"Bearer {token}"}, Keeper(outbox.kept), 5.0)
    yield line
    line.close()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    assert hub.stop() == 0


def test_a_heartbeat_counts_what_waits_and_what_was_put_aside(outbox: Outbox) -> None:
    for n in range(3):
        outbox.put(Fact(f"id-{n}", "/v1/x", {}))
    outbox.quarantine("id-0", "no")
    with line_to("http://nobody", outbox) as line:
        assert HeartbeatThread(line, outbox, "1.2", None).body() == {
            "version": "1.2",
            "outbox": 2,
            "quarantined": 1,
        }


def test_each_heartbeat_tells_how_the_printer_is(outbox: Outbox) -> None:
    answers = iter(PrinterStatus)
    with line_to("http://nobody", outbox) as line:
        heartbeat = HeartbeatThread(line, outbox, "", lambda: next(answers))
        told = [heartbeat.body()["printer"] for _ in range(3)]
    assert told == ["ready", "paper_low", "paper_out"]


def test_news_wait_for_no_heartbeats_turn(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    told: queue.SimpleQueue[PrinterStatus] = queue.SimpleQueue()
    now = [PrinterStatus.READY]
    for name, seconds in (("FIRST_S", 0.0), ("EVERY_S", 3600.0), ("RETRY_S", 3600.0)):
        monkeypatch.setattr(f"kiosk.link.heartbeat.{name}", seconds)

    def printer() -> PrinterStatus:
        told.put(now[0])
        return now[0]

    with line_to("http://127.0.0.1:9", outbox) as line:
        heartbeat = HeartbeatThread(line, outbox, "", printer)
        heartbeat.start()
        try:
            assert told.get(timeout=20) is PrinterStatus.READY
            now[0] = PrinterStatus.PAPER_OUT
            heartbeat.soon()
            assert told.get(timeout=20) is PrinterStatus.PAPER_OUT
        finally:
            heartbeat.stop()
            heartbeat.join(10)


def test_what_a_device_sends_is_what_the_hub_takes(
    hub: HubProcess, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.link.heartbeat.FIRST_S", 0.0)
    with line_to(hub.url, outbox, hub.tokens["kiosk"]) as line, httpx.Client(trust_env=False) as client:
        heartbeat = HeartbeatThread(line, outbox, "1.2", lambda: PrinterStatus.PAPER_OUT)
        heartbeat.start()
        supervisor = {"Authorization": f"Bearer {hub.tokens['supervisor']}"}
        devices: list[dict[str, object]] = []
        while not devices and heartbeat.is_alive():
            view = client.get(f"{hub.url}/v1/hall", headers=supervisor).json()
            devices = [device for device in view.get("devices", {}).values() if device["role"] == "kiosk"]
        heartbeat.stop()
        heartbeat.join(10)
    assert (devices[0]["version"], devices[0]["printer"], devices[0]["present"]) == ("1.2", "paper_out", True)
