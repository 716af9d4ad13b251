"""The clerk's window: it brings views, keys and answers to the flow, and shows what the flow says (LOOK 14b).

A small window beside the clerk's real work. Keys work wherever the focus is in it.
"""

import time
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.flows import counter as flow
from kiosk.flows import counter_events as ev
from kiosk.flows.counter_ask import ENDED_BY, ENDS_WITH
from kiosk.flows.counter_events import Wish
from kiosk.flows.counter_paper import OwnPapers
from kiosk.flows.counter_state import WISHES, Phase, State
from kiosk.i18n import words
from kiosk.log import trace
from kiosk.ports import Answered, HubLink, Spool
from kiosk.wire.views import CounterView
from ui.bridge import Bridge
from ui.counter.by_digit import picked
from ui.counter.desk import DeskScreen
from ui.counter.key_table import ASK_OF, BACK_KEY, JUDGE, KEY_OF, NEXT_STEP, STEP_KEYS, STEPS_OF_F5, WISH_OF
from ui.counter.moment import Moment, desk_of
from ui.counter.own_printer import OwnPrinter
from ui.counter.sign_in import NamesScreen, PinScreen
from ui.counter.strip import WHY_KEY
from ui.theme import Theme, apply

TICK_MS = 1_000

Screen = NamesScreen | PinScreen | DeskScreen


class CounterWindow(QWidget):
    """The window of one counter.

    Args:
        theme: made with `types="clerk"` for this window's size.
        link: the hub; its callbacks may come from any thread.
        counter: the counter's number.
        catalogue: to name procedures and papers; None shows numbers and queues only.
        language: what the clerk reads.
        now_ms: hub time in UTC milliseconds, for waiting times and until when a wish is meant.
        zone: the centre's time zone; None where the machine's own is right.
        site: the centre, to say why a number was called; None offers no such key.
        spool: the way to a printer of the counter's own, with centre and catalogue; without it kiosks print.
    """

    def __init__(
        self,
        theme: Theme,
        link: HubLink,
        counter: int,
        *,
        catalogue: Catalogue | None = None,
        language: str = "vi",
        now_ms: Callable[[], int] | None = None,
        zone: tzinfo | None = None,
        site: Site | None = None,
        spool: Spool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._link = link
        self._catalogue = catalogue
        self._say = words(language, "counter")
        self._language = language
        self._now_ms = now_ms or _wall_ms
        self._zone = zone
        self._site = site
        self._state = State(counter)
        self._view: CounterView | None = None
        self._away_since: int | None = None
        self._last_id: str | None = None
        self._screen: Screen | None = None
        self._shown: tuple[object, ...] = ()
        self._bridge = Bridge(self)
        self._printer: OwnPrinter | None = None
        if spool is not None and site is not None and catalogue is not None:
            self._state = State(counter, papers=OwnPapers(here=True))
            told = {"happen": self._go, "changed": self._show}
            self._printer = OwnPrinter(spool, (site, catalogue), theme, self._bridge, self._now_ms, **told)
        self.setWindowTitle(self._say("Counter {n}", n=counter))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        apply(theme, self)
        self._show()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self._go(ev.Ticked(_monotonic_ms())))
        self._timer.start()
        link.follow(self._bridge.in_gui(self._on_view))

    # --- In: views, keys, answers ---------------------------------------------------------------------------------

    def _on_view(self, view: dict[str, Any], connected: bool) -> None:
        if not connected and self._away_since is None:
            self._away_since = self._now_ms()
        elif connected:
            self._away_since = None
        if view:
            self._view = msgspec.convert(view, CounterView)
        self._go(ev.Viewed(desk_of(self._view, own_printer=self._printer is not None), connected, _monotonic_ms()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the clerk's keys; what is not one of them goes on to Qt."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat() or not self._take_key(key, event.text()):
            super().keyPressEvent(event)

    def _take_key(self, key: Qt.Key, text: str) -> bool:
        name = f"F{key - Qt.Key.Key_F1 + 1}" if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else ""
        if name:
            trace("clerk_key", key=name)
            self._function_key(name)
        elif text.isdigit() and text.isascii():
            trace("clerk_key", key="digit")  # which one is part of a PIN
            self._digit(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._state.phase is Phase.SIGN_IN:
            self.wish(Wish.OPEN)
        elif key == Qt.Key.Key_Backspace:
            self._go(ev.Typed(""))
        elif text in JUDGE:
            self.wish(JUDGE[text])
        elif text == BACK_KEY:
            self._go(ev.Asked(ev.AskKind.RETURN))
        elif key == Qt.Key.Key_Right and self._state.ask is not None:
            self._go(ev.Turned())
        elif text.lower() == "n" and isinstance(self._screen, DeskScreen) and self._state.ask is not None:
            self._screen.write_note()
        elif key == Qt.Key.Key_Escape:
            self.setFocus()
            self._go(ev.Asked(None))
            self._go(ev.ReasonsAsked(False))
            self._go(ev.Picked(""))
        else:
            return False
        return True

    def _function_key(self, name: str) -> None:
        possible, ask = WISHES[self._state.phase], self._state.ask
        if ask is not None and name in (NEXT_STEP, *STEP_KEYS):
            if name == NEXT_STEP and ask.kind in ENDS_WITH:
                self.wish(ENDS_WITH[ask.kind])
            return  # while something is said of a ticket no key does what it did before
        if name in ASK_OF:
            self._go(ev.Asked(ASK_OF[name]))
        elif name == WHY_KEY and isinstance(self._screen, DeskScreen):
            self._screen.tell_why()
        if name == NEXT_STEP:
            self.wish(possible[0])
        elif name == "F5":
            self.wish(next((wish for wish in STEPS_OF_F5 if wish in possible), Wish.START))
        elif name == KEY_OF[Wish.RECALL] and Wish.RECALL not in possible:  # nobody is called: it prints
            self.wish(Wish.REPRINT if Wish.REPRINT in possible else Wish.LIST)
        elif name in WISH_OF:
            self.wish(WISH_OF[name])

    def _digit(self, digit: str) -> None:
        """A digit picks a name, a reason, what is said of the ticket, or is part of the PIN, by what is asked."""
        state, moment = self._state, self._moment()
        if state.ask is not None and state.ask.kind in ENDS_WITH:
            value = picked(moment, digit)
            if value is not None:
                self._go(ev.Chosen(value))
            elif digit == "0":
                self._go(ev.Flagged())
        elif state.ask is not None or state.picking_reason:
            wish = ENDED_BY[state.ask.kind] if state.ask is not None else Wish.PAUSE
            if (value := picked(moment, digit)) is not None:
                self.wish(wish, value)
        elif state.phase is Phase.SIGN_IN and not state.staff:
            if (staff := picked(moment, digit)) is not None:
                self.pick_staff(staff)
        else:
            self._go(ev.Typed(digit))

    # --- What the screens ask -------------------------------------------------------------------------------------

    def wish(self, wish: Wish, reason: str = "") -> None:
        """Press the key of a wish. A pause asks for its reason first."""
        if wish is Wish.PAUSE and not reason:
            self._go(ev.ReasonsAsked(not self._state.picking_reason))
        else:
            self._go(ev.Pressed(wish, _monotonic_ms(), reason))

    def explain(self, why: str) -> None:
        """Say why a key is off."""
        self._go(ev.Explained(why, _monotonic_ms()))

    def pick_staff(self, staff: str) -> None:
        """Choose who signs in; "" goes back to the names."""
        self._go(ev.Picked(staff))

    def type_digit(self, digit: str) -> None:
        """Type a digit of the PIN; "" takes one away."""
        self._go(ev.Typed(digit))

    # --- Out ------------------------------------------------------------------------------------------------------

    def _go(self, event: ev.Event) -> None:
        self._state, effects = flow.step(self._state, event)
        for effect in effects:
            if isinstance(effect, ev.Send):
                self._send(effect)
            elif self._printer is not None:
                self._printer.carry_out(effect, self._view)
        self._show()

    def _send(self, effect: ev.Send) -> None:
        body = {**effect.body, "not_after": self._now_ms() + effect.valid_ms}
        again = self._last_id if effect.retry else None

        def answered(answer: Answered) -> None:
            sentence = str(answer.body.get("detail", ""))
            reached = answer.status != 0
            self._go(ev.Answered(effect.serial, answer.ok, reached, sentence, _monotonic_ms()))

        self._last_id = self._link.send(effect.path, body, self._bridge.in_gui(answered), command_id=again)

    def _show(self) -> None:
        """Bring the screen up to date; build another one only where the question is another."""
        kind = self._kind()
        if kind != self._shown or self._screen is None:
            self._shown = kind
            fresh = self._build()
            old, self._screen = self._screen, fresh
            self._layout.addWidget(fresh)
            fresh.show()  # now: a layout would show it one pass of the event loop later
            if old is not None:
                self._layout.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.setFocus()
        self._screen.show_moment(self._moment())

    def _kind(self) -> tuple[object, ...]:
        state, view = self._state, self._view
        if state.phase is not Phase.SIGN_IN:
            return ("desk",)
        return ("pin", state.staff) if state.staff else ("names", tuple(view.staff.items()) if view else ())

    def _build(self) -> Screen:
        if self._state.phase is not Phase.SIGN_IN:
            doing = {"on_wish": self.wish, "on_why": self.explain, "on_event": self._go}
            return DeskScreen(self._theme, self._say, self._moment(), **doing)
        staff = self._view.staff if self._view else {}
        if not self._state.staff:
            return NamesScreen(self._theme, self._say, self._moment(), staff, on_pick=self.pick_staff)
        name = staff.get(self._state.staff, "")
        return PinScreen(
            self._theme,
            self._say,
            self._moment(),
            name,
            on_digit=self.type_digit,
            on_clear=lambda: self.pick_staff(self._state.staff),
            on_enter=lambda: self.wish(Wish.OPEN),
            on_back=lambda: self.pick_staff(""),
        )

    def _moment(self) -> Moment:
        return Moment(
            self._state,
            self._view,
            self._now_ms(),
            self._away_since,
            self._catalogue,
            self._language,
            self._zone,
            self._site,
            self._printer.status if self._printer is not None else None,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening; who sits here stays signed in, for a window may close by mistake."""
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
