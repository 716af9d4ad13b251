"""A device's link: a wish is never done twice, a fact is never lost, the view is always whole."""

import base64
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.link.follower import messages
from kiosk.link.link import Link
from kiosk.link.outbox import TRIES, Fact, Outbox
from kiosk.ports import Answered
from tests.halls import WallClock, issue_body, new_id
from tools.processes import HubProcess


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    if hub.process.poll() is None:
        hub.stop()


class Device:
    """A link whose callbacks can be waited for."""

    def __init__(self, hub: HubProcess, role: str, store: Path, patience_s: float = 5.0, query: str = "") -> None:
        self.answers: queue.Queue[Answered] = queue.Queue()
        self.views: queue.Queue[tuple[dict[str, Any], bool]] = queue.Queue()
        self.link = Link(hub.url, hub.tokens[role], WallClock(), outbox=store, patience_s=patience_s, view_query=query)

    def send(self, path: str, body: dict[str, Any], **more: Any) -> Answered:
        self.link.send(path, body, self.answers.put, **more)
        return self.answers.get(timeout=15)

    def view_where(self, holds: Any) -> dict[str, Any]:
        while True:
            view, connected = self.views.get(timeout=15)
            if connected and holds(view):
                return view


def test_a_wish_is_answered_and_a_second_try_with_its_id_is_not_done_again(hub: HubProcess, tmp_path: Path) -> None:
    device = Device(hub, "kiosk", tmp_path / "box.db")
    body, key = issue_body(), new_id()
    first = device.send("/v1/tickets", body, command_id=key)
    again = device.send("/v1/tickets", body, command_id=key)
    assert first == again
    assert first.ok
    device.link.close()


def test_a_wish_is_given_up_when_the_hub_is_gone_and_can_be_tried_again_under_its_id(
    hub: HubProcess, tmp_path: Path
) -> None:
    device = Device(hub, "kiosk", tmp_path / "box.db", patience_s=0.5)
    body, key, port = issue_body(), new_id(), hub.port
    hub.kill()
    assert device.send("/v1/tickets", body, command_id=key).status == 0
    second = HubProcess(tmp_path / "hub", port=port)
    assert device.send("/v1/tickets", body, command_id=key).body["ticket"]["number"] == "A001"
    device.link.close()
    second.stop()


def test_a_refusal_comes_with_its_code_and_sentence(hub: HubProcess, tmp_path: Path) -> None:
    device = Device(hub, "counter", tmp_path / "box.db")
    refused = device.send("/v1/counters/1/call", {})
    assert (refused.status, refused.body["code"]) == (409, "counter_not_open")
    assert refused.body["detail"] == "Quầy 1 chưa mở."
    device.link.close()


def test_a_fact_waits_for_the_hub_across_a_restart_of_the_device(hub: HubProcess, tmp_path: Path) -> None:
    device = Device(hub, "kiosk", tmp_path / "box.db", patience_s=0.5)
    body, port = issue_body(), hub.port
    assert device.send("/v1/tickets", body).ok
    hub.kill()
    path = f"/v1/tickets/{body['ticket_id']}/printed"
    device.link.send(path, {"result": "printed"}, device.answers.put, fact=True)
    device.link.close()
    second = HubProcess(tmp_path / "hub", port=port)
    restarted = Device(second, "kiosk", tmp_path / "box.db")
    _wait_until(lambda: "ticket_printed" in _journal(second))
    restarted.link.close()
    second.stop()


def test_a_fact_the_hub_cannot_place_is_kept_aside(hub: HubProcess, tmp_path: Path) -> None:
    device = Device(hub, "kiosk", tmp_path / "box.db")
    answered = device.send("/v1/tickets/no-such/printed", {"result": "printed"}, fact=True)
    assert answered.body["code"] == "unknown_ticket"
    assert device.send("/v1/tickets", issue_body()).ok
    device.link.close()
    outbox = Outbox(tmp_path / "box.db")
    assert sum(outbox.counts()) == 1  # aside, or on its way to be offered again
    outbox.close()


def test_a_fact_that_was_kept_aside_is_offered_again_and_finds_its_ticket(hub: HubProcess, tmp_path: Path) -> None:
    """After a machine took over, the ticket may come back from another device only after what became of its paper."""
    tablet, kiosk = (Device(hub, "kiosk", tmp_path / name) for name in ("first.db", "second.db"))
    body = issue_body()
    path = f"/v1/tickets/{body['ticket_id']}/printed"
    assert tablet.send(path, {"result": "printed"}, fact=True).body["code"] == "unknown_ticket"
    assert kiosk.send("/v1/tickets", body).ok
    link, counts = tablet.link, threading.Event()
    link._giving_back._woken.set()  # half a minute goes by
    while link._outbox.counts() != (0, 0):
        assert not counts.wait(0.05)
    for device in (tablet, kiosk):
        device.link.close()


def test_the_view_follows_and_begins_anew_after_the_hub_was_away(hub: HubProcess, tmp_path: Path) -> None:
    board = Device(hub, "board", tmp_path / "board.db")
    kiosk = Device(hub, "kiosk", tmp_path / "kiosk.db")
    board.link.follow(lambda view, connected: board.views.put((view, connected)))
    kiosk.send("/v1/tickets", issue_body("C"))
    board.view_where(lambda view: view["queues"]["C"].get("waiting") == 1)
    port = hub.port
    hub.kill()
    while board.views.get(timeout=15)[1]:
        pass
    second = HubProcess(tmp_path / "hub", port=port)
    board.view_where(lambda view: view["queues"]["C"].get("waiting") == 1)
    kiosk.send("/v1/tickets", issue_body("C"))
    board.view_where(lambda view: view["queues"]["C"].get("waiting") == 2)
    board.link.close()
    kiosk.link.close()
    second.stop()


def test_the_outbox_keeps_order_and_takes_an_id_once(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "box.db")
    for number in (1, 2, 2):
        outbox.put(Fact(f"id-{number}", "/p", {"n": number}))
    first = outbox.first()
    assert first == Fact("id-1", "/p", {"n": 1})
    outbox.answered("id-1")
    outbox.answered("id-2")
    assert outbox.first() is None
    outbox.close()


def test_what_cannot_be_placed_is_not_offered_for_ever(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "box.db")
    outbox.put(Fact("id-1", "/p", {}))
    outbox.put(Fact("id-2", "/p", {}))
    outbox.quarantine("id-2", '{"code":"bad_json"}')
    offered = 0
    while True:
        outbox.quarantine("id-1", '{"code":"unknown_ticket"}')
        if not outbox.offer_again():
            break
        offered += 1
    assert offered == TRIES
    assert [key for key, _ in outbox.quarantined()] == ["id-1", "id-2"]
    outbox.close()


def test_messages_are_split_at_blank_lines_and_comments_skipped() -> None:
    lines = iter([": hello", "", "id: 1.0", "event: view", 'data: {"a": 1}', "", "id: 1.1", ""])
    assert list(messages(lines)) == [{"id": "1.0", "event": "view", "data": '{"a": 1}'}]


def _journal(hub: HubProcess) -> str:
    headers = {"Authorization": f"Bearer {hub.tokens['central']}"}
    rows = httpx.get(f"{hub.url}/v1/journal?after=0", headers=headers, trust_env=False).json()["rows"]
    return "".join(base64.b64decode(row["body"]).decode() for row in rows)


def _wait_until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(150):
        if holds():
            return
        pause.wait(0.1)
    raise AssertionError("it did not happen")
