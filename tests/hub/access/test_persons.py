"""A person can be counted within a day, and followed by nobody: not over days, not in any file, not in an answer."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.event import PersonRef
from kiosk.domain.events import AnyEvent, Recorded, TicketIssued
from kiosk.domain.hall import Hall
from kiosk.domain.site import Rules, Site
from kiosk.domain.upcast import event_of
from kiosk.hub.access.persons import pseudonym
from kiosk.hub.care.backup import backup
from kiosk.hub.care.restore import restore
from kiosk.hub.hub import Hub
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.takeover.copier import Copier
from kiosk.hub.takeover.copying import Page
from kiosk.hub.takeover.recovery import GivenBack
from tests.factory import SITE, token_of
from tests.halls import FixedClock, demo_site, issue_body
from tests.hub.inside import Web, open_hub
from tests.hub.machines import Machine

KEYED_HASH, ANOTHER = "5a" * 32, "5b" * 32
"""What a kiosk sends."""
DAY = "2026-11-23"


def limited(quota: int | None = 2) -> Site:
    site = demo_site()
    return replace(site, rules=replace(site.rules, person_quota=quota))


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A centre that gives a person two numbers a day."""
    monkeypatch.setattr("tests.hub.inside.demo_site", limited)
    hub = open_hub(tmp_path / "hub")
    yield hub
    hub.close()


def takes(hub: Hub, person: str = KEYED_HASH) -> str:
    """Take a number; returns it, or the code of the refusal."""
    body = {**issue_body(person=person), "confirmed": True}
    told: dict[str, Any] = Web(hub).send("kiosk", "/v1/tickets", body).json()
    return str(told["ticket"]["number"] if "ticket" in told else told["code"])


def side(folder: Path) -> list[tuple[str, bytes]]:
    db = sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)
    try:
        return db.execute("SELECT ref, payload FROM side WHERE kind = 'person' ORDER BY seq").fetchall()
    finally:
        db.close()


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_person_has_one_pseudonym_a_day_in_a_centre_and_another_on_every_other_day() -> None:
    first = pseudonym(b"k" * 32, DAY, KEYED_HASH)
    assert pseudonym(b"k" * 32, DAY, KEYED_HASH) == first
    others = ((b"k" * 32, "2026-11-24", KEYED_HASH), (b"l" * 32, DAY, KEYED_HASH), (b"k" * 32, DAY, ANOTHER))
    assert first not in {pseudonym(*other) for other in others}


def test_a_person_takes_as_many_numbers_as_the_centre_allows_and_another_person_takes_hers(hub: Hub) -> None:
    assert [takes(hub) for _ in range(3)] == ["A001", "A002", "person_quota_reached"]
    assert takes(hub, ANOTHER) == "A003"
    assert sorted(hub.writer.hall.persons.values()) == [1, 2]


def test_a_person_of_the_same_batch_is_the_same_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.hub.machines.SITE", replace(SITE, rules=Rules(person_quota=2)))
    machine = Machine(tmp_path)
    wishes = [cmd.IssueTicket(f"t{n}", token_of(f"t{n}"), "A", person="ab", confirmed=True) for n in range(3)]
    done = machine.ask([(f"c{n}", wish) for n, wish in enumerate(wishes)])
    assert [one is not None for one in done] == [True, True, False]
    assert machine.stand.hall.persons == {"t0/person": 2}
    machine.close()


def test_neither_what_the_kiosk_sent_nor_the_pseudonym_is_in_the_journal_the_hall_or_an_answer(hub: Hub) -> None:
    takes(hub)
    answer = Web(hub).post("kiosk", "/v1/tickets", {**issue_body(person=KEYED_HASH), "confirmed": True})
    [(ref, kept)] = side(hub.folder)
    assert kept.decode() == pseudonym(hub.key, DAY, KEYED_HASH)
    rows = hub.reader.rows_after(0, 1000)
    places = [row.body for row in rows] + [
        msgspec.json.encode([*hub.writer.hall.tickets.values()]),
        str(answer).encode(),
    ]
    for secret in (KEYED_HASH.encode(), kept):
        assert not [place for place in places if secret in place]
    assert KEYED_HASH.encode() not in bytes_of(hub.folder)
    assert {event.person_ref for row in rows if isinstance(event := event_of(row.body), TicketIssued)} == {ref}


def test_the_province_is_not_told_who_took_a_number_and_the_machine_that_would_take_over_is(hub: Hub) -> None:
    takes(hub)
    assert "person" not in {one.kind for row in hub.reader.rows_after(0, 1000) for one in row.side}
    assert "person" in {one.kind for parcel in hub.reader.parcels_after(0, 1000) for _, one in parcel.side}


def restarted(hub: Hub, folder: Path) -> Path:
    hub.close()
    return hub.folder


def restored(hub: Hub, folder: Path) -> Path:
    restore(backup(hub.folder, folder / "kept.moi").path, folder / "anew")
    return folder / "anew"


def taken_over(hub: Hub, folder: Path) -> Path:
    (folder / "standby").mkdir()
    copier = Copier(folder / "standby", limited(), "http://hub")
    parcels, seq = hub.reader.parcels_after(0, 1000), hub.writer.hall.seq
    copier.take(Page(hub.site.info.id, hub.epoch, seq, True, parcels, hub.key.hex(), ()))
    copier.close()
    return folder / "standby"


@pytest.mark.parametrize("carry_on", [restarted, restored, taken_over])
def test_the_limit_holds_after_a_restart_a_restore_and_a_promotion(
    hub: Hub, tmp_path: Path, carry_on: Callable[[Hub, Path], Path]
) -> None:
    takes(hub)
    after = open_hub(carry_on(hub, tmp_path))
    assert after.writer.hall.persons == hub.writer.hall.persons
    assert [takes(after) for _ in range(2)] == ["A002", "person_quota_reached"]
    assert takes(after, ANOTHER) == "A003"
    after.close()


def test_the_limit_holds_for_numbers_that_only_a_device_gave_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.hub.machines.SITE", replace(SITE, rules=Rules(person_quota=1)))
    hub, standby = Machine(tmp_path / "hub"), Machine(tmp_path / "standby")
    [done] = hub.ask([("c1", cmd.IssueTicket("t1", token_of("t1"), "A", person="ab"))])
    assert done is not None
    standby.take_over(GivenBack((done[1],), (hub.stand.mark(),)))
    assert standby.ask([("c2", cmd.IssueTicket("t2", token_of("t2"), "A", person="ab", confirmed=True))]) == [None]
    assert standby.stand.hall.persons == {"t1/person": 1}
    hub.close()
    standby.close()


def test_the_day_after_nothing_of_a_person_is_left_in_the_folder_and_the_journal_leads_to_the_same_hall(
    hub: Hub,
) -> None:
    takes(hub)
    [(_, kept)] = side(hub.folder)
    assert kept in bytes_of(hub.folder)
    assert hub._retention.forget_what_is_due() == 0, "its day is not over"
    web = Web(hub)
    web.pass_minutes(24 * 60)
    web.do(cmd.OpenDay())
    assert hub._retention.forget_what_is_due() == 1
    assert takes(hub) == "A001"
    before = hub.writer.hall
    hub.close()
    assert kept not in bytes_of(hub.folder)
    again = open_hub(hub.folder, FixedClock(before.at))
    assert again.writer.hall == before
    rows = again.reader.rows_after(0, 1000)
    assert replay(Hall(), [Recorded(r.seq, r.at, event_of(r.body)) for r in rows]) == before
    again.close()


def test_a_day_that_is_closed_and_opened_again_still_knows_its_persons(hub: Hub) -> None:
    takes(hub)
    takes(hub)
    Web(hub).do(cmd.CloseDay())
    assert hub._retention.forget_what_is_due() == 0
    assert takes(hub) == "person_quota_reached"


@pytest.mark.parametrize("more", [{"training": True}, {}])
def test_practice_and_a_centre_without_a_limit_keep_nothing_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    monkeypatch.setattr("tests.hub.inside.demo_site", lambda: limited(2 if more else None))
    hub = open_hub(tmp_path)
    Web(hub).post("kiosk", "/v1/tickets", issue_body(person=KEYED_HASH, **more))
    [ticket] = hub.writer.hall.tickets.values()
    assert ticket.person_ref is None
    assert side(tmp_path) == []
    hub.close()


def test_the_secret_an_earlier_release_kept_is_gone(tmp_path: Path) -> None:
    (tmp_path / "person-secret.json").write_bytes(b"{}")
    open_hub(tmp_path).close()
    assert not (tmp_path / "person-secret.json").exists()


def types_in(kind: Any, seen: dict[str, Any]) -> None:
    """Collect every field of an event, and of what stands in it, with its type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for one in msgspec.structs.fields(kind):
            if f"{kind.__name__}.{one.name}" not in seen:
                seen[f"{kind.__name__}.{one.name}"] = one.type
                types_in(one.type, seen)
    for inner in get_args(kind):
        types_in(inner, seen)


def test_no_type_of_event_has_a_field_for_a_persons_hash_and_its_name_for_a_person_can_hold_none() -> None:
    found: dict[str, Any] = {}
    types_in(AnyEvent, found)
    about = {name: kind for name, kind in found.items() if "person" in name}
    assert about == {
        "TicketIssued.person_ref": PersonRef | None,
        "Ticket.person_ref": PersonRef | None,
        "DayClosed.persons": dict[PersonRef, int],
    }
    pattern = get_args(PersonRef)[1].pattern
    for hashed in (KEYED_HASH, pseudonym(b"k" * 32, DAY, KEYED_HASH)):
        assert re.search(pattern, hashed) is None
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("ab" * 16, PersonRef)
