"""What views may hold: a board nothing about anyone, a counter no trace of a rating, by type and by what it is sent."""

import typing
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from kiosk.domain import commands as cmd
from kiosk.domain.events import Decision
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import Outcome, TicketState
from kiosk.hub.streams.publisher import Publisher, ViewKey
from kiosk.hub.streams.role_views import RoleViews
from kiosk.hub.streams.watcher import Watcher
from kiosk.wire.views import BoardView, CallView, CounterOnBoard, CounterView, KioskView, QueueView, View
from tests.factory import SITE, Play, token_of

BOARD_SHOWS: dict[type[View], set[str]] = {
    BoardView: {"site_name", "queues", "calls", "counters"},
    QueueView: {"name", "waiting", "closed", "open_counters", "counters", "wait_low", "wait_high"},
    CallView: {"seq", "at", "number", "counter", "queue", "again", "serving"},
    CounterOnBoard: {"state", "number"},
}
"""Everything a board's view may hold. Whoever adds to it says here that it is no token, note or identity."""
NOTHING_OF = ("rating", "rated", "ballot", "token", "seq")
"""Words that stand in no name of a counter's or kiosk's view."""


def reachable(kind: Any) -> Iterator[type[Struct]]:
    """Go through the structs a type can hold."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from reachable(field.type)
    for inner in typing.get_args(kind):
        yield from reachable(inner)


def plain(kind: Any) -> Iterator[type]:
    """Go through the types that are no structs and no containers."""
    inside = typing.get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Struct):
        inside = tuple(field.type for field in msgspec.structs.fields(kind))
    elif not inside:
        yield kind
    for inner in inside:
        yield from plain(inner)


def test_a_boards_view_holds_what_is_allowed_and_nothing_else() -> None:
    holds = {kind: set(kind.__struct_fields__) for kind in reachable(BoardView)}
    assert holds == BOARD_SHOWS
    assert set(plain(BoardView)) <= {str, int, bool, type(None), ...}


@pytest.mark.parametrize("view", [CounterView, KioskView], ids=lambda view: view.__name__)
def test_a_counters_and_a_kiosks_view_have_no_place_for_a_rating_or_a_row_number(view: type[View]) -> None:
    names = [f"{kind.__name__}.{name}" for kind in reachable(view) for name in kind.__struct_fields__]
    assert [name for name in names for word in NOTHING_OF if word in name.lower()] == []
    assert set(plain(view)) <= {str, int, bool, type(None), ...}


# --- two halls, of which one rates

COUNTERS = (1, 2, 3)
AT_DESK: dict[str, Any] = {
    "recall": cmd.RecallTicket,
    "start": cmd.StartTicket,
    "finish": partial(cmd.FinishTicket, outcome=Outcome.SERVED),
    "no_show": cmd.NoShowTicket,
    "park": cmd.ParkTicket,
}
VISIT = ("issue", "call", "start", "finish")
MOVES = ("visit", "visit", "rate", "rate", "issue", "call", "undo", "cancel", "return", "pause", *AT_DESK)
Step = tuple[str, int, int]
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(COUNTERS), st.integers(0, 5)), max_size=15)


class Streams:
    """A hall's streams, every counter's and the kiosks', with everything they have sent."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._ticks: list[Any] = []
        self._publisher = Publisher(
            RoleViews(SITE, "key", lambda: play.now),
            1,
            play.hall,
            lambda: play.now,
            later=lambda _, call: self._ticks.append(call),
        )
        keys = (ViewKey("kiosk"), *(ViewKey("counter", number) for number in COUNTERS))
        self._watchers: dict[ViewKey, Watcher] = {key: self._publisher.watch(key) for key in keys}
        self.sent: dict[ViewKey, list[bytes]] = {key: [] for key in keys}

    def commit(self, hall: Hall) -> None:
        self._publisher.commit(hall)

    def tick(self) -> None:
        """Let a tick go by, and take what was written."""
        ticks, self._ticks = self._ticks, []
        for call in ticks:
            call()
        for key, watcher in self._watchers.items():
            if watcher.size:
                self.sent[key].append(watcher.drain())


def command_of(play: Play, move: str, counter: int, pick: int, ids: Iterator[int]) -> cmd.AnyCommand | None:
    """Make a command as a clerk or citizen would; none where there is no ticket for it."""
    hall = play.hall
    here = hall.counter(counter).ticket or ""
    tickets = [ticket for _, ticket in sorted((t.issued_at, t.id) for t in hall.tickets.values())]
    some = tickets[pick % len(tickets)] if tickets else ""
    match move:
        case "issue":
            ticket = f"t{next(ids)}"
            return cmd.IssueTicket(ticket, token_of(ticket), "ABC"[pick % 3], confirmed=True)
        case "call":
            return cmd.CallNext(counter)
        case "undo":
            return cmd.Undo(counter)
        case "pause":
            state = hall.counter(counter).state.value
            return cmd.ResumeCounter(counter) if state == "paused" else cmd.PauseCounter(counter)
        case "cancel":
            return cmd.CancelTicket(some)
        case "return":
            return cmd.ReturnTicket(some, counter)
        case _:
            return AT_DESK[move](here, counter) if here else None


def played(steps: list[Step]) -> tuple[Streams, Streams, int]:
    """Play the same steps in two halls of which only the second rates; return their streams, and how often it did."""
    silent, rated = Play(), Play()
    silent.open(*COUNTERS)
    rated.open(*COUNTERS)
    streams = Streams(silent), Streams(rated)
    ids, rates = count(), 0
    for move, counter, pick in _single(steps):
        silent.now = rated.now = silent.now + (1 + pick) * 60_000  # a rating's own time must not show either
        if move == "rate":
            done = sorted(t.id for t in rated.hall.tickets.values() if t.state is TicketState.DONE)
            if done:
                rates += isinstance(rated.try_(cmd.RateTicket(done[pick % len(done)], b"x", "x/1")), Decision)
        elif (command := command_of(silent, move, counter, pick, ids)) is not None:
            first, second = silent.try_(command), rated.try_(command)
            assert type(first) is type(second)
            assert getattr(first, "code", "") == getattr(second, "code", "")
        for stream, play in zip(streams, (silent, rated), strict=True):
            stream.commit(play.hall)
            stream.tick()
    assert rated.hall.seq == silent.hall.seq + rates
    return *streams, rates


def _single(steps: list[Step]) -> Iterator[Step]:
    """Take whole visits apart: left to chance, few would come to their end, and only those can be rated."""
    for move, counter, pick in steps:
        yield from ((one, counter, pick) for one in (VISIT if move == "visit" else (move,)))


@given(STEPS)
def test_a_hall_in_which_people_rate_looks_to_clerks_and_kiosks_like_one_in_which_nobody_does(
    steps: list[Step],
) -> None:
    silent, rated, _ = played(steps)
    assert silent.sent == rated.sent


def test_in_these_halls_people_do_rate_and_clerks_do_hear_something() -> None:
    silent, rated, rates = played([(move, 1, 0) for move in ("visit", "rate", "undo", "issue", "call", "pause")])
    assert rates == 1
    assert silent.sent == rated.sent
    assert len(rated.sent[ViewKey("counter", 1)]) > 5


def test_the_time_at_which_somebody_rates_does_not_show_in_what_is_said_of_waits() -> None:
    busy = [("visit", 1, 0), *((move, counter, 0) for counter in COUNTERS for move in ("issue", "call", "start"))]
    silent, rated, rates = played([*busy, ("issue", 1, 0), ("issue", 1, 0), ("rate", 1, 5), ("rate", 1, 5)])
    assert rates == 1
    assert silent.sent == rated.sent
