"""What became of a ticket's paper is a fact for the hub: never lost, never told twice (DESIGN §3, §8)."""

import logging
from collections.abc import Callable

from kiosk.domain.commands import PrintResult
from kiosk.ports import Answered, Fate, HubLink, Printed, PrintOutcome, PrintRefused

log = logging.getLogger(__name__)


def paper_teller(link: HubLink) -> Callable[[Fate], None]:
    """Return what puts a fate into a link's outbox; under its own id, so that telling it again changes nothing."""

    def tell(fate: Fate) -> None:
        body = {"result": result_of(fate.outcome).value, "detail": fate.detail or fate.outcome.status.value}
        path = f"/v1/tickets/{fate.ticket_id}/printed"
        link.send(path, body, _log_answer, command_id=fate.fact_id, fact=True)

    return tell


def result_of(outcome: PrintOutcome) -> PrintResult:
    """Return what became of a paper as the hub's commands name it."""
    if isinstance(outcome, Printed):
        return PrintResult.PRINTED
    return PrintResult.REFUSED if isinstance(outcome, PrintRefused) else PrintResult.UNCERTAIN


def _log_answer(answered: Answered) -> None:
    if not answered.ok:
        log.warning("The hub did not take what became of a paper: %s %s", answered.status, answered.body)
