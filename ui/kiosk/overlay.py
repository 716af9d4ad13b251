"""What stands before a screen for a moment: the question whether somebody is there, or the answer to a scan."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kiosk.flows import kiosk_events as e
from ui.kiosk.idle import IdleScreen
from ui.kiosk.moves import look
from ui.kiosk.scanned import ScannedScreen
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown


class Overlay:
    """Holds at most one screen over the window; the screen behind keeps its page, its words and its focus.

    Args:
        window: what it covers.
        happen: told what the citizen did there.
    """

    def __init__(self, window: QWidget, happen: Callable[[e.Event], None]) -> None:
        self._window, self._happen = window, happen
        self._stands_for: tuple[object, ...] | None = None
        self.screen: KioskScreen | None = None

    def show_moment(self, shown: Shown) -> None:
        """Bring what the state asks for, and take away what it does not."""
        state = shown.state
        kind: type[KioskScreen] | None = None
        if state.scan is not None:
            kind = ScannedScreen
        elif state.warned:
            kind = IdleScreen
        stands_for = (kind, state.scan, state.language, look(state)) if kind is not None else None
        if stands_for == self._stands_for:
            if self.screen is not None:
                self.screen.refresh(shown)
            return
        self._stands_for = stands_for
        before, self.screen = self.screen, None
        if kind is not None:
            self._lay(kind(shown))
        if before is not None:
            before.hide()
            before.deleteLater()

    def resized(self, shown: Shown) -> None:
        """Build it again for another size of the window."""
        self._stands_for = None
        self.show_moment(shown)

    def _lay(self, screen: KioskScreen) -> None:
        screen.setParent(self._window)
        screen.happened.connect(self._happen)
        screen.setGeometry(self._window.rect())
        screen.show()
        screen.raise_()
        self.screen = screen
