"""What holds for every test with a window: the window is gone when the test is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def no_window_outlives_its_test() -> Iterator[None]:
    """Delete what was closed: without an event loop nobody does, and the picture of each kiosk's screen takes 8 MB."""
    yield
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [window for window in QApplication.topLevelWidgets() if window.windowHandle() is not None]
        assert not left, f"still there: {left}"
