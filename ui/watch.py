"""Waiting for something to be on the screen without a busy loop: the event loop goes on meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

_CHANGES = (
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
    QEvent.Type.Paint,
    QEvent.Type.DeferredDelete,
    QEvent.Type.Move,
    QEvent.Type.WindowActivate,
)
"""Events after which a widget may have come, gone or changed its words."""


class Watch(QObject):
    """Looks again after every event that may have changed something, until a condition holds or time is up.

    Args:
        holds: the condition.
        ended: told once, True where the condition held in time.
        timeout_s: longest wait, in seconds.
        parent: owns the watch.
    """

    def __init__(
        self, holds: Callable[[], bool], ended: Callable[[bool], None], timeout_s: float, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._holds = holds
        self._ended = ended
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._check)
        self._limit = QTimer(self, singleShot=True, interval=int(timeout_s * 1000))
        self._limit.timeout.connect(self._give_up)
        QApplication.instance().installEventFilter(self)
        self._limit.start()
        self._look.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look once the events at hand are done; the event itself goes its way."""
        if event.type() in _CHANGES and not self._look.isActive():
            self._look.start()
        return False

    @Slot()
    def _check(self) -> None:
        if self._holds():
            self._finish(True)

    @Slot()
    def _give_up(self) -> None:
        self._finish(self._holds())

    def _finish(self, in_time: bool) -> None:
        QApplication.instance().removeEventFilter(self)
        self._look.stop()
        self._limit.stop()
        self.deleteLater()
        self._ended(in_time)
