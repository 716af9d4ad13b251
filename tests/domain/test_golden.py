"""A journal written by an older release leads to the same halls today (tests/golden/README.md)."""

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec import Struct

from kiosk.domain.apply import apply
from kiosk.domain.events import AnyEvent, Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.numbers import PRACTICE
from kiosk.domain.takers import free_at
from kiosk.domain.upcast import event_of

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
RELEASES = sorted(path.stem.removeprefix("journal-") for path in GOLDEN.glob("journal-*.jsonl"))

TICKET_01 = (
    *("id", "number", "queue", "state", "rank_at", "rank_reason", "day", "issued_at", "procedure", "missing"),
    *("language", "priority_minutes", "counter", "staff", "calls", "called_at", "started_at", "finished_at"),
    *("rated", "printed", "training"),
)
TICKET_02 = (
    *TICKET_01,
    *(
        "rank_seq",
        "kiosk",
        "token_hash",
        "priority_ref",
        "priority_confirmed",
        "steps",
        "paper_lost",
        "slot_at",
        "until",
    ),
    *(
        "arrived_at",
        "first_called_at",
        "waiting_at",
        "waiting_seq",
        "call_seq",
        "cancel_reason",
        "may_be_rated",
        "home",
    ),
    *("home_queue", "journey", "dossiers", "outcome", "note_ref", "competent", "call_reason", "papers_trips"),
    *("wait_low", "wait_high"),
)
TICKET = {"0.1": TICKET_01, "0.2": TICKET_02}
COUNTER_01 = ("number", "state", "staff", "ticket", "pause_reason", "served", "last_finished")
COUNTER = {"0.1": COUNTER_01, "0.2": (*COUNTER_01, "since", "tiers", "trips")}
CALL = ("seq", "at", "ticket_id", "number", "counter", "again")
HALL: dict[str, tuple[str, ...]] = {
    "0.1": (),
    "0.2": (
        *("closed_day", "ahead", "ordinals_ahead", "given", "last_issues", "closed_queues"),
        *("closed_kiosks", "more_dossiers", "reported", "called"),
    ),
}
"""What a hall of a release holds. Named here, so that a field added later does not change what an old one meant."""
PERSON = "ab12" * 8
"""The pseudonym that stands in the journal of 0.2: today nobody reads it any more (docs/decisions/0020)."""


class Stored(Struct):
    """A row as it stands in the file: its event is read as the hub reads one, whatever its version."""

    seq: int
    at: int
    event: msgspec.Raw


def read(release: str) -> list[Recorded]:
    lines = (GOLDEN / f"journal-{release}.jsonl").read_bytes().splitlines()
    rows = [msgspec.json.decode(line, type=Stored) for line in lines]
    return [Recorded(row.seq, row.at, event_of(bytes(row.event))) for row in rows]


def halls_along(journal: list[Recorded], release: str) -> list[dict[str, Any]]:
    """Replay a journal and say what the hall was after every tenth row and after the last."""
    hall, told = Hall(), []
    for recorded in journal:
        hall = apply(hall, recorded)
        if recorded.seq % 10 == 0 or recorded is journal[-1]:
            told.append(summary(hall, release))
    return told


def summary(hall: Hall, release: str) -> dict[str, Any]:
    """Say all that a hall of a release holds, as plain JSON."""
    return {
        **named(hall, HALL[release]),
        **({} if release == "0.1" else {"practised": hall.ordinals.get(PRACTICE, 0)}),
        "seq": hall.seq,
        "at": hall.at,
        "day": hall.day,
        "tickets": [named(t, TICKET[release]) for t in sorted(hall.tickets.values(), key=lambda t: t.id)],
        "tokens": sorted(hall.by_token.values()),
        "lines": {f"{q}/{c or ''}": [place[2] for place in line] for (q, c), line in sorted_lines(hall)},
        "ordinals": {queue: last for queue, last in sorted(hall.ordinals.items()) if queue != PRACTICE},
        "counters": [named(c, COUNTER[release]) for _, c in sorted(hall.counters.items())],
        "aside": sorted(hall.aside),
        "issued": hall.issued,
        "done": hall.done,
        "calls": [named(c, CALL) for c in hall.calls],
        "pace_ms": dict(sorted(hall.pace_ms.items())),
    }


def sorted_lines(hall: Hall) -> list[tuple[tuple[str, int | None], tuple[tuple[int, int, str], ...]]]:
    return sorted(hall.lines.items(), key=lambda item: (item[0][0], item[0][1] or 0))


def named(thing: Struct, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in fields}


def _plain(value: object) -> Any:
    return sorted(value) if isinstance(value, frozenset) else msgspec.to_builtins(value)


def as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("release", RELEASES)
def test_the_journal_of_every_release_still_leads_to_its_halls(release: str) -> None:
    lines = (GOLDEN / f"hall-{release}.jsonl").read_text(encoding="utf-8").splitlines()
    assert as_json(halls_along(read(release), release)) == [without_persons(json.loads(line)) for line in lines]


def without_persons(hall: dict[str, Any]) -> dict[str, Any]:
    """Say what a hall of a release held but for persons."""
    tickets = [{name: value for name, value in ticket.items() if name != "person"} for ticket in hall["tickets"]]
    return {**{name: value for name, value in hall.items() if name != "persons"}, "tickets": tickets}


def test_what_an_old_journal_holds_of_a_person_is_not_read() -> None:
    assert PERSON in (GOLDEN / "journal-0.2.jsonl").read_text(encoding="utf-8")
    hall = Hall()
    for recorded in read("0.2"):
        hall = apply(hall, recorded)
        assert hall.persons == {}
        assert PERSON.encode() not in msgspec.json.encode([recorded, *hall.tickets.values()])


def test_every_event_type_of_today_is_in_a_golden_journal() -> None:
    written = {type(recorded.event) for release in RELEASES for recorded in read(release)}
    assert written == set(get_args(AnyEvent))


def test_every_event_type_names_its_version() -> None:
    tags = [kind.__struct_config__.tag for kind in get_args(AnyEvent)]
    assert len(set(tags)) == len(tags)
    assert all(tag.partition("/")[2].isdigit() for tag in tags)


@pytest.mark.parametrize("release", RELEASES)
def test_a_golden_journal_is_gapless_and_its_time_never_falls(release: str) -> None:
    rows = read(release)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.at for row in rows] == sorted(row.at for row in rows)


@pytest.mark.parametrize("release", RELEASES)
def test_what_is_remembered_of_counters_follows_every_event_there_is(release: str) -> None:
    hall = Hall()
    for recorded in read(release):
        hall = apply(hall, recorded)
        assert free_at(hall) == free_at.__wrapped__(hall), recorded.event  # type: ignore[attr-defined]
