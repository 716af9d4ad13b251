"""Who acts from outside the counters: the supervisor, and citizens with their phones."""

from kiosk.domain import commands as cmd
from kiosk.domain.site import Site
from tools.simulate.device import Device
from tools.simulate.world import World


class Supervisor:
    """Moves and cancels tickets, and does what only a supervisor may."""

    def __init__(self, world: World, device: Device, site: Site) -> None:
        self._world, self._device, self._site = world, device, site
        self._next()

    def _next(self) -> None:
        self._world.after(self._world.pause(60_000), self._act)

    def close_day(self) -> None:
        """End the day before the clock does."""
        self._device.wish(cmd.CloseDay(), lambda answer: None)

    def _act(self) -> None:
        world = self._world
        if world.is_open and world.tickets:
            ticket_id = world.rng.choice(list(world.tickets)[-40:])
            command: cmd.AnyCommand
            if world.chance(0.4):
                command = cmd.CancelTicket(ticket_id, cmd.CancelReason.CITIZEN)
            else:
                queue = world.rng.choice(self._site.queues).id
                command = cmd.TransferTicket(ticket_id, None, queue, place=world.rng.choice(list(cmd.Place)))
            self._device.wish(command, lambda answer: None, valid_ms=30_000)
        self._next()
