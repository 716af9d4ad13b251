"""A process that prints jobs through the real spool and ends itself with SIGKILL at a given moment of one.

python -m tests.printers.killed_spool FOLDER ADDRESS MOMENT
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.ports import Fate
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.spool import Spool
from printers.spool_store import SpoolStore
from printers.talk import Talk
from printers.transport.tcp import TcpTransport
from tests.printers.paper_desk import StillClock, job

JOB_BEGINS = b"\x1b@"
MOMENTS = {
    # moment: what is wrapped, whether the end comes before it or after it
    "before it is stored": (SpoolStore, "add", "before"),
    "stored, not sent": (SpoolStore, "add", "after"),
    "asked, not sent": (Talk, "ask_whether_on_line", "after"),
    "in the middle of its bytes": (TcpTransport, "send", "half"),
    "sent, not ended": (TcpTransport, "send", "sent"),
    "printed, its fate not stored": (SpoolStore, "end", "before"),
    "its fate stored, not told": (SpoolStore, "end", "after"),
    "told, not noted as told": (SpoolStore, "told", "before"),
    "told and noted": (SpoolStore, "told", "after"),
}
MOMENTS_BEHIND = {
    # the same, of a job that was given while another one was in front
    "stored, another in front": (SpoolStore, "add", "after"),
    "its turn has come, not noted": (SpoolStore, "begin", "before"),
    "its turn noted, not sent": (SpoolStore, "begin", "after"),
}
BEHIND = "t-behind"


def die() -> None:
    """End as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def wrap(where: Any, name: str, when: str) -> None:
    """Let a method end this process before it runs, after it ran, or in the middle of a job's bytes."""
    real: Callable[..., Any] = getattr(where, name)

    def dying(self: Any, *args: Any, **more: Any) -> Any:
        if when == "before":
            die()
        if when == "half" and args[0].startswith(JOB_BEGINS):
            real(self, args[0][: len(args[0]) // 2])
            die()
        result = real(self, *args, **more)
        if when == "after" or (when == "sent" and args[0].startswith(JOB_BEGINS)):
            die()
        return result

    setattr(where, name, dying)


def main(folder: Path, address: str, moment: str) -> None:
    """Print one job, or two; what is told stands in a file, one fact id a line."""

    def tell(fate: Fate) -> None:
        with (folder / "told").open("a") as told:
            told.write(fate.fact_id + "\n")
            told.flush()
            os.fsync(told.fileno())

    store = SpoolStore(folder / "spool.db")
    spool = Spool(open_printer(PrinterSettings(address)), store, tell, StillClock())
    if moment in MOMENTS_BEHIND:
        spool.submit(job())
    wrap(*{**MOMENTS, **MOMENTS_BEHIND}[moment])
    spool.submit(job(BEHIND if moment in MOMENTS_BEHIND else "t1"))
    spool.start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
