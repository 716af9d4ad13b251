"""How long a wait may be, said as a range: a promise of one number would be a lie (LOOK: "chờ 10–20 phút")."""

from kiosk.domain.counter import CounterState
from kiosk.domain.hall import DEFAULT_PACE_MS, Hall
from kiosk.domain.site import MINUTE_MS, Site

STEP_MINUTES = 5


def wait_minutes(hall: Hall, site: Site, queue: str, ahead: int) -> tuple[int, int] | None:
    """Estimate the wait with `ahead` people in front, in minutes, as (at least, at most) in steps of five.

    Returns None where no open counter serves the queue: then nobody knows.
    """
    serving = sum(
        1
        for setup in site.counters
        if hall.counter(setup.number).state is CounterState.OPEN and any(queue in tier for tier in setup.tiers)
    )
    if serving == 0:
        return None
    minutes = hall.pace_ms.get(queue, DEFAULT_PACE_MS) * ahead / serving / MINUTE_MS
    low = int(minutes * 0.75 / STEP_MINUTES) * STEP_MINUTES
    high = int(minutes * 1.25 / STEP_MINUTES + 1) * STEP_MINUTES
    return low, high
