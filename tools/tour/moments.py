"""Moments that processes wrote down with `kiosk.log.trace`, read back and subtracted from one another."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Moment = dict[str, Any]


def read(path: Path) -> list[Moment]:
    """Return all moments a process has written so far; a line that is being written is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1] if line]


def wait_for(path: Path, holds: Callable[[Moment], bool], timeout_s: float) -> Moment:
    """Wait until a process writes a moment for which `holds` is true, and return the first such.

    Raises:
        TimeoutError: it did not come.
    """
    for _ in patience(timeout_s):
        found = next((moment for moment in read(path) if holds(moment)), None)
        if found is not None:
            return found
    raise TimeoutError(f"nothing of the kind in {path.name} within {timeout_s:g} s; it holds {read(path)[-5:]}")


def patience(timeout_s: float) -> Iterator[None]:
    """Come round every 20 ms until the time is over: for what another process tells nobody."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        yield
        pause.wait(0.02)


def between_ms(first: Moment, second: Moment) -> float:
    """Return how many milliseconds lie between two moments of one machine, whichever processes wrote them."""
    return round((second["ns"] - first["ns"]) / 1e6, 1)
