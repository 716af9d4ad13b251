"""The paper tray: a printer on TCP whose paper is shown in a window, with every trouble a printer can have."""

import sys
import threading
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

from kiosk.settings import Settings
from printers.simulator.receiver import Receiver, ReceiverView
from printers.simulator.script import Script
from printers.simulator.state import ReceiverState
from ui.app import make_application, metrics_for, show
from ui.theme import Theme
from ui.tray.dock import CUT
from ui.tray.window import TrayWindow

SIZE = (420, 760)
SHORT_SIDE_MM = 110.0
"""An 80 mm paper and a hand's margin beside it."""


SLOW_BYTES_PER_S = 1200
"""What the dock's slow line carries: a serial line of 9,600 baud with a pause now and then."""


def run(port: int, size: tuple[int, int] | None, settings: Settings, script: Path | None) -> int:
    """Listen on a port and show what arrives until the window is closed.

    Args:
        port: 0 takes any free one.
        size: of the window in pixels.
        settings: this device's own.
        script: lines of `printers.simulator.script` to do meanwhile; "-" takes them from standard input, and answers
            each on standard output.

    Raises:
        OSError: the port is taken, or there is no such script.
    """
    lines = _lines(script)
    app = make_application("tray", settings)
    theme = Theme("light", metrics_for(settings, size or SIZE, SHORT_SIDE_MM), reduced_motion=settings.reduced_motion)
    windows: list[TrayWindow] = []

    def on_change(view: ReceiverView) -> None:
        # The window may be gone while the last line is being hung up.
        if windows:
            windows[0].show_state(names_of(view), view.held)

    with Receiver(
        port,
        width_dots=settings.printer.width_dots,
        on_paper=lambda paper: windows[0].receive(to_qimage(paper)),
        on_change=on_change,
    ) as receiver:
        window = TrayWindow(theme, on_wish=lambda name, on: wish(receiver, name, on), language=settings.language)
        windows.append(window)
        print(f"paper tray on {receiver.address}", file=sys.stderr)
        show(window, size or SIZE)
        player = Script(receiver)
        # Not waited for at the end: it may sit on a line of standard input that never comes.
        threading.Thread(target=player.run, args=(lines, _say), name="tray-script", daemon=True).start()
        code = app.exec()
        player.stop()
        windows.clear()
        return code


def wish(receiver: Receiver, name: str, begins: bool) -> None:
    """Do to the printer what a key of the tray asks for."""
    if name == CUT:
        receiver.cut_line()
    elif name == "slow":
        receiver.slow_down(SLOW_BYTES_PER_S if begins else None)
    elif name == "off":
        (receiver.switch_off if begins else receiver.switch_on)()
    elif begins:
        receiver.begin(ReceiverState(name))
    else:
        receiver.end(ReceiverState(name))


def names_of(view: ReceiverView) -> frozenset[str]:
    """Return what the tray shows of a printer, by the names its keys have."""
    line = {"slow"} if view.bytes_per_s is not None else set()
    return frozenset({state.value for state in view.states} | line | (set() if view.on else {"off"}))


def _lines(script: Path | None) -> Iterable[str]:
    if script is None:
        return ()
    return sys.stdin if str(script) == "-" else script.read_text(encoding="utf-8").splitlines()


def _say(answer: str) -> None:
    print(answer, flush=True)


def to_qimage(paper: Image.Image) -> QImage:
    """Turn a received picture (mode "1") into Qt's own, with memory of its own."""
    grey = paper.convert("L")
    return QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8).copy()
