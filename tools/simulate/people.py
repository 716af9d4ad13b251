"""Who is in the hall: citizens at kiosks and clerks at counters, each doing the next sensible or foolish thing."""

from kiosk.domain import commands as cmd
from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.domain.ticket import Outcome
from kiosk.ports import Answered
from tools.simulate.device import Device
from tools.simulate.world import World

VALID_MS = 5_000
"""How long a clerk's wish is meant (`kiosk.flows.counter`)."""


class Kiosk:
    """A kiosk and the citizens in front of it, one after the other."""

    def __init__(self, world: World, device: Device, number: int, site: Site, *, every_ms: int) -> None:
        self._world, self._device, self._number, self._site, self._every_ms = world, device, number, site, every_ms
        self.open = True
        self._next()

    def _next(self) -> None:
        self._world.after(self._world.about(self._every_ms), self._citizen)

    def _citizen(self) -> None:
        if self.open:
            world = self._world
            command = cmd.IssueTicket(
                world.new_id(),
                world.new_token(),
                world.rng.choice([q.id for q in self._site.queues]),
                priority=world.rng.choice([p.id for p in self._site.priority]) if world.chance(0.15) else None,
                kiosk=self._number,
                training=world.chance(0.03),
                confirmed=True,
            )
            self._ask(command, world.new_id(), tries=0)
        self._next()

    def _ask(self, command: cmd.IssueTicket, key: str, tries: int) -> None:
        """Ask for a number under one id; a citizen presses "try again" a few times before she leaves."""
        life = self._device.life

        def answered(answer: Answered) -> None:
            if life != self._device.life:
                return
            if answer.ok:
                self._print(command.ticket_id)
            elif answer.status == 0 and tries < 4:
                self._device.later(self._world.between(500, 8000), lambda: self._ask(command, key, tries + 1))

        self._device.wish(command, answered, key=key)

    def _print(self, ticket_id: str) -> None:
        results = [PrintResult.PRINTED] * 12 + [PrintResult.REFUSED, PrintResult.UNCERTAIN]
        result = self._world.rng.choice(results)
        self._device.later(
            self._world.between(800, 4000), lambda: self._device.fact(cmd.MarkPrinted(ticket_id, result))
        )


class Clerk:
    """A clerk at a counter who looks at the window, thinks, and presses a key."""

    def __init__(self, world: World, device: Device, number: int, site: Site) -> None:
        self._world, self._device, self._number, self._site = world, device, number, site
        self.open = True
        self._unsure: tuple[cmd.AnyCommand, str] | None = None
        self._staff = f"nv{number:02d}"
        self._round = 0
        self._again(self._world.between(0, 20_000))

    def _again(self, delay_ms: float) -> None:
        """Look at the window again after a while; whatever was planned before is off."""
        self._round += 1
        mine = self._round
        self._world.after(delay_ms, lambda: self._act() if mine == self._round else None)

    def _act(self) -> None:
        if not self._device.connected or not self.open:
            self._again(self._world.between(2_000, 10_000))
            return
        command, wait_ms = self._choice()
        if command is None:
            self._again(wait_ms)
            return
        # The same key on an unchanged window asks about the same wish again.
        key = self._unsure[1] if self._unsure is not None and self._unsure[0] == command else ""
        life = self._device.life

        def answered(answer: Answered) -> None:
            self._unsure = (command, answer.command_id) if answer.status == 0 and life == self._device.life else None
            self._again(wait_ms if answer.ok else self._world.between(500, 5_000))

        # A window that dies with a wish on its way never tells: its clerk looks again after a while.
        self._again(8_000)
        self._device.wish(command, answered, valid_ms=VALID_MS, key=key)

    def _choice(self) -> tuple[cmd.AnyCommand | None, float]:
        """Pick what to do about what the window shows, and how long that keeps the clerk busy."""
        world, view = self._world, self._device.view
        number, rng = self._number, self._world.rng
        state, ticket = view.get("state"), view.get("ticket")
        if ticket is not None:
            return self._with_ticket(str(ticket["id"]), str(ticket["state"]))
        if state == "closed":
            staff = self._staff if world.chance(0.95) else rng.choice(self._site.staff).id
            return cmd.OpenCounter(number, staff), world.between(1_000, 20_000)
        if state == "paused":
            return cmd.ResumeCounter(number), world.between(1_000, 5_000)
        dice = rng.random()
        if dice < 0.03:
            return cmd.PauseCounter(number, "break"), world.between(60_000, 600_000)
        if dice < 0.04:
            return cmd.CloseCounter(number), world.between(60_000, 900_000)
        if dice < 0.12 and view.get("no_shows"):
            return cmd.ReviveTicket(str(rng.choice(view["no_shows"])["id"])), world.between(500, 3_000)
        if dice < 0.2 and (view.get("parked") or view.get("upcoming")):
            chosen = rng.choice([*view.get("parked", ()), *view.get("upcoming", ())])
            return cmd.CallNext(number, str(chosen["id"])), world.between(4_000, 40_000)
        if dice < 0.23 and view.get("upcoming"):
            return self._moved(str(rng.choice(view["upcoming"])["id"]), None), world.between(500, 3_000)
        if not view.get("upcoming") and world.chance(0.8):
            return None, world.between(5_000, 30_000)
        return cmd.CallNext(number), world.between(4_000, 40_000)

    def _with_ticket(self, ticket_id: str, state: str) -> tuple[cmd.AnyCommand, float]:
        world, number, dice = self._world, self._number, self._world.rng.random()
        if state == "called":
            if dice < 0.12:
                return cmd.RecallTicket(ticket_id, number), world.between(5_000, 30_000)
            if dice < 0.22:
                return cmd.NoShowTicket(ticket_id, number), world.between(500, 3_000)
            if dice < 0.25:
                return cmd.CancelTicket(ticket_id), world.between(500, 3_000)
            return cmd.StartTicket(ticket_id, number), world.about(60_000)
        if dice < 0.08:
            return cmd.ParkTicket(ticket_id, number), world.between(500, 3_000)
        if dice < 0.2:
            return self._moved(ticket_id, number), world.between(500, 3_000)
        return cmd.FinishTicket(ticket_id, number, world.rng.choice(list(Outcome))), world.between(500, 5_000)

    def _moved(self, ticket_id: str, at: int | None) -> cmd.TransferTicket:
        rng = self._world.rng
        queue = rng.choice([None, *(q.id for q in self._site.queues)])
        counter = rng.choice([None, None, *(c.number for c in self._site.counters)])
        return cmd.TransferTicket(ticket_id, at, queue, counter, rng.choice(list(cmd.Place)))
