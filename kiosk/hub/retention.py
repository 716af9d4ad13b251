"""Side data whose time is over is forgotten, and an event says so, so that every copy does the same (DESIGN §9)."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from kiosk.domain.commands import EraseSide
from kiosk.hub.work import Done, Outcome
from kiosk.log.catalogue_of_data import SideDataForgotten, SideDataRefused, SideDataStays
from kiosk.log.event import Failure, RefusalCode, log
from kiosk.wire.problems import CATALOGUE

FIRST_S, EVERY_S = 60.0, 3600.0
"""A hub that has just started has better things to do; expiry is a matter of days, so once an hour is enough."""
AT_A_TIME = 200
"""Refs to one command: a day's tokens come due together, and nobody may wait behind them."""
PATIENCE_S = 60.0
Due = Callable[[int, int], tuple[str, ...]]
"""(moment in UTC ms, how many at most) -> refs of side data whose time is over by then."""
Submit = Callable[[EraseSide], Future[Outcome]]


class Retention(threading.Thread):
    """Looks once an hour for what must be forgotten, and asks the writer to forget it."""

    def __init__(self, due: Due, submit: Submit, now_ms: Callable[[], int]) -> None:
        """Prepare; `start()` begins.

        Args:
            due: finds what is due.
            submit: hands the writer a command of the hub's own.
            now_ms: hall time of the newest row, UTC ms. Not the clock's: what a machine that woke up in a wrong year
                would forget is gone for ever.
        """
        super().__init__(name="retention", daemon=True)
        self._due, self._submit, self._now_ms = due, submit, now_ms
        self._closing = threading.Event()

    def close(self) -> None:
        """End; what is still due waits for the next start."""
        self._closing.set()
        self.join()

    def run(self) -> None:
        """Work until closed. Called by `start`."""
        wait_s = FIRST_S
        while not self._closing.wait(wait_s):
            wait_s = EVERY_S
            try:
                self.forget_what_is_due()
            except Exception as error:
                log.exception(SideDataStays(Failure.of(error)))

    def forget_what_is_due(self) -> int:
        """Forget all that is due now, some at a time; returns how much it was.

        Raises:
            sqlite3.Error, TimeoutError: the rest stays.
        """
        forgotten = 0
        while refs := self._due(self._now_ms(), AT_A_TIME):
            outcome = self._submit(EraseSide(refs)).result(PATIENCE_S)
            if not isinstance(outcome, Done):
                log.note(SideDataRefused(RefusalCode(outcome.code if outcome.code in CATALOGUE else "internal")))
                return forgotten
            forgotten += len(refs)
            if self._closing.is_set():
                break
        if forgotten:
            log.note(SideDataForgotten(forgotten))
        return forgotten
