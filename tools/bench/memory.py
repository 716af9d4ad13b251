"""How much memory a process holds."""

import sys
from pathlib import Path

MIB = 1024 * 1024
PAGE = 4096


def resident_mib(pid: int) -> float:
    """Return a process's resident memory in MiB."""
    if sys.platform == "linux":
        return round(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MIB, 1)
    import psutil

    return round(psutil.Process(pid).memory_info().rss / MIB, 1)
