"""Screens that only show and hear: the board with its voice, and the tablets with their ballots."""

from collections.abc import Callable

from msgspec import convert

from kiosk.domain import commands as cmd
from kiosk.flows import board, tablet
from kiosk.wire.ballots import LEGAL_3, SEALED_LENGTH
from kiosk.wire.views import BoardView, TabletView
from tools.simulate.broken import must
from tools.simulate.device import Device
from tools.simulate.world import World


class Board:
    """A hall display: its real flow says what is spoken, and whoever sits in the hall checks that."""

    def __init__(self, world: World, device: Device, was_called: Callable[[int, int, str, int], bool]) -> None:
        self._world, self._device, self._was_called = world, device, was_called
        device.on_view, device.on_restart = self._viewed, self._restarted
        self._restarted()

    def _restarted(self) -> None:
        self._state = board.State()
        self._spoken: set[tuple[int, int]] = set()

    def _viewed(self) -> None:
        if not self._device.view:
            return
        view = convert(self._device.view, BoardView)
        calls = tuple(board.Call(c.seq, c.at, c.number, c.counter, c.again, c.serving) for c in view.calls)
        there = {int(counter): shown.number for counter, shown in view.counters.items() if shown.number}
        viewed = board.Viewed(calls, self._device.connected, self._device.hub_clock.now_ms(), there)
        self._state, effects = board.step(self._state, viewed)
        if self._device.connected:
            # What left the board and came back by an undo is called anew.
            self._spoken &= {(c.seq, c.at) for c in view.calls}
        for effect in effects:
            call = effect.call
            if isinstance(effect, board.Withdraw):
                # It fell silent: should the clerk change her mind again, the same call is spoken anew.
                self._world.count("calls taken back")
                self._spoken.discard((call.seq, call.at))
                continue
            self._world.count("calls spoken")
            must(effect.age_ms < board.FRESH_MS, f"the voice called {call.number}, {effect.age_ms} ms late")
            must((call.seq, call.at) not in self._spoken, f"the voice called {call.number} twice for one call")
            must(
                self._was_called(call.seq, call.at, call.number, call.counter),
                f"the voice called {call.number} to counter {call.counter}, which nobody did",
            )
            self._spoken.add((call.seq, call.at))


class Tablet:
    """A rating tablet: when a visit ends, its citizen answers, skips, or walks away."""

    def __init__(self, world: World, device: Device) -> None:
        self._world, self._device = world, device
        device.on_view, device.on_restart = self._viewed, self._restarted
        self._restarted()

    def _restarted(self) -> None:
        self._state = tablet.State()

    def _go(self, event: tablet.Event) -> None:
        asked = self._state.asked
        self._state, casts = tablet.step(self._state, event)
        for cast in casts:
            # Not sealed: chance would not be ours. The hub cannot tell, it never looks inside.
            ballot = self._world.rng.randbytes(SEALED_LENGTH)
            self._device.fact(cmd.RateTicket(cast.ticket, ballot, LEGAL_3.id))
            self._world.count("ballots cast")
        if self._state.asked is not None and self._state.asked != asked:
            self._device.later(self._world.between(500, 40_000), self._touched)

    def _viewed(self) -> None:
        if not self._device.view:
            return
        view = convert(self._device.view, TabletView)
        desk = tablet.Desk(
            number=view.number,
            serving=view.serving,
            rating_ticket=view.rating_ticket,
            rating_number=view.rating_number,
        )
        self._go(tablet.Viewed(desk, self._device.connected, self._world.now))

    def _touched(self) -> None:
        now = self._world.now
        if self._world.chance(0.15):
            self._go(tablet.Skipped(now))
        elif self._world.chance(0.9):
            self._go(tablet.Chose(self._world.rng.choice(LEGAL_3.labels).choice, now))
        self._go(tablet.Ticked(now))
