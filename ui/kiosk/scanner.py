"""A code reader is a keyboard that types a code and Enter; this tells its letters from a hand's."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from kiosk.flows.scan import LONGEST

GAP_MS = 50
"""Longest time between two letters of a reader where a hand may type too: no hand types a code's length so fast."""
GAP_ALONE_MS = 500
"""The same where nobody types: a slow reader over the air is heard as well."""
END_MS = 400
"""After so long without a letter a code is over, also where its reader sends no Enter or lost it."""
SHORTEST = 6
"""Letters with Enter that are a code; fewer are a hand's."""
SHORTEST_WITHOUT_ENTER = 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_LETTERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Scanner(QObject):
    """Filters the window's keys. A code's letters press no button; those that came among typed words are told.

    Args:
        typed: returns the words that letters go into now, or None where nothing is typed.
        parent: the window whose native window this filters.
    """

    scanned = Signal(str, object)
    """A code, and what the typed words were before it (None where nothing is typed)."""

    def __init__(self, typed: Callable[[], str | None], parent: QObject) -> None:
        super().__init__(parent)
        self._typed = typed
        self._text, self._last_ms = "", 0
        self._before: str | None = None
        self._end = QTimer(self, singleShot=True, interval=END_MS)
        self._end.timeout.connect(self._ended)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keep a code's letters from the window, except from words that are being typed."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        gap, self._last_ms = event.timestamp() - self._last_ms, event.timestamp()
        if self._text and gap > (GAP_ALONE_MS if self._before is None else GAP_MS):
            self._forget()
        if event.key() in _ENTER:
            return self._enter()
        if not event.text() or not event.text().isprintable() or event.modifiers() & _NO_LETTERS:
            return False
        first = not self._text
        if first:
            self._before = self._typed()
        # One letter more than can be read, so that a longer code is not mistaken for its beginning.
        self._text = (self._text + event.text())[: LONGEST + 1]
        self._end.start()
        presses_a_button = first and event.key() == Qt.Key.Key_Space
        return self._before is None and not presses_a_button

    def _enter(self) -> bool:
        if len(self._text) < SHORTEST:
            self._forget()
            return False
        self._tell()
        return True

    @Slot()
    def _ended(self) -> None:
        if len(self._text) >= SHORTEST_WITHOUT_ENTER:
            self._tell()
        else:
            self._forget()

    def _tell(self) -> None:
        text, before = self._text, self._before
        self._forget()
        self.scanned.emit(text, before)

    def _forget(self) -> None:
        self._end.stop()
        self._text, self._before = "", None
