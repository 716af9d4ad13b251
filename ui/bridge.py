"""The one crossing between the core's threads and the screen's thread (DESIGN §5).

The link answers from a thread of its own and a printer blocks; widgets may be touched from the GUI thread only.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Bridge(QObject):
    """Brings calls from any thread into the GUI thread, in the order they were made. Make it in the GUI thread."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def in_gui(self, callback: Callable[P, None]) -> Callable[P, None]:
        """Wrap a callback so that it may be called from any thread; it runs later, in the GUI thread."""

        def from_anywhere(*args: P.args, **kwargs: P.kwargs) -> None:
            if self._open:
                self._called.emit(lambda: callback(*args, **kwargs))

        return from_anywhere

    def run_in_background(
        self, work: Callable[[], T], on_done: Callable[[T], None], on_bug: Callable[[Exception], None]
    ) -> None:
        """Do blocking work, such as printing, one after the other in a thread of its own.

        Args:
            work: runs in the background.
            on_done: gets its result, in the GUI thread.
            on_bug: gets what it raised, in the GUI thread, after it was logged: an exception here is our own mistake,
                a device's trouble is a result.
        """
        done, bug = self.in_gui(on_done), self.in_gui(on_bug)

        def ended(future: "Future[T]") -> None:
            if future.cancelled():
                return
            error = future.exception()
            if isinstance(error, Exception):
                _log.error("Background work failed", exc_info=error)
                bug(error)
            elif error is None:
                done(future.result())

        self._worker.submit(work).add_done_callback(ended)

    @Slot()
    def close(self) -> None:
        """Let background work end and drop what comes in later. Comes by itself when the application quits."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._open = False

    @Slot(object)
    def _run(self, call: Callable[[], Any]) -> None:
        if self._open:
            call()
