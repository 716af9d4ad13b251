"""A hub, a printer and a clock that do as they are told."""

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any

from kiosk.domain.receipt import Receipt
from kiosk.ports import Answered, News, Printed, PrinterStatus, PrintOutcome, PrintRefused

OnAnswer = Callable[[Answered], None]


class FakeLink:
    """Keeps what is sent; `answer` replies to the last wish from another thread, as the real link does."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any], str | None, bool]] = []
        self.asked: list[tuple[str, dict[str, Any] | None]] = []
        self._waiting: list[tuple[str, OnAnswer]] = []
        self._asking: list[OnAnswer] = []
        self._on_view: Callable[[dict[str, Any], bool], None] | None = None

    def send(
        self,
        path: str,
        body: dict[str, Any],
        on_answer: OnAnswer,
        *,
        command_id: str | None = None,
        fact: bool = False,
    ) -> str:
        self.sent.append((path, body, command_id, fact))
        self._waiting.append((command_id or "made-here", on_answer))
        return command_id or "made-here"

    def ask(self, path: str, on_answer: OnAnswer, body: dict[str, Any] | None = None) -> None:
        self.asked.append((path, body))
        self._asking.append(on_answer)

    def tell(self, status: int, body: dict[str, Any] | None = None) -> None:
        """Say what the hub says to the oldest question, such as a PIN."""
        on_answer = self._asking.pop(0)
        self._from_its_thread(lambda: on_answer(Answered("asked", status, body or {})))

    @property
    def pins(self) -> list[tuple[str, str]]:
        """The PINs that were to be checked, and whose they were said to be."""
        return [(body["staff"], body["pin"]) for path, body in self.asked if path == "/v1/staff/check" and body]

    def waiting(self) -> tuple[int, int]:
        return len(self.facts), 0

    def follow(self, on_view: Callable[[dict[str, Any], bool], None]) -> None:
        self._on_view = on_view

    def close(self) -> None:
        self._waiting.clear()

    @property
    def wishes(self) -> list[tuple[dict[str, Any], str | None]]:
        """What was asked for under /v1/tickets, with the command's id."""
        return [(body, command_id) for path, body, command_id, _ in self.sent if path == "/v1/tickets"]

    @property
    def facts(self) -> list[tuple[str, dict[str, Any]]]:
        return [(path, body) for path, body, _, fact in self.sent if fact]

    def answer(self, status: int, body: dict[str, Any] | None = None) -> None:
        """Answer the oldest command that waits."""
        command_id, on_answer = self._waiting.pop(0)
        self._from_its_thread(lambda: on_answer(Answered(command_id, status, body or {})))

    def issue(self, number: str = "A027", **changes: Any) -> None:
        """Give a number to the oldest wish."""
        wish = self.wishes[-1][0]
        ticket = {
            "id": wish["ticket_id"],
            "number": number,
            "queue": wish["queue"],
            "state": "waiting",
            "url": f"http://hub.example/t/{wish['token']}",
            "ahead": 3,
            "wait_low": 10,
            "wait_high": 20,
            "counters": [1, 2],
            "issued_at": 1_795_398_120_000,
            **changes,
        }
        self.answer(200, {"command": "x", "ticket": ticket})

    def show(self, view: dict[str, Any], connected: bool = True) -> None:
        on_view = self._on_view
        assert on_view is not None
        self._from_its_thread(lambda: on_view(view, connected))

    def _from_its_thread(self, call: Callable[[], None]) -> None:
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()


class FakePrinter:
    """Prints into a list; `outcome` may be an outcome or an exception of ours."""

    def __init__(self, outcome: PrintOutcome | Exception | None = None) -> None:
        self.outcome: PrintOutcome | Exception = outcome or Printed()
        self.printed: list[Receipt] = []
        self._heard: queue.SimpleQueue[News | None] = queue.SimpleQueue()
        self._status = PrinterStatus.READY if isinstance(self.outcome, Exception) else self.outcome.status

    def print(self, receipt: Receipt, *, apart: bool = False) -> PrintOutcome:
        self.printed.append(receipt)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def says(self, status: PrinterStatus) -> None:
        """Be like this from now on, and print where that is possible."""
        self.outcome, self._status = Printed(status) if status.prints else PrintRefused(status), status
        self._heard.put(News(status))

    def status(self) -> PrinterStatus:
        return self._status

    def listen(self, seconds: float) -> News | None:
        with contextlib.suppress(queue.Empty):
            return self._heard.get(timeout=seconds)
        return News(self._status)

    def interrupt(self) -> None:
        self._heard.put(None)

    def close(self) -> None:
        pass


class FakeClock:
    """Stands still until told otherwise."""

    def __init__(self, now_ms: int = 1_795_398_120_000) -> None:
        self.now = now_ms

    def now_ms(self) -> int:
        return self.now
