"""The paper tray: a printer on TCP whose paper is shown in a window, and which can run out of paper."""

import sys

from PIL import Image
from PySide6.QtGui import QImage

from kiosk.settings import Settings
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from ui.app import make_application, metrics_for, show
from ui.theme import Theme
from ui.tray.window import TrayWindow

SIZE = (420, 760)
SHORT_SIDE_MM = 110.0
"""An 80 mm paper and a hand's margin beside it."""


def run(port: int, size: tuple[int, int] | None, settings: Settings) -> int:
    """Listen on a port and show what arrives until the window is closed.

    Raises:
        OSError: the port is taken.
    """
    app = make_application("tray", settings)
    theme = Theme("light", metrics_for(settings, size or SIZE, SHORT_SIDE_MM), reduced_motion=settings.reduced_motion)
    receiver: list[Receiver] = []

    def on_paper(there: bool) -> None:
        receiver[0].set_state(ReceiverState.READY if there else ReceiverState.PAPER_OUT)

    window = TrayWindow(theme, on_paper=on_paper, language=settings.language)
    with Receiver(port, on_paper=lambda paper: window.receive(to_qimage(paper))) as opened:
        receiver.append(opened)
        print(f"paper tray on {opened.address}", file=sys.stderr)
        show(window, size or SIZE)
        return app.exec()


def to_qimage(paper: Image.Image) -> QImage:
    """Turn a received picture (mode "1") into Qt's own, with memory of its own."""
    grey = paper.convert("L")
    return QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8).copy()
