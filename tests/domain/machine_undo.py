"""A clerk does something in the machine and takes it back: the hall must be as it was."""

from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.hall import Act, Hall
from tests.domain.machine import COUNTERS, DICE, PICK, QUEUES, UNLIKELY, does
from tests.domain.machine_serving import AT_DESK, Serving
from tests.domain.model import MACHINE_SITE, TIERS

ACTS = (*AT_DESK, "open", "pause", "resume", "close", "call", "choose", "transfer", "cancel", "judge", "return")
UNDO_MS = MACHINE_SITE.rules.undo_ms


def same(hall: Hall) -> dict[str, Any]:
    """Say all of a hall that must be as before when an action is taken back."""
    tickets = {t.id: replace(t, may_be_rated=False) for t in hall.tickets.values()}
    counters = {n: replace(hall.counter(n), last_finished=None) for n in TIERS}
    said = {name: getattr(hall, name) for name in hall.__struct_fields__ if name not in ("seq", "at")}
    return {**said, "tickets": tickets, "counters": counters}


def without(acts: dict[int, Act], number: int) -> dict[int, Act]:
    """Return what other counters did last."""
    return {n: act for n, act in acts.items() if n != number}


class TakingBack(Serving):
    """Whatever a clerk can do, done and taken back."""

    @does(6, what=ACTS, counter=COUNTERS, index=PICK, queue=QUEUES, late=DICE)
    def a_clerk_takes_back_what_she_did(self, what: str, counter: int, index: int, queue: str, late: int) -> None:
        if self.model.day != self.today():
            return
        self._ready(what, counter)
        hall, model = self.play.hall, deepcopy(self.model)
        self._act(what, counter, index, queue)
        done_at = [act.counter_after.number for act in self.play.hall.acts.values() if act.seq > hall.seq]
        for number in done_at:
            self.play.now += UNDO_MS + (late == UNLIKELY)
            self.give(cmd.Undo(number), allowed=late != UNLIKELY)
            if late != UNLIKELY:
                called = self.play.hall.called  # the name of a call that was taken back is never used again
                assert called >= hall.called
                assert same(self.play.hall) == same(replace(hall, acts=without(hall.acts, number), called=called))
                for ticket in self.model.tickets.values():
                    model.tickets[ticket.id].was_done |= ticket.was_done  # a ballot may be on its way
                self.model = model
                self.give(cmd.Undo(number), allowed=False)

    def _ready(self, what: str, counter: int) -> None:
        """Bring a counter to where it can do something."""
        state = self.model.counters[counter].state
        if what in ("open", "resume"):
            return
        if state == "closed":
            self.a_clerk_opens(counter, f"nv{counter:02d}")
        if state == "paused":
            self.a_clerk_pauses_or_resumes(counter, "resume")
        there = self.model.at(counter)
        if what in ("pause", "call", "choose", "close"):
            if there is not None:
                self.a_clerk_moves_a_ticket("no_show" if there.state == "called" else "park", self.index_of(there), 0)
            return
        if there is None:
            self.a_clerk_calls_the_next(counter)
            there = self.model.at(counter)
        if there is not None and there.state == "called" and what in ("finish", "judge"):
            self.a_clerk_moves_a_ticket("start", self.index_of(there), 0)

    def _act(self, what: str, counter: int, index: int, queue: str) -> None:
        there = self.model.at(counter)
        index = self.index_of(there) if there is not None and index % 8 else index
        match what:
            case "open":
                self.a_clerk_opens(counter, f"nv{counter:02d}")
            case "pause" | "resume":
                self.a_clerk_pauses_or_resumes(counter, what)
            case "close":
                self.a_clerk_leaves(counter)
            case "call":
                self.a_clerk_calls_the_next(counter)
            case "choose":
                self.a_clerk_calls_someone_by_name(counter, index)
            case "transfer":
                self.a_clerk_transfers(index, queue, None, None, cmd.Place.FRONT, bool(index % 2))
            case "cancel":
                self.a_citizen_gives_up(index)
            case "return":
                self.staff_sees_that_a_citizen_is_back(index, counter)
            case "judge":
                self.a_clerk_judges_a_priority(index, bool(index % 2))
            case _:
                self.a_clerk_moves_a_ticket(what, index, elsewhere=0)

    @does(1, counter=COUNTERS)
    def a_clerk_takes_back_what_she_did_a_while_ago(self, counter: int) -> None:
        """Whether it may be, only the hall remembers: what it then leads to, the other rules tell."""
        model = self.turned()
        if counter not in self.play.hall.acts or model is not self.model:
            self.give(cmd.Undo(counter), allowed=False)
