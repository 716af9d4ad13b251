"""Anybody who asks for anything: every command that has a rule, with fields that are right, wrong, or too late."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec

from kiosk.domain import commands as cmd
from kiosk.domain.site import Site
from tools.simulate.device import Device
from tools.simulate.letters import KNOWN
from tools.simulate.world import World

NEVER = (cmd.BeginEpoch, cmd.NoteClock, cmd.EraseSide, cmd.CloseDay)
"""What only a machine says about itself, and what would leave nothing to play with."""
WORDS = ("break", "lunch", "")
MINUTE_MS = 60_000


class Chaos:
    """Sends what nobody sensible would, and everything sensible too."""

    def __init__(self, world: World, device: Device, site: Site, *, every_ms: float) -> None:
        self._world, self._device, self._site, self._every_ms = world, device, site, every_ms
        self._numbers = 0
        self._kinds = [kind for kind in KNOWN if not issubclass(kind, NEVER)]
        self._next()

    def _next(self) -> None:
        self._world.after(self._world.pause(self._every_ms), self._act)

    def _act(self) -> None:
        world = self._world
        if world.is_open:
            kind = world.rng.choice(self._kinds)
            key, wish = world.new_id(), self.command(kind)
            # Sometimes the same id comes with other words: it must be refused and do nothing.
            for command in (wish, wish, self.command(kind)) if world.chance(0.05) else (wish,):
                self._device.wish(command, lambda answer: None, valid_ms=30_000, key=key)
        self._next()

    def command(self, kind: type[cmd.Command]) -> cmd.AnyCommand:
        """Make a command of a kind, each field from what such a field may hold."""
        fields: dict[str, Any] = {}
        for field in msgspec.structs.fields(kind):
            has_default = field.default is not msgspec.NODEFAULT or field.default_factory is not msgspec.NODEFAULT
            if not has_default or self._world.chance(0.4):
                fields[field.name] = self._value(field.name, field.type)
        # A paper it made up for somebody else's ticket would make that one's own facts refused.
        if {"ticket_id", "token"} <= fields.keys() and (kind is cmd.RecordTicket or self._world.chance(0.8)):
            fields["ticket_id"], fields["token"] = self._world.new_ticket()
        return msgspec.convert(msgspec.to_builtins(fields), kind)  # type: ignore[return-value]

    def _value(self, name: str, kind: Any) -> Any:
        rng, site, now = self._world.rng, self._site, self._world.now
        if isinstance(kind, type) and issubclass(kind, Enum):
            return rng.choice(list(kind))
        queues = [*(q.id for q in site.queues), "Z"]
        one_of: dict[str, Callable[[], Any]] = {
            "ticket_id": self._ticket_id,
            "token": self._token,
            "queue": lambda: rng.choice(queues),
            "counter": lambda: rng.randint(1, len(site.counters) + 1),
            "to_counter": lambda: rng.randint(1, len(site.counters) + 1),
            "kiosk": lambda: rng.randint(0, 3),
            "staff": lambda: rng.choice([*(s.id for s in site.staff), "nv99"]),
            "to_staff": lambda: rng.choice([*(s.id for s in site.staff), "nv99"]),
            "priority": lambda: rng.choice([*(p.id for p in site.priority), "king"]),
            "procedure": lambda: rng.choice(["p-1", "p-journey"]),
            "journey": lambda: rng.choice([*(j.id for j in site.journeys), "nowhere"]),
            "competent": lambda: rng.choice([*(a.id for a in site.agencies), "nobody"]),
            "dossier": lambda: rng.choice(["000.00.33.H61-260101-0001", "H61.5-260101-0002"]),
            "person": lambda: rng.choice(["00aa", "00bb"]),
            "number": self._own_number,
            "tiers": lambda: rng.choice([[], [["A"], ["B", "C"]], [["C"]], [["A", "Z"]]]),
            "missing": lambda: rng.choice([[], [0], [0, 2]]),
            "minutes": lambda: rng.randint(1, 3),
            "days": lambda: rng.randint(1, 4),
            "dossiers": lambda: rng.randint(1, 4),
            "until": lambda: now + rng.randint(-5, 5) * MINUTE_MS,
            "slot_at": lambda: now + rng.randint(-20, 60) * MINUTE_MS,
            "issued_at": lambda: now - rng.randint(0, 20) * MINUTE_MS,
            "refs": lambda: [f"{self._ticket_id()}/{rng.choice(['token', 'priority', 'note'])}"],
            "reason": lambda: rng.choice(WORDS),
            "ballot": lambda: rng.randbytes(20),
            "label_set": lambda: "vn-legal-3/1",
            "note": lambda: "a word",
            "channel": lambda: "tablet",
            "scope": lambda: "visit",
            "language": lambda: rng.choice(["vi", "en"]),
            "detail": lambda: "paper_out",
        }
        make = one_of.get(name)
        return rng.random() < 0.5 if make is None else make()

    def _ticket_id(self) -> str:
        """Name a ticket: mostly a new one, sometimes an old one, sometimes none there ever was."""
        known = list(self._world.tickets)
        return self._world.rng.choice([*known[-30:], "t-none"])

    def _own_number(self) -> str:
        """Name a number no other kiosk gives."""
        self._numbers += 1
        return f"{self._world.rng.choice(self._site.queues).id}99-{self._numbers:03d}"

    def _token(self) -> str:
        known = list(self._world.tickets.values())
        return self._world.rng.choice([*known[-30:], self._world.new_token()])
