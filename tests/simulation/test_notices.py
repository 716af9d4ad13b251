"""The simulation can fail: each promise, broken on purpose, is noticed within a few centres."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.domain import apply_ticket, decide, events, rules_counter
from kiosk.domain.commands import Envelope
from kiosk.domain.hall import Hall
from kiosk.hub import hall_clock
from kiosk.hub.journal.journal import Append, Journal
from kiosk.hub.streams import role_views
from kiosk.hub.takeover.roll_call import RollCall
from kiosk.link.kept_store import KeptStore
from kiosk.link.outbox import Outbox
from tools.simulate.run import FAILED, run_seed

SEEDS = range(40)
Patch = pytest.MonkeyPatch


def answers_are_forgotten(patch: Patch) -> None:
    """A retry is carried out again."""
    patch.setattr(Journal, "answers_to", lambda self, ids: {})


def some_commits_never_reach_the_disk(patch: Patch) -> None:
    real, count = Journal.append, iter(range(10**9))

    def append(self: Journal, appends: list[Append], *more: Any) -> None:
        if next(count) % 40 != 39:
            real(self, appends, *more)

    patch.setattr(Journal, "append", append)


def the_last_is_called_first(patch: Patch) -> None:
    real = rules_counter.next_call

    def next_call(hall: Hall, *more: Any) -> Any:
        found = real(hall, *more)
        if found is None:
            return None
        last = list(hall.line(found.ticket.queue, found.ticket.counter))[-1]
        return replace(found, ticket=hall.ticket(last[2]))

    patch.setattr(rules_counter, "next_call", next_call)


def late_wishes_are_carried_out(patch: Patch) -> None:
    real = decide.decide

    def never_late(hall: Hall, site: Any, envelope: Envelope, now: int) -> Any:
        return real(hall, site, replace(envelope, not_after=None), now)

    patch.setattr("kiosk.hub.work.decide", never_late)


def a_number_is_given_twice(patch: Patch) -> None:
    real = apply_ticket.APPLY[events.TicketIssued]

    def forgetful(hall: Hall, event: Any, recorded: Any) -> Hall:
        after = real(hall, event, recorded)
        return replace(after, ordinals=hall.ordinals) if recorded.seq % 7 == 0 else after

    patch.setitem(_appliers(), events.TicketIssued, forgetful)


def a_called_ticket_stays_in_its_line(patch: Patch) -> None:
    real = _appliers()[events.TicketCalled]

    def called(hall: Hall, event: Any, recorded: Any) -> Hall:
        return replace(real(hall, event, recorded), lines=hall.lines)

    patch.setitem(_appliers(), events.TicketCalled, called)


def hall_time_follows_the_wall(patch: Patch) -> None:
    patch.setattr(hall_clock.HallClock, "now_ms", lambda self: self._wall.now_ms())


def outboxes_forget(patch: Patch) -> None:
    patch.setattr(Outbox, "first", lambda self: None)


def clerks_see_who_rated(patch: Patch) -> None:
    real = role_views.make_views.counter_view

    def counter_view(hall: Hall, *more: Any) -> Any:
        view = real(hall, *more)
        return replace(view, served_today=sum(ticket.rated for ticket in hall.tickets.values()))

    patch.setattr(role_views.make_views, "counter_view", counter_view)


def boards_lag_behind(patch: Patch) -> None:
    real, seen = role_views.make_views.board_view, list[Any]()

    def board_view(*more: Any) -> Any:
        seen.append(real(*more))
        return seen[-3 if len(seen) > 3 else -1]

    patch.setattr(role_views.make_views, "board_view", board_view)


def devices_keep_nothing(patch: Patch) -> None:
    patch.setattr(KeptStore, "keep", lambda self, mark, parcel, copied: None)


def a_recovery_waits_for_nobody(patch: Patch) -> None:
    patch.setattr(RollCall, "left_ms", lambda self, now: 0)


def what_is_given_back_is_thrown_away(patch: Patch) -> None:
    patch.setattr(RollCall, "take", lambda self, device, parcels, *, complete: None)


def _appliers() -> Any:
    from kiosk.domain import apply

    return apply._APPLY


NOTICED_WITH: dict[Callable[[Patch], None], tuple[str, ...]] = {
    answers_are_forgotten: ("dies after",),
    some_commits_never_reach_the_disk: (),
    the_last_is_called_first: (),
    late_wishes_are_carried_out: ("cut off",),
    a_number_is_given_twice: (),
    a_called_ticket_stays_in_its_line: (),
    hall_time_follows_the_wall: ("clock jumps",),
    outboxes_forget: (),
    clerks_see_who_rated: (),
    boards_lag_behind: (),
    devices_keep_nothing: ("restored",),
    a_recovery_waits_for_nobody: ("restored",),
    what_is_given_back_is_thrown_away: ("restored",),
}
"""With which trouble each shows soon; without any where it shows on a good day."""


@pytest.mark.parametrize("break_it", NOTICED_WITH, ids=lambda planted: planted.__name__)
def test_a_planted_mistake_is_noticed(break_it: Callable[[Patch], None], monkeypatch: Patch) -> None:
    break_it(monkeypatch)
    noticed = (run_seed(seed, only=NOTICED_WITH[break_it]).broken for seed in SEEDS)
    assert any(what and not what.startswith(FAILED) for what in noticed)
