"""Starting a screen's process: one QApplication, our fonts, a hook for our own mistakes, an orderly end."""

import logging
import os
import signal
import socket
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, Qt, Signal
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from kiosk.settings import Settings
from ui.theme import Metrics, Theme, load_fonts

_log = logging.getLogger(__name__)
SHORT_SIDE_MM = {"kiosk": 343.0, "board": 535.0, "tablet": 136.4}
"""Shorter side of the screen each role's pictures are drawn for (tokens.json): 27-inch kiosk, 1080 px at 80 dpi;
43-inch board, 1080 px at 2.02 px/mm; 10.1-inch tablet, 800 px at 149 dpi."""
SMALLEST_MM = {"kiosk": 298.0}
"""Shorter side of the smallest whole screen a role's layouts hold on in true millimetres: a 24-inch kiosk."""
DESK_SIZE, CLERK_DPI = {"counter": (1024, 640), "supervisor": (1366, 768)}, 96.0
"""Windows that stand beside somebody's real work: their sizes are those of a desktop (tokens.json, type_clerk)."""


class Application(QApplication):
    """The process's one application; it tells when our own code failed, so that a screen can say so calmly."""

    bug_happened = Signal()


def make_application(role: str, settings: Settings) -> Application:
    """Make the application of a role's process.

    Args:
        role: "kiosk", "counter", …; names the process for the window system.
        settings: the device's settings; its language sets the direction of nothing, its fonts are ours.

    Raises:
        TypefaceError: our fonts are not where they belong, or not whole; Qt would draw boxes and say nothing
            (PLATFORM §6).
    """
    # Be Vietnam Pro has no tables for some scripts; Qt says so at every start (PLATFORM §2).
    os.environ.setdefault("QT_LOGGING_RULES", "qt.text.*=false")
    # Sizes are our own millimetres: no second scaling by the desktop.
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
    app = Application([role])
    app.setApplicationName(f"moi-{role}")
    app.setQuitOnLastWindowClosed(True)
    load_fonts()
    _report_bugs(app)
    _end_on_signals(app)
    _log.info("%s starts, language %s", role, settings.language)
    return app


def metrics_for(settings: Settings, size: tuple[int, int] | None, short_side_mm: float) -> Metrics:
    """Find how many pixels a millimetre has on the screen, or in the window, a role is shown in.

    A window on a desk, and a screen smaller than the role's layout, become a small picture of the real thing instead of
    a corner of it; the device's `screen_dpi` setting wins over that.

    Args:
        settings: the device's settings.
        size: the window's size in pixels, None for the whole screen.
        short_side_mm: shortest side of a real screen the role's layout is made for.
    """
    screen = Metrics.of_screen(QApplication.primaryScreen(), settings.screen_dpi)
    width, height = size or (screen.width, screen.height)
    if settings.screen_dpi is not None:
        return Metrics.from_dpi(settings.screen_dpi, width, height)
    fitting = min(width, height) / short_side_mm
    return Metrics(fitting if size is not None else min(fitting, screen.px_per_mm), width, height)


def theme_for(role: str, settings: Settings, size: tuple[int, int] | None) -> Theme:
    """Make the theme a role begins with, sized for its screen or window.

    Args:
        role: "kiosk", "counter", "board" or "tablet".
        settings: the device's settings.
        size: the window's size in pixels, None for the whole screen.
    """
    if role in DESK_SIZE:
        metrics = Metrics.from_dpi(settings.screen_dpi or CLERK_DPI, *(size or DESK_SIZE[role]))
    else:
        drawn_mm = SHORT_SIDE_MM[role]
        metrics = metrics_for(settings, size, drawn_mm if size is not None else SMALLEST_MM.get(role, drawn_mm))
    types = "clerk" if role in DESK_SIZE else role
    return Theme("light", metrics, types=types, reduced_motion=settings.reduced_motion, viewing_m=settings.viewing_m)


def show(window: QWidget, size: tuple[int, int] | None = None) -> None:
    """Show a window, on the whole screen where `size` (pixels) is None.

    The geometry is set by hand: without a window manager `showFullScreen` alone is ignored (PLATFORM §2).
    """
    layout = window.layout()
    if layout is not None:
        # A page that needs more for a moment must not make the window grow: the screen behind it does not.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    if size is not None:
        window.resize(*size)
        window.show()
        return
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(QApplication.primaryScreen().geometry())
    window.showFullScreen()


def _report_bugs(app: Application) -> None:
    """Log what nobody caught and go on: a kiosk in a hall has nobody to press "close"."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            app.quit()
            return
        _log.critical("A bug of ours; the screen goes on", exc_info=(kind, error, trace))
        app.bug_happened.emit()

    def report_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = report
    threading.excepthook = report_thread


def _end_on_signals(app: Application) -> None:
    """End the event loop on Ctrl+C and on the system's wish.

    Python runs its handlers only between bytecodes, and Qt's loop has none: the signal's byte on a socket wakes it.
    """
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: reader.recv(64))
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    app.aboutToQuit.connect(lambda: (signal.set_wakeup_fd(-1), writer.close()))
