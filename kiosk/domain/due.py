"""When a dossier's result is due, by the centre's working calendar (DOMAIN §1.3, §2.4, §10)."""

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.domain.calendar import closing, start_of_day
from kiosk.domain.procedure import Procedure, TimeUnit
from kiosk.domain.site import WEEKDAYS, Site

OFFICE_DAYS = WEEKDAYS[:5]
"""Where the centre has no days of its own: Monday to Friday. Saturday mornings of single queues count for none."""

LONGEST_SEARCH_DAYS = 3 * 366
"""Longer than any time limit in the catalogue; a calendar without a working day must not stop a receipt."""


def is_working_day(site: Site, day: date) -> bool:
    """Tell whether a day counts as a working day of the centre: swapped Saturdays do, holidays do not (DOMAIN §10)."""
    calendar, text = site.calendar, day.isoformat()
    if text in calendar.working:
        return True
    if text in calendar.off or text in calendar.public_holidays:
        return False
    return WEEKDAYS[day.weekday()] in (site.info.hours.days or OFFICE_DAYS)


def due_day(site: Site, procedure: Procedure, received_at: int) -> date | None:
    """Return the day a result is due; None where the catalogue does not know how long it takes.

    The day of receipt is not counted. What is due on a day off is due on the working day after it.

    Args:
        site: the centre, for its calendar, its clock and the hour of the 15:00 rule.
        procedure: what was handed in.
        received_at: when, UTC milliseconds.
    """
    days, unit = procedure.time_limit_days, procedure.time_unit
    if days is None or unit is None:
        return None
    at = site.local(received_at)
    received = at.date()
    if unit is TimeUnit.SAME_DAY or days == 0:
        late = procedure.same_day_until_15 and f"{at:%H:%M}" > site.paper.late_after
        return next(_working_days(site, received + timedelta(days=1 if late else 0)))
    if unit is TimeUnit.CALENDAR_DAY:
        return next(_working_days(site, received + timedelta(days=days)))
    coming = _working_days(site, received + timedelta(days=1))
    return [next(coming) for _ in range(days)][-1]


def due_at(site: Site, procedure: Procedure, queue: str, received_at: int) -> int | None:
    """Return the moment a result is due: the end of its day's opening hours, UTC ms; None as for `due_day`.

    Where the queue has no hours that day, the day's end is meant: 23:59.
    """
    day = due_day(site, procedure, received_at)
    if day is None:
        return None
    closes = closing(site, queue, day.isoformat())
    return closes if closes is not None else _last_minute(site, day)


def _working_days(site: Site, first: date) -> Iterator[date]:
    """Go through the working days from `first` on; in a calendar without any, every day is one after three years."""
    day, longest = first, first + timedelta(days=LONGEST_SEARCH_DAYS)
    while True:
        if is_working_day(site, day) or day > longest:
            yield day
        day += timedelta(days=1)


def _last_minute(site: Site, day: date) -> int:
    return start_of_day(site, (day + timedelta(days=1)).isoformat()) - 60_000
