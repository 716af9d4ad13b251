"""What a process costs: the memory it holds, the processor time it has used."""

import os
import sys
import time
from pathlib import Path

MIB = 1024 * 1024
PAGE = 4096
LOOK_S = 0.5
IDLE = 0.05
QUIET_S = 600.0


def resident_mib(pid: int) -> float:
    """Return a process's resident memory in MiB."""
    if sys.platform == "linux":
        return round(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MIB, 1)
    import psutil

    return round(psutil.Process(pid).memory_info().rss / MIB, 1)


def wait_until_quiet(pid: int) -> None:
    """Wait until a process has nothing more to do: a hub checks its whole journal beside its work after it started.

    Raises:
        TimeoutError: it goes on and on.
    """
    deadline = time.monotonic() + QUIET_S
    before = _processor_s(pid)
    while time.monotonic() < deadline:
        time.sleep(LOOK_S)
        now = _processor_s(pid)
        if now - before < IDLE * LOOK_S:
            return
        before = now
    raise TimeoutError(f"process {pid} was busy for {QUIET_S:g} s")


def _processor_s(pid: int) -> float:
    """Return the processor time a process has used, in seconds."""
    if sys.platform == "linux":
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    import psutil

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
