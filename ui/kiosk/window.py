"""The kiosk's window: holds the flow's state, shows its screens, and carries out its effects."""

import logging
import math
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.catalogue.search import SearchIndex, default_index
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk import step
from kiosk.flows.kiosk_checklist import PrintChecklist, PrintSlip, RestChecklist
from kiosk.flows.kiosk_state import KioskState, Screen
from kiosk.flows.kiosk_timers import timer_of
from kiosk.ids import new_token, uuid7
from kiosk.log import trace
from kiosk.ports import Answered
from kiosk.settings import Settings
from kiosk.wire.views import KioskView
from ui.bridge import Bridge
from ui.kiosk.around import Centre, Devices, timing_of
from ui.kiosk.hub_words import event_of, issue_body, log_answer
from ui.kiosk.later import Later
from ui.kiosk.moves import look, move
from ui.kiosk.overlay import Overlay
from ui.kiosk.paper import event_of_job, trouble_of
from ui.kiosk.printing import Printing
from ui.kiosk.scan_words import scan_event, scanned_event
from ui.kiosk.scanner import Scanner
from ui.kiosk.screen import KioskScreen
from ui.kiosk.screens import SCREENS
from ui.kiosk.second_taps import SecondTaps
from ui.kiosk.shown import Shown
from ui.kiosk.staff import StaffMenu
from ui.theme import Metrics, Theme, apply
from ui.theme.tokens import load_tokens
from ui.widgets import Stage

_log = logging.getLogger(__name__)
TICK_MS = 1000


class KioskWindow(QWidget):
    """The whole kiosk. It keeps no choice of its own: what the citizen chose is in the flow's state.

    Args:
        centre: site, catalogue and this kiosk's number.
        devices: the hub's link (followed from now on), the printer, the clock.
        settings: language, timings, motion.
        metrics: size of the window, and of a millimetre in it.

    Raises:
        CatalogueError: the lists for the search are missing or wrong.
    """

    def __init__(self, centre: Centre, devices: Devices, settings: Settings, metrics: Metrics) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setWindowTitle("Mời")
        self._centre, self._devices, self._settings, self._metrics = centre, devices, settings, metrics
        self._index: SearchIndex = default_index(centre.catalogue)
        self._timing = timing_of(settings)
        self._bridge = Bridge(self)
        self._state = self._drawn = KioskState(home_language=settings.language, language=settings.language)
        self._hall: KioskView | None = None
        self._connected, self._interactive = True, False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._timed_out)
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start()
        self._taps = SecondTaps(lambda: self._state.screen, lambda: self._metrics.px_per_mm, self)
        self._scanner = Scanner(self._typed_words, self)
        self._scanner.scanned.connect(self._scanned)
        self._theme = self._make_theme()
        self._stage = Stage(self._theme)
        self._later = Later(self._stage, self._draw, self)
        self._overlay = Overlay(self, self.happen)
        self._printing = Printing(centre, devices, self._bridge, self.happen, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self._staff = StaffMenu(self, centre, devices, settings.printer, self._bridge, self._shown, self.happen)
        self._build("cut")
        devices.spool.follow(
            self._bridge.in_gui(lambda news: self.happen(event_of_job(news))),
            self._bridge.in_gui(lambda status: self.happen(e.PrinterSays(trouble_of(status)))),
        )
        devices.link.follow(self._bridge.in_gui(self._view))

    @property
    def state(self) -> KioskState:
        """What the flow knows now."""
        return self._state

    @Slot(object)
    def happen(self, event: e.Event) -> None:
        """Take an event: change the state, carry out what follows, then draw. Sending comes before drawing."""
        self._state, effects = step(self._state, event, self._timing)
        for effect in effects:
            EFFECTS[type(effect)](self, effect)
        if self._state != self._drawn and self._later.is_due(self._drawn.screen, self._state.screen):
            self._draw()

    @Slot()
    def bug_happened(self) -> None:
        """Hear that our own code failed somewhere (`Application.bug_happened`)."""
        self.happen(e.BugHappened())

    # --- Drawing --------------------------------------------------------------------------------------------------

    def _make_theme(self) -> Theme:
        theme = Theme(
            self._state.contrast,
            self._metrics,
            types="kiosk",
            text_step=load_tokens().text_steps.scale[self._state.text_step],
            reduced_motion=self._settings.reduced_motion,
        )
        apply(theme, self)
        return theme

    def _shown(self) -> Shown:
        return Shown(
            theme=self._theme,
            state=self._state,
            site=self._centre.site,
            catalogue=self._centre.catalogue,
            index=self._index,
            languages=self._settings.languages,
            new_attempt=self._new_attempt,
            hall=self._hall,
            connected=self._connected,
            now_ms=self._devices.clock.now_ms(),
        )

    @Slot()
    def _draw(self) -> None:
        before, after = self._drawn, self._state
        if look(before) != look(after):
            self._theme = self._make_theme()
            self._stage.set_theme(self._theme)
        if (before.screen, before.language, look(before)) != (after.screen, after.language, look(after)):
            self._build(move(before, after))
        else:
            self._drawn = after
            self._refresh()
        self._overlay.show_moment(self._shown())
        self._tick_screens()

    def _build(self, move: str) -> None:
        screen = SCREENS[self._state.screen](self._shown())
        screen.happened.connect(self.happen)
        self._drawn = self._state
        self._stage.show_screen(screen, move)

    def _refresh(self) -> None:
        screen = self._stage.screen
        if isinstance(screen, KioskScreen) and self._drawn.screen is self._state.screen:
            screen.refresh(self._shown())

    # --- Time -----------------------------------------------------------------------------------------------------

    @Slot()
    def _timed_out(self) -> None:
        kind = timer_of(self._state)
        if kind is not None:
            self.happen(e.TimedOut(kind))

    @Slot()
    def _tick(self) -> None:
        self._refresh()
        self._tick_screens()

    def _tick_screens(self) -> None:
        seconds = math.ceil(self._timer.remainingTime() / 1000) if self._timer.isActive() else 0
        for screen in (self._stage.screen, self._overlay.screen):
            if isinstance(screen, KioskScreen):
                screen.tick(seconds)

    # --- Effects --------------------------------------------------------------------------------------------------

    def _new_attempt(self) -> e.Attempt:
        now = self._devices.clock.now_ms()
        return e.Attempt(uuid7(now), uuid7(now), new_token())

    def _issue(self, wish: e.Issue) -> None:
        trace("tap_issue", ticket=wish.attempt.ticket_id)
        body, command_id = issue_body(wish, self._centre.number), wish.attempt.command_id
        self._devices.link.send("/v1/tickets", body, self._bridge.in_gui(self._answered), command_id=command_id)

    def _answered(self, answered: Answered) -> None:
        same_language = self._state.language == self._settings.language
        self.happen(event_of(answered, with_sentence=same_language))

    def _typed_words(self) -> str | None:
        """Return the words of a search that letters go into now; None where nothing is typed."""
        state = self._state
        return state.query if state.screen is Screen.SEARCH and state.scan is None and not state.warned else None

    @Slot(str, object)
    def _scanned(self, text: str, query: str | None) -> None:
        command_id = uuid7(self._devices.clock.now_ms())
        self.happen(scanned_event(text, command_id, query, results=self._centre.site.results is not None))

    def _ask_about(self, effect: e.AskAboutTicket) -> None:
        def answered(answer: Answered) -> None:
            same_language = self._state.language == self._settings.language
            self.happen(scan_event(answer, effect.command_id, with_sentence=same_language))

        body = {"token": effect.token, "kiosk": self._centre.number}
        self._devices.link.send("/v1/scan", body, self._bridge.in_gui(answered), command_id=effect.command_id)

    def _print_ticket(self, effect: e.PrintTicket) -> None:
        self._printing.ticket(effect, self._theme.queue(effect.ticket.queue).icon)

    def _abandon(self, effect: e.Abandon) -> None:
        if self._devices.spool.let_go(effect.ticket_id):
            self._devices.link.send(f"/v1/tickets/{effect.ticket_id}/abandon", {}, log_answer, fact=True)

    def _start_timer(self, effect: e.StartTimer) -> None:
        self._timer.start(int(effect.seconds * 1000))

    def _forget(self, effect: e.Forget) -> None:
        if effect.ticket_id:
            self._devices.spool.let_go(effect.ticket_id)
        trace("forgotten")

    # --- The hall -------------------------------------------------------------------------------------------------

    def _view(self, view: dict[str, Any], connected: bool) -> None:
        hall = self._hall
        if view:
            try:
                hall = msgspec.convert(view, KioskView)
                self._printing.wanted(hall, self._theme)
            except msgspec.ValidationError:
                _log.exception("The hub's view is not one of ours")
        if (hall, connected) != (self._hall, self._connected):
            self._hall, self._connected = hall, connected
            self._refresh()

    # --- Qt -------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: from now on there is a native window, which all touches and the first frame come through."""
        super().showEvent(event)
        for one in (self._taps, self, self._scanner, self._staff):  # the last one sees everything first
            self.windowHandle().installEventFilter(one)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a finger anywhere stretches the timers; the first exposure is the first frame."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress):
            self.happen(e.Touched())
        elif event.type() == QEvent.Type.Expose and not self._interactive:
            self._interactive = True
            # The frame is painted while this event is handled; touches are taken right after it.
            QTimer.singleShot(0, lambda: trace("interactive", screen=self._state.screen.value))
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another size builds the screen again; a window without a dpi setting stays a picture of the whole."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        if (width, height) != (self._metrics.width, self._metrics.height):
            scale = min(width, height) / min(self._metrics.width, self._metrics.height)
            px_per_mm = self._metrics.px_per_mm * (1 if self._settings.screen_dpi else scale)
            self._metrics = Metrics(px_per_mm, width, height)
            self._theme = self._make_theme()
            self._stage.set_theme(self._theme)
            self._build("cut")
            self._overlay.resized(self._shown())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: hear and do no more."""
        self._timer.stop()
        self._ticks.stop()
        self._bridge.close()
        super().closeEvent(event)


EFFECTS: dict[type[e.Effect], Callable[[KioskWindow, Any], None]] = {
    e.Issue: KioskWindow._issue,
    e.AskAboutTicket: KioskWindow._ask_about,
    e.PrintTicket: KioskWindow._print_ticket,
    PrintChecklist: lambda window, effect: window._printing.checklist(effect),
    PrintSlip: lambda window, effect: window._printing.slip(effect, window._theme),
    RestChecklist: lambda window, effect: window._printing.rest(effect),
    e.Abandon: KioskWindow._abandon,
    e.StartTimer: KioskWindow._start_timer,
    e.StopTimer: lambda window, effect: window._timer.stop(),
    e.Forget: KioskWindow._forget,
}
"""How each effect of the flow is carried out."""
