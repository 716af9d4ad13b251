"""When a queue is open: the week's pattern, holidays and swapped days as moments of a day (DOMAIN §10).

Precedence of what a day is: worked by decision (`working`), off by decision (`off`), public holiday, the week's
pattern. A swapped working day has a Monday's hours. On a day off no queue is open, whatever hours of its own it has.

Numbers are given from the first opening of a day to its last closing, the lunch break included: whoever comes at noon
stands in order for the afternoon, and tickets wait across the break (DOMAIN §10: carry them over, do not drop them).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from kiosk.domain.site import MINUTE_MS, WEEKDAYS, Period, QueueHours, Site

LOOK_AHEAD_DAYS = 60
"""How far a next opening is looked for: longer than any Tết; a queue without hours is not searched for ever."""
HOUR_MS = 60 * MINUTE_MS


class Stretch(Struct, frozen=True):
    """A stretch of a day in which a queue is served. UTC milliseconds; `closes` is the first moment after it."""

    opens: int
    closes: int


def stretches(site: Site, queue: str, day: str) -> tuple[Stretch, ...]:
    """Return when a queue is open on a day ("2026-11-23"), in order and without overlap; empty when it is not."""
    return _moments(site.info.time_zone, day, _periods(site, queue, day))


def opening(site: Site, queue: str, day: str) -> int | None:
    """Return when a queue opens on a day; None where it does not."""
    open_ = stretches(site, queue, day)
    return open_[0].opens if open_ else None


def closing(site: Site, queue: str, day: str) -> int | None:
    """Return when a queue closes on a day for good; None where it does not open."""
    open_ = stretches(site, queue, day)
    return open_[-1].closes if open_ else None


def gives_numbers(site: Site, queue: str, day: str, now: int) -> bool:
    """Tell whether numbers are given at a moment of a day: from its opening to its closing, the break included."""
    open_ = stretches(site, queue, day)
    return bool(open_) and open_[0].opens <= now < open_[-1].closes


def open_days(site: Site, queue: str, after: str) -> Iterator[str]:
    """Go through the coming days on which a queue is open, the first one after a day first."""
    first = date.fromisoformat(after)
    for days in range(1, LOOK_AHEAD_DAYS + 1):
        day = (first + timedelta(days)).isoformat()
        if stretches(site, queue, day):
            yield day


def next_opening(site: Site, queue: str, now: int) -> int | None:
    """Return when a queue begins to give numbers again; None where that is not in sight."""
    today = site.service_day(now)
    opens = opening(site, queue, today)
    if opens is not None and now < opens:
        return opens
    coming = next(open_days(site, queue, today), None)
    return opening(site, queue, coming) if coming else None


def first_hour(site: Site, queue: str, day: str) -> Stretch | None:
    """Return the first hour of a day in which a queue is served; None where it is not open."""
    open_ = stretches(site, queue, day)
    return Stretch(open_[0].opens, min(open_[0].opens + HOUR_MS, open_[0].closes)) if open_ else None


def after_work(site: Site, queue: str, day: str, now: int, work_ms: int) -> int:
    """Return when `work_ms` of a queue's open time have gone by: what does not fit before a break is done after it.

    What does not fit into the day is counted on without a break: then nobody knows better.
    """
    at, left = now, work_ms
    for stretch in stretches(site, queue, day):
        if at >= stretch.closes:
            continue
        at = max(at, stretch.opens)
        if left <= stretch.closes - at:
            return at + left
        left -= stretch.closes - at
        at = stretch.closes
    return at + left


def clock_text(site: Site, at_ms: int) -> str:
    """Return a moment as a clock in the hall shows it, "13:00"."""
    return f"{site.local(at_ms):%H:%M}"


def start_of_day(site: Site, day: str) -> int:
    """Return the first moment of a local day, UTC milliseconds."""
    return _moment(ZoneInfo(site.info.time_zone), date.fromisoformat(day), "00:00")


def _periods(site: Site, queue: str, day: str) -> tuple[Period, ...]:
    hours, calendar = site.info.hours, site.calendar
    if day in calendar.working:
        own = hours.queues.get(queue, QueueHours()).extra.get(WEEKDAYS[0], ())
        return (*hours.default, *own)
    if day in calendar.off or day in calendar.public_holidays:
        return ()
    return hours.periods(queue, WEEKDAYS[date.fromisoformat(day).weekday()])


@lru_cache(maxsize=512)
def _moments(zone: str, day: str, periods: tuple[Period, ...]) -> tuple[Stretch, ...]:
    """Turn periods into moments, joining those that touch; an hour that the clock skips (summer time) is none."""
    where, on = ZoneInfo(zone), date.fromisoformat(day)
    joined: list[Stretch] = []
    for opens, closes in sorted((_moment(where, on, a), _moment(where, on, b)) for a, b in periods):
        if opens >= closes:
            continue
        if joined and opens <= joined[-1].closes:
            joined[-1] = Stretch(joined[-1].opens, max(joined[-1].closes, closes))
        else:
            joined.append(Stretch(opens, closes))
    return tuple(joined)


def _moment(zone: ZoneInfo, day: date, clock: str) -> int:
    return round(datetime.combine(day, time.fromisoformat(clock), zone).timestamp() * 1000)
