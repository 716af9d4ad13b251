"""A device is given to keep what its commands wrote, tells what it has seen, and a hub that is behind it stops."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from kiosk.hub.hub import Hub
from kiosk.hub.takeover import keeping
from kiosk.hub.takeover.keeping import STANDBY, Fallen
from kiosk.hub.takeover.standing import Standing
from kiosk.wire.kept import KeptRow, Mark, Parcel
from tests.halls import FixedClock, issue_body, new_id
from tests.hub.inside import Web, open_hub
from tests.hub.machines import Machine, command_of

NONE = {"Moi-Seen": "none", "Moi-Device": "store-1"}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = open_hub(tmp_path / "hub")
    yield hub
    hub.close()


@pytest.fixture
def web(hub: Hub) -> Web:
    return Web(hub)


def send(web: Web, who: str, path: str, body: dict[str, Any], key: str = "", **headers: str) -> httpx.Response:
    sent = {**web.headers(who), "Idempotency-Key": key or new_id(), **NONE, **headers}
    return web.ask("POST", path, sent, msgspec.json.encode(body).decode())


def kept(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["kept"]
    return found


def opened(hub: Hub, answer: httpx.Response) -> Parcel:
    parcel = hub.seals.open_parcel(kept(answer)["parcel"])
    assert parcel is not None
    return parcel


def test_an_answer_brings_the_rows_it_made_and_the_side_data_that_goes_with_them(hub: Hub, web: Web) -> None:
    body = issue_body()
    parcel = opened(hub, send(web, "kiosk", "/v1/tickets", body))
    stored = hub.reader.rows_after(0, 10)
    assert [(row.seq, row.at, row.body, row.hash.hex()) for row in parcel.rows] == [
        (row.seq, row.at, row.body, row.hash) for row in stored
    ]
    assert [data.payload for _, data in parcel.side] == [str(body["token"]).encode()]


def test_who_keeps_nothing_is_told_nothing_to_keep(web: Web) -> None:
    assert "kept" not in web.post("kiosk", "/v1/tickets", issue_body())


def test_the_same_id_brings_the_same_answer_and_the_same_rows_again(hub: Hub, web: Web) -> None:
    body, key = issue_body(), new_id()
    first, again = (send(web, "kiosk", "/v1/tickets", body, key) for _ in range(2))
    asked = web.ask("GET", f"/v1/commands/{key}", {**web.headers("kiosk"), **NONE})
    assert opened(hub, first) == opened(hub, again) == opened(hub, asked)
    assert [one.json()["ticket"] for one in (again, asked)] == [first.json()["ticket"]] * 2
    assert opened(hub, first).answer == hub.reader.answer_to(key).answer  # type: ignore[union-attr]


def test_a_command_that_wrote_nothing_gives_nothing_to_keep_but_the_mark(web: Web) -> None:
    for _ in range(2):
        last = send(web, "counter", "/v1/counters/1/open", {"staff": "nv01", "pin": "0001"})
    assert kept(last)["mark"]
    assert "parcel" not in kept(last)


def test_a_counter_cannot_tell_from_what_it_keeps_that_somebody_rated(hub: Hub, web: Web) -> None:
    web.open(1)
    ticket = web.issue()
    web.post("counter", "/v1/counters/1/call", {})
    web.serve(ticket, 1)
    before = kept(send(web, "counter", "/v1/counters/1/pause", {}))
    web.post("tablet", f"/v1/tickets/{ticket}/rating", {"ballot": "AAAA", "label_set": "x/1"})
    after = kept(send(web, "counter", "/v1/counters/1/resume", {}))
    assert before.keys() == after.keys()
    assert [one["mark"].split(".")[:2] for one in (before, after)] == [["1", str(hub.clock.now_ms())]] * 2
    assert {len(one["mark"]) for one in (before, after)} == {len(before["mark"])}
    assert before.get("copied") == after.get("copied")


def test_what_a_command_wrote_is_kept_even_if_all_of_its_moment_is_said_to_be_copied(hub: Hub, web: Web) -> None:
    hub.keeping.copied_at = hub.clock.now_ms() + 60_000
    answer = send(web, "kiosk", "/v1/tickets", issue_body())
    assert kept(answer)["copied"] < opened(hub, answer).rows[0].at


def test_how_far_rows_are_copied_is_told_so_roughly_that_no_single_row_is_seen_to_arrive(hub: Hub, web: Web) -> None:
    told = set()
    for _ in range(20):
        web.pass_minutes(0.05)
        web.issue()
        hub.keeping.copied(hub.keeping.stand.hall.seq)
        told.add(hub.keeping.copied_at)
    assert 1 < len(told) < 10
    assert {at % keeping.ROUGH_MS for at in told} == {0}


def test_a_mark_that_was_told_here_is_no_reason_to_stop_even_after_a_restart(tmp_path: Path) -> None:
    hub = open_hub(tmp_path)
    mark = kept(send(Web(hub), "kiosk", "/v1/tickets", issue_body()))["mark"]
    hub.close()
    hub = open_hub(tmp_path)
    assert send(Web(hub), "kiosk", "/v1/tickets", issue_body(), **{"Moi-Seen": mark}).status_code == 200
    hub.close()


@pytest.mark.parametrize(
    ("mark", "standing", "code"),
    [
        (Mark(1, 99, 0, bytes(32)), Standing.BEHIND, "recovering"),
        (Mark(1, 1, 0, bytes(32)), Standing.BEHIND, "recovering"),
        (Mark(2, 1, 0, bytes(32)), Standing.OVERTAKEN, "not_the_hub"),
    ],
)
def test_a_hub_that_a_device_has_seen_more_of_stops(
    hub: Hub, web: Web, mark: Mark, standing: Standing, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ALL_HEARD_MS", 0)
    fallen: list[Fallen] = []
    hub.on_fallen = fallen.append
    send(web, "kiosk", "/v1/tickets", issue_body())
    before = hub.reader.head()
    seen = {"Moi-Seen": hub.seals.mark(mark)}
    refused = send(web, "kiosk", "/v1/tickets", issue_body(), **seen)
    assert (refused.status_code, refused.json()["code"]) == (503, code)
    assert send(web, "kiosk", "/v1/tickets", issue_body()).json()["code"] == code
    assert web.send("kiosk", "/v1/tickets", issue_body()).json()["code"] == code
    assert [(one.standing, one.mark, one.present) for one in fallen] == [(standing, mark, ("store-1",))]
    assert hub.reader.head() == before


def test_a_hub_that_has_just_begun_knows_nobody_it_could_wait_for_and_waits_for_all(hub: Hub, web: Web) -> None:
    """It was set back: were the device that told it so the only one it waits for, the others would come too late."""
    fallen: list[Fallen] = []
    hub.on_fallen = fallen.append
    send(web, "kiosk", "/v1/tickets", issue_body(), **{"Moi-Seen": hub.seals.mark(Mark(1, 99, 0, bytes(32)))})
    assert [one.present for one in fallen] == [()]


def test_a_device_that_only_sends_heartbeats_is_waited_for_too(hub: Hub, web: Web) -> None:
    web.ask("POST", "/v1/heartbeat", {**web.headers("board"), **NONE}, "{}")
    assert hub.keeping.present() == ("store-1",)


def test_the_standby_is_waited_for_like_a_device(tmp_path: Path) -> None:
    hub = open_hub(tmp_path / "hub")
    hub.keeping.copied(0, "http://standby")
    assert hub.keeping.present() == (STANDBY,)
    hub.close()


def test_a_heartbeat_and_a_stream_tell_what_a_device_has_seen_too(hub: Hub, web: Web) -> None:
    seen = hub.seals.mark(Mark(1, 99, 0, bytes(32)))
    web.post("board", "/v1/heartbeat", {"seen": seen})
    assert web.get("board", "/v1/events").json()["code"] == "recovering"


def test_a_mark_that_nobody_here_made_stops_nothing(hub: Hub, web: Web) -> None:
    for strange in ("9.9.AAAA", "x", "1." * 500):
        assert send(web, "kiosk", "/v1/tickets", issue_body(), **{"Moi-Seen": strange}).status_code == 200
    assert hub.keeping.fallen is None


# --- a standby asks


def page(hub: Hub, web: Web, after: int, row_hash: str, epoch: int = 1, **more: str) -> Any:
    query = "&".join(f"{k}={v}" for k, v in {"after": after, "hash": row_hash, "epoch": epoch, **more}.items())
    answer = web.get("standby", f"/v1/copy?{query}")
    assert answer.status_code == 200, answer.text
    return msgspec.msgpack.decode(answer.content)


def test_a_standbys_question_says_how_far_it_has_copied(tmp_path: Path) -> None:
    clock = FixedClock()
    hub = open_hub(tmp_path / "another", clock)
    web = Web(hub)
    web.issue()
    clock.at += 100_000
    web.issue()
    seq, row_hash = hub.reader.head()
    assert page(hub, web, 0, "00" * 32, wait="0")[3] is True
    told = kept(send(web, "kiosk", "/v1/tickets", issue_body()))
    assert told["copied"] < clock.at - 100_000
    page(hub, web, seq, row_hash.hex(), wait="0", url="http://here")
    clock.at += 100_000
    told = kept(send(web, "kiosk", "/v1/tickets", issue_body()))
    assert clock.at - 120_000 < told["copied"] < clock.at - 100_000
    health = web.get("supervisor", "/healthz").json()["standby"]
    assert health == {"status": "silent", "lag": hub.reader.head()[0] - seq, "url": "http://here"}
    page(hub, web, seq, row_hash.hex(), wait="0", url="http://here")
    assert web.get("supervisor", "/healthz").json()["standby"]["status"] == "following"
    assert "standby" not in web.get("counter", "/healthz").json()
    hub.close()


def test_a_standby_that_has_more_than_the_hub_stops_it(hub: Hub, web: Web) -> None:
    web.issue()
    assert page(hub, web, 50, "11" * 32)[3] is False
    assert web.send("kiosk", "/v1/tickets", issue_body()).json()["code"] == "recovering"


@pytest.mark.parametrize(
    "query", ["", "after=1", "after=1&epoch=1&hash=xx", f"after={'9' * 19}&epoch=1&hash={'0' * 64}"]
)
def test_a_question_that_says_nothing_is_refused(web: Web, query: str) -> None:
    assert web.get("standby", f"/v1/copy?{query}").status_code == 400


@pytest.mark.parametrize("role", ["kiosk", "counter", "supervisor", "central", ""])
def test_the_copy_is_for_a_standby_only(web: Web, role: str) -> None:
    assert web.get(role, "/v1/copy?after=0&epoch=1&hash=" + "0" * 64).status_code in (401, 403)
    assert web.get(role, "/v1/copy/files").status_code in (401, 403)


def test_the_standby_is_told_devices_and_pins_and_not_the_key_that_opens_ballots(hub: Hub, web: Web) -> None:
    files = msgspec.msgpack.decode(web.get("standby", "/v1/copy/files").content)
    assert set(files) == {"access.db", "dev-tokens.json", "ballot-key.public"}
    before = page(hub, web, 0, "00" * 32, wait="0")[8]
    assert before


# --- after a recovery


def test_what_is_given_back_late_is_entered_once_or_named(tmp_path: Path, hub: Hub, web: Web) -> None:
    elsewhere = Machine(tmp_path / "elsewhere")
    done = elsewhere.ask([(f"old-{n}", command_of(elsewhere, 0, 0, 1, f"t{n}")) for n in range(2)])
    parcels = [one[1] for one in done if one is not None]
    call = elsewhere.ask([("old-open", command_of(elsewhere, 9, 0, 1, ""))])[0]
    assert call is not None
    strange = Parcel(1, "strange", (KeptRow(9, 1, b'{"type":"ticket_started/1","ticket_id":"no","counter":1}', b""),))
    back = [*parcels, call[1], strange]

    def give_back() -> list[str]:
        body = {"device": "store-1", "parcels": [hub.seals.parcel(one) for one in back], "complete": True}
        answer = web.ask("POST", "/v1/returned", web.headers("kiosk"), msgspec.json.encode(body).decode())
        became: list[str] = answer.json()["became"]
        return became

    assert give_back() == ["entered", "entered", "entered", "lost"]
    assert give_back() == ["known", "known", "known", "lost"]
    assert sorted(t.number for t in hub.writer.hall.tickets.values()) == ["A001", "A002"]
    lost = web.get("supervisor", "/v1/recovery").json()["late"]
    assert [(one["what"], one["why"], one["command"]) for one in lost] == [
        ("ticket_started", "unknown_ticket", "strange")
    ]
    assert web.get("counter", "/v1/recovery").status_code == 403
    elsewhere.close()


def test_a_parcel_that_was_not_sealed_here_is_nothing(web: Web) -> None:
    body = {"device": "store-1", "parcels": ["AAAA"]}
    answer = web.ask("POST", "/v1/returned", web.headers("kiosk"), msgspec.json.encode(body).decode())
    assert answer.json()["became"] == ["unreadable"]


def test_a_parcel_is_what_the_batch_wrote_for_one_command(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    done = machine.ask([(f"c{n}", command_of(machine, 0, n, 1, f"t{n}")) for n in range(3)])
    assert [row.seq for one in done if one for row in one[1].rows] == [1, 2, 3, 4]
    assert machine.journal.parcels_after(0, 2) == tuple(one[1] for one in done[:1] if one)
    assert machine.journal.parcels_after(0, 1) == tuple(one[1] for one in done[:1] if one)
    assert machine.journal.parcels_after(0, 100) == tuple(one[1] for one in done if one)
    machine.close()
