"""Moments of the week in which these tests play: Monday 23 to Friday 27 November 2026, in Vietnam."""

from datetime import datetime

from tests.factory import OFFICE

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = (f"2026-11-{day}" for day in (23, 24, 25, 27, 28))
NEXT_MONDAY = "2026-11-30"


def at(clock: str, day: str = MONDAY) -> int:
    """Return a moment on the clock of the hall, UTC milliseconds."""
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=OFFICE.local(0).tzinfo)
    return round(local.timestamp() * 1000)
