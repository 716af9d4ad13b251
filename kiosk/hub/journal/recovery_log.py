"""What recoveries came to, kept in the journal's file: who was told what and is not found again (DESIGN §6)."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from kiosk.hub.journal.journal import Notes
from kiosk.hub.journal.losses import NUMBER, Loss, Report

REPORT, LATE = "recovery/", "late/"
"""Keys in `meta`: a recovery's report by its epoch, and what came late and could not be entered by its command."""


class Recoveries(Struct, frozen=True):
    """Everything that is known of recoveries; what was found again since is left out."""

    reports: tuple[Report, ...] = ()
    """Newest first."""
    late: tuple[Loss, ...] = ()
    """Given back after its recovery, and not to be entered."""


def note_of(report: Report) -> Notes:
    """Return the note that keeps a report."""
    return {f"{REPORT}{report.epoch:09}": msgspec.json.encode(report).decode()}


def late(loss: Loss) -> Notes:
    """Return the note that keeps a loss that became known after its recovery."""
    return {f"{LATE}{loss.command}": msgspec.json.encode(loss).decode()}


def found_again(command_id: str) -> Notes:
    """Return the note that ends one of `late`."""
    return {f"{LATE}{command_id}": None}


def recoveries_in(db: Database) -> Recoveries:
    """Read what is known of recoveries."""
    kept = db.execute(
        "SELECT key, value FROM meta WHERE key GLOB ? OR key GLOB ? ORDER BY key DESC", (f"{REPORT}*", f"{LATE}*")
    ).fetchall()
    reports = [msgspec.json.decode(value, type=Report) for key, value in kept if key.startswith(REPORT)]
    losses = [msgspec.json.decode(value, type=Loss) for key, value in kept if key.startswith(LATE)]
    return Recoveries(
        tuple(replace(report, losses=tuple(_still_lost(db, report.losses))) for report in reports),
        tuple(_still_lost(db, losses)),
    )


def entered_in(db: Database) -> frozenset[str]:
    """Return the ids of all commands that were entered in recoveries."""
    kept = db.execute("SELECT value FROM meta WHERE key GLOB ?", (f"{REPORT}*",)).fetchall()
    return frozenset(one for (value,) in kept for one in msgspec.json.decode(value, type=Report).entered)


def _still_lost(db: Database, losses: Iterable[Loss]) -> Iterable[Loss]:
    for loss in losses:
        if loss.what == NUMBER:
            found = db.execute("SELECT 1 FROM tickets WHERE day = ? AND number = ?", (loss.day, loss.number)).fetchone()
        else:
            found = db.execute("SELECT 1 FROM commands WHERE id = ?", (loss.command,)).fetchone()
        if found is None:
            yield loss
