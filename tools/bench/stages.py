"""Where the time of one issue goes: a hub that notes when a command passes from one part to the next.

Run as a program it is that hub; `StagedHub` starts it and reads what it noted.
"""

import contextlib
import itertools
import json
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from tools.bench import hub_load
from tools.bench.figures import percentile
from tools.bench.measured import MeasuredProcess
from tools.processes import ROOT

PARTS = {
    "asked": "server: rights, parsing, exactly-once key",
    "taken": "to the writer's thread",
    "decided": "writer: known ids, rules, events, query rows, answer",
    "stored": "SQLite: rows, commit, the disk",
    "told": "writer: figures, wake-up",
    "heard": "back to the server's thread",
    "answered": "server: answer",
}
"""What has happened when a mark is set, in this order; the first part begins when a request's head has been read."""
FIRST = "begun"
REST = "HTTP framing, sockets, the client itself"


class StagedHub(MeasuredProcess):
    """A process of it, spoken to like a hub."""

    def __init__(self, folder: Path, site: Path) -> None:
        """Start it on a data folder that is not there yet."""
        arguments = ["hub", "--dev", "--data", str(folder.absolute()), "--site", str(site.absolute())]
        super().__init__("-m", "tools.bench.stages", *arguments, quiet=True)
        said = json.loads(self.hear())
        self.port = int(said["url"].rsplit(":", 1)[1])
        self.tokens: dict[str, str] = said["tokens"]

    def parts(self) -> dict[str, float]:
        """End it; returns the median of each part in ms."""
        told, _ = self._process.communicate("", timeout=hub_load.ANSWER_S)
        parts: dict[str, float] = json.loads(told)
        return parts


def measure(folder: Path, site: Path, seconds: float) -> dict[str, float]:
    """Issue tickets one after the other for a while; returns what an issue takes, part by part, medians in ms."""
    with StagedHub(folder, site) as hub:
        seen = hub_load.issue_load(hub, 1, seconds).summed_up().p50_ms
        parts = {PARTS[name]: took for name, took in hub.parts().items()}
    return {**parts, REST: round(max(0.0, seen - sum(parts.values())), 3)}


class _Marks:
    """What was noted of the one command that is under way, and of all before it."""

    def __init__(self) -> None:
        self._now: dict[str, float] = {}
        self.whole: list[dict[str, float]] = []

    def set(self, name: str) -> None:
        self._now[name] = time.perf_counter()
        if name == list(PARTS)[-1]:
            if len(self._now) == len(PARTS) + 1:
                self.whole.append(self._now)
            self._now = {}

    def medians(self) -> dict[str, float]:
        """Return the median of each part in ms."""
        names = [FIRST, *PARTS]
        return {
            name: round(percentile(sorted(one[name] - one[before] for one in self.whole), 0.5) * 1000, 3)
            for before, name in itertools.pairwise(names)
        }


@contextlib.contextmanager
def _noting(marks: _Marks) -> Iterator[None]:
    """Set marks where parts of the hub call one another; the parts themselves know nothing of it."""
    from kiosk.hub import writer
    from kiosk.hub.journal.journal import Journal
    from kiosk.hub.web import command_web
    from kiosk.hub.writer import Writer

    def around(call: Callable[..., Any], before: str = "", after: str = "") -> Callable[..., Any]:
        def noted(*args: Any, **more: Any) -> Any:
            if before:
                marks.set(before)
            result = call(*args, **more)
            if after:
                marks.set(after)
            return result

        return noted

    def around_async(call: Callable[..., Any], before: str, after: str = "") -> Callable[..., Any]:
        async def noted(*args: Any, **more: Any) -> None:
            marks.set(before)
            await call(*args, **more)
            if after:
                marks.set(after)

        return noted

    patch = mock.patch.object
    with contextlib.ExitStack() as stack:
        web = command_web.CommandWeb
        stack.enter_context(patch(web, "_carried_out", _begun(web._carried_out, marks)))
        stack.enter_context(patch(Writer, "ask", around(Writer.ask, before="asked")))
        stack.enter_context(patch(Writer, "carry_out", around(Writer.carry_out, before="taken")))
        stack.enter_context(patch(Journal, "append", around(Journal.append, before="decided", after="stored")))
        stack.enter_context(patch(writer, "tell", around(writer.tell, before="told")))
        stack.enter_context(patch(command_web, "_answer", around_async(command_web._answer, "heard", "answered")))
        yield


def _begun(call: Callable[..., Any], marks: _Marks) -> Callable[..., Any]:
    async def noted(*args: Any) -> Any:
        marks.set(FIRST)
        return await call(*args)

    return noted


def _be_the_hub(arguments: list[str]) -> None:
    """Run `main.py` with these arguments until standard input ends, then tell the medians."""

    def end() -> None:
        sys.stdin.read()
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=end, daemon=True).start()
    marks = _Marks()
    sys.argv = ["main.py", *arguments]
    with _noting(marks), contextlib.suppress(SystemExit):
        runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
    print(json.dumps(marks.medians()), flush=True)


if __name__ == "__main__":
    _be_the_hub(sys.argv[1:])
