"""A hub that is killed in the middle of its work keeps every promise it made."""

import threading
from pathlib import Path
from typing import Any

import httpx

from kiosk.hub.reader import Reader
from tests.halls import issue_body, new_id
from tools.processes import HubProcess

KILLS = 20
SENDERS = 8


class Sender(threading.Thread):
    """A kiosk that issues as fast as it can until the hub is gone, and remembers what it was promised."""

    def __init__(self, hub: HubProcess, warm: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self._hub, self._warm = hub, warm
        self.answered: list[tuple[str, dict[str, Any], bytes]] = []
        self.open: tuple[str, dict[str, Any]] | None = None

    def run(self) -> None:
        with httpx.Client(base_url=self._hub.url, trust_env=False, timeout=5) as client:
            first = True
            while True:
                key, body = new_id(), issue_body()
                self.open = (key, body)
                try:
                    answer = post(client, self._hub, key, body)
                except httpx.TransportError:
                    return
                self.answered.append((key, body, answer))
                self.open = None
                if first:
                    self._warm.wait(30)
                    first = False


def post(client: httpx.Client, hub: HubProcess, key: str, body: dict[str, Any]) -> bytes:
    headers = {"Authorization": f"Bearer {hub.tokens['kiosk']}", "Idempotency-Key": key}
    return client.post("/v1/tickets", json=body, headers=headers).raise_for_status().content


def test_killed_twenty_times_with_eight_in_flight_every_answer_is_there_once(tmp_path: Path) -> None:
    data = tmp_path / "hub"
    promised: list[tuple[str, dict[str, Any], bytes]] = []
    in_flight = 0
    hub = HubProcess(data)
    for _ in range(KILLS):
        warm = threading.Barrier(SENDERS + 1)
        senders = [Sender(hub, warm) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        warm.wait(30)
        hub.kill()
        for sender in senders:
            sender.join(30)
        hub = HubProcess(data, "--public-url", "http://centre")
        promised += [one for sender in senders for one in sender.answered]
        left_open = [sender.open for sender in senders if sender.open]
        in_flight += len(left_open)
        with httpx.Client(base_url=hub.url, trust_env=False, timeout=10) as client:
            for key, body in left_open:
                promised.append((key, body, post(client, hub, key, body)))
            again = [post(client, hub, key, body) for key, body, _ in promised[-SENDERS * 3 :]]
            assert again == [answer for *_, answer in promised[-SENDERS * 3 :]]
    assert hub.stop() == 0
    assert in_flight >= KILLS * SENDERS * 0.9
    _holds_exactly(data, promised)


def _holds_exactly(data: Path, promised: list[tuple[str, dict[str, Any], bytes]]) -> None:
    """The journal is one unbroken chain, gapless, with every promised ticket once and no other."""
    reader = Reader(data / "hub.db")
    assert reader.verify() == reader.head()[0]
    tickets = reader.batch_after(0, 1_000_000).changed["tickets"]
    reader.close()
    assert sorted(t["id"] for t in tickets) == sorted(body["ticket_id"] for _, body, _ in promised)
    numbers = sorted(int(t["number"][1:]) for t in tickets)
    assert numbers == list(range(1, len(promised) + 1))
