"""A long day: three hundred tickets leave no connection, no thread, no file and no memory behind."""

import gc
import threading
import tracemalloc
from pathlib import Path

import pytest

from printers.simulator.receiver import Receiver
from tests.printers.paper_desk import Desk, job

TICKETS, WARM = 300, 100
"""More than any cache holds, before it is counted."""
GROWTH_BYTES = 500_000
"""Far less than two hundred pictures and their bytes; more than lists and numbers that come and go."""
OTHERS = (tracemalloc.Filter(False, "*/simulator/*"), tracemalloc.Filter(False, tracemalloc.__file__))
"""The simulated printer keeps what it received, for its tests."""


def counted() -> tuple[int, int]:
    """Return how many files are open and how many threads run."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()


def held() -> int:
    """Return the bytes that are held by anything but the simulated printer."""
    gc.collect()
    snapshot = tracemalloc.take_snapshot().filter_traces(OTHERS)
    return sum(one.size for one in snapshot.statistics("filename"))


@pytest.mark.parametrize("shared", [False, True], ids=["one connection", "one for each ticket"])
def test_three_hundred_tickets_leave_nothing_behind(tmp_path: Path, shared: bool) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver, shared=shared) as desk:
        for n in range(WARM):
            desk.prints_after_all(job(f"A{n:03}"))
        before = counted()
        tracemalloc.start()
        try:
            bytes_before = held()
            for n in range(WARM, TICKETS):
                desk.prints_after_all(job(f"A{n:03}"))
                desk.fates.get()
            grown = held() - bytes_before
        finally:
            tracemalloc.stop()
        assert receiver.paper_count == TICKETS
        files, threads = counted()
        assert files <= before[0]  # what other tests left may be closed meanwhile
        assert threads <= before[1]
        assert grown < GROWTH_BYTES
