"""The catalogue's third part: what is told of the machines that carry the journal, and of a change between them."""

import enum
import logging

from kiosk.log.event import Failure, LogEvent, TicketNumber

INFO, WARNING, ERROR, CRITICAL = logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL


class HubFell(LogEvent, frozen=True):
    """A device was told what this journal does not hold: the hub was set back, or another machine took over."""

    level, says = CRITICAL, "A device has seen row {seq} of epoch {epoch}: {standing}. Nothing is decided any more."
    standing: enum.Enum
    epoch: int
    seq: int


class MarkUnknown(LogEvent, frozen=True):
    """A device has seen a journal of another key: its hub lost its folder, or it comes from another centre."""

    level, says = WARNING, "A device has seen a journal that is not sealed with this centre's key."


class Following(LogEvent, frozen=True):
    """A standby and its hub have the same past; rows are copied as they come."""

    level, says = INFO, "Following the hub: row {seq} of {of}."
    seq: int
    of: int


class HubUnreached(LogEvent, frozen=True):
    """A standby does not reach its hub; it tries again."""

    level, says = WARNING, "The hub does not answer: {failure}. Trying again."
    failure: Failure


class FollowingStopped(LogEvent, frozen=True):
    """A standby cannot go on; its page says why."""

    level, says = ERROR, "The hub is not followed: {advice}."
    advice: enum.Enum


class CopyFailed(LogEvent, frozen=True):
    """What a hub sent could not be taken over; the copy is as it was."""

    level, says = ERROR, "What the hub sent could not be taken over: {failure}."
    failure: Failure


class HeraldFailed(LogEvent, frozen=True):
    """The machine that was followed before could not be told, by our own mistake; it is told again."""

    level, says = ERROR, "The machine that was the hub could not be told: {failure}. Trying again."
    failure: Failure


class CopySetAside(LogEvent, frozen=True):
    """The hub went on without this copy's newest rows: they were given back, and the copy begins anew."""

    level, says = WARNING, "The copy was set aside at row {seq}, epoch {epoch}; {rows} rows were given back."
    seq: int
    epoch: int
    rows: int


class RecoveryBegan(LogEvent, frozen=True):
    """Devices give back what they kept; nothing is decided meanwhile."""

    level, says = WARNING, "A recovery begins after row {seq}; waiting for {devices} devices."
    seq: int
    devices: int


class RecoveryEnded(LogEvent, frozen=True):
    """The machine is the hub. What is lost stands at `/v1/recovery`, ticket by ticket."""

    level, says = (
        WARNING,
        (
            "Epoch {epoch} begins: {continued} rows continued, {entered} commands entered, {losses} losses, "
            "{missing} rows nobody has, {silent} devices silent."
        ),
    )
    epoch: int
    continued: int
    entered: int
    losses: int
    missing: int
    silent: int


class Lost(LogEvent, frozen=True):
    """Something a person was told is not in the journal. `at` is hall time, UTC ms."""

    level, says = ERROR, "Lost: what was done with number {number} at {at}."
    number: TicketNumber
    at: int
