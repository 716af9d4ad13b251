"""What a device makes of the hub's answers: decided here without a network, for the link and for the simulation."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from kiosk.ports import Answered

NOT_YET = frozenset({"not_signed_in", "staff_not_signed_in", "wrong_role", "too_many_tries", "storage_full"})
"""Refusals that say nothing about a fact: it waits until the device is paired again or the hub has room."""

NOBODY_DECIDES = frozenset({"outcome_unknown", "recovering", "not_the_hub"})
"""Refusals that say nothing about the command: ask again with the same id, here or elsewhere."""


def understood(command_id: str, status: int, told: dict[str, Any]) -> Answered:
    """Say what an HTTP answer means; status 0 means: nobody knows, ask again with the same id.

    Another program may have taken the hub's port: only the hub names the command it did, or why it did not.

    Args:
        command_id: the id that was sent.
        status: HTTP's; 0 where there was no answer at all.
        told: the body, {} where it could not be read.
    """
    answered = Answered(command_id, status, told)
    nobody = Answered(command_id, 0, {})
    if told.get("command") != command_id if answered.ok else "code" not in told:
        return nobody
    return nobody if told.get("code") in NOBODY_DECIDES else answered


class Turn(Enum):
    """What a device does after an answer."""

    STAY = "stay"
    GIVE_BACK = "give_back"
    """The hub recovers: it wants what was kept for it."""
    ELSEWHERE = "elsewhere"
    """Not the hub, or nobody there: try the other address."""


def turn_after(status: int, told: Mapping[str, Any], believed: bool = True) -> Turn:
    """Say what to do after an answer.

    Args:
        status: HTTP's; 0 where there was no answer at all.
        told: the body.
        believed: whether it came from a hub whose epoch is not over.
    """
    if status == 0 or not believed or told.get("code") == "not_the_hub":
        return Turn.ELSEWHERE
    return Turn.GIVE_BACK if told.get("code") == "recovering" else Turn.STAY


class FactIs(Enum):
    """What becomes of a fact after an answer."""

    TAKEN = "taken"
    WAITING = "waiting"
    """Nobody answered, or the hub has no room: it stays where it is and is tried again."""
    QUARANTINED = "quarantined"
    """The hub cannot place it: kept aside for diagnostics, never dropped (DESIGN §6)."""


def fact_after(answered: Answered) -> FactIs:
    """Say what becomes of a fact that was answered so."""
    if answered.status == 0 or answered.body.get("code") in NOT_YET:
        return FactIs.WAITING
    return FactIs.TAKEN if answered.ok else FactIs.QUARANTINED
