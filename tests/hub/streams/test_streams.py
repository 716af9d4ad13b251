"""Streams of a real hub: who reads hears everything in order, who does not cannot hold up anyone or anything."""

import contextlib
import queue
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil
import pytest

from kiosk.hub.access import cli as cli
from kiosk.link.follower import lines, messages
from kiosk.wire.patch import merge
from tests.halls import issue_body, new_id
from tools.processes import HubProcess

PATIENCE_S = 30
STUCK = 40
ENOUGH = 1000
"""Commands whose changes fill every buffer between the hub and a screen that does not read, several times over."""
MEGABYTE = 1_000_000


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    assert hub.stop() == 0


@pytest.fixture
def client(hub: HubProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hub.url, trust_env=False, timeout=PATIENCE_S) as client:
        yield client


def bearer(hub: HubProcess, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {hub.tokens[role]}"}


def post(hub: HubProcess, client: httpx.Client, role: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body, headers={**bearer(hub, role), "Idempotency-Key": new_id()})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


class Reader:
    """A follower that reads everything; keeps ids and the view they lead to."""

    def __init__(self, hub: HubProcess, role: str, query: str = "") -> None:
        self.ids: list[str] = []
        self.bodies: list[str] = []
        self.view: dict[str, Any] = {}
        self.came: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._url, self._headers = f"{hub.url}/v1/events{query}", bearer(hub, role)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.until()

    def _read(self) -> None:
        with (
            httpx.Client(trust_env=False, timeout=PATIENCE_S) as client,
            client.stream("GET", self._url, headers=self._headers) as response,
            contextlib.suppress(httpx.HTTPError),
        ):
            for message in messages(lines(response.iter_bytes())):
                change = msgspec.json.decode(message["data"])
                self.view = change if message["event"] == "view" else merge(self.view, change)
                self.ids.append(message["id"])
                self.bodies.append(message["data"])
                self.came.put(message["data"])
        self.came.put("")

    def until(self) -> str:
        """Wait for the next message; nothing where the stream has ended."""
        return self.came.get(timeout=PATIENCE_S)

    def until_view(self, wanted: dict[str, Any]) -> None:
        """Wait until the messages have led to this view, whatever time has made of the waits it tells."""
        while timeless(self.view) != timeless(wanted):
            assert self.until(), "the stream ended"

    def ended(self) -> None:
        """Wait until the stream has ended."""
        while self.until():
            pass
        self._thread.join(PATIENCE_S)


def timeless(view: Any) -> Any:
    """Return a view without what moves with time alone."""
    if isinstance(view, dict):
        return {key: timeless(value) for key, value in view.items() if key not in ("wait_low", "wait_high")}
    return [timeless(value) for value in view] if isinstance(view, list) else view


def screens(client: httpx.Client) -> int:
    found = re.search(r"^moi_screens (\d+)\.0$", client.get("/metrics").text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def test_a_rating_leaves_no_message_and_no_gap_in_a_counters_stream(hub: HubProcess, client: httpx.Client) -> None:
    counter = Reader(hub, "counter", "?counter=1")
    post(hub, client, "counter", "/v1/counters/1/open", {"staff": "nv01", "pin": "0001"})
    ticket = post(hub, client, "kiosk", "/v1/tickets", issue_body())["ticket"]["id"]
    post(hub, client, "counter", "/v1/counters/1/call", {})
    post(hub, client, "counter", f"/v1/tickets/{ticket}/start", {"counter": 1})
    post(hub, client, "counter", f"/v1/tickets/{ticket}/finish", {"counter": 1, "outcome": "served"})
    tablet = Reader(hub, "tablet", "?counter=1")
    counter.until_view(client.get("/v1/hall?counter=1", headers=bearer(hub, "counter")).json())
    before = list(counter.ids)
    post(hub, client, "tablet", f"/v1/tickets/{ticket}/rating", {"ballot": "AAAA", "label_set": "x/1"})
    tablet.until()  # the rating has reached the streams
    post(hub, client, "counter", "/v1/counters/1/pause", {})
    counter.until_view(client.get("/v1/hall?counter=1", headers=bearer(hub, "counter")).json())
    assert counter.ids[: len(before)] == before
    assert [message for message in counter.bodies[len(before) :] if "paused" not in message] == []
    numbers = [int(found.split(".")[1]) for found in counter.ids]
    assert numbers == list(range(len(numbers)))


def test_screens_that_do_not_read_are_cut_off_and_hold_up_neither_memory_nor_anyone(
    hub: HubProcess, client: httpx.Client
) -> None:
    tickets = [post(hub, client, "kiosk", "/v1/tickets", issue_body())["ticket"]["id"] for _ in range(150)]
    reader = Reader(hub, "supervisor")
    memory = psutil.Process(hub.process.pid).memory_info
    request = f"GET /v1/events HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {hub.tokens['supervisor']}\r\n\r\n"
    ports: set[int] = set()
    with contextlib.ExitStack() as stack:
        for _ in range(STUCK):
            stuck = stack.enter_context(socket.socket())
            stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stuck.connect(("127.0.0.1", hub.port))
            stuck.sendall(request.encode())
            ports.add(stuck.getsockname()[1])
        while screens(client) < STUCK + 1:
            pass
        before, most, left = memory().rss, 0, 0
        for _ in range(ENOUGH):
            # Whoever waits first leaves: every counter's list of who comes next is sent anew, some kilobytes.
            sent = len(reader.ids)
            post(hub, client, "counter", f"/v1/tickets/{tickets.pop(0)}/cancel", {})
            tickets.append(post(hub, client, "kiosk", "/v1/tickets", issue_body())["ticket"]["id"])
            while len(reader.ids) == sent:  # what changes between two messages is told in one
                reader.until()
            most, left = max(most, memory().rss - before), screens(client)
            if left == 1:
                break
        # Ended at once and not in order, which would wait until they read what was written to them.
        there = psutil.Process(hub.process.pid).net_connections("tcp")
        assert not ports & {connection.raddr.port for connection in there if connection.raddr}
    reader.until_view(client.get("/v1/hall", headers=bearer(hub, "supervisor")).json())
    numbers = [int(found.split(".")[1]) for found in reader.ids]
    assert numbers == list(range(len(numbers)))
    # What may wait for each: 64 KiB of ours, 64 KiB in the server's transport, and the copy between them.
    assert most < STUCK * 3 * 64 * 1024 + 4 * MEGABYTE
    assert left == 1


def test_a_revoked_device_loses_its_stream(hub: HubProcess, client: httpx.Client, tmp_path: Path) -> None:
    said: list[str] = []
    cli.run_add(tmp_path / "hub", "board", None, "Sảnh", said.append)
    hub.tokens["hall"] = said[-1]
    while client.get("/v1/hall", headers=bearer(hub, "hall")).status_code != 200:
        pass
    reader, stays = Reader(hub, "hall"), Reader(hub, "board")
    cli.run_revoke(tmp_path / "hub", 1, said.append)
    reader.ended()
    assert client.get("/v1/hall", headers=bearer(hub, "hall")).status_code == 401
    post(hub, client, "kiosk", "/v1/tickets", issue_body())
    assert stays.until()


def test_who_is_there_is_seen_by_the_supervisor_and_in_the_figures(hub: HubProcess, client: httpx.Client) -> None:
    supervisor = bearer(hub, "supervisor")
    told = client.post("/v1/heartbeat", headers=bearer(hub, "kiosk"), json={"printer": "paper_low", "outbox": 2})
    assert told.json().keys() == {"hub_time"}
    board = Reader(hub, "board")
    devices = client.get("/v1/hall", headers=supervisor).json()["devices"].values()
    kiosk = next(device for device in devices if device["role"] == "kiosk")
    assert (kiosk["present"], kiosk["printer"], kiosk["outbox"]) == (True, "paper_low", 2)
    assert next(device for device in devices if device["role"] == "board")["present"]
    figures = client.get("/metrics", headers=supervisor).text
    assert re.search(r'^moi_device_outbox\{device="-\d+",number="",role="kiosk"\} 2.0$', figures, re.MULTILINE)
    assert re.search(r'^moi_device_printer\{.*role="kiosk",status="paper_low"\} 1.0$', figures, re.MULTILINE)
    assert "moi_device" not in client.get("/metrics").text
    assert board.ids


def test_clerks_are_told_of_the_kiosks_printers_and_not_of_each_others(hub: HubProcess, client: httpx.Client) -> None:
    for role in ("kiosk", "counter"):
        client.post("/v1/heartbeat", headers=bearer(hub, role), json={"printer": "paper_out"})
    view = client.get("/v1/hall?counter=1", headers=bearer(hub, "counter")).json()
    assert view["printers"] == [{"status": "paper_out"}]
