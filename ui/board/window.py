"""The hall display: the newest call in its door, the calls before it, who waits where; and the voice (LOOK 12)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.text import pick
from kiosk.flows import board as flow
from kiosk.i18n import words
from kiosk.log import trace
from kiosk.ports import Announcer, HubLink
from kiosk.wire.views import BoardView
from ui.board.layout import BoardLayout
from ui.bridge import Bridge
from ui.theme import Theme, apply

TICK_MS = 1_000


class BoardWindow(QWidget):
    """The window of a hall display.

    Args:
        theme: made with `types="board"` and the hall's viewing distance.
        link: the hub; its callbacks may come from any thread.
        announcer: speaks the calls; None for a silent board.
        language: what the board's own words are written in.
        spoken: languages a call is spoken in, one after the other.
        now_ms: hub time in UTC milliseconds, by which the age of a call is told.
        zone: the centre's time zone; None where the machine's own is right.
    """

    def __init__(
        self,
        theme: Theme,
        link: HubLink,
        announcer: Announcer | None = None,
        *,
        language: str = "vi",
        spoken: tuple[str, ...] = ("vi",),
        now_ms: Callable[[], int] | None = None,
        zone: tzinfo | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._announcer = announcer
        self._spoken = spoken
        self._language = language
        self._say = words(language, "board")
        self._now_ms = now_ms or _wall_ms
        self._zone = zone
        self._state = flow.State()
        self._view: BoardView | None = None
        self._not_painted: flow.Call | None = None
        self._bridge = Bridge(self)
        self.setWindowTitle(self._say("Hall display"))
        apply(theme, self)
        self._board = BoardLayout(theme, self._say, on_painted=self._on_painted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._board)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self._go(flow.Ticked(self._now_ms())))
        self._timer.start()
        self._show()
        link.follow(self._bridge.in_gui(self._on_view))

    def _on_view(self, view: dict[str, Any], connected: bool) -> None:
        if view:
            self._view = msgspec.convert(view, BoardView)
        self._go(flow.Viewed(_calls_of(self._view), connected, self._now_ms(), _there(self._view)))

    def _go(self, event: flow.Event) -> None:
        self._state, effects = flow.step(self._state, event)
        self._show()
        for effect in effects:
            match effect:
                case flow.Speak(call, age_ms):
                    self._call_out(call, age_ms)
                case flow.Withdraw(call):
                    self._take_back(call)

    def _call_out(self, call: flow.Call, age_ms: int) -> None:
        """Speak a call; the one in the door rises with its voice."""
        if call == self._state.newest:
            self._not_painted = call
            self._board.rise()
        if self._announcer is not None:
            self._announcer.announce(call.number, call.counter, self._spoken, age_ms / 1000)

    def _take_back(self, call: flow.Call) -> None:
        """Fall silent about a call that holds no more."""
        if self._announcer is not None:
            self._announcer.withdraw(call.number, call.counter)

    def _show(self) -> None:
        self._board.show_time(self._local(self._now_ms()))
        if self._view is not None:
            waiting = [(letter, queue.waiting) for letter, queue in self._view.queues.items()]
            self._board.show_hall(pick(self._view.site_name, self._language), waiting)
        self._board.show_calls(self._state.newest, self._state.earlier)
        since = self._state.away_since
        self._board.show_away(None if since is None else self._local(since))

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone)

    def _on_painted(self, number: str) -> None:
        """The door was painted: note the first time it shows a call."""
        call = self._not_painted
        if call is not None and call.number == number:
            self._not_painted = None
            trace("board_painted", number=number, call=call.seq)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening. The announcer belongs to whoever made it."""
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)


def _calls_of(view: BoardView | None) -> tuple[flow.Call, ...]:
    if view is None:
        return ()
    return tuple(flow.Call(c.seq, c.at, c.number, c.counter, c.again, c.serving) for c in view.calls)


def _there(view: BoardView | None) -> dict[int, str]:
    """Return which number is at which counter."""
    return {int(n): c.number for n, c in view.counters.items() if c.number} if view is not None else {}


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
