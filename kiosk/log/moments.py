"""A trace of moments that can be compared between processes."""

import json
import time
from pathlib import Path
from typing import TextIO

_trace_file: TextIO | None = None


def trace_to(path: Path | None) -> None:
    """Write `trace` lines to a file from now on; None stops it."""
    global _trace_file
    before, _trace_file = _trace_file, path.open("a", encoding="utf-8", buffering=1) if path is not None else None
    if before is not None:
        before.close()


def trace(moment: str, **facts: str | int | float | bool) -> None:
    """Note that something happened now, in nanoseconds of the machine's monotonic clock.

    That clock is the same for all processes of one machine, so a key event in one and a paint event in another can be
    subtracted. Does nothing unless `trace_to` was called.
    """
    file = _trace_file
    if file is not None:
        file.write(json.dumps({"moment": moment, "ns": time.monotonic_ns(), **facts}, ensure_ascii=False) + "\n")
