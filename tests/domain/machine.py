"""Playing one command on the real rules and on the naive model, and comparing: what every part of the machine needs.

What can happen in a hall is said once (`does`) and driven twice: by hypothesis, whose small examples are easy to read
when they fail, and by long walks (`walk`), which reach what no small example does.
"""

import random
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from itertools import count
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from kiosk.domain import commands as cmd
from kiosk.domain.apply import apply
from kiosk.domain.events import Decision, Recorded
from kiosk.domain.hall import Hall
from tests.domain.model import MACHINE_SITE, TIERS, Model, ModelTicket
from tests.factory import Play

QUEUES = ("A", "B", "C")
COUNTERS = tuple(sorted(TIERS))
STAFF = tuple(s.id for s in MACHINE_SITE.staff)
PICK = range(101)
"""Which ticket, see `Machine.pick`."""
DICE, UNLIKELY = range(1, 9), 5
"""The end of a day empties the hall, so it must come seldom for anything to happen in between."""
YES_OR_NO = (False, True)
ANY: tuple[str, ...] = ()
Does = Callable[..., None]


def does(weight: int = 4, **choices: Sequence[Any]) -> Callable[[Does], Does]:
    """Say that something can happen: how often, of about a hundred things in a walk, and with what.

    Args:
        weight: how often.
        choices: what each argument may be.
    """

    def known(action: Does) -> Does:
        told: Any = rule(**{name: st.sampled_from(values) for name, values in choices.items()})(action)
        told.weight, told.choices = weight, choices
        return told

    return known


def walk(machine: RuleBasedStateMachine, seed: int, steps: int) -> None:
    """Play one long stretch of a hall's life; all that must always be true is looked at every few steps."""
    dice = random.Random(seed)
    members = [getattr(type(machine), name) for name in sorted(dir(type(machine)))]
    actions = [m for m in members if hasattr(m, "choices")]
    truths = [m for m in members if hasattr(m, "hypothesis_stateful_invariant")]
    weights = [action.weight for action in actions]
    for step in range(steps):
        (action,) = dice.choices(actions, weights)
        action(machine, **{name: dice.choice(values) for name, values in action.choices.items()})
        if step % 4 == 0:
            for truth in truths:
                truth(machine)
    machine.teardown()


class Machine(RuleBasedStateMachine):
    """Plays commands on the real rules and on the model, and compares after each."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(MACHINE_SITE)
        self.model = Model()
        self.twin = Hall()
        self.ids = count(1)

    def give(self, command: cmd.AnyCommand, *, allowed: bool) -> None:
        """Play a command; the model has said whether it is allowed. A refused one must change nothing."""
        journal, hall = len(self.play.journal), self.play.hall
        decided = self.play.try_(command)
        assert isinstance(decided, Decision) == allowed, decided
        if not allowed:
            assert len(self.play.journal) == journal
            assert self.play.hall is hall
        for recorded in self.play.journal[journal:]:
            stored = msgspec.json.encode(recorded)
            read = msgspec.json.decode(stored, type=Recorded)
            assert read == recorded
            assert msgspec.json.encode(read) == stored
            self.twin = apply(self.twin, read)

    def today(self) -> str:
        return MACHINE_SITE.service_day(self.play.now)

    def turned(self) -> Model:
        """Return the model as a wish of this moment finds it: on a new day, with nobody but whom it was promised."""
        model = self.model if self.model.day == self.today() else deepcopy(self.model)
        model.turn(self.today())
        return model

    def settle(self, model: Model) -> Model:
        """Make `model` the one that counts, because a wish on it was allowed."""
        model.turn(self.today())
        self.model = model
        return model

    def pick(self, model: Model, index: int, states: Collection[str]) -> tuple[str, ModelTicket | None]:
        """Pick a ticket: three times of four one in these states, otherwise any of the model's last day or none."""
        likely = [t.id for t in model.tickets.values() if t.state in states] if index % 4 else []
        ids = likely or ["t-none", *self.model.tickets]
        ticket_id = ids[index // 4 % len(ids)]
        return ticket_id, model.tickets.get(ticket_id)

    def index_of(self, ticket: ModelTicket) -> int:
        """Return the index with which `pick` picks this very ticket."""
        return 4 * (1 + list(self.model.tickets).index(ticket.id))
