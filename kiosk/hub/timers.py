"""Keeps the hall's timers: what is parked comes back and what is away expires at its time, also after a restart."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from kiosk.domain.commands import TimeUp
from kiosk.domain.hall import Hall
from kiosk.domain.timers import command_id, due
from kiosk.hub.work import Outcome
from kiosk.log.catalogue_of_data import TimerFailed
from kiosk.log.event import Failure, log

FIRST_S, EVERY_S = 20.0, 1.0
"""Timers run for minutes; looking costs nothing while nobody is set aside. But a hub whose machine was set back hears
that from its devices only, each of which speaks every fifteen seconds (`kiosk.link.heartbeat`): until then it must let
nothing run out that may have come back since.
"""
PATIENCE_S = 30.0
Submit = Callable[[str, TimeUp], Future[Outcome]]
"""(command id, timer) -> what becomes of it."""


class Timers(threading.Thread):
    """Looks every second whose time is up, and asks the writer to say so. The hall remembers the timers, not we."""

    def __init__(self, hall: Callable[[], Hall], submit: Submit, now_ms: Callable[[], int]) -> None:
        """Prepare; `start()` begins.

        Args:
            hall: the committed hall.
            submit: hands the writer a command of the hub's own.
            now_ms: hall time, UTC ms.
        """
        super().__init__(name="timers", daemon=True)
        self._hall, self._submit, self._now_ms = hall, submit, now_ms
        self._closing = threading.Event()

    def close(self) -> None:
        """End; what is due is found again at the next start."""
        self._closing.set()
        self.join()

    def run(self) -> None:
        """Work until closed. Called by `start`."""
        wait_s = FIRST_S
        while not self._closing.wait(wait_s):
            wait_s = EVERY_S
            try:
                self.tell_what_is_due()
            except Exception as error:
                log.exception(TimerFailed(Failure.of(error)))

    def tell_what_is_due(self) -> None:
        """Send every timer that has run out. One that is refused (a full disk) or lost is sent again, and done once.

        Raises:
            TimeoutError: the writer did not answer in time.
        """
        hall = self._hall()
        now = max(self._now_ms(), hall.at)
        sent = [self._submit(command_id(timer), timer) for timer in due(hall, now)]
        for future in sent:
            future.result(PATIENCE_S)
