"""The simulation can fail: each promise, broken on purpose, is noticed within a few centres, and by the rule meant."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.domain import apply_ticket, decide, events, rules_counter, rules_undo
from kiosk.domain.commands import Envelope
from kiosk.domain.hall import Hall
from kiosk.hub import hall_clock
from kiosk.hub.journal.journal import Append, Journal
from kiosk.hub.journal.losses import Loss
from kiosk.hub.streams import role_views
from kiosk.hub.takeover import keeping, recovery
from kiosk.hub.takeover.copying import Question
from kiosk.hub.takeover.roll_call import RollCall
from kiosk.hub.takeover.standing import Standing
from kiosk.link.keeper import Keeper
from kiosk.link.kept_store import KeptStore
from kiosk.link.outbox import Outbox
from kiosk.wire.kept import Mark
from tools.simulate import handover
from tools.simulate.run import run_seed

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


def devices_believe_whom_another_has_overtaken(patch: Patch) -> None:
    """Neither a device nor the old hub itself minds a later epoch; either alone would be enough."""
    real_seen, real_standing = Keeper._seen, keeping.standing

    def seen(self: Keeper, mark: str) -> bool:
        real_seen(self, mark)
        return True

    def standing(mark: Mark, epoch: int, *more: Any) -> Standing:
        return Standing.FINE if mark.epoch > epoch else real_standing(mark, epoch, *more)

    patch.setattr(Keeper, "_seen", seen)
    patch.setattr(keeping, "standing", standing)


def nobody_tells_the_old_hub(patch: Patch) -> None:
    patch.setattr(handover, "question_to_the_old_hub", lambda stand: Question(0, "", 0, wait=False))


def losses_do_not_say_what_was_lost(patch: Patch) -> None:
    real = recovery.lost_command
    patch.setattr(recovery, "lost_command", lambda *given: replace(real(*given), command=""))


def lost_numbers_are_not_named(patch: Patch) -> None:
    patch.setattr(recovery, "lost_numbers", lambda *given: ())


def more_is_named_than_was_lost(patch: Patch) -> None:
    patch.setattr(recovery, "lost_numbers", lambda *given: (Loss("number", 0, "A001"),))


def clerks_may_sit_at_two_counters(patch: Patch) -> None:
    patch.setattr(rules_counter, "counter_of", lambda hall, staff: None)


def what_was_touched_since_is_taken_back(patch: Patch) -> None:
    patch.setattr(rules_undo, "is_untouched", lambda hall, act: True)


def the_voice_calls_what_was_never_called(patch: Patch) -> None:
    real = role_views.make_views.board_view

    def board_view(*more: Any) -> Any:
        view = real(*more)
        return replace(view, calls=tuple(replace(call, seq=call.seq + 1) for call in view.calls))

    patch.setattr(role_views.make_views, "board_view", board_view)


def _appliers() -> Any:
    from kiosk.domain import apply

    return apply._APPLY


NOTICED: dict[Callable[[Patch], None], tuple[tuple[str, ...], str]] = {
    answers_are_forgotten: (("dies after",), "is forgotten"),
    some_commits_never_reach_the_disk: ((), "is not what the rows on the disk lead to"),
    the_last_is_called_first: ((), "before whom"),
    late_wishes_are_carried_out: (("cut off",), "a wish was carried out"),
    a_number_is_given_twice: ((), "was given twice on"),
    a_called_ticket_stays_in_its_line: ((), "not its own"),
    hall_time_follows_the_wall: (("clock jumps",), "was called too late"),
    outboxes_forget: ((), "were lost"),
    clerks_see_who_rated: ((), "can see who rated"),
    boards_lag_behind: ((), "the board says that"),
    clerks_may_sit_at_two_counters: ((), "at two counters at once"),
    what_was_touched_since_is_taken_back: ((), "do not know of each other"),
    the_voice_calls_what_was_never_called: ((), "which nobody did"),
    devices_keep_nothing: (("restored",), "is lost by a single failure"),
    a_recovery_waits_for_nobody: (("restored",), "no machine is the hub"),
    what_is_given_back_is_thrown_away: (("restored",), "is lost by a single failure"),
    devices_believe_whom_another_has_overtaken: (("split",), "believes a hub of epoch"),
    nobody_tells_the_old_hub: (("split",), "there are two hubs"),
    losses_do_not_say_what_was_lost: (("hub lost", "store lost"), "is neither in the journal nor named"),
    lost_numbers_are_not_named: (("hub lost", "store lost"), "and it is not named"),
    more_is_named_than_was_lost: (("restored",), "nothing was missing, and lost were named"),
}
"""With which trouble each shows soon, none where a good day shows it; and what the rule says that is meant."""


@pytest.mark.parametrize("break_it", NOTICED, ids=lambda planted: planted.__name__)
def test_a_planted_mistake_is_noticed_by_the_rule_that_is_meant(
    break_it: Callable[[Patch], None], monkeypatch: Patch
) -> None:
    break_it(monkeypatch)
    trouble, says = NOTICED[break_it]
    assert any(says in run_seed(seed, only=trouble).broken.partition("\n")[0] for seed in SEEDS)
