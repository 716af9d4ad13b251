"""Two screens are drawn a moment after they are due: a paper comes first, and what is over at once is not shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from kiosk.flows.kiosk_state import Screen
from ui.widgets import Stage

LATER_MS = {Screen.ISSUING: 100, Screen.TICKET: 20}
"""A hub on the hall's own network answers before an eye takes in that something was waited for (100 ms); a ticket's
paper is stored, drawn and on its way in 20 ms, and in twice as many where its screen is built at the same time."""


class Later(QTimer):
    """Says when a screen is drawn. The one before stands still meanwhile: a slide would take the time that is saved.

    Args:
        stage: where the screens stand.
        draw: draws what is due.
        parent: the window.
    """

    def __init__(self, stage: Stage, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self._stage = stage
        self._coming: Screen | None = None
        self.timeout.connect(draw)

    def is_due(self, drawn: Screen, now: Screen) -> bool:
        """Whether what changed is drawn now; else it is drawn soon.

        Args:
            drawn: the screen that is seen.
            now: the one that the flow is at.
        """
        wait = LATER_MS.get(now) if now is not drawn else None
        if wait is None:
            self.stop()
        elif not self.isActive() or self._coming is not now:
            self.start(wait)
            self._stage.settle()
        self._coming = now
        return wait is None
