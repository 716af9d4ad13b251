"""A clerk at a counter: looks at the real window's flow, thinks, and presses a key, or asks for what has none yet."""

from msgspec import convert

from kiosk.domain import commands as cmd
from kiosk.domain.site import Site
from kiosk.domain.ticket import Outcome
from kiosk.flows import counter as flow
from kiosk.flows import counter_events as ev
from kiosk.flows.counter_events import Wish
from kiosk.flows.counter_state import Phase, State
from kiosk.ports import Answered
from kiosk.wire.views import CounterView
from tools.simulate.device import Device
from tools.simulate.world import World

LOOKS_AGAIN_MS = 8_000
"""A clerk whose wish is on its way looks again after this long, whatever became of it."""


class Clerk:
    """Somebody who does the next sensible thing, and now and then a foolish one."""

    def __init__(self, world: World, device: Device, site: Site) -> None:
        self._world, self._device, self._site = world, device, site
        self._number = device.number
        self._last_key = ""
        self._round = 0
        device.on_view, device.on_restart = self._viewed, self._restarted
        self._restarted()
        self._look_after(world.between(0, 20_000))

    # --- the window

    def _restarted(self) -> None:
        self._state = State(self._number)
        self._view: CounterView | None = None

    def _go(self, event: ev.Event) -> bool:
        """Tell the flow what happened and send what it asks for; whether it did is returned."""
        self._state, sends = flow.step(self._state, event)
        for send in sends:
            self._send(send)
        return bool(sends)

    def _viewed(self) -> None:
        self._view = convert(self._device.view, CounterView) if self._device.view else None
        view, desk = self._view, ev.Desk()
        if view is not None:
            desk = ev.Desk(view.state, view.staff_id)
            if (ticket := view.ticket) is not None:
                desk = ev.Desk(view.state, view.staff_id, ticket.id, ticket.state, ticket.calls, reprint=ticket.reprint)
        self._go(ev.Viewed(desk, self._device.connected, self._world.now))

    def _send(self, send: ev.Send) -> None:
        def answered(answer: Answered) -> None:
            said = str(answer.body.get("detail", ""))
            self._go(ev.Answered(send.serial, answer.ok, answer.status != 0, said, self._world.now))

        key = self._last_key if send.retry else ""
        body = {name: value for name, value in send.body.items() if name != "pin"}
        self._last_key = self._device.send(send.path, body, answered, valid_ms=send.valid_ms, key=key)

    # --- the person

    def _look_after(self, delay_ms: float) -> None:
        """Look at the window after a while; whatever was planned before is off."""
        self._round += 1
        mine = self._round
        self._world.after(delay_ms, lambda: self._look() if mine == self._round else None)

    def _look(self) -> None:
        self._go(ev.Ticked(self._world.now))
        self._look_after(self._act() if self._world.is_open else self._world.pause(0))

    def _act(self) -> float:
        """Do something about what the window shows; returns how long that keeps the clerk busy."""
        world, state, rng = self._world, self._state, self._world.rng
        if not state.connected:
            self._press(rng.choice(list(Wish)))
            return world.between(2_000, 10_000)
        if state.phase is Phase.SIGN_IN:
            staff = f"nv{self._number:02d}" if world.chance(0.95) else rng.choice(self._site.staff).id
            for event in (ev.Picked(staff), ev.Typed("0")):
                self._go(event)
            self._press(Wish.OPEN)
            return world.between(1_000, 20_000)
        if world.chance(0.06):
            return self._ask(cmd.Undo(self._number), world.between(500, 3_000))
        if world.chance(0.01):
            self._press(rng.choice(list(Wish)))
            return world.between(500, 3_000)
        return {
            Phase.READY: self._ready,
            Phase.CALLED: self._called,
            Phase.SERVING: self._serving,
            Phase.PAUSED: self._paused,
        }[state.phase]()

    def _press(self, wish: Wish) -> None:
        self._go(ev.Pressed(wish, self._world.now, "break" if wish is Wish.PAUSE else ""))

    def _ask(self, command: cmd.AnyCommand, keeps_ms: float) -> float:
        """Ask for what the window has no key for; the answer shows in the view."""
        self._device.wish(command, lambda answer: None, valid_ms=flow.VALID_MS)
        return keeps_ms

    def _ready(self) -> float:
        world, dice, view = self._world, self._world.rng.random(), self._view
        assert view is not None
        if dice < 0.03:
            self._press(Wish.PAUSE)
            return world.between(20_000, 200_000)
        if dice < 0.04:
            self._press(Wish.CLOSE)
            return world.between(20_000, 200_000)
        if dice < 0.12 and view.no_shows:
            return self._ask(
                cmd.ReturnTicket(world.rng.choice(view.no_shows).id, self._number), world.between(500, 3_000)
            )
        if dice < 0.2 and (view.parked or view.upcoming):
            chosen = world.rng.choice((*view.parked, *view.upcoming))
            return self._ask(cmd.CallNext(self._number, chosen.id), world.between(500, 8_000))
        if dice < 0.23 and view.upcoming:
            return self._ask(self._moved(world.rng.choice(view.upcoming).id, None), world.between(500, 3_000))
        if not view.upcoming and world.chance(0.7):
            return world.between(2_000, 20_000)
        self._press(Wish.CALL)
        return world.between(3_000, 25_000)

    def _called(self) -> float:
        world, dice, ticket_id = self._world, self._world.rng.random(), self._state.desk.ticket
        if dice < 0.04:
            return self._ask(cmd.CancelTicket(ticket_id), world.between(500, 3_000))
        if dice < 0.14:
            self._press(Wish.RECALL)
            return world.between(3_000, 20_000)
        if dice < 0.25:
            self._press(Wish.NO_SHOW)
            return world.between(500, 3_000)
        if dice < 0.3:
            return self._ask(cmd.JudgePriority(ticket_id, self._number, world.chance(0.5)), world.between(500, 3_000))
        self._press(Wish.START)
        return world.about(50_000)

    def _serving(self) -> float:
        world, dice, ticket_id = self._world, self._world.rng.random(), self._state.desk.ticket
        if dice < 0.08:
            minutes = world.rng.choice([None, 1, 2])
            return self._ask(cmd.ParkTicket(ticket_id, self._number, minutes), world.between(500, 3_000))
        if dice > 0.9:
            minutes, note = world.rng.randint(1, 4), world.rng.choice(["", "bản sao chưa chứng thực"])
            papers = cmd.SendForPapers(ticket_id, self._number, (0, 2), minutes, None, note)
            return self._ask(papers, world.between(500, 3_000))
        if dice > 0.87:
            return self._ask(cmd.NoteTicket(ticket_id, self._number, "người nhà đi cùng"), world.between(500, 3_000))
        if dice > 0.83:
            self._press(Wish.REPRINT)
            return world.between(500, 3_000)
        if dice < 0.18:
            return self._ask(self._moved(ticket_id, self._number), world.between(500, 3_000))
        if dice < 0.3:
            outcome = world.rng.choice(list(Outcome))
            return self._ask(cmd.FinishTicket(ticket_id, self._number, outcome), world.between(500, 3_000))
        self._press(Wish.FINISH)
        return world.between(500, 5_000)

    def _paused(self) -> float:
        self._press(Wish.CLOSE if self._world.chance(0.1) else Wish.RESUME)
        return self._world.between(1_000, 5_000)

    def _moved(self, ticket_id: str, at: int | None) -> cmd.TransferTicket:
        rng = self._world.rng
        queue = rng.choice([None, *(q.id for q in self._site.queues)])
        counter = rng.choice([None, None, *(c.number for c in self._site.counters)])
        staff = rng.choice(self._site.staff).id if counter is None and self._world.chance(0.2) else None
        come_back = at is not None and self._world.chance(0.3)
        return cmd.TransferTicket(ticket_id, at, queue, counter, rng.choice(list(cmd.Place)), staff, come_back)
