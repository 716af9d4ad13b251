"""What holds for every test: no window on the desk, no clock in a property test, opt-in for the slow and the real."""

import logging
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt. Tests that need a real screen start their own virtual one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A loaded machine makes an example slow; that says nothing about the code.
settings.register_profile("moi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("moi")


def _raise(_handler: logging.Handler, _record: logging.LogRecord) -> None:
    raise  # what the handler could not do: logging calls this where it caught it


# A line that cannot be written fails the test that wrote it; by itself, logging prints the trouble and goes on.
logging.Handler.handleError = _raise  # type: ignore[method-assign]

OPT_IN = ("hardware", "long")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--hardware", action="store_true", help="also run tests that need a real device on the desk")
    parser.addoption("--long", action="store_true", help="also run tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for, and count it as deselected rather than skipped."""
    closed = [name for name in OPT_IN if not config.getoption(name)]
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in closed)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def log_ends_with_its_test() -> Iterator[None]:
    """Take back what a command that ran in this process set up: its lines went to a stream that is closed now."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    handlers, level = list(root.handlers), root.level
    yield
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
