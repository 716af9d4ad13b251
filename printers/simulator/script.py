"""The simulated printer told what to do in words, a line each: for scripts, and for tests with real processes."""

import json
import threading
from collections.abc import Callable, Iterable

from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState

LONGEST_WAIT_S = 600.0
HELP = """paper in|low|out     cover open|closed      knife stuck|stuck-at-next-cut|free     head hot|cool
panel offline|online  answers off|on         line cut|stopped|full|BYTES-PER-SECOND  power off|on
after BYTES (paper low|paper out|cover open|knife stuck|head hot|panel offline|line cut|power off)
tear                  mend (all is well)     wait SECONDS      wait papers COUNT     wait bytes COUNT
status                # a remark"""

_STATES = {
    ("paper", "low"): (ReceiverState.PAPER_LOW, True),
    ("paper", "out"): (ReceiverState.PAPER_OUT, True),
    ("cover", "open"): (ReceiverState.COVER_OPEN, True),
    ("cover", "closed"): (ReceiverState.COVER_OPEN, False),
    ("knife", "stuck"): (ReceiverState.CUTTER_JAMMED, True),
    ("knife", "free"): (ReceiverState.CUTTER_JAMMED, False),
    ("head", "hot"): (ReceiverState.OVERHEATED, True),
    ("head", "cool"): (ReceiverState.OVERHEATED, False),
    ("panel", "offline"): (ReceiverState.OFFLINE, True),
    ("panel", "online"): (ReceiverState.OFFLINE, False),
    ("answers", "off"): (ReceiverState.MUTE, True),
    ("answers", "on"): (ReceiverState.MUTE, False),
}
_SPEEDS = {"stopped": 0, "full": None}


class ScriptError(ValueError):
    """A line that means nothing here, or something waited for that did not come."""


class Script:
    """Does what lines say to one printer; `stop` ends a wait that is under way."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Wait no longer, and do no further line."""
        self._stopped.set()

    def run(self, lines: Iterable[str], say: Callable[[str], None]) -> None:
        """Do line after line; what each answers, and what is wrong with it, is said. It goes on after a wrong line."""
        for number, line in enumerate(lines, start=1):
            if self._stopped.is_set():
                return
            try:
                answer = self.do(line)
            except ScriptError as error:
                answer = f"line {number}: {error}"
            if answer:
                say(answer)

    def do(self, line: str) -> str:
        """Do one line and return its answer: "ok", the status as JSON, or nothing for an empty line or a remark.

        Raises:
            ScriptError: what stands there is not known, or did not happen within ten minutes.
        """
        words = line.partition("#")[0].split()
        if not words:
            return ""
        if words == ["status"]:
            return self._status()
        after_bytes = None
        if words[0] == "after" and len(words) == 4 and words[1].isdecimal():
            after_bytes, words = int(words[1]), words[2:]
        if not self._change(words, after_bytes) and (after_bytes is not None or not self._other(words)):
            raise ScriptError(f"{line.strip()!r} means nothing here. What can be said:\n{HELP}")
        return "ok"

    def _change(self, words: list[str], after_bytes: int | None) -> bool:
        """Do what can be done at once or after bytes; False where it is something else."""
        receiver = self._receiver
        state, begins = _STATES.get((words[0], words[-1]) if len(words) == 2 else ("", ""), (None, False))
        if state is not None and begins:
            receiver.begin(state, after_bytes=after_bytes)
        elif state is not None and after_bytes is None:
            receiver.end(state)
        elif words == ["line", "cut"]:
            receiver.cut_line(after_bytes=after_bytes)
        elif words == ["power", "off"]:
            receiver.switch_off(after_bytes=after_bytes)
        else:
            return False
        return True

    def _other(self, words: list[str]) -> bool:
        receiver = self._receiver
        match words:
            case ["paper", "in"]:
                receiver.end(ReceiverState.PAPER_LOW)
                receiver.end(ReceiverState.PAPER_OUT)
            case ["knife", "stuck-at-next-cut"]:
                receiver.jam_at_next_cut()
            case ["line", speed] if speed in _SPEEDS or speed.isdecimal():
                receiver.slow_down(_SPEEDS[speed] if speed in _SPEEDS else int(speed))
            case ["power", "on"]:
                receiver.switch_on()
            case ["tear"]:
                receiver.tear_off()
            case ["mend"]:
                receiver.set_state()
            case ["wait", seconds] if seconds.replace(".", "", 1).isdecimal():
                self._stopped.wait(min(float(seconds), LONGEST_WAIT_S))
            case ["wait", "papers", count] if count.isdecimal():
                self._wait(receiver.wait_for_papers, int(count))
            case ["wait", "bytes", count] if count.isdecimal():
                self._wait(receiver.wait_for_bytes, int(count))
            case _:
                return False
        return True

    def _wait(self, wait: Callable[[int, float], bool], count: int) -> None:
        step_s = 0.5
        for _ in range(int(LONGEST_WAIT_S / step_s)):
            if wait(count, step_s) or self._stopped.is_set():
                return
        raise ScriptError(f"Waited ten minutes for {count} and it did not come.")

    def _status(self) -> str:
        view = self._receiver.view
        return json.dumps(
            {
                "address": self._receiver.address,
                "states": sorted(view.states),
                "held": view.held,
                "bytes_per_s": view.bytes_per_s,
                "on": view.on,
                "papers": self._receiver.paper_count,
                "problems": self._receiver.problems,
            }
        )
