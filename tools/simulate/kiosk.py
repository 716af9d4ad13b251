"""A kiosk and the citizens in front of it, one after the other."""

from kiosk.domain import commands as cmd
from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.ports import Answered
from tools.simulate.device import Device
from tools.simulate.world import World

RESULTS = (*[PrintResult.PRINTED] * 12, PrintResult.REFUSED, PrintResult.UNCERTAIN)
TRIES = 4
"""How often a citizen presses "try again" before she leaves."""


class Kiosk:
    """Gives numbers and prints them; what became of the paper is a fact."""

    def __init__(self, world: World, device: Device, site: Site, *, every_ms: float) -> None:
        self._world, self._device, self._site, self._every_ms = world, device, site, every_ms
        self._next()

    def _next(self) -> None:
        self._world.after(self._world.about(self._every_ms), self._citizen)

    def _citizen(self) -> None:
        world = self._world
        if world.is_open:
            command = cmd.IssueTicket(
                world.new_id(),
                world.new_token(),
                world.rng.choice([q.id for q in self._site.queues]),
                priority=world.rng.choice([p.id for p in self._site.priority]) if world.chance(0.15) else None,
                kiosk=self._device.number,
                training=world.chance(0.03),
                confirmed=True,
            )
            self._ask(command, world.new_id(), TRIES)
        self._next()

    def _ask(self, command: cmd.IssueTicket, key: str, tries: int) -> None:
        """Ask for a number, every time under the one id."""

        def answered(answer: Answered) -> None:
            if answer.ok:
                self._print(command)
            elif answer.status == 0 and tries:
                wait_ms = self._world.between(500, 8000)
                self._device.later(wait_ms, lambda: self._ask(command, key, tries - 1))

        self._device.wish(command, answered, key=key)

    def _print(self, command: cmd.IssueTicket) -> None:
        self._world.tickets.append((command.ticket_id, command.token))
        fact = cmd.MarkPrinted(command.ticket_id, self._world.rng.choice(RESULTS))
        self._device.later(self._world.between(800, 4000), lambda: self._device.fact(fact))
