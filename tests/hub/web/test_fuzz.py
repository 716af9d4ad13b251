"""Scans, headers and raw bytes: whatever a scanner, a phone or a broken program sends, the hub answers and goes on."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.halls import issue_body, new_id
from tools.processes import HubProcess

PATIENCE_S = 10
OFTEN = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ID_CARD = "092300012345|123456789|Nguyễn Thị Hồng Đào|01011960|Nữ|Ấp 3, xã Thử, Cà Mau|01012021"
"""What an ID card's QR holds: a person who scans the wrong thing gives us this (DESIGN §9)."""
SCANS = st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))
LATIN = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"), min_size=1, max_size=300)
GOOD = b"GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n"
RAW = [
    b"",
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET /t/\xff\xfe HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"GET /t/%FF%FE%00 HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"GET /v1/hall?counter=%ff HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"GET /healthz HTTP/9.9\r\nHost: hub\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: hub\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: hub\r\n\r\n",
    b"POST /v1/tickets HTTP/1.1\r\nHost: hub\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    b"POST /v1/tickets HTTP/1.1\r\nHost: hub\r\nContent-Length: -1\r\n\r\n{}",
    b"POST /v1/tickets HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    b"POST /v1/tickets HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
    b"GET /v1/events HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
]
"""Requests that are none, or hardly: cut off, too large, of another protocol, TLS to a port without it."""
SHORT = [raw for raw in RAW if len(raw) < 1000]


@pytest.fixture(scope="module")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "hub"


@pytest.fixture(scope="module")
def hub(hub_folder: Path) -> Iterator[HubProcess]:
    hub = HubProcess(hub_folder)
    yield hub
    assert hub.stop() == 0


@pytest.fixture(scope="module")
def client(hub: HubProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hub.url, trust_env=False, timeout=PATIENCE_S) as client:
        yield client


def goes_on(hub: HubProcess, client: httpx.Client) -> bool:
    headers = {"Authorization": f"Bearer {hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
    return client.post("/v1/tickets", json=issue_body(), headers=headers).status_code == 200


def sent_raw(hub: HubProcess, raw: bytes) -> bytes:
    """Send bytes as they are and say no more; return what comes back until the hub hangs up."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=PATIENCE_S) as connection:
        came = b""
        with contextlib.suppress(ConnectionError):
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                came += chunk
        return came


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw[:20].decode("latin-1"))
def test_bytes_that_are_no_request_end_their_connection_and_nothing_else(
    hub: HubProcess, client: httpx.Client, raw: bytes
) -> None:
    assert not sent_raw(hub, raw).startswith(b"HTTP/1.1 5")
    assert goes_on(hub, client)


@OFTEN
@given(raw=st.binary(max_size=300) | st.lists(st.sampled_from([*SHORT, GOOD]), max_size=3).map(b"".join))
def test_any_bytes_end_their_connection_and_nothing_else(hub: HubProcess, client: httpx.Client, raw: bytes) -> None:
    assert not sent_raw(hub, raw).startswith(b"HTTP/1.1 5")
    assert client.get("/healthz").status_code == 200


@OFTEN
@given(scanned=SCANS)
@example(ID_CARD)
@example("https://dichvucong.gov.vn/p/home/dvc-tra-cuu-ho-so.html?ma=000.00.01.H12-261123-0001")
@example("\x00")
@example("../../etc/passwd")
@example("t/" * 100)
def test_a_scanned_text_in_place_of_a_tickets_token_shows_nothing(client: httpx.Client, scanned: str) -> None:
    answer = client.get(f"/t/{quote(scanned, safe='', errors='replace')}")
    assert answer.status_code == 404
    assert scanned not in answer.text or len(scanned) < 16


@OFTEN
@given(name=st.sampled_from(["Authorization", "Idempotency-Key", "Moi-Staff", "Accept-Language"]), value=LATIN)
def test_any_text_in_a_header_is_answered_without_a_mistake_of_ours(
    hub: HubProcess, client: httpx.Client, name: str, value: str
) -> None:
    headers = {"Authorization": f"Bearer {hub.tokens['supervisor']}", "Idempotency-Key": new_id(), name: value}
    raw = {key: text.encode("latin-1") for key, text in headers.items()}
    assert client.post("/v1/tickets", json=issue_body(), headers=raw).status_code < 500
    assert client.get("/v1/hall", headers=raw).status_code < 500


def test_nothing_that_was_scanned_or_sent_stands_in_the_log(
    hub: HubProcess, client: httpx.Client, hub_folder: Path
) -> None:
    client.get(f"/t/{quote(ID_CARD, safe='')}")
    body = f'{{"ticket_id": "{ID_CARD}", "queue": ["{ID_CARD}"], "{ID_CARD}": 1}}'
    for role in ("kiosk", "tablet", "supervisor"):
        headers = {"Authorization": f"Bearer {hub.tokens[role]}", "Idempotency-Key": new_id()}
        assert client.post("/v1/tickets", content=body.encode(), headers=headers).status_code < 500
    sent_raw(hub, f"GET /{ID_CARD} HTTP/1.1\r\nHost: hub\r\n\r\n".encode())
    log = (hub_folder / "hub.log").read_text(encoding="utf-8")
    assert log.count("\n") == log.count(" hub_started: ") + log.count(" journal_") + log.count(" tables_")
    assert not any(word in log for word in ("Nguyễn", "092300012345", "Traceback"))
