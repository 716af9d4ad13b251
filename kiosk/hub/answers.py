"""How a batch's outcomes come back to who asked: a thread hears at once, an event loop with one wake-up for all."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from kiosk.domain.hall import Hall
from kiosk.hub.work import Outcome, Request
from kiosk.log.catalogue import AnswersUnheard
from kiosk.log.catalogue_of_data import CommitUntold
from kiosk.log.event import Failure, log


class Publication(NamedTuple):
    """A committed hall for an event loop: whoever is answered sees what her command led to."""

    loop: asyncio.AbstractEventLoop
    publish: Callable[[Hall], object]
    hall: Hall


class Asked:
    """A command that waits for the writer, and who waits for its outcome."""

    __slots__ = ("future", "loop", "request")

    def __init__(
        self,
        request: Request,
        future: "Future[Outcome] | asyncio.Future[Outcome]",
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Keep them together.

        Args:
            request: what was asked.
            future: told what became of it.
            loop: the event loop the future belongs to; None for one of threads.
        """
        self.request, self.future, self.loop = request, future, loop

    def still_wanted(self) -> bool:
        """Tell whether anyone waits; a thread cannot give up any more after it was asked this."""
        if isinstance(self.future, Future):
            return self.future.set_running_or_notify_cancel()
        return not self.future.cancelled()


def tell(
    batch: Sequence[Asked], outcomes: Sequence[Outcome | Exception], publication: Publication | None = None
) -> None:
    """Publish the hall a batch led to, if it led to one, and tell everyone who still waits what became of it."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Asked, Outcome | Exception]]] = {}
    if publication is not None:
        by_loop[publication.loop] = []
    for asked, outcome in zip(batch, outcomes, strict=True):
        if asked.loop is None:
            _resolve(asked, outcome)
        else:
            by_loop.setdefault(asked.loop, []).append((asked, outcome))
    for loop, answers in by_loop.items():
        published = publication if publication is not None and publication.loop is loop else None
        try:
            loop.call_soon_threadsafe(_tell_loop, published, answers)
        except RuntimeError:  # the loop was closed: nobody is there any more
            log.note(AnswersUnheard(len(answers)))


def _tell_loop(publication: Publication | None, answers: list[tuple[Asked, Outcome | Exception]]) -> None:
    if publication is not None:
        try:
            publication.publish(publication.hall)
        except Exception as error:
            log.exception(CommitUntold(Failure.of(error)))
    for asked, outcome in answers:
        _resolve(asked, outcome)


def _resolve(asked: Asked, outcome: Outcome | Exception) -> None:
    if asked.future.done():
        return
    if isinstance(outcome, Exception):
        asked.future.set_exception(outcome)
    else:
        asked.future.set_result(outcome)
