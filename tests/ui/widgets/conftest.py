"""A theme of each kind of screen, and a way to see ink."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui.theme import Metrics, Theme

THREE_DPI = (80.0, 96.0, 149.0)


@pytest.fixture
def theme(qapp: object) -> Theme:
    """The kiosk's, at 80 dpi, without motion."""
    return Theme("light", Metrics.from_dpi(80, 1080, 1920), reduced_motion=True)


@pytest.fixture(params=THREE_DPI)
def any_theme(qapp: object, request: pytest.FixtureRequest) -> Theme:
    """The kiosk's at 80, 96 and 149 dpi."""
    return Theme("light", Metrics.from_dpi(request.param, 1080, 1920), reduced_motion=True)


@pytest.fixture
def picture(qtbot: object) -> Callable[..., QImage]:
    """Draw a widget at a size, its own by default."""

    def draw(widget: QWidget, width: int | None = None, height: int | None = None) -> QImage:
        qtbot.addWidget(widget)
        width = width or widget.sizeHint().width()
        tall = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        widget.resize(width, height or tall)
        widget.show()
        return widget.grab().toImage()

    return draw
