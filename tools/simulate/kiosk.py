"""A kiosk and the citizens in front of it, one after the other; without the hub it gives numbers of its own series."""

from msgspec import convert
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.ports import Answered
from kiosk.wire.views import KioskView
from tools.simulate.device import Device
from tools.simulate.world import World

RESULTS = (*[PrintResult.PRINTED] * 12, PrintResult.REFUSED, PrintResult.UNCERTAIN)
VALID_MS = 10_000
TRIES = 4
"""How often a citizen presses "try again" before she leaves, at a kiosk that cannot give numbers by itself."""


class Kiosk:
    """Gives numbers and prints them; what became of the paper is a fact."""

    def __init__(self, world: World, device: Device, site: Site, *, every_ms: float) -> None:
        self._world, self._device, self._site, self._every_ms = world, device, site, every_ms
        self._stands_alone = world.chance(0.5)
        """Whether it gives numbers while the hub does not answer (DESIGN §6)."""
        self._own_numbers = 0
        self._copies: set[tuple[str, int]] = set()
        """Papers that staff wanted once more and that were printed; the spool remembers them on its disk."""
        device.on_view = self._viewed
        self._next()

    def _next(self) -> None:
        self._world.after(self._world.pause(self._every_ms), self._citizen)

    def _citizen(self) -> None:
        world = self._world
        if not world.is_open:
            pass
        elif world.tickets and world.chance(0.2):
            token = world.rng.choice(list(world.tickets.values())[-40:])
            self._device.wish(cmd.ScanTicket(token, self._device.number), lambda answer: None, valid_ms=VALID_MS)
        else:
            self._ask(self._number_wanted(), world.new_id(), TRIES)
        self._next()

    def _number_wanted(self) -> cmd.IssueTicket:
        world, site = self._world, self._site
        ticket_id, token = world.new_ticket()
        return cmd.IssueTicket(
            ticket_id,
            token,
            world.rng.choice([q.id for q in site.queues]),
            procedure=world.rng.choice([None, "p-1", "p-journey"]),
            priority=world.rng.choice([p.id for p in site.priority]) if world.chance(0.15) else None,
            kiosk=self._device.number,
            training=world.chance(0.03),
            dossiers=world.rng.choice([1, 1, 1, 3]),
        )

    def _ask(self, command: cmd.IssueTicket, key: str, tries: int) -> None:
        """Ask for a number, every time under the one id; what the hub wants to know first is another wish."""
        world, device = self._world, self._device

        def answered(answer: Answered) -> None:
            code = answer.body.get("code")
            if answer.ok:
                self._print(command)
            elif answer.status == 0 and self._stands_alone:
                self._give_own(command)
            elif answer.status == 0 and tries:
                device.later(world.between(500, 8000), lambda: self._ask(command, key, tries - 1))
            elif code in ("confirm_number", "day_is_full") and world.chance(0.5):
                again = replace(command, confirmed=True, defer=command.defer or code == "day_is_full")
                device.later(world.between(500, 8000), lambda: self._ask(again, world.new_id(), tries))

        device.wish(command, answered, key=key)

    def _give_own(self, wanted: cmd.IssueTicket) -> None:
        """Give the same ticket a number of this kiosk's own permanent series; the hub may have given one too."""
        self._own_numbers += 1
        self._world.count("tickets of a kiosk alone")
        ticket = cmd.RecordTicket(
            wanted.ticket_id,
            wanted.token,
            f"{wanted.queue}{self._device.number}-{self._own_numbers:03d}",
            wanted.queue,
            self._device.hub_clock.now_ms(),
            self._device.number,
            procedure=wanted.procedure,
            priority=wanted.priority,
            training=wanted.training,
            dossiers=wanted.dossiers,
        )
        self._device.fact(ticket)
        self._print(wanted)

    def _viewed(self) -> None:
        """Print what staff wants once more from here, each wish once (`ui.kiosk.paper`)."""
        if not self._device.view:
            return
        for wish in convert(self._device.view, KioskView).reprints:
            if wish.kiosk == self._device.number and (wish.ticket_id, wish.at) not in self._copies:
                self._copies.add((wish.ticket_id, wish.at))
                self._world.count("papers printed once more")
                self._paper_ends(wish.ticket_id, self._world.rng.choice(RESULTS))

    def _print(self, command: cmd.IssueTicket) -> None:
        """Print it, and tell what became of the paper; a citizen without paper sometimes walks away."""
        world, device, result = self._world, self._device, self._world.rng.choice(RESULTS)
        printed_ms = self._paper_ends(command.ticket_id, result)
        if result is PrintResult.REFUSED and world.chance(0.5):
            gone_ms = printed_ms + world.between(1_000, 60_000)
            device.later(gone_ms, lambda: device.fact(cmd.AbandonTicket(command.ticket_id)))

    def _paper_ends(self, ticket_id: str, result: PrintResult) -> float:
        """Have the news of a paper's fate kept when it is out; returns after how many ms that is."""
        printed_ms = self._world.between(800, 4000)
        self._device.later(printed_ms, lambda: self._device.fact(cmd.MarkPrinted(ticket_id, result)))
        return printed_ms
