"""The supervisor's window: views, touches and answers to the flow, and what the flow says on the screen."""

import time
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.flows import supervisor as flow
from kiosk.flows.supervisor import Screen
from kiosk.i18n import words
from kiosk.ports import Answered, SupervisorLink
from kiosk.wire.views import SupervisorView
from ui.bridge import Bridge
from ui.supervisor.moment import Moment
from ui.supervisor.queues import QueuesScreen
from ui.supervisor.screens import Frame, HallScreen, QuestionScreen
from ui.theme import Theme, apply
from ui.widgets import keep_focus_on_window

TICK_MS = 1_000
SCREENS: dict[Screen, type[Frame]] = {Screen.HALL: HallScreen, Screen.QUEUES: QueuesScreen}
"""Screens of their own; all others are a question."""


class SupervisorWindow(QWidget):
    """The window of one supervisor.

    Args:
        theme: made with `types="clerk"` for this window's size.
        link: the hub; its callbacks may come from any thread.
        supervisors: who may sign in here, id to name.
        language: what the supervisor reads.
        now_ms: hub time in UTC milliseconds.
        zone: the centre's time zone; None where the machine's own is right.
    """

    def __init__(
        self,
        theme: Theme,
        link: SupervisorLink,
        supervisors: dict[str, str],
        *,
        language: str = "vi",
        now_ms: Callable[[], int] | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._link, self._supervisors = theme, link, supervisors
        self._language, self._zone = language, zone
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._state = flow.State()
        self._view: SupervisorView | None = None
        self._away_since: int | None = None
        self._screen: Frame | None = None
        self._shown: object = None
        self._bridge = Bridge(self)
        self.setWindowTitle(words(language, "supervisor")("The hall now"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        apply(theme, self)
        self._show()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._show)
        self._timer.start()
        link.follow(self._bridge.in_gui(self._on_view))

    def _on_view(self, view: dict[str, Any], connected: bool) -> None:
        if connected:
            self._away_since = None
        elif self._away_since is None:
            self._away_since = self._now_ms()
        if view:
            self._view = msgspec.convert(view, SupervisorView)
        self._go(flow.Viewed(connected))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick an answer or type the PIN, Enter goes on, Escape goes back."""
        key, text, screen = Qt.Key(event.key()), event.text(), self._state.screen
        if text.isdigit() and text.isascii():
            self._digit(text)
        elif key == Qt.Key.Key_Backspace:
            self._go(flow.Typed(""))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and screen is Screen.PIN:
            self._go(flow.Entered())
        elif key == Qt.Key.Key_Escape:
            self._go(flow.Left())
        else:
            super().keyPressEvent(event)

    def _digit(self, digit: str) -> None:
        state = self._state
        if state.screen is Screen.PIN:
            self._go(flow.Typed(digit))
            return
        names, part = state.screen is Screen.NAMES, state.part
        if not names and state.screen is not Screen.REASON:
            return
        answers = tuple(self._supervisors) if names else flow.REASONS[part.kind] if part is not None else ()
        if 1 <= int(digit) <= len(answers):
            value = answers[int(digit) - 1]
            self._go(flow.Picked(value) if names else flow.Reasoned(value))

    def _go(self, event: flow.Event) -> None:
        self._state, effects = flow.step(self._state, event)
        for effect in effects:
            match effect:
                case flow.SignIn(staff, pin):
                    self._link.sign_in(staff, pin, self._bridge.in_gui(self._signed_in))
                case flow.ActAs(session):
                    self._link.act_as(session)
                case flow.Send(path, body):
                    meant = {**body, "not_after": self._now_ms() + flow.VALID_MS}
                    self._link.send(path, meant, self._bridge.in_gui(self._told))
        self._show()

    def _signed_in(self, answer: Answered) -> None:
        session = answer.body.get("session", "")
        if answer.ok and isinstance(session, str) and session:
            self._go(flow.SignedIn(session))
        else:
            self._told(answer)

    def _told(self, answer: Answered) -> None:
        code, detail = str(answer.body.get("code", "")), str(answer.body.get("detail", ""))
        self._go(flow.Told(answer.ok, answer.status != 0, code, detail))

    def _show(self) -> None:
        """Bring the screen up to date; build another one only where the question is another."""
        state, moment = self._state, self._moment()
        shown = (state.screen, state.staff, state.part) if state.screen is not Screen.HALL else state.screen
        if shown != self._shown or self._screen is None:
            self._shown = shown
            make = SCREENS.get(state.screen, QuestionScreen)
            old, self._screen = self._screen, make(self._theme, moment, on_event=self._go)
            keep_focus_on_window(self._screen)
            self._layout.addWidget(self._screen)
            self._screen.show()
            if old is not None:
                self._layout.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.setFocus()
        self._screen.show_moment(moment)

    def _moment(self) -> Moment:
        return Moment(
            self._state, self._view, self._now_ms(), self._away_since, self._language, self._supervisors, self._zone
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening."""
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)
