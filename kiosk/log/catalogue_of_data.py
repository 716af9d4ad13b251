"""The catalogue's second half: what the hub's process tells of the journal, of side data, and of central."""

import enum
import logging

from kiosk.log.event import Failure, LogEvent, RefusalCode

INFO, WARNING, ERROR, CRITICAL = logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL


# --- the journal


class JournalReplayed(LogEvent, frozen=True):
    """The hall was made from the journal."""

    level, says = INFO, "{rows} rows replayed after row {after} (snapshot: {snapshot})."
    rows: int
    after: int
    snapshot: bool


class JournalChecked(LogEvent, frozen=True):
    """The whole chain was read."""

    level, says = INFO, "The journal is whole: {rows} rows."
    rows: int


class JournalDamaged(LogEvent, frozen=True):
    """The chain is broken. The hub goes on with what it has; `/healthz` says which row."""

    level, says = CRITICAL, "The journal is damaged: {failure}. Stop and restore from central or the standby."
    failure: Failure


class JournalNotWritten(LogEvent, frozen=True):
    """A write failed and nobody knows what is on the disk: the hub ends with code 74 and must be started again."""

    level, says = CRITICAL, "The journal could not be written: {failure}. Start the hub again; it checks what is there."
    failure: Failure


class WriterFailed(LogEvent, frozen=True):
    """The writer failed by our mistake: the hub ends with code 74 and must be started again."""

    level, says = CRITICAL, "The writer failed: {failure}. Start the hub again."
    failure: Failure


class DiskFull(LogEvent, frozen=True):
    """Nothing can be stored: the hub is read-only until there is room."""

    level, says = CRITICAL, "The disk is full: {failure}. Nothing is stored until there is room."
    failure: Failure


class CommitUntold(LogEvent, frozen=True):
    """A commit is on the disk, and telling the screens of it failed by our mistake."""

    level, says = ERROR, "Telling a commit failed: {failure}."
    failure: Failure


class AnswersKept(LogEvent, frozen=True):
    """Answers of past days could not be dropped; the next day drops them."""

    level, says = WARNING, "Answers of past days are kept for now: {failure}."
    failure: Failure


class TablesBeingMade(LogEvent, frozen=True):
    """The query tables are made anew from the journal: a first start, or the first after an upgrade."""

    level, says = INFO, "The query tables are made from the journal, so far from {rows} rows."
    rows: int


class TablesMade(LogEvent, frozen=True):
    """The query tables say what the journal says."""

    level, says = INFO, "The query tables hold what {rows} rows of the journal say."
    rows: int


class SnapshotDropped(LogEvent, frozen=True):
    """A snapshot is of another program or does not fit the journal; the journal is replayed without it."""

    level, says = WARNING, "The snapshot at row {seq} is dropped: {failure}."
    seq: int
    failure: Failure


class SnapshotUnusable(LogEvent, frozen=True):
    """A snapshot could not be read by our mistake; the journal is replayed without it."""

    level, says = ERROR, "The snapshot at row {seq} cannot be used: {failure}."
    seq: int
    failure: Failure


class SnapshotNotKept(LogEvent, frozen=True):
    """A snapshot could not be written; the next restart takes a little longer."""

    level, says = WARNING, "No snapshot of the hall could be kept: {failure}."
    failure: Failure


class TimerFailed(LogEvent, frozen=True):
    """A timer that ran out was not carried out now; it is tried again, and done once."""

    level, says = ERROR, "A timer is sent again: {failure}."
    failure: Failure


class SideDataForgotten(LogEvent, frozen=True):
    """Side data whose time was over is gone."""

    level, says = INFO, "{count} pieces of side data forgotten."
    count: int


class SideDataStays(LogEvent, frozen=True):
    """Side data could not be forgotten now; it is tried again in an hour."""

    level, says = WARNING, "Side data stays for another hour: {failure}."
    failure: Failure


class SideDataRefused(LogEvent, frozen=True):
    """The hub could not store that side data is forgotten; it is tried again in an hour."""

    level, says = WARNING, "Side data stays for another hour: {code}."
    code: RefusalCode


# --- central


class CentralState(LogEvent, frozen=True):
    """The link to central changed."""

    level, says = INFO, "Central: {status}."
    status: enum.Enum


class CentralUnreachable(LogEvent, frozen=True):
    """Central does not take rows now; the hall goes on, and it is tried until it works."""

    level, says = WARNING, "Central does not answer: {failure}. Trying again until it works; the hall goes on."
    failure: Failure


class CentralRefused(LogEvent, frozen=True):
    """Central refused for good: somebody must look."""

    level, says = ERROR, "Central refused: {failure}. `main.py central verify` says more."
    failure: Failure


class CentralQuarantined(LogEvent, frozen=True):
    """Central could not place query rows; it has their journal rows."""

    level, says = WARNING, "Central quarantined {count} query rows; their journal rows are held."
    count: int


class CentralCallUncancelled(LogEvent, frozen=True):
    """A call to central could not be cancelled while the hub ended."""

    level, says = INFO, "The call to central could not be cancelled: {failure}."
    failure: Failure
