"""Streams: a whole view first, then changes without gaps, one a tick; what a role may not see leaves no trace."""

import asyncio
import re
from collections.abc import Callable

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.hall import Hall
from kiosk.hub.streams.publisher import LARGEST_SHARE, TICK_S, Publisher, ViewKey
from kiosk.hub.streams.watcher import LARGEST, QUIET_SWEEPS, STILL_HERE, STUCK_SWEEPS, Watcher


class Shown(Struct, frozen=True, omit_defaults=True):
    """A view that shows how many were issued, and not how many are done."""

    issued: int = 0
    note: str | None = None


class Ticks:
    """Ticks that pass when told; notes how long each was to be."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._due: list[Callable[[], None]] = []

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self.waits.append(seconds)
        self._due.append(call)

    def pass_one(self) -> None:
        self._due.pop(0)()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def publisher(ticks: Ticks) -> Publisher:
    return Publisher(lambda hall, key: Shown(hall.issued, key.role), 7, Hall(), lambda: 1000, later=ticks.later)


def issued(count: int) -> Hall:
    return replace(Hall(), issued=count)


def taken(watcher: Watcher) -> bytes:
    """Return what waits for a follower, which must be something."""
    return asyncio.run(watcher.take())


def read(messages: bytes) -> list[tuple[str, str, object]]:
    """Take what was written apart into (id, kind, data)."""
    found = [re.fullmatch(rb"id: (.*)\nevent: (.*)\ntime: 1000\ndata: (.*)", m) for m in messages.split(b"\n\n")[:-1]]
    return [(m[1].decode(), m[2].decode(), msgspec.json.decode(m[3])) for m in found if m is not None]


def test_a_screen_gets_the_whole_view_and_then_only_what_changed(publisher: Publisher, ticks: Ticks) -> None:
    watcher = publisher.watch(ViewKey("board"))
    publisher.commit(issued(1))
    ticks.pass_one()
    publisher.commit(issued(2))
    assert read(taken(watcher)) == [
        ("7.0", "view", {"note": "board"}),
        ("7.1", "change", {"issued": 1}),
        ("7.2", "change", {"issued": 2}),
    ]


def test_the_first_commit_goes_out_at_once_and_a_ticks_others_as_one_change(publisher: Publisher, ticks: Ticks) -> None:
    watcher = publisher.watch(ViewKey("board"))
    taken(watcher)
    publisher.commit(issued(1))
    assert read(taken(watcher)) == [("7.1", "change", {"issued": 1})]
    for count in range(2, 100):
        publisher.commit(issued(count))
    assert watcher.size == 0
    assert publisher.view(ViewKey("board"))["issued"] == 99
    ticks.pass_one()
    assert read(taken(watcher)) == [("7.2", "change", {"issued": 99})]
    ticks.pass_one()
    publisher.commit(issued(100))
    assert read(taken(watcher)) == [("7.3", "change", {"issued": 100})]
    assert ticks.waits == [TICK_S] * 3


def test_changes_that_take_long_to_make_are_made_less_often(ticks: Ticks) -> None:
    clock = iter(range(0, 1000, 2))
    publisher = Publisher(
        lambda hall, key: Shown(hall.issued),
        1,
        Hall(),
        lambda: 0,
        later=ticks.later,
        spent_s=lambda: float(next(clock)),
    )
    publisher.commit(issued(1))
    assert ticks.waits == [LARGEST_SHARE * 2]


def test_what_a_view_hides_leaves_no_gap_in_its_numbers(publisher: Publisher, ticks: Ticks) -> None:
    watcher = publisher.watch(ViewKey("counter", 1))
    for hall in (issued(1), replace(issued(1), done=1), replace(issued(2), done=1)):
        publisher.commit(hall)
        ticks.pass_one()
    assert [message[0] for message in read(taken(watcher))] == ["7.0", "7.1", "7.2"]


def test_a_message_is_encoded_once_for_all_followers_of_a_view(publisher: Publisher) -> None:
    watchers = [publisher.watch(ViewKey("board")) for _ in range(3)]
    for watcher in watchers:
        taken(watcher)
    publisher.commit(issued(1))
    assert len({id(taken(watcher)) for watcher in watchers}) == 1


def test_a_screen_that_does_not_read_is_sent_away_and_the_others_go_on(publisher: Publisher, ticks: Ticks) -> None:
    slow, quick = publisher.watch(ViewKey("board")), publisher.watch(ViewKey("board"))
    received, count, most = read(taken(quick)), 0, 0
    while not slow.is_cut:
        count += 1
        publisher.commit(issued(count))
        ticks.pass_one()
        received += read(taken(quick))
        most = max(most, slow.size)
    assert [message[0] for message in received] == [f"7.{n}" for n in range(count + 1)]
    assert LARGEST - 1000 < most <= LARGEST
    assert slow.size == 0
    publisher.commit(issued(count + 1))
    assert slow.size == 0


def test_a_view_that_is_larger_than_what_may_wait_still_gets_through() -> None:
    publisher = Publisher(lambda hall, key: Shown(0, "x" * 2 * LARGEST), 1, Hall(), lambda: 1000)
    assert len(taken(publisher.watch(ViewKey("board")))) > 2 * LARGEST


def test_a_view_nobody_watches_is_not_made(ticks: Ticks) -> None:
    made: list[str] = []
    publisher = Publisher(lambda hall, key: made.append(key.role) or Shown(), 1, Hall(), lambda: 0, later=ticks.later)
    key = ViewKey("board")
    watcher = publisher.watch(key)
    publisher.leave(key, watcher)
    publisher.commit(issued(1))
    assert made == ["board"]
    assert publisher.watchers == 0


def test_a_device_that_lost_its_rights_is_sent_away_and_no_other(publisher: Publisher) -> None:
    gone, stays = publisher.watch(ViewKey("board"), 1), publisher.watch(ViewKey("board"), 2)
    publisher.send_away(lambda device: device != 1)
    assert (gone.is_cut, stays.is_cut) == (True, False)


def test_closing_gives_everyone_what_is_left_and_then_ends(publisher: Publisher) -> None:
    watchers = [publisher.watch(ViewKey(role)) for role in ("board", "kiosk")]
    publisher.commit(issued(1))
    publisher.commit(issued(2))
    publisher.close()
    assert [read(taken(watcher))[-1] for watcher in watchers] == [("7.2", "change", {"issued": 2})] * 2
    assert [taken(watcher) for watcher in watchers] == [b"", b""]


def test_a_follower_with_nothing_to_hear_hears_now_and_then_that_the_hub_is_there(publisher: Publisher) -> None:
    watcher = publisher.watch(ViewKey("board"))

    async def follow() -> bytes:
        await watcher.take()
        following = asyncio.create_task(watcher.take())
        await asyncio.sleep(0)
        for _ in range(QUIET_SWEEPS - 1):
            publisher.sweep()
        assert watcher.size == 0
        publisher.sweep()
        return await following

    assert asyncio.run(follow()) == STILL_HERE


def test_a_follower_that_takes_nothing_for_long_is_sent_away_however_little_waits(publisher: Publisher) -> None:
    stuck, cut = publisher.watch(ViewKey("board")), []
    stuck.on_cut = lambda: cut.append(stuck)
    taken(stuck)  # and never comes back for more: the write does not end
    for _ in range(STUCK_SWEEPS - 1):
        publisher.sweep()
    assert not stuck.is_cut
    publisher.sweep()
    assert (stuck.is_cut, cut) == (True, [stuck])


def test_time_is_told_without_a_change_and_what_follows_follows(publisher: Publisher, ticks: Ticks) -> None:
    watcher = publisher.watch(ViewKey("board"))
    publisher.tell_time()
    publisher.commit(issued(1))
    assert read(taken(watcher)) == [
        ("7.0", "view", {"note": "board"}),
        ("7.1", "change", {}),
        ("7.2", "change", {"issued": 1}),
    ]
