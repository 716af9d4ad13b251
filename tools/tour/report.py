"""What a tour found: every step with its duration, what it saw, and whether it held."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class StepError(AssertionError):
    """A step of the story did not hold."""


class Report:
    """Collects steps while the tour is played, and is written as `tour.json`."""

    def __init__(self, out: Path, say: Callable[[str], None]) -> None:
        """Begin a report in a folder; `say` is told each step as it ends."""
        self.out = out
        self.facts: dict[str, Any] = {}
        self._say = say
        self._steps: list[dict[str, Any]] = []
        self._started = time.perf_counter()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """Time one step. What the step puts into the yielded dict stands beside its duration.

        A step that fails ends the tour: what follows would be played in another hall.
        """
        seen: dict[str, Any] = {}
        started = time.perf_counter()
        entry: dict[str, Any] = {"step": name, "held": False, "seen": seen}
        self._steps.append(entry)
        try:
            yield seen
            entry["held"] = True
        except Exception as error:
            entry["error"] = f"{type(error).__name__}: {error}"
            raise
        finally:
            entry["duration_ms"] = round((time.perf_counter() - started) * 1000, 1)
            self._say(f"{'ok  ' if entry['held'] else 'FAIL'} {entry['duration_ms']:>8.1f} ms  {name}")

    @contextlib.contextmanager
    def story(self) -> Iterator[None]:
        """Hold all that is played: whatever fails, in a step or between two, ends the story and fails the tour."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # it is what the report says
            if self.held:
                name = "between the steps"
                self._steps.append({"step": name, "held": False, "error": f"{type(error).__name__}: {error}"})
                self._say(f"FAIL             {name}: {error}")

    def skip(self, name: str, why: str) -> None:
        """Say that a step cannot be played here, and why."""
        self._steps.append({"step": name, "skipped": why})
        self._say(f"skip             {name}: {why}")

    @property
    def held(self) -> bool:
        """Whether every step that was played held."""
        return all(step.get("held", True) for step in self._steps)

    def write(self) -> Path:
        """Write `tour.json`; returns its path."""
        path = self.out / "tour.json"
        whole = {
            "held": self.held,
            "duration_s": round(time.perf_counter() - self._started, 2),
            **self.facts,
            "steps": self._steps,
        }
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path


def expect(holds: bool, sentence: str) -> None:
    """Hold a step to something.

    Raises:
        StepError: it does not hold.
    """
    if not holds:
        raise StepError(sentence)
