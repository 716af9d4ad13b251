"""A machine that ends, for whatever reason, leaves nothing of its hub working behind it."""

import socket
import threading
from pathlib import Path

import pytest

from kiosk.hub.hub import Hub
from kiosk.hub.machine import Setup, Stop, serve
from tests.halls import FixedClock, demo_site
from tests.hub.inside import CATALOGUE, open_hub


def test_a_hub_whose_neighbour_cannot_start_is_closed_with_its_check(tmp_path: Path) -> None:
    def beside(_: Hub) -> Stop:
        raise OSError("no way to the province")

    before = set(threading.enumerate())
    setup = Setup(tmp_path, demo_site(), CATALOGUE, FixedClock(), "0", "http://hub", True, 0, beside=beside)
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(OSError, match="no way to the province"):
        serve(setup, listener)
    assert set(threading.enumerate()) <= before
    open_hub(tmp_path).close()  # the folder is free, too
