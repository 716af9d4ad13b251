"""The staff menu's hands: the held clock, the touches, what the flow asks for, and the screen above the citizen's."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.fold import fold
from kiosk.domain.site import Site
from kiosk.flows import kiosk_events as e
from kiosk.flows import kiosk_staff as flow
from kiosk.ids import uuid7
from kiosk.ports import Answered, PrintJob, StoredJob
from kiosk.receipts.test_page import PrinterFacts, printer_receipt
from kiosk.settings import PrinterSettings
from ui.bridge import Bridge
from ui.kiosk.around import Centre, Devices
from ui.kiosk.shown import Shown
from ui.kiosk.staff_screen import StaffMoment, StaffScreen
from ui.kiosk.staff_screens import SCREENS
from ui.theme import Theme

PAPERS = 20
"""So many of the last papers are shown."""
TICK_MS = 1000
WANDERS_MM = 12.7
"""A finger that moves further does not hold the clock."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin)
_MOVES = (QEvent.Type.MouseMove, QEvent.Type.TouchUpdate)
_ENDS = (QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride)


class StaffMenu(QObject):
    """Filters the window's native events: none is kept from the citizen's screens but keys while the menu stands.

    While it stands it touches for the citizen, so that nobody's choice is forgotten meanwhile.

    Args:
        window: what it covers.
        centre: the site, its staff, and this kiosk's number.
        devices: hub, spool, clock.
        printer: its address and width, for the test page.
        bridge: into the GUI thread.
        shown: the citizen's moment.
        happen: the citizen's flow.
    """

    def __init__(
        self,
        window: QWidget,
        centre: Centre,
        devices: Devices,
        printer: PrinterSettings,
        bridge: Bridge,
        shown: Callable[[], Shown],
        happen: Callable[[e.Event], None],
    ) -> None:
        super().__init__(window)
        self._window, self._centre, self._devices, self._bridge = window, centre, devices, bridge
        self._printer = printer
        self._shown, self._happen = shown, happen
        self._state = flow.State()
        self._papers: tuple[StoredJob, ...] = ()
        self._waiting = (0, 0)
        self._screen: StaffScreen | None = None
        self._place = QPointF()
        self._hold = QTimer(self, singleShot=True, interval=int(flow.HOLD_S * 1000))
        self._hold.timeout.connect(lambda: self.happen(flow.Held()))
        self._quiet = QTimer(self, singleShot=True, interval=int(flow.QUIET_S * 1000))
        self._quiet.timeout.connect(lambda: self.happen(flow.Quiet()))
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tick)
        window.installEventFilter(self)

    @property
    def state(self) -> flow.State:
        """What the menu's flow knows now."""
        return self._state

    def happen(self, event: flow.Event) -> None:
        """Take an event of the menu's flow."""
        before = self._state
        self._state, effects = flow.step(before, event)
        for effect in effects:
            match effect:
                case flow.CheckPin(asked, staff, pin):
                    told = self._bridge.in_gui(lambda answer, asked=asked: self._told(asked, answer))
                    body = {"staff": id_meant(self._centre.site, staff), "pin": pin}
                    self._devices.link.ask("/v1/staff/check", told, body)
                case flow.PrintAgain(ticket_id):
                    self._print_again(ticket_id)
                case flow.PrintTest():
                    self._in_background(self._print_test)
        if self._state.screen is not before.screen:
            self._turn()
        elif self._screen is not None:
            self._screen.show_staff(self._moment())

    # --- What the flow asks for -----------------------------------------------------------------------------------

    def _told(self, asked: int, answer: Answered) -> None:
        sentence = str(answer.body.get("detail", ""))
        self.happen(flow.Told(asked, answer.ok, answer.status != 0, sentence))

    def _print_again(self, ticket_id: str) -> None:
        job_id = f"{ticket_id}/{uuid7(self._devices.clock.now_ms())}"
        self._in_background(lambda: self._devices.spool.reprint(ticket_id, job_id))

    def _print_test(self) -> None:
        now, spool, number = self._devices.clock.now_ms(), self._devices.spool, self._centre.number
        facts = PrinterFacts(self._printer.target, self._printer.width_dots, spool.status, now)
        page = printer_receipt(self._centre.site, number, facts, self._shown().state.home_language)
        spool.submit(PrintJob(uuid7(now), page, page))

    def _in_background(self, work: Callable[[], None]) -> None:
        self._bridge.run_in_background(work, lambda _: self._look(), lambda _: None)

    def _look(self) -> None:
        """Read what became of the papers and what waits for the hub."""
        spool, link = self._devices.spool, self._devices.link
        self._bridge.run_in_background(
            lambda: (tuple(spool.recent(PAPERS)), link.waiting()), self._looked, lambda _: None
        )

    def _looked(self, found: tuple[tuple[StoredJob, ...], tuple[int, int]]) -> None:
        self._papers, self._waiting = found
        if self._screen is not None:
            self._screen.show_staff(self._moment())

    # --- The screen -----------------------------------------------------------------------------------------------

    def _moment(self) -> StaffMoment:
        member, status = None, self._devices.spool.status
        if self._state.screen is flow.Screen.MENU:
            member = self._centre.site.staff_member(id_meant(self._centre.site, self._state.staff))
        name = member.name if member is not None else ""
        return StaffMoment(self._state, name, status, self._papers, *self._waiting, self._shown().connected)

    def _turn(self) -> None:
        """Bring the screen of the question that stands now, or take the menu away."""
        before, self._screen = self._screen, None
        screen = SCREENS.get(self._state.screen)
        if screen is not None:
            self._lay(screen)
        if before is not None:
            before.hide()
            before.deleteLater()
        if self._screen is None:
            self._ticks.stop()
            self._quiet.stop()
        elif before is None:
            self._ticks.start()
            self._quiet.start()
            self._look()

    def _lay(self, kind: type[StaffScreen]) -> None:
        shown = self._shown()
        theme = Theme(shown.state.contrast, shown.theme.metrics, types="kiosk", reduced_motion=True)
        own = replace(shown, theme=theme, state=shown.state.forgotten())
        screen = kind(own, self._moment())
        screen.happened.connect(self.happen)
        screen.setParent(self._window)
        screen.setGeometry(self._window.rect())
        screen.show()
        screen.raise_()
        self._screen = screen

    def _tick(self) -> None:
        self._happen(e.Touched())
        self._look()
        if self._screen is not None:
            self._screen.raise_()  # a question of the citizen's flow may have come meanwhile: it waits below
            self._screen.refresh(replace(self._screen.shown, now_ms=self._devices.clock.now_ms()))

    # --- Qt -------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a held clock opens; while the menu stands touches keep it and the scanner's keys go nowhere."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Resize and self._screen is not None:
                QTimer.singleShot(0, self._turn)  # when the window has measured itself anew
            elif kind == QEvent.Type.Close:
                for timer in (self._hold, self._quiet, self._ticks):
                    timer.stop()
            return False
        if kind in _PRESSES:
            self._pressed(_place_of(event))
        elif kind in _MOVES and self._hold.isActive():
            wandered = (_place_of(event) - self._place).manhattanLength()
            if wandered > WANDERS_MM * self._shown().theme.metrics.px_per_mm:
                self._hold.stop()
        elif kind in _ENDS:
            self._hold.stop()
        return self._screen is not None and kind in _KEYS

    def _pressed(self, place: QPointF) -> None:
        self._hold.stop()
        if self._screen is not None:
            self._quiet.start()
        elif self._on_clock(place):
            self._place = place
            self._hold.start()

    def _on_clock(self, place: QPointF) -> bool:
        """Tell whether a place is the clock's, with a finger's width around it."""
        near = self._shown().theme.touch("min") // 2
        clocks = [one for one in self._window.findChildren(QWidget, "clock") if one.isVisible()]
        return any(
            one.rect().adjusted(-near, -near, near, near).contains(one.mapFrom(self._window, place.toPoint()))
            for one in clocks
        )


def id_meant(site: Site, typed: str) -> str:
    """Return the id of staff that was meant: ours has no signs such as - and need not be typed in its own case.

    Where none or several fit it is taken as it was typed: the hub says of it what it says of a wrong PIN.
    """
    fit = [one.id for one in site.staff if plain_id(one.id) == plain_id(typed)]
    return fit[0] if len(fit) == 1 else typed


def plain_id(text: str) -> str:
    """Return the letters and digits of an id, without case and marks."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _place_of(event: QEvent) -> QPointF:
    """Return where the (first) finger is, in the window's pixels."""
    if isinstance(event, QMouseEvent):
        return event.position()
    if isinstance(event, QTouchEvent) and event.points():
        return event.points()[0].position()
    return QPointF()
