"""A hand for the tour: real input events from lines of JSON, enabled by `--drive` only.

One line in on standard input, one line out on standard output. Nothing here calls a widget's method to make something
happen: clicks and keys go through the window, as the window system would bring them, and a thing that a finger could
not touch (hidden, disabled, covered) cannot be clicked here either.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.log import trace
from ui.watch import Watch

_log = logging.getLogger(__name__)
DEFAULT_TIMEOUT_S = 10.0
REACH_TIMEOUT_S = 2.0
"""Longest a click waits for its target to stand still and free."""
ACTIVATION_TIMEOUT_S = 1.0
"""Without a window manager a window may never become active; keys then go to it all the same."""
Request = dict[str, Any]


class DriverError(Exception):
    """A request that cannot be carried out, with the reason for the tour's report."""


class _Lines(QObject):
    """Brings lines from the reading thread to the GUI's.

    It is nobody's child: a signal of the driver itself could be sent while the window that owns it is being deleted.
    """

    arrived = Signal(str)
    ended = Signal()


def _read(source: int, lines: _Lines) -> None:
    """Read by descriptor: a buffered reader's lock, held by a daemon thread, would break Python's exit."""
    rest = b""
    try:
        while chunk := os.read(source, 65536):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                lines.arrived.emit(line.decode())
    except OSError:
        return  # the descriptor is gone: the process is ending
    lines.ended.emit()


class Driver(QObject):
    """Carries out requests one after the other in the GUI thread.

    Args:
        window: the top window that takes the input.
        source: a file descriptor to read lines from; its end quits the application, so no screen outlives its tour.
        out: where answers go.
    """

    def __init__(self, window: QWidget, source: int = 0, out: TextIO = sys.stdout) -> None:
        super().__init__(window)
        self._window = window
        self._source = source
        self._lines = _Lines()
        self._out = out
        self._waiting: list[str] = []
        self._watch: Watch | None = None
        self._lines.arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._lines.ended.connect(self._quit, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start reading."""
        threading.Thread(target=_read, args=[self._source, self._lines], name="driver", daemon=True).start()

    @Slot(str)
    def _take(self, line: str) -> None:
        self._waiting.append(line)
        self._next()

    @Slot()
    def _quit(self) -> None:
        QApplication.quit()

    def _next(self) -> None:
        while self._waiting and self._watch is None:
            line = self._waiting.pop(0)
            if line.strip():
                self._carry_out(line)

    def _carry_out(self, line: str) -> None:
        request: Request = {}
        try:
            decoded = json.loads(line)
            if not isinstance(decoded, dict):
                raise DriverError("a request is a JSON object")
            request = decoded
            action = ACTIONS.get(request.get("do", ""))
            if action is None:
                raise DriverError(f"unknown request: {request.get('do')!r}")
            answer = action(self, request)
        except (DriverError, KeyError, ValueError, TypeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}" if not isinstance(error, DriverError) else str(error)}
        if answer is not None:
            self._answer(request, answer)

    def _answer(self, request: Request, answer: dict[str, Any]) -> None:
        known = {key: request[key] for key in ("do", "name") if key in request}
        self._out.write(json.dumps({**known, "ok": "error" not in answer, **answer}, ensure_ascii=False) + "\n")
        self._out.flush()

    # --- Looking --------------------------------------------------------------------------------------------------

    def visible(self, name: str) -> list[QWidget]:
        """Return the widgets of a name that can be seen now."""
        found = self._window.findChildren(QWidget, name)
        return [w for w in found if w.isVisible() and not w.visibleRegion().isEmpty()]

    def _reach(self, name: str) -> tuple[QPoint | None, str]:
        """Find the centre in the window of a widget of this name that a finger can reach, or say why there is none."""
        reasons = []
        for widget in self.visible(name):
            centre = widget.mapTo(self._window, widget.rect().center())
            on_top = self._window.childAt(centre)
            if not widget.isEnabled():
                reasons.append("it is disabled")
            elif on_top is None:
                reasons.append("its centre is outside the window")
            elif on_top is not widget and not widget.isAncestorOf(on_top):
                reasons.append(f"it is covered by {on_top.objectName() or type(on_top).__name__}")
            else:
                return centre, ""
        return None, "; ".join(reasons) or "it is not visible"

    # --- Requests -------------------------------------------------------------------------------------------------

    def click(self, request: Request) -> None:
        """Press and release at a widget's centre, as soon as a finger could: a screen that slides in is waited for."""
        name = request["name"]

        def reachable() -> bool:
            return self._reach(name)[0] is not None

        def ended(in_time: bool) -> None:
            self._watch = None
            centre, why = self._reach(name)
            if centre is None:
                self._answer(request, {"error": f"cannot touch {name!r}: {why}"})
            else:
                self._press(name, centre)
                self._answer(request, {})
            self._next()

        timeout_s = float(request.get("timeout_s", REACH_TIMEOUT_S))
        self._watch = Watch(reachable, ended, timeout_s, self)

    def _press(self, name: str, centre: QPoint) -> None:
        handle = self._window.windowHandle()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(handle, left, none, centre)
        trace("input", kind="click", name=name)
        QTest.mouseRelease(handle, left, none, centre)

    def key(self, request: Request) -> None:
        """Press and release a key, named as in shortcuts: "F9", "Return", "Ctrl+K"."""
        sequence = QKeySequence(request["key"])
        if sequence.count() != 1 or sequence[0].key() == Qt.Key.Key_unknown:
            raise DriverError(f"unknown key: {request['key']!r}")

        def press() -> None:
            trace("input", kind="key", name=request["key"])
            QTest.keyClick(self._window.windowHandle(), sequence[0].key(), sequence[0].keyboardModifiers())

        self._once_active(request, press)

    def type(self, request: Request) -> None:
        """Type a text, letter by letter, into whatever has the focus."""
        text = str(request["text"])

        def press() -> None:
            for letter in text:
                code = Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isprintable() else Qt.Key.Key_unknown
                trace("input", kind="key", name=letter)
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, letter)
                    QApplication.sendEvent(self._window.windowHandle(), event)

        self._once_active(request, press)

    def _once_active(self, request: Request, press: Callable[[], None]) -> None:
        """Press keys once the window is the active one: only then do its shortcuts hear them."""

        def ended(in_time: bool) -> None:
            self._watch = None
            press()
            self._answer(request, {} if in_time else {"inactive": True})
            self._next()

        self._window.activateWindow()
        self._watch = Watch(self._window.isActiveWindow, ended, ACTIVATION_TIMEOUT_S, self)

    def grab(self, request: Request) -> dict[str, Any]:
        """Save the whole window as a PNG."""
        picture = self._window.grab()
        if not picture.save(request["path"], "PNG"):
            raise DriverError(f"cannot write {request['path']}")
        return {"width": picture.width(), "height": picture.height()}

    def wait(self, request: Request) -> None:
        """Answer once a widget is there (or gone), or holds a text; the event loop goes on meanwhile."""
        name, wanted, words = request["name"], request.get("visible", True), request.get("text")

        def holds() -> bool:
            found = self.visible(name)
            if words is not None:
                return any(words in _text_of(widget) for widget in found)
            return bool(found) == wanted

        def ended(in_time: bool) -> None:
            self._watch = None
            shown = [_text_of(widget) for widget in self.visible(name)]
            self._answer(request, {} if in_time else {"error": f"waited in vain for {name!r}", "shown": shown})
            self._next()

        timeout_s = float(request.get("timeout_s", DEFAULT_TIMEOUT_S))
        self._watch = Watch(holds, ended, timeout_s, self)

    def text(self, request: Request) -> dict[str, Any]:
        """Return a visible widget's words."""
        found = self.visible(request["name"])
        if not found:
            raise DriverError(f"cannot read {request['name']!r}: it is not visible")
        return {"text": _text_of(found[-1])}

    def names(self, request: Request) -> dict[str, Any]:
        """Return the names of everything that can be seen."""
        seen = {w.objectName() for w in self._window.findChildren(QWidget) if w.isVisible()}
        return {"names": sorted(name for name in seen if name and not name.startswith("qt_"))}

    def quit(self, request: Request) -> dict[str, Any]:
        """End the application after the answer has left."""
        QTimer.singleShot(0, QApplication.quit)
        return {}


ACTIONS: dict[str, Callable[[Driver, Request], dict[str, Any] | None]] = {
    "click": Driver.click,
    "key": Driver.key,
    "type": Driver.type,
    "grab": Driver.grab,
    "wait": Driver.wait,
    "text": Driver.text,
    "names": Driver.names,
    "quit": Driver.quit,
}
"""All requests there are; a request without an answer yet returns None."""


def _text_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return text() if callable(text) else ""
