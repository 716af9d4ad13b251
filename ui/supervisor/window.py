"""The supervisor's window: views, touches and answers to the flow, and what the flow says on the screen."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.flows import supervisor as flow
from kiosk.flows import supervisor_events as ev
from kiosk.flows.supervisor_state import VALID_MS, Screen, State
from kiosk.i18n import words
from kiosk.ports import Answered, JobNews, Spool, SupervisorLink
from kiosk.wire.reports import DayAnswer, WhyAnswer
from kiosk.wire.views import SupervisorView
from ui.bridge import Bridge
from ui.supervisor.confirm import ClockScreen, OldMachineScreen
from ui.supervisor.moment import Moment
from ui.supervisor.questions import QuestionScreen, answers_of
from ui.supervisor.queues import QueuesScreen
from ui.supervisor.report import day_job, event_of_job
from ui.supervisor.screens import CLOCK_KEY, REPORT_KEY, TAKEOVER_KEY, WHY_KEY, Frame, HallScreen
from ui.supervisor.why import OFFLINE, WhyScreen
from ui.theme import Theme, apply
from ui.widgets import keep_focus_on_window

TICK_MS = 1_000
SCREENS: dict[Screen, type[Frame]] = {
    Screen.HALL: HallScreen,
    Screen.QUEUES: QueuesScreen,
    Screen.WHY: WhyScreen,
    Screen.CLOCK: ClockScreen,
    Screen.OLD_MACHINE: OldMachineScreen,
}
"""Screens of their own; all others are a question."""
HALL_KEYS = {
    Qt.Key.Key_F1: WHY_KEY,
    Qt.Key.Key_F2: REPORT_KEY,
    Qt.Key.Key_F3: CLOCK_KEY,
    Qt.Key.Key_F4: TAKEOVER_KEY,
}


class SupervisorWindow(QWidget):
    """The window of one supervisor.

    Args:
        theme: made with `types="clerk"` for this window's size.
        link: the hub; its callbacks may come from any thread.
        site: the centre: who may sign in here, its clock, what stands on paper.
        language: what the supervisor reads.
        now_ms: hub time in UTC milliseconds.
        spool: the way to this window's own printer; None where it has none.
    """

    def __init__(
        self,
        theme: Theme,
        link: SupervisorLink,
        site: Site,
        *,
        language: str = "vi",
        now_ms: Callable[[], int] | None = None,
        spool: Spool | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._link, self._site, self._spool = theme, link, site, spool
        self._language = language
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._state = State()
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
        self._timer.timeout.connect(lambda: self._go(ev.Ticked()))
        self._timer.start()
        if spool is not None:
            spool.follow(self._bridge.in_gui(self._on_job), lambda status: None)
        link.follow(self._bridge.in_gui(self._on_view))

    def _on_view(self, view: dict[str, Any], connected: bool) -> None:
        if connected:
            self._away_since = None
        elif self._away_since is None:
            self._away_since = self._now_ms()
        if view:
            self._view = msgspec.convert(view, SupervisorView)
        self._go(ev.Viewed(connected))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick an answer or type the PIN, Enter goes on, Escape goes back; the hall has keys of its own."""
        key, text, screen = Qt.Key(event.key()), event.text(), self._state.screen
        if screen is Screen.WHY and text.isascii() and (text.isalnum() or text == OFFLINE):
            self._go(ev.Typed(text))
        elif text.isdigit() and text.isascii():
            self._digit(text)
        elif key == Qt.Key.Key_Backspace:
            self._go(ev.Typed(""))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and screen in (Screen.PIN, Screen.WHY):
            self._go(ev.Entered())
        elif key == Qt.Key.Key_Escape:
            self._go(ev.Left())
        elif isinstance(self._screen, HallScreen) and key in HALL_KEYS:
            self._screen.press(HALL_KEYS[key])
        else:
            super().keyPressEvent(event)

    def _digit(self, digit: str) -> None:
        if self._state.screen is Screen.PIN:
            self._go(ev.Typed(digit))
            return
        answers, meaning = answers_of(self._moment())
        if 1 <= int(digit) <= len(answers):
            self._go(meaning(answers[int(digit) - 1][0]))

    def _go(self, event: ev.Event) -> None:
        self._state, effects = flow.step(self._state, event)
        for effect in effects:
            match effect:
                case ev.SignIn(staff, pin):
                    asked = {"staff": staff, "pin": pin}
                    self._link.ask("/v1/staff/sign-in", self._bridge.in_gui(self._signed_in), asked)
                case ev.ActAs(session):
                    self._link.act_as(session)
                case ev.Send(path, body):
                    meant = {**body, "not_after": self._now_ms() + VALID_MS}
                    self._link.send(path, meant, self._bridge.in_gui(self._told))
                case ev.AskWhy(first, other):
                    asked = f"/v1/tickets/{quote(first, safe='')}/why" + (f"?other={quote(other)}" if other else "")
                    self._link.ask(asked, self._bridge.in_gui(self._why_told))
                case ev.AcceptClock():
                    self._link.ask("/v1/clock/accept", self._bridge.in_gui(self._told), {})
                case ev.AskStandby():
                    self._link.ask("/healthz", self._bridge.in_gui(self._standby_told))
                case ev.Promote(staff, pin):
                    said = {"staff": staff, "pin": pin, "old_machine_is_off": True}
                    self._link.ask("/v1/promote", self._bridge.in_gui(self._told), said)
                case ev.PrintDay(day):
                    self._link.ask(f"/v1/days/{day}", self._bridge.in_gui(self._day_told))
        self._show()

    def _signed_in(self, answer: Answered) -> None:
        session = answer.body.get("session", "")
        if answer.ok and isinstance(session, str) and session:
            self._go(ev.SignedIn(session))
        else:
            self._told(answer)

    def _told(self, answer: Answered) -> None:
        code, detail = str(answer.body.get("code", "")), str(answer.body.get("detail", ""))
        self._go(ev.Told(answer.ok, answer.status != 0, code, detail))

    def _standby_told(self, answer: Answered) -> None:
        """Take in how the standby is; one that has copied nothing could not take over."""
        self._go(ev.StandbyTold(str(answer.body.get("status", "")) if answer.body.get("seq") else ""))

    def _why_told(self, answer: Answered) -> None:
        if answer.ok:
            self._go(ev.WhyTold(msgspec.convert(answer.body, WhyAnswer).sentence))
        else:
            self._told(answer)

    def _day_told(self, answer: Answered) -> None:
        """Print what the hub told of a day; the drawing of it is not the screen's thread's work."""
        if not answer.ok or self._spool is None:
            self._told(answer)
            return
        day, spool = msgspec.convert(answer.body, DayAnswer), self._spool
        now, site, language = self._now_ms(), self._site, self._language
        self._go(ev.ReportMade())
        self._bridge.run_in_background(
            lambda: spool.submit(day_job(day, site, language, now)),
            lambda _: None,
            lambda _: self._go(ev.PaperEnded(PrintResult.REFUSED)),
        )

    def _on_job(self, news: JobNews) -> None:
        event = event_of_job(news)
        if event is not None:
            self._go(event)

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
        prints = self._spool is not None
        return Moment(self._state, self._view, self._now_ms(), self._away_since, self._language, self._site, prints)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening."""
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)
