"""Streams: a whole view first, then changes without gaps; what a role may not see leaves no trace in its stream."""

import asyncio
import re

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.hall import Hall
from kiosk.hub.publisher import BACKLOG, GOODBYE, Publisher, ViewKey


class Shown(Struct, frozen=True, omit_defaults=True):
    """A view that shows how many were issued, and not how many are done."""

    issued: int = 0
    note: str | None = None


def _publisher() -> Publisher:
    return Publisher(lambda hall, key: Shown(hall.issued, key.role), 7, Hall(), lambda: 1000)


def _read(message: bytes) -> tuple[str, str, object]:
    found = re.fullmatch(rb"id: (.*)\nevent: (.*)\ntime: 1000\ndata: (.*)\n\n", message)
    assert found is not None
    return found[1].decode(), found[2].decode(), msgspec.json.decode(found[3])


def test_a_screen_gets_the_whole_view_and_then_only_what_changed() -> None:
    publisher = _publisher()
    watcher = publisher.watch(ViewKey("board"))
    publisher.commit(replace(Hall(), issued=1))
    publisher.commit(replace(Hall(), issued=2))
    assert [_read(watcher.get_nowait()) for _ in range(3)] == [
        ("7.0", "view", {"note": "board"}),
        ("7.1", "change", {"issued": 1}),
        ("7.2", "change", {"issued": 2}),
    ]


def test_what_a_view_hides_leaves_no_gap_in_its_numbers() -> None:
    publisher = _publisher()
    watcher = publisher.watch(ViewKey("counter", 1))
    publisher.commit(replace(Hall(), issued=1))
    publisher.commit(replace(Hall(), issued=1, done=1))
    publisher.commit(replace(Hall(), issued=2, done=1))
    assert [_read(watcher.get_nowait())[0] for _ in range(3)] == ["7.0", "7.1", "7.2"]
    assert watcher.empty()


def test_a_screen_that_does_not_read_is_sent_away_and_the_others_go_on() -> None:
    publisher = _publisher()
    slow, quick = publisher.watch(ViewKey("board")), publisher.watch(ViewKey("board"))
    received = []
    for issued in range(1, BACKLOG + 2):
        publisher.commit(replace(Hall(), issued=issued))
        received += [_read(quick.get_nowait()) for _ in range(quick.qsize())]
    assert received[-1] == (f"7.{BACKLOG + 1}", "change", {"issued": BACKLOG + 1})
    assert [slow.get_nowait() for _ in range(slow.qsize())] == [GOODBYE]


def test_a_view_nobody_watches_is_not_made() -> None:
    made: list[str] = []
    publisher = Publisher(lambda hall, key: made.append(key.role) or Shown(), 1, Hall(), lambda: 0)
    key = ViewKey("board")
    watcher = publisher.watch(key)
    publisher.leave(key, watcher)
    publisher.commit(replace(Hall(), issued=1))
    assert made == ["board"]
    assert publisher.watchers == 0


def test_closing_says_goodbye_to_everyone() -> None:
    publisher = _publisher()
    watchers: list[asyncio.Queue[bytes]] = [publisher.watch(ViewKey(role)) for role in ("board", "kiosk")]
    publisher.close()
    assert [[w.get_nowait() for _ in range(w.qsize())][-1] for w in watchers] == [GOODBYE, GOODBYE]
