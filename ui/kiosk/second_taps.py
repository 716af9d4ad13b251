"""Someone taps twice where once was meant: the second tap must not choose on the screen the first one brought."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent

WITHIN_MS = 500
"""A slow double click, as Windows counts it; who reads the new screen first needs longer."""
WITHIN_MM = 12.7
"""A finger's width: the least size of a target (LOOK, principle 5)."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SecondTaps(QObject):
    """Swallows a press that follows another one in the same place on a screen that has changed since.

    Where the screen is the same (keyboard, turning pages, larger text) every tap counts, however fast.

    Args:
        screen: tells which screen is shown now.
        px_per_mm: tells how many pixels a millimetre has now.
        parent: the window whose native window this filters.
    """

    def __init__(self, screen: Callable[[], Hashable], px_per_mm: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._screen, self._px_per_mm = screen, px_per_mm
        self._meant: Hashable = None
        self._place, self._time_ms = QPointF(), -WITHIN_MS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keep a second tap from the window."""
        if event.type() not in _PRESSES or not isinstance(event, QMouseEvent):
            return False
        place, time_ms = event.position(), event.timestamp()
        near = (place - self._place).manhattanLength() <= WITHIN_MM * self._px_per_mm()
        again = near and time_ms - self._time_ms < WITHIN_MS
        self._place, self._time_ms = place, time_ms
        if again and self._screen() != self._meant:
            return True  # a third tap belongs to the first one as well
        self._meant = self._screen()
        return False
