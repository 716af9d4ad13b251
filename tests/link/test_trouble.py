"""A link outlives strange answers, listeners and stores that fail, and letters that look like line ends."""

import contextlib
import functools
import json
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kiosk.link.follower import Follower, lines
from kiosk.link.keeper import Keeper
from kiosk.link.line import Line
from kiosk.link.link import Link
from kiosk.link.outbox import Fact, Outbox
from kiosk.ports import Answered
from tests.halls import WallClock

Reply = tuple[int, bytes]


class Stranger:
    """A server that answers each POST with the next reply it was given, and each GET with one stream."""

    def __init__(self) -> None:
        self.replies: queue.SimpleQueue[Reply | Callable[[str], Reply]] = queue.SimpleQueue()
        self.stream = b""
        self.asked: list[str] = []
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                stranger.asked.append(self.headers["Idempotency-Key"])
                reply = stranger.replies.get()
                self._send(*(reply(self.headers["Idempotency-Key"]) if callable(reply) else reply))

            def do_GET(self) -> None:
                self._send(200, stranger.stream)

            def _send(self, status: int, body: bytes) -> None:
                with contextlib.suppress(ConnectionError):  # whoever asked may have given up
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    stranger = Stranger()
    yield stranger
    stranger.close()


class Device:
    """A link to a stranger."""

    def __init__(self, url: str, store: Path) -> None:
        self.store = store
        self.answers: queue.Queue[Answered] = queue.Queue()
        self.link = Link(url, "token", WallClock(), outbox=store, patience_s=2.0)

    def send(self, body: dict[str, Any] | None = None, *, fact: bool = False) -> Answered:
        self.link.send("/v1/x", body or {}, self.answers.put, fact=fact)
        return self.answers.get(timeout=10)

    def kept_aside(self) -> list[str]:
        outbox = Outbox(self.store)
        reasons = [reason for _, reason in outbox.quarantined()]
        outbox.close()
        return reasons


@pytest.fixture
def device(stranger: Stranger, tmp_path: Path) -> Iterator[Device]:
    device = Device(stranger.url, tmp_path / "box.db")
    yield device
    device.link.close()


def _done(key: str) -> Reply:
    return 200, json.dumps({"command": key}).encode()


def _problem(status: int, code: str) -> Reply:
    return status, json.dumps({"code": code, "status": status, "detail": code}).encode()


STRANGE: list[Reply] = [
    (200, b"<html>Welcome to another program</html>"),
    (200, b'{"ok": true}'),
    (200, b'{"command": "another"}'),
    (404, b"not here"),
    (404, b'{"detail": "no code"}'),
    (200, b'{"a\xff": 1}'),
    (302, b""),
    _problem(401, "not_signed_in"),
    _problem(403, "wrong_role"),
    _problem(503, "storage_full"),
    _problem(503, "outcome_unknown"),
]


@pytest.mark.parametrize("strange", STRANGE)
def test_a_fact_waits_until_its_own_hub_has_answered_it(stranger: Stranger, device: Device, strange: Reply) -> None:
    stranger.replies.put(strange)
    stranger.replies.put(_done)
    assert device.send(fact=True).ok
    assert len(stranger.asked) == 2
    assert len(set(stranger.asked)) == 1
    assert device.kept_aside() == []


def test_a_fact_the_hub_fails_at_is_kept_aside_and_the_next_one_leaves(stranger: Stranger, device: Device) -> None:
    stranger.replies.put(_problem(500, "internal"))
    stranger.replies.put(_done)
    assert device.send(fact=True).body["code"] == "internal"
    assert device.send(fact=True).ok
    assert len(device.kept_aside()) == 1


def test_a_wish_is_told_that_the_disk_is_full(stranger: Stranger, device: Device) -> None:
    stranger.replies.put(_problem(503, "storage_full"))
    assert device.send().body["code"] == "storage_full"


def test_a_wish_that_cannot_be_written_down_is_answered_and_the_next_one_leaves(
    stranger: Stranger, device: Device
) -> None:
    assert device.send({"a": object()}).status == 0
    stranger.replies.put(_done)
    assert device.send().ok


def test_a_wish_that_waited_behind_another_past_its_patience_is_not_sent(stranger: Stranger, device: Device) -> None:
    first, second = (device.link.send("/v1/x", {}, device.answers.put) for _ in range(2))
    assert [device.answers.get(timeout=10).status for _ in range(2)] == [0, 0]
    assert first in stranger.asked
    assert second not in stranger.asked
    for _ in stranger.asked:
        stranger.replies.put(_done)


def test_a_store_that_fails_once_keeps_no_fact_back(
    stranger: Stranger, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, failed = Outbox.first, list[int]()

    def failing(outbox: Outbox) -> Fact | None:
        if not failed:
            failed.append(1)
            raise sqlite3.OperationalError("disk I/O error")
        return first(outbox)

    monkeypatch.setattr(Outbox, "first", failing)
    stranger.replies.put(_done)
    assert device.send(fact=True).ok
    assert failed


def test_a_follower_outlives_strange_streams_and_listeners_that_fail(stranger: Stranger, tmp_path: Path) -> None:
    views: queue.Queue[dict[str, Any]] = queue.Queue()
    told: list[int] = []

    def on_view(view: dict[str, Any], connected: bool) -> None:
        told.append(1)
        if len(told) == 1:
            raise ZeroDivisionError
        if connected:
            views.put(view)

    stranger.stream = b"data: 1\n\n"
    outbox = Outbox(tmp_path / "box.db")
    line = Line([stranger.url], {}, Keeper(outbox.kept), 2.0)
    follower = Follower(line, "/v1/events", on_view)
    follower.start()
    for stream in (b"id: x\nevent: view\ntime: 1\ndata: {}\n\n", b"id: 1.0\nevent: view\ntime: 1\ndata: [\n\n"):
        before = len(told)
        stranger.stream = stream
        _wait_until(functools.partial(_longer, told, before))
    stranger.stream = 'id: 1.0\nevent: view\ntime: 1\ndata: {"reason":"a\u2028b\x85c"}\n\n'.encode()
    assert views.get(timeout=10) == {"reason": "a\u2028b\x85c"}
    follower.stop()
    follower.join(10)
    assert not follower.is_alive()
    line.close()
    outbox.close()


def test_only_a_line_feed_ends_a_line_of_a_stream() -> None:
    chunks = [b"a", b"\xe2\x80", b"\xa8b\nc\n", b"", b"\n", "d\x85\x0b".encode(), b"\nrest"]
    assert list(lines(iter(chunks))) == ["a\u2028b", "c", "", "d\x85\x0b"]


def _longer(told: list[int], before: int) -> bool:
    return len(told) > before


def _wait_until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(500):
        if holds():
            return
        pause.wait(0.02)
    raise AssertionError("it did not happen")
